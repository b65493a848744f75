"""The order of a section's items: a list from top to bottom in which each item knows its parent. Pure; no queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from accounts.unit_names import Match, UnitNames
from plans import wording
from plans.models import Doubt, Item, Section

BULLETS = frozenset({"", "-", "+", "*", "•", "–", "—", "·"})
DEEPEST = 5  # the style sheet indents no further
LONGEST_PATH = 60  # what the column holds


@dataclass
class Row:
    """One item where it stands: `level` 1 is directly under the section's title."""

    item: Item
    level: int = 1
    has_children: bool = False
    is_first: bool = True
    is_last: bool = True
    doubts: list[Doubt] = field(default_factory=list)
    names: UnitNames | None = None
    next_doubt: int | None = None
    above: Item | None = None  # the line before it in the section, on whatever level

    @cached_property
    def said(self) -> list[str]:
        """What was read, in words; units apart where their matches are shown beside (`parties`)."""
        return wording.said(self.item, with_units=self.names is None)

    @cached_property
    def parties(self) -> list[tuple[str, Match]]:
        """The units as read, each with the unit of the agency that it means: («Chủ trì», match)."""
        if self.names is None:
            return []
        named = [("Chủ trì", name) for name in self.item.lead]
        named += [("Phối hợp", name) for name in self.item.coordinating]
        return [(role, self.names.match(name)) for role, name in named]


def rows(items: Iterable[Item], doubts: Iterable[Doubt] = (), names: UnitNames | None = None) -> list[Row]:
    """Rows of one section's items, given in order. An item whose parent is not among them stands on level 1.

    `doubts` may be those of the whole plan, in the order in which they are gone through.
    """
    found: dict[int, Row] = {}
    last_of: dict[int | None, Row] = {}
    previous: Item | None = None
    for item in items:
        above = found.get(item.parent_id or 0)
        row = Row(item, level=min(above.level + 1, DEEPEST) if above else 1, names=names, above=previous)
        previous = item
        if above:
            above.has_children = True
        if before := last_of.get(item.parent_id):
            before.is_last, row.is_first = False, False
        found[item.pk] = last_of[item.parent_id] = row
    asked = [doubt for doubt in doubts if doubt.item_id]
    waiting = [*dict.fromkeys(doubt.item_id for doubt in asked)]
    following = dict(zip(waiting, waiting[1:], strict=False))
    for doubt in asked:
        if doubt.item_id in found:
            row = found[doubt.item_id]
            row.doubts.append(doubt)
            row.next_doubt = following.get(doubt.item_id)
    return list(found.values())


def neighbour(items: list[Item], item: Item, step: int) -> Item | None:
    """The item beside it under the same parent: `step` -1 is the one above, +1 the one below."""
    beside = [other for other in items if other.parent_id == item.parent_id]
    place = beside.index(item) + step
    return beside[place] if 0 <= place < len(beside) else None


def in_order(items: Iterable[Item]) -> list[Item]:
    """Items from top to bottom, each before its children, brothers by `order`."""
    under: dict[int | None, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.order, item.pk)):
        under[item.parent_id].append(item)
    line: list[Item] = []
    waiting = under[None][::-1]
    while waiting:
        item = waiting.pop()
        line.append(item)
        waiting += under[item.pk][::-1]
    return line


def paths(section: Section, items: Iterable[Item]) -> dict[int, str]:
    """The path of each item, given in order: `II/1/2/a`. It ends at the last numbered item for a bullet;
    rows of an annex are `PL/<STT>`, of a further one `PL2/<STT>` (conventions 1 and 6 of the importer's contract)."""
    found: dict[int, str] = {}
    is_annex = section.kind == Section.Kind.ANNEX
    items = list(items)
    annex = next((item.path.split("/")[0] for item in items if item.path.startswith("PL")), "PL")
    for item in items:
        above = found.get(item.parent_id or 0)
        start = annex if is_annex else (above or section.numeral)
        label = "" if item.label in BULLETS else item.label
        found[item.pk] = "/".join(filter(None, (start, label)))[:LONGEST_PATH]
    return found
