"""A section while it is reshaped: a list of lines from top to bottom, each with its level. Pure; no queries.

Whoever changes levels or the list keeps one rule: a line is at most one level deeper than the line above it. Parents,
labels and what is work follow from that in `settle`. Lines never change their order by being indented or outdented.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from danvan.text import POINT_LABELS
from plans import tree
from plans.models import Item, Section

_ROMANS = [
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
    "XX",
]
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.(\d{1,3})")
_LABELLED = re.compile(
    r"(?:(?P<bullet>[-+*•–])|(?P<label>\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5})[.)/])\s+(?P<text>\S.*)"
)


@dataclass
class Line:
    item: Item
    level: int


@dataclass(frozen=True)
class Was:
    """How an item stood before; what differs afterwards is written."""

    parent_id: int | None
    order: int
    label: str
    path: str
    is_task: bool


def was(item: Item) -> Was:
    return Was(item.parent_id, item.order, item.label, item.path, item.is_task)


def lines_of(items: Iterable[Item]) -> list[Line]:
    levels: dict[int, int] = {}
    found = []
    for item in tree.in_order(items):
        levels[item.pk] = levels.get(item.parent_id or 0, 0) + 1
        found.append(Line(item, levels[item.pk]))
    return found


def place_of(lines: list[Line], pk: int | None) -> int | None:
    return next((at for at, line in enumerate(lines) if line.item.pk == pk), None)


def end_of(lines: list[Line], at: int) -> int:
    """One past the last line that stands under the line at `at`."""
    end = at + 1
    while end < len(lines) and lines[end].level > lines[at].level:
        end += 1
    return end


def can_indent(lines: list[Line], at: int) -> bool:
    return at > 0 and lines[at - 1].level >= lines[at].level


def can_outdent(lines: list[Line], at: int) -> bool:
    return lines[at].level > 1


def shift(lines: list[Line], at: int, step: int) -> None:
    """One level in (+1) or out (-1), with all that stands under it; the brothers below an outdented line come under it."""
    for line in lines[at : end_of(lines, at)]:
        line.level += step
    _adopt_label(lines, at)


def where_to_put_back(lines: list[Line], parent_id: int | None, after_id: int | None) -> tuple[int, int]:
    """Index and level for a removed line, as near as possible to where it stood, so that no other line changes hands.

    Where the line it stood under is gone too, it stands on its own.
    """
    parent, after = place_of(lines, parent_id), place_of(lines, after_id)
    start, end, level = -1, len(lines), 1
    if parent is not None:
        start, end, level = parent, end_of(lines, parent), lines[parent].level + 1
    at = 0 if after_id is None else end
    if after is not None and start <= after < end:
        at = after + 1
    while at < len(lines) and lines[at].level > level:
        at += 1
    return at, level


def split_mark(text: str) -> tuple[str, str]:
    """`b) Tổ chức …` → (`b`, `Tổ chức …`); without a mark at its head the label is empty."""
    found = _LABELLED.fullmatch(text)
    return (found["bullet"] or found["label"], found["text"]) if found else ("", text)


def settle(section: Section, lines: list[Line], before: dict[int, Was]) -> list[Item]:
    """Parents, labels, work and paths follow from the levels. Returns the items that differ from `before`."""
    above: list[Item] = []
    for line in lines:
        del above[line.level - 1 :]
        line.item.parent_id = above[-1].pk if above else None
        above.append(line.item)
    items = [line.item for line in lines]
    _renumber(items, before)
    _mark_work(section, items, before)
    paths = tree.paths(section, items)
    for item in items:
        item.path = paths[item.pk]
    return [item for item in items if before.get(item.pk) != was(item)]


def _mark_work(section: Section, items: list[Item], before: dict[int, Was]) -> None:
    """A line that becomes the head of others is no work itself; one that loses its last line is work again."""
    headed = {one.parent_id for one in before.values()}
    heads = {item.parent_id for item in items}
    has_work = section.kind in (Section.Kind.CONTENT, Section.Kind.ORGANISATION)
    for item in items:
        if item.pk in heads and item.pk not in headed:
            item.is_task = False
        elif item.pk in headed and item.pk not in heads and item.label and has_work:
            item.is_task = True


def _adopt_label(lines: list[Line], at: int) -> None:
    """A shifted line is labelled like its new brothers; the number itself is given by `_renumber`."""
    item, level = lines[at].item, lines[at].level
    if not item.label:
        return
    start = next((n for n in range(at - 1, -1, -1) if lines[n].level < level), -1)
    end = next((n for n in range(at + 1, len(lines)) if lines[n].level < level), len(lines))
    brothers = [line.item for line in lines[start + 1 : end] if line.level == level and line.item is not item]
    before = [line.item for line in lines[start + 1 : at] if line.level == level]
    if brothers:
        item.label = (before[-1] if before else brothers[0]).label or item.label
    else:
        item.label = _first_label(lines[start].item.label if start >= 0 else None, item.label)


def _first_label(parent_label: str | None, own: str) -> str:
    if parent_label is None or _style(parent_label) == "roman":
        return "1"
    if own in tree.BULLETS:
        return "+" if parent_label == "-" else "-"
    if _style(parent_label) == "number":
        return "a"
    return "1" if _style(own) else "-"


# -- numbers --


def _renumber(items: list[Item], before: dict[int, Was]) -> None:
    """Brothers are numbered anew where one came or went, or where the number above them changed."""
    by_pk = {item.pk: item for item in items}
    old: dict[int | None, list[int]] = {}
    for pk, one in before.items():
        old.setdefault(one.parent_id, []).append(pk)
    groups: dict[int | None, list[Item]] = {}
    for item in items:
        groups.setdefault(item.parent_id, []).append(item)
    for parent_id, members in groups.items():
        parent = by_pk.get(parent_id or 0)
        known = old.get(parent_id, [])
        is_renamed = parent and parent.pk in before and before[parent.pk].label != parent.label
        if is_renamed or [item.pk for item in members] != known:
            _number_brothers(parent, members, {pk: before[pk].label for pk in known})


def _number_brothers(parent: Item | None, members: list[Item], known: dict[int, str]) -> None:
    for style in dict.fromkeys(_style(item.label) for item in members):
        if style:
            same = [item for item in members if _style(item.label) == style]
            number = _first_number(
                same, [(pk, label) for pk, label in known.items() if _style(label) == style]
            )
            for item in same:
                item.label = _label(style, number, item.label, parent)
                number += 1


def _first_number(same: list[Item], known: list[tuple[int, str]]) -> int:
    """The count goes on from where the document began it; what came before its first line takes the numbers before."""
    if not known:
        return 1
    first, label = known[0]
    there = [item.pk for item in same]
    old = {pk for pk, _ in known}
    newcomers = sum(pk not in old for pk in there[: there.index(first)]) if first in there else 0
    return max(1, _value(label) - newcomers)


def _style(label: str) -> str:
    if label.isdecimal():
        return "number"
    if _DOTTED.fullmatch(label):
        return "dotted"
    if label in POINT_LABELS:
        return "letter"
    return "roman" if label in _ROMANS else ""


def _value(label: str) -> int:
    if label in POINT_LABELS:
        return POINT_LABELS.index(label) + 1
    return _ROMANS.index(label) + 1 if label in _ROMANS else int(label.rsplit(".", 1)[-1])


def _label(style: str, number: int, label: str, parent: Item | None) -> str:
    if style == "letter" and number <= len(POINT_LABELS):
        return POINT_LABELS[number - 1]
    if style == "roman" and number <= len(_ROMANS):
        return _ROMANS[number - 1]
    if style == "dotted":
        above = parent.label if parent and _style(parent.label) in ("number", "dotted") else ""
        return f"{above or label.rsplit('.', 1)[0]}.{number}"[:10]
    # The alphabet ends at y: further points are numbered.
    return str(number)
