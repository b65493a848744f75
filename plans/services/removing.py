"""Deleting lines of a draft, and taking that back until the plan is activated."""

from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Problem
from danvan.text import excerpt
from plans import shape
from plans.models import Doubt, Item, Removal
from plans.services.drafts import hold_draft
from plans.services.shaping import Shaping, claim, done, keep_removal
from plans.shape import Line


@transaction.atomic
def remove_item(*, item: Item, version: int, by: User) -> Removal:
    """Delete a line with all that stands under it; its open doubts are settled. `restore_items` takes it back.

    Raises `Conflict` if the line is no longer the one that `version` showed, `Problem` once the plan is no draft.
    """
    claim(item, version)
    item.refresh_from_db()
    shaping = Shaping(item.section)
    at = shaping.at(item.pk)
    end = shape.end_of(shaping.lines, at)
    removal = keep_removal(shaping, at, end, by=by)
    keys = [line.item.pk for line in shaping.lines[at:end]]
    Doubt.objects.filter(item__in=keys, settled_at=None).update(settled_at=clock.now(), settled_by=by)
    Item.objects.filter(pk__in=keys).delete()
    del shaping.lines[at:end]
    shaping.save()
    plan = removal.plan
    words = f"Xóa “{excerpt(item.text, 80)}” khỏi bản nháp {plan}"
    record_event(agency=plan.agency, actor=by, verb="item.removed", about=item, words=words)
    return removal


@transaction.atomic
def restore_items(*, removal: Removal, by: User) -> Item:
    """Put deleted lines back where they stood, as they were; their numbers follow their place.

    Raises `Problem` where that was done already, or the plan is no draft any more.
    """
    hold_draft(removal.plan_id)
    asked = Removal.objects.open().filter(pk=removal.pk)
    if not asked.update(restored_at=clock.now()):
        raise Problem("Dòng này đã được lấy lại trước đó.")
    shaping = Shaping(removal.section)
    at, level = shape.where_to_put_back(shaping.lines, removal.parent_key, removal.after_key)
    deeper = level - removal.lines[0]["level"]
    back = [_line(fields, deeper) for fields in removal.lines]
    shaping.put(at, back)
    shaping.save()
    for key, item_key, was_open in removal.doubts:
        again: dict[str, Any] = {"settled_at": None, "settled_by": None} if was_open else {}
        Doubt.objects.filter(pk=key).update(item=item_key, **again)
    return done(back[0].item, by, "item.restored", "Lấy lại")


def _line(fields: dict[str, Any], deeper: int) -> Line:
    words = dict(fields)
    level = words.pop("level") + deeper
    return Line(Item(**words), level)
