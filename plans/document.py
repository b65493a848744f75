"""A plan laid out from top to bottom, in a fixed number of queries. The plan page of `tasks` reads it too."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plans import wording
from plans.models import Doubt, Item, Plan, Section
from plans.tree import Row, rows


@dataclass(frozen=True)
class Overview:
    """What was read, in figures; `doubts` are those nobody has looked at yet, in the order of the document."""

    contents: int
    tasks: int
    directions: int
    dues: int
    doubts: list[Doubt]


@dataclass(frozen=True)
class Part:
    section: Section
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    plan: Plan
    legal_bases: list[str]
    recipients: list[str]
    parts: list[Part]
    overview: Overview

    @property
    def place_and_day(self) -> str:
        day = wording.day_words(self.plan.dated_on) if self.plan.dated_on else ""
        return ", ".join(filter(None, (self.plan.place, day)))

    @property
    def signature(self) -> list[str]:
        """The lines above the signer's name: «TM. ỦY BAN NHÂN DÂN», «KT. CHỦ TỊCH», «PHÓ CHỦ TỊCH»."""
        return list(filter(None, (self.plan.authority, *self.plan.position.split(" / "))))

    @property
    def body(self) -> list[Part]:
        return [part for part in self.parts if part.section.kind != Section.Kind.ANNEX]

    @property
    def annexes(self) -> list[Part]:
        return [part for part in self.parts if part.section.kind == Section.Kind.ANNEX]


def laid_out(plan: Plan) -> Document:
    """Five queries, whatever the number of items."""
    doubts = open_doubts(plan)
    sections = list(plan.sections.all())
    under: dict[int, list[Item]] = {section.pk: [] for section in sections}
    for item in Item.objects.filter(section__in=sections).order_by("section__order", "order", "pk"):
        under[item.section_id].append(item)
    return Document(
        plan=plan,
        legal_bases=[basis.text for basis in plan.legal_bases.all()],
        recipients=[recipient.text for recipient in plan.recipients.all()],
        parts=[Part(section, rows(under[section.pk], doubts)) for section in sections],
        overview=overview(sections, [item for items in under.values() for item in items], doubts),
    )


def open_doubts(plan: Plan) -> list[Doubt]:
    return list(plan.doubts.filter(settled_at=None))


def part_of(section: Section) -> Part:
    """One section alone, as it stands now. Two queries."""
    doubts = section.plan.doubts.filter(settled_at=None, item__section=section)
    return Part(section, rows(section.items.order_by("order", "pk"), doubts))


def row_of(item: Item) -> Row:
    """One item where it stands among the others of its section. Two queries."""
    return next(row for row in part_of(item.section).rows if row.item.pk == item.pk)


def overview_of(plan: Plan) -> Overview:
    """Three queries."""
    sections = list(plan.sections.all())
    items = Item.objects.filter(section__in=sections).only(
        "section_id", "parent_id", "is_task", "is_tracked", "due"
    )
    return overview(sections, list(items), open_doubts(plan))


def overview(sections: Iterable[Section], items: list[Item], doubts: list[Doubt]) -> Overview:
    content = {section.pk for section in sections if section.kind == Section.Kind.CONTENT}
    work = [item for item in items if item.is_task]
    return Overview(
        contents=sum(item.section_id in content and item.parent_id is None for item in items),
        tasks=len(work),
        directions=sum(not item.is_tracked for item in work),
        dues=sum(bool(item.due) for item in work),
        doubts=doubts,
    )
