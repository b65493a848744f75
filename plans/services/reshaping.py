"""Mending how the lines of a draft stand: in or out, split, merged, added. Deleting is in `removing`.

Each is refused with `Conflict` if the line is no longer the one that `version` showed, with `Problem` once the plan is
no draft; nothing is written then.
"""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import clean, fold
from plans import shape
from plans.models import Doubt, Item, Section
from plans.services.drafts import hold_draft
from plans.services.shaping import Shaping, claim, done, keep_removal
from plans.shape import Line

SPLIT_DOUBT = "Dòng này vừa được tách: hãy xem lại chủ trì, thời hạn của từng phần."
MERGE_DOUBT = "Hai dòng vừa nhập làm một đều có điều đọc được: hãy xem lại chủ trì, thời hạn."
READ_LISTS = ("lead", "coordinating", "due", "frequency")


@transaction.atomic
def shift_item(*, item: Item, version: int, inward: bool, by: User) -> Item:
    """Under the line above it (`inward`), or out beside the line it stands under; what stands under it comes along."""
    claim(item, version)
    shaping = Shaping(item.section)
    at = shaping.at(item.pk)
    if inward and not shape.can_indent(shaping.lines, at):
        raise Problem("Dòng này không thụt vào được nữa: phía trên không có dòng nào ngang hàng.")
    if not inward and not shape.can_outdent(shaping.lines, at):
        raise Problem("Dòng này đã ở mức ngoài cùng của phần.")
    shape.shift(shaping.lines, at, 1 if inward else -1)
    shaping.save()
    return done(shaping.lines[at].item, by, "item.shifted", "Thụt vào" if inward else "Đưa ra")


@transaction.atomic
def split_item(*, item: Item, version: int, parts: Sequence[str], by: User) -> list[Item]:
    """One line that the reading ran together becomes several, word for word; never a way to divide work.

    What was read stays with the first; the others say nothing yet, and all are doubts. Lines under it come under the
    last part. Raises `Problem` if the parts are not exactly the words of the line.
    """
    claim(item, version)
    item.refresh_from_db()
    parts = [part for part in map(clean, parts) if part]
    if "".join(parts).replace(" ", "") != item.text.replace(" ", ""):
        raise Problem("Khi tách chỉ xuống dòng, không thêm bớt chữ. Muốn sửa chữ, hãy lưu rồi bấm “Sửa”.")
    if len(parts) < 2:
        raise Problem("Chưa có chỗ tách. Hãy đặt con trỏ vào chỗ cần tách rồi xuống dòng.")
    shaping = Shaping(item.section)
    at = shaping.at(item.pk)
    first, level = shaping.lines[at].item, shaping.lines[at].level
    first.text = parts[0]
    first.folded = fold(f"{first.label} {first.text} {first.assignment_text}")
    first.save(update_fields=["text", "folded"])
    new = [_part(first, text) for text in parts[1:]]
    shaping.put(at + 1, [Line(one, level) for one in new])
    shaping.save()
    plan = item.section.plan
    Doubt.objects.bulk_create(
        Doubt(plan=plan, item=one, line=one.line, text=one.text, reason=SPLIT_DOUBT) for one in (first, *new)
    )
    done(first, by, "item.split", f"Tách làm {len(parts)} dòng")
    return [first, *new]


def _part(first: Item, text: str) -> Item:
    label, words = shape.split_mark(text)
    return Item(
        section=first.section,
        label=label or first.label,
        text=words,
        line=first.line,
        is_task=first.is_task,
        is_tracked=first.is_tracked,
        kind=first.kind,
        folded=fold(f"{label or first.label} {words}"),
    )


@transaction.atomic
def merge_item(*, item: Item, version: int, above: int, by: User) -> Item:
    """The words of a line go to the end of the line above it, mark included; what was read of both stays.

    `above` is the key of the line that stood above when the page was made. Returns that line.
    """
    claim(item, version)
    shaping = Shaping(item.section)
    at = shaping.at(item.pk)
    if not at:
        raise Problem("Đây là dòng đầu của phần nên không có dòng phía trên để nhập vào.")
    upper, lower = shaping.lines[at - 1], shaping.lines[at]
    if upper.item.pk != above:
        raise Conflict("Dòng phía trên vừa được người khác thay đổi. Hãy xem bản đang lưu rồi làm lại.")
    has_both = _is_read(upper.item) and _is_read(lower.item)
    for line in shaping.lines[at + 1 : shape.end_of(shaping.lines, at)]:
        line.level += upper.level - lower.level
    is_work = upper.item.is_task or lower.item.is_task
    _join(upper.item, lower.item)
    keep_removal(shaping, at, at + 1, by=by, merged_into=upper.item)
    _carry_over(upper.item, lower.item)
    del shaping.lines[at]
    shaping.save()
    if has_both:
        _doubt_at(upper.item, MERGE_DOUBT)
    is_head = any(line.item.parent_id == upper.item.pk for line in shaping.lines)
    upper.item.is_task = upper.item.is_task if is_head else is_work
    upper.item.save(update_fields=["is_task"])
    return done(upper.item, by, "item.merged", "Nhập một dòng vào")


def _carry_over(upper: Item, lower: Item) -> None:
    """Its doubts and the lines under it, before it goes: the database must take nothing with it."""
    Doubt.objects.filter(item=lower).update(item=upper)
    Item.objects.filter(parent=lower).update(parent=upper)
    Item.objects.filter(pk=lower.pk).delete()


def _join(upper: Item, lower: Item) -> None:
    upper.text = clean(f"{upper.text} {lower.mark} {lower.text}")
    upper.assignment_text = "\n".join(filter(None, (upper.assignment_text, lower.assignment_text)))
    for name in READ_LISTS:
        setattr(upper, name, list(dict.fromkeys([*getattr(upper, name), *getattr(lower, name)])))
    upper.due_bound, upper.kind = upper.due_bound or lower.due_bound, upper.kind or lower.kind
    for name in ("target", "deliverable"):
        both = "; ".join(dict.fromkeys(filter(None, (getattr(upper, name), getattr(lower, name)))))
        setattr(upper, name, both[: Item._meta.get_field(name).max_length])  # type: ignore[union-attr]
    upper.folded = fold(f"{upper.label} {upper.text} {upper.assignment_text}")
    upper.version += 1
    words = ["text", "assignment_text", "folded", "due_bound", "kind", "target", "deliverable", "version"]
    upper.save(update_fields=[*words, *READ_LISTS])


def _is_read(item: Item) -> bool:
    return any(getattr(item, name) for name in (*READ_LISTS, "target", "deliverable"))


@transaction.atomic
def add_item(
    *, section: Section, after: Item | None, text: str, is_task: bool, by: User, settled: Doubt | None = None
) -> Item:
    """A line that the reading lost, beside `after` and below all that stands under it; without it at the section's end.

    `settled` is the doubt that held its words. Raises `Conflict` if `after` is gone by now.
    """
    hold_draft(section.plan_id)
    shaping = Shaping(section)
    at, level = len(shaping.lines), 1
    beside = next((line.item for line in reversed(shaping.lines) if line.level == 1), None)
    if after is not None:
        place = shaping.at(after.pk)
        at, level, beside = (
            shape.end_of(shaping.lines, place),
            shaping.lines[place].level,
            shaping.lines[place].item,
        )
    label, words = shape.split_mark(clean(text))
    item = Item(
        section=section,
        label=label or (beside.label if beside else ""),
        text=words,
        line=settled.line if settled else None,
        is_task=is_task,
        kind=Item.Kind.ACTION if is_task else "",
    )
    shaping.put(at, [Line(item, level)])
    shaping.save()
    if settled and settled.plan_id == section.plan_id:
        asked = Doubt.objects.filter(pk=settled.pk, settled_at=None)
        asked.update(settled_at=clock.now(), settled_by=by, item=item)
    return done(item, by, "item.added", "Thêm")


def _doubt_at(item: Item, reason: str) -> None:
    plan = item.section.plan
    Doubt.objects.create(plan=plan, item=item, line=item.line, text=item.text, reason=reason)
