"""The content items of a plan: the rows of every table that counts by content.

A content item is the topmost numbered item of a content section; for annex rows their group row, else their annex;
section III is one row «Tổ chức thực hiện», work ordered by letter one row «Việc phát sinh». So the rows sum to the whole.
"""

from dataclasses import dataclass

from plans.models import Item, Plan, Section


@dataclass(frozen=True)
class ContentItem:
    key: str
    label: str
    title: str
    order: int
    is_content: bool
    item_id: int | None = None

    def __str__(self) -> str:
        return f"{self.label}. {self.title}" if self.label else self.title


ORGANISATION = ContentItem("organisation", "", "Tổ chức thực hiện", 1_000_000, is_content=False)
BY_LETTER = ContentItem("letter", "", "Việc phát sinh", 1_000_001, is_content=False)


class ContentMap:
    """Which content item each item belongs to. Two queries, whatever the size of the plan.

    `with_reading` also loads what was read from each line, for those who show the lines themselves (`item`).
    """

    def __init__(self, plan: Plan, *, with_reading: bool = False) -> None:
        sections = {section.pk: section for section in plan.sections.all()}  # type: ignore[attr-defined]
        items = Item.objects.filter(section__in=sections)
        if not with_reading:
            items = items.only("section_id", "parent_id", "label", "text", "order", "is_task")
        self._items = {item.pk: item for item in items}
        self._sections = sections
        self._has_children = {item.parent_id for item in self._items.values()}

    def item(self, item_id: int | None) -> Item | None:
        """The line of the plan itself."""
        return self._items.get(item_id) if item_id else None

    def of(self, item_id: int | None) -> ContentItem:
        """The content item of an item; `None` means work without a line of the plan."""
        if item_id is None or item_id not in self._items:
            return BY_LETTER
        root = self._root(self._items[item_id])
        section = self._sections[root.section_id]
        if section.kind == Section.Kind.ORGANISATION:
            return ORGANISATION
        if root.label[:1].isdigit() or root.pk in self._has_children:
            order = section.order * 10_000 + root.order
            return ContentItem(f"item-{root.pk}", root.label, root.text, order, True, root.pk)
        return ContentItem(
            f"section-{section.pk}", section.numeral, section.title, section.order * 10_000, True
        )

    def roots(self) -> list[ContentItem]:
        """All content items that hold a task, in the order of the plan."""
        found = {self.of(item.pk) for item in self._items.values() if item.is_task}
        return sorted(found, key=lambda content: content.order)

    def _root(self, item: Item) -> Item:
        while item.parent_id:
            item = self._items[item.parent_id]
        return item
