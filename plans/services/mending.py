"""Mending what was read: words, order, whether a line is work, and the importer's doubts."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict
from danvan.text import clean, fold
from plans import tree
from plans.models import Doubt, Item
from plans.services.drafts import hold_draft
from plans.services.shaping import write_items

Texts = Sequence[str]


@transaction.atomic
def mend_item(
    *,
    item: Item,
    version: int,
    label: str,
    text: str,
    is_task: bool,
    lead: Texts,
    coordinating: Texts,
    due: Texts,
    due_bound: str,
    frequency: Texts,
    target: str,
    deliverable: str,
    by: User,
) -> Item:
    """Write the words of one item and what was read of it; its open doubts are settled with that.

    `due` and `frequency` are codes of the importer's contract. Raises `Conflict` if the item is no longer the
    one that `version` showed, `Problem` once the plan is no draft.
    """
    plan = item.section.plan
    hold_draft(plan.pk)
    words = {
        "label": clean(label),
        "text": clean(text),
        "target": clean(target),
        "deliverable": clean(deliverable),
    }
    _follow_label(item, words["label"])
    changed = Item.objects.filter(pk=item.pk, version=version).update(
        **words,
        is_task=is_task,
        lead=list(map(clean, lead)),
        coordinating=list(map(clean, coordinating)),
        due=list(due),
        due_bound=due_bound if due else "",
        frequency=list(frequency),
        folded=fold(f"{words['label']} {words['text']} {item.assignment_text}"),
        version=version + 1,
    )
    if not changed:
        raise Conflict("Nội dung này vừa có người khác sửa.")
    item.doubts.filter(settled_at=None).update(settled_at=clock.now(), settled_by=by)
    item.refresh_from_db()
    _record(item, by, "item.mended", "Sửa")
    return item


@transaction.atomic
def move_item(*, item: Item, step: int, by: User) -> Item:
    """Change places with the neighbour above (`step` -1) or below (+1), children and all.

    Numbers stay where they are (the line that moves up from b) becomes a)); at the edge nothing happens.
    """
    hold_draft(item.section.plan_id)
    items = list(item.section.items.order_by("order", "pk"))
    before = {one.pk: (one.order, one.label, one.path) for one in items}
    moving = next(one for one in items if one.pk == item.pk)
    other = tree.neighbour(items, moving, step)
    if other is None:
        return moving
    old_paths = tree.paths(item.section, items)
    moving.order, other.order = other.order, moving.order
    moving.label, other.label = other.label, moving.label
    line = tree.in_order(items)
    _number(line)
    new_paths = tree.paths(item.section, line)
    for one in line:
        if old_paths[one.pk] != new_paths[one.pk]:
            one.path = new_paths[one.pk]
    _save_moved([one for one in line if before[one.pk] != (one.order, one.label, one.path)], before)
    _record(moving, by, "item.moved", "Chuyển chỗ")
    return moving


@transaction.atomic
def mark_task(*, item: Item, is_tracked: bool, by: User) -> Item:
    """Whether a line of work is followed up, or only a direction («định hướng, không theo dõi»)."""
    hold_draft(item.section.plan_id)
    Item.objects.filter(pk=item.pk).update(is_tracked=is_tracked)
    item.refresh_from_db()
    _record(item, by, "item.marked", "Theo dõi" if is_tracked else "Không theo dõi (định hướng)")
    return item


@transaction.atomic
def settle_doubt(*, doubt: Doubt, by: User) -> Doubt:
    """Somebody looked and found the reading right. Settling it twice changes nothing."""
    hold_draft(doubt.plan_id)
    asked = Doubt.objects.filter(pk=doubt.pk, settled_at=None)
    if asked.update(settled_at=clock.now(), settled_by=by):
        words = f"Xác nhận đọc đúng: {doubt.reason}"
        record_event(agency=doubt.plan.agency, actor=by, verb="doubt.settled", about=doubt.plan, words=words)
    doubt.refresh_from_db()
    return doubt


def _follow_label(item: Item, label: str) -> None:
    """The paths of the item and of all below it, where its number changes."""
    items = tree.in_order(item.section.items.all())
    old_paths = tree.paths(item.section, items)
    next(one for one in items if one.pk == item.pk).label = label
    new_paths = tree.paths(item.section, items)
    moved = [one for one in items if old_paths[one.pk] != new_paths[one.pk]]
    for one in moved:
        one.path = new_paths[one.pk]
    Item.objects.bulk_update(moved, ["path"], batch_size=200)


def _number(line: list[Item]) -> None:
    for order, one in enumerate(line, start=1):
        one.order = order


def _save_moved(moved: list[Item], before: dict[int, tuple[int, str, str]]) -> None:
    """A line whose number changed is a new version of it: whoever has its old number in a form is told."""
    write_items(moved, ["order", "label", "path"])
    renumbered = [one.pk for one in moved if before[one.pk][1] != one.label]
    Item.objects.filter(pk__in=renumbered).update(version=F("version") + 1)


def _record(item: Item, by: User, verb: str, what: str) -> None:
    plan = item.section.plan
    place = f"mục {item.path}" if item.path else "một mục"
    record_event(
        agency=plan.agency, actor=by, verb=verb, about=item, words=f"{what} {place} của bản nháp {plan}"
    )
