"""The original document as the importer's readers see it, line by line, to lay beside the draft."""

from collections.abc import Iterable
from dataclasses import dataclass

from danvan.uploads import Refused
from plans.importing import read_source
from plans.models import Doubt, Import, Item


@dataclass(frozen=True)
class SourceLine:
    """`cells` are the cells of a table row. `item_id` is the line of the draft that was read from it."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    item_id: int | None = None
    is_doubted: bool = False


def source_lines(kept: Import, doubts: Iterable[Doubt]) -> list[SourceLine] | None:
    """None where the file can no longer be read. One query, for the lines of the draft."""
    try:
        with kept.file.open("rb") as file:
            content = file.read()
        read = read_source(kept.file_name, content)
    except (OSError, Refused):
        return None
    items = Item.objects.filter(section__plan=kept.plan_id, line__isnull=False).order_by("-order")
    at_line = dict(items.values_list("line", "pk"))
    doubted = {doubt.line for doubt in doubts}
    return [
        SourceLine(
            line.number,
            line.text,
            line.cells if line.table else (),
            at_line.get(line.number),
            line.number in doubted,
        )
        for line in read
        if line.text
    ]
