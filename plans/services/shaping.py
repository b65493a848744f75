"""What every reshaping of a draft has in common: the line is claimed, its section loaded once and written where it differs."""

from typing import Any

from django.db.models import F

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict
from danvan.text import fold
from plans import shape
from plans.models import Doubt, Item, Removal, Section
from plans.services.drafts import hold_draft
from plans.shape import Line

CHANGED = "Dòng này vừa có người khác sửa. Hãy xem bản đang lưu rồi làm lại."


class Shaping:
    """One section inside the transaction that reshapes it: loaded once, written where it differs."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.lines = shape.lines_of(section.items.all())  # type: ignore[attr-defined]
        self.before = {line.item.pk: shape.was(line.item) for line in self.lines}

    def at(self, pk: int) -> int:
        at = shape.place_of(self.lines, pk)
        if at is None:
            raise Conflict(CHANGED)
        return at

    def put(self, at: int, new: list[Line]) -> None:
        """New lines at that place; those below make room in one statement."""
        above = self.lines[at - 1].item.order if at else 0
        Item.objects.filter(section=self.section, order__gt=above).update(order=F("order") + len(new))
        for line in self.lines[at:]:
            line.item.order += len(new)
            known = self.before[line.item.pk]
            self.before[line.item.pk] = shape.Was(
                known.parent_id, line.item.order, known.label, known.path, known.is_task
            )
        for order, line in enumerate(new, start=above + 1):
            line.item.order, line.item.parent_id = order, None
        Item.objects.bulk_create([line.item for line in new], batch_size=200)
        self.lines[at:at] = new

    def save(self) -> None:
        """Whoever has a line in a form that now has another number or place is told."""
        changed = shape.settle(self.section, self.lines, self.before)
        for item in changed:
            item.folded = fold(f"{item.label} {item.text} {item.assignment_text}")
        write_items(changed, ["parent", "order", "label", "path", "is_task", "folded"])
        moved = [
            item.pk
            for item in changed
            if (known := self.before.get(item.pk)) is None
            or (known.parent_id, known.label) != (item.parent_id, item.label)
        ]
        Item.objects.filter(pk__in=moved).update(version=F("version") + 1)


def write_items(items: list[Item], fields: list[str]) -> None:
    """By key, in few statements: `bulk_update` takes six times as long where thousands of lines get a new number."""
    Item.objects.bulk_create(
        items, update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=500
    )


def claim(item: Item, version: int) -> None:
    """The line is this deed's, if it still is the one that `version` showed."""
    hold_draft(item.section.plan_id)
    claimed = Item.objects.filter(pk=item.pk, version=version).update(version=version + 1)
    if not claimed:
        raise Conflict(CHANGED)


def keep_removal(
    shaping: Shaping, at: int, end: int, *, by: User, merged_into: Item | None = None
) -> Removal:
    """The lines from `at` to `end` go into a row of their own, before they go."""
    gone = shaping.lines[at:end]
    keys = [line.item.pk for line in gone]
    doubts = Doubt.objects.filter(item__in=keys).values_list("pk", "item_id", "settled_at")
    return Removal.objects.create(
        plan=shaping.section.plan,
        section=shaping.section,
        is_merge=merged_into is not None,
        merged_into=merged_into,
        parent_key=gone[0].item.parent_id,
        after_key=shaping.lines[at - 1].item.pk if at else None,
        lines=[_whole(line) for line in gone],
        doubts=[[pk, item_id, settled_at is None] for pk, item_id, settled_at in doubts],
        keys=f",{','.join(map(str, keys))},",
        removed_at=clock.now(),
        removed_by=by,
    )


def _whole(line: Line) -> dict[str, Any]:
    fields = {field.attname: getattr(line.item, field.attname) for field in Item._meta.concrete_fields}
    return fields | {"level": line.level}


def done(item: Item, by: User, verb: str, what: str) -> Item:
    plan = item.section.plan
    place = f"mục {item.path}" if item.path else "một mục"
    words = f"{what} {place} của bản nháp {plan}"
    record_event(agency=plan.agency, actor=by, verb=verb, about=item, words=words)
    item.refresh_from_db(fields=["version"])
    return item
