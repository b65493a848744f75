"""A plan laid out from top to bottom, in a fixed number of queries. The plan page of `tasks` reads it too."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import Agency
from accounts.unit_names import UnitNames
from danvan import clock
from plans import wording
from plans.models import Doubt, Item, Plan, Section
from plans.naming import unclear_names
from plans.tree import Row, rows

LONG_SECTION = 200  # lines; of a longer one a draft shows so many at a time, so that the page stays quick


@dataclass(frozen=True)
class Overview:
    """What was read, in figures; `doubts` are those nobody has looked at yet, in the order of the document.

    `unclear_units` counts the names that mean no unit of the agency, or several.
    """

    contents: int
    tasks: int
    directions: int
    dues: int
    doubts: list[Doubt]
    unclear_units: int = 0
    is_cut: bool = False  # a section is too long to stand on the page whole: not every line is there

    @property
    def first_at_line(self) -> Doubt | None:
        return next((doubt for doubt in self.doubts if doubt.item_id), None)


@dataclass(frozen=True)
class Part:
    """`at` is the line that somebody wants to see; a long section shows the lines around it."""

    section: Section
    rows: list[Row] = field(default_factory=list)
    at: int = 0

    @property
    def is_cut(self) -> bool:
        return len(self.rows) > LONG_SECTION

    @cached_property
    def start(self) -> int:
        place = next((place for place, row in enumerate(self.rows) if row.item.pk == self.at), 0)
        return place - place % LONG_SECTION

    @property
    def shown(self) -> list[Row]:
        return self.rows[self.start : self.start + LONG_SECTION]

    @property
    def end(self) -> int:
        return self.start + len(self.shown)

    @property
    def earlier(self) -> Item | None:
        """The line at which the lines before those shown begin."""
        return self.rows[self.start - LONG_SECTION].item if self.start else None

    @property
    def later(self) -> Item | None:
        return self.rows[self.end].item if self.end < len(self.rows) else None


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


def unit_names(agency: Agency) -> UnitNames:
    """The agency's units of today. One query."""
    valid = agency.units.valid(clock.today())  # type: ignore[attr-defined]
    return UnitNames(valid, agency.place)


def laid_out(plan: Plan, names: UnitNames | None = None, at: int = 0) -> Document:
    """Five queries for a draft, one less for a plan that nobody mends any more.

    With `names` each line shows which units its names mean; `at` is the line that a long section is opened at.
    """
    doubts = open_doubts(plan) if plan.state == Plan.State.DRAFT else []
    sections = list(plan.sections.all())
    under: dict[int, list[Item]] = {section.pk: [] for section in sections}
    for item in Item.objects.filter(section__in=sections).order_by("section__order", "order", "pk"):
        under[item.section_id].append(item)
    return Document(
        plan=plan,
        legal_bases=[basis.text for basis in plan.legal_bases.all()],
        recipients=[recipient.text for recipient in plan.recipients.all()],
        parts=[Part(section, rows(under[section.pk], doubts, names), at) for section in sections],
        overview=overview(sections, [item for items in under.values() for item in items], doubts, names),
    )


def open_doubts(plan: Plan) -> list[Doubt]:
    return list(plan.doubts.filter(settled_at=None))


def part_of(section: Section, names: UnitNames | None = None, at: int = 0) -> Part:
    """One section alone, as it stands now. Two queries."""
    return Part(section, rows(section.items.order_by("order", "pk"), open_doubts(section.plan), names), at)


def is_in_long_section(item_id: int) -> bool:
    """One query."""
    return Item.objects.filter(section__items=item_id).count() > LONG_SECTION


def row_of(item: Item, names: UnitNames | None = None) -> Row:
    """One item where it stands among the others of its section. Two queries."""
    return next(row for row in part_of(item.section, names).rows if row.item.pk == item.pk)


def next_doubt_after(plan: Plan, settled: Doubt) -> int | None:
    """The line of the next open doubt, from the top again after the last; None where none is left. One query."""
    waiting = [doubt for doubt in open_doubts(plan) if doubt.item_id]
    below = [doubt for doubt in waiting if (doubt.line or 0, doubt.pk) > (settled.line or 0, settled.pk)]
    return (below or waiting)[0].item_id if waiting else None


def overview_of(plan: Plan, names: UnitNames | None = None) -> Overview:
    """Three queries."""
    sections = list(plan.sections.all())
    items = Item.objects.filter(section__in=sections).only(
        "section_id", "parent_id", "is_task", "is_tracked", "due", "lead", "coordinating", "line"
    )
    return overview(sections, list(items), open_doubts(plan), names)


def overview(
    sections: Iterable[Section], items: list[Item], doubts: list[Doubt], names: UnitNames | None = None
) -> Overview:
    _look_for_places(items, doubts)
    content = {section.pk for section in sections if section.kind == Section.Kind.CONTENT}
    work = [item for item in items if item.is_task]
    longest = max(Counter(item.section_id for item in items).values(), default=0)
    return Overview(
        contents=sum(item.section_id in content and item.parent_id is None for item in items),
        tasks=len(work),
        directions=sum(not item.is_tracked for item in work),
        dues=sum(bool(item.due) for item in work),
        doubts=doubts,
        unclear_units=len(unclear_names(items, names)) if names else 0,
        is_cut=longest > LONG_SECTION,
    )


def _look_for_places(items: list[Item], doubts: list[Doubt]) -> None:
    """Below which item a line that found no place stood in the file."""
    known = sorted((item.line, item.pk) for item in items if item.line)
    for doubt in doubts:
        if doubt.item_id is None and doubt.line and doubt.text:
            place = bisect(known, (doubt.line, 0))
            doubt.after_id = known[place - 1][1] if place else None
