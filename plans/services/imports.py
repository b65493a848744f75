"""From an uploaded document to a draft plan."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import cast

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction

from accounts.models import Agency, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Problem
from danvan.text import clean, fold
from plans import tree
from plans.importing import outline as reading
from plans.importing import read_document
from plans.models import Doubt, Import, Item, Plan, Recipient, Section
from plans.services.mending_header import folded_words, write_lines

NO_READING = reading.Reading(kind="")


def import_plan(*, agency: Agency, name: str, content: bytes, by: User | None, insist: bool = False) -> Plan:
    """A draft plan with everything that was read of the document, and the file as it came.

    `insist` reads a document that says it is something else than a plan.

    The same file again leads to its draft. Raises `danvan.uploads.Refused` where the document cannot be read and
    `Problem` where the plan is already being carried out; nothing is written then.
    """
    if known := find_import(agency=agency, content=content):
        return _draft_of(known)
    outline = read_document(name, content, insist=insist)
    _refuse_active_twin(agency, outline)
    try:
        return _keep(agency, name, content, outline, by)
    except IntegrityError:  # the same file was sent twice at the same moment
        if known := find_import(agency=agency, content=content):
            return _draft_of(known)
        raise


def find_import(*, agency: Agency, content: bytes) -> Import | None:
    """The earlier import of exactly this file into the agency."""
    digest = hashlib.sha256(content).hexdigest()
    return Import.objects.filter(agency=agency, sha256=digest).select_related("plan").first()


def _draft_of(known: Import) -> Plan:
    if known.plan is None:
        raise Problem("Tệp này đang được đọc. Xin chờ ít phút rồi mở lại danh sách kế hoạch.")
    if known.plan.state != Plan.State.DRAFT:
        raise Problem(_already(known.plan))
    return known.plan


def _refuse_active_twin(agency: Agency, outline: reading.Outline) -> None:
    """Number and day name a document: in another file it is still the same plan."""
    if not (outline.number and outline.date):
        return
    twins = Plan.objects.filter(agency=agency, number=clean(outline.number), dated_on=outline.date)
    if twin := twins.exclude(state=Plan.State.DRAFT).first():
        raise Problem(_already(twin))


def _already(plan: Plan) -> str:
    state = "đang được thực hiện" if plan.state == Plan.State.ACTIVE else "đã kết thúc"
    return f"{plan} {state} nên không đưa vào lại được. Hãy mở kế hoạch này trong danh sách."


@transaction.atomic
def _keep(agency: Agency, name: str, content: bytes, outline: reading.Outline, by: User | None) -> Plan:
    plan = _build_plan(agency, outline)
    recipients = [_fit(Recipient, "text", text, outline) for text in outline.recipients]
    write_lines(plan, outline.legal_bases, recipients)
    _build_items(plan, outline)
    _build_doubts(plan, outline)
    kept = _keep_record(plan, name, content, by)
    words = f"Đưa {kept.file_name} vào, thành bản nháp {plan}"
    record_event(agency=agency, actor=by, verb="plan.imported", about=plan, words=words)
    # Last, so that nothing is left in the folder if anything above fails.
    kept.file.save(
        f"{kept.sha256[:24]}{PurePosixPath(kept.file_name).suffix.lower()[:10]}", ContentFile(content)
    )
    return plan


def _keep_record(plan: Plan, name: str, content: bytes, by: User | None) -> Import:
    return Import.objects.create(
        agency=plan.agency,
        plan=plan,
        file_name=clean(PurePosixPath(name.replace("\\", "/")).name)[-255:],
        sha256=hashlib.sha256(content).hexdigest(),
        state=Import.State.READ,
        attempts=1,
        made_by=by,
        made_at=clock.now(),
    )


def _build_plan(agency: Agency, outline: reading.Outline) -> Plan:
    names = ("number", "title", "place", "issuer", "superior", "authority", "position", "signer")
    words = {name: _fit(Plan, name, getattr(outline, name), outline) for name in names}
    if outline.year is None:
        year = clock.today().year
        outline.doubt(None, "", f"Văn bản không ghi kế hoạch của năm nào nên tạm lấy năm {year}.")
    plan = Plan(
        agency=agency,
        dated_on=outline.date,
        year=outline.year or clock.today().year,
        opening=outline.opening_words,
        closing=outline.closing_words,
        **words,
    )
    plan.folded = folded_words(plan)
    plan.save()
    return plan


def _build_items(plan: Plan, outline: reading.Outline) -> None:
    """Level by level, because a child needs the key of its parent: as many statements as the plan has levels."""
    for order, part in enumerate([*outline.sections, *outline.annexes], start=1):
        section = Section.objects.create(
            plan=plan,
            order=order,
            numeral=_fit(Section, "numeral", part.numeral, outline),
            title=_fit(Section, "title", part.title, outline),
            kind=part.kind,
        )
        made: dict[int, Item] = {}
        places = {id(line): place for place, line in enumerate(part.walk(), start=1)}
        for level in _levels(part):
            items = [
                _item(section, line, places[id(line)], made.get(id(above)), outline) for above, line in level
            ]
            Item.objects.bulk_create(items, batch_size=200)
            made |= {id(line): item for (_, line), item in zip(level, items, strict=True)}
        _complete_paths(section, list(made.values()))


def _levels(part: reading.Section) -> Iterator[list[tuple[reading.Item | None, reading.Item]]]:
    """The lines of a section with the line above each, outermost level first."""
    level: list[tuple[reading.Item | None, reading.Item]] = [(None, line) for line in part.items]
    while level:
        yield level
        level = [(line, below) for _, line in level for below in line.items]


def _item(
    section: Section, line: reading.Item, order: int, parent: Item | None, outline: reading.Outline
) -> Item:
    said = line.reading or NO_READING
    return Item(
        section=section,
        parent=parent,
        order=order,
        label=_fit(Item, "label", line.label, outline),
        text=line.text,
        assignment_text=line.assignment_text,
        path=line.path[:60],
        line=line.line,
        is_task=line.reading is not None,
        kind=said.kind,
        lead=said.lead,
        coordinating=said.coordinating,
        due=said.due,
        due_bound=said.due_bound or "",
        frequency=said.frequency,
        target=_fit(Item, "target", said.target, outline),
        deliverable=_fit(Item, "deliverable", said.deliverable, outline),
        folded=fold(f"{line.label} {line.text} {line.assignment_text}"),
    )


def _complete_paths(section: Section, items: list[Item]) -> None:
    """The reading gives paths to tasks only; the lines above them have theirs by the same rule."""
    found = tree.paths(section, tree.in_order(items))
    bare = [item for item in items if not item.path]
    for item in bare:
        item.path = found[item.pk][:60]
    Item.objects.bulk_update(bare, ["path"], batch_size=200)


def _build_doubts(plan: Plan, outline: reading.Outline) -> None:
    items = Item.objects.filter(section__plan=plan, line__isnull=False).order_by("-section__order", "-order")
    at_line: dict[int | None, int] = {line: pk for line, pk in items.values_list("line", "pk")}
    Doubt.objects.bulk_create(
        Doubt(
            plan=plan, item_id=at_line.get(doubt.line), line=doubt.line, text=doubt.text, reason=doubt.reason
        )
        for doubt in outline.doubts
    )


def _fit(model: type[models.Model], name: str, text: str | None, outline: reading.Outline) -> str:
    """Words that the column holds. What is cut off stands whole in a doubt."""
    column = cast(models.CharField, model._meta.get_field(name))
    words, room = text or "", column.max_length or 0
    if len(words) > room:
        reason = f"Phần “{column.verbose_name}” dài quá {room} ký tự nên bị cắt bớt; đây là nguyên văn."
        outline.doubt(None, words, reason)
    return words[:room]
