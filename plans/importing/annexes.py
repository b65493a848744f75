"""Task tables: `STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm`."""

import re
from collections.abc import Sequence

from .clauses import find_target, read_line, with_timing
from .columns import find_columns, is_below_head, is_head
from .deadlines import read_time
from .labels import split_label
from .lines import Line
from .outline import Item, Outline, Reading
from .table_parts import mended
from .unit_rows import ROW, known, parted, unsure
from .units import split_roles, split_units

_CLAUSE_BREAK = re.compile(
    r"(?<![;,.:/(–-])(?<!ngày)(?<!rước)(?<!háng)(?<!uý)(?<!và)(?<!đến)(?<!năm)\n(?!\s*[,;)])"
)
_NUMBERED, _UNLABELLED = 1, 9  # depths of rows, see `_depth`
_NOTHING = re.compile(r"[-–—\s]+")  # a dash in a cell says that there is nothing to say
_ONE_OR_TWO = "“{words}” có thể là một đơn vị hoặc hai đơn vị viết liền; hãy ghi đơn vị cho dòng này."


def read_table(rows: Sequence[Line], outline: Outline, year: int | None) -> list[Item] | None:
    """The rows of a task table as items, group rows holding theirs; None if it is no task table.

    A table is one of tasks when it has a column for the work and one for who or when; others are forms and figures.
    """
    head = next((position for position, row in enumerate(rows[:4]) if is_head(row.cells)), None)
    if head is None:
        return None
    below = rows[head + 1] if head + 1 < len(rows) else None
    is_double = below is not None and is_below_head(below.cells)
    columns = find_columns(_head_cells(rows[head], below if is_double else None))
    below_head = mended(rows[head + 1 + is_double :], columns, outline)
    read = [(row, cells) for row in below_head if any((cells := _cells(row, columns, outline)).values())]
    items = _tree(read, outline, year)
    return items if any(_says_something(item) for top in items for item in top.walk()) else None


def _tree(rows: Sequence[tuple[Line, dict[str, str]]], outline: Outline, year: int | None) -> list[Item]:
    """Groups with their rows. A numbered row that says nothing but a title is a group over rows of a narrower label."""
    items: list[Item] = []
    open_groups: list[tuple[int, Item]] = []
    depths = [_depth(row, cells) for row, cells in rows]
    for (row, cells), depth, following in zip(rows, depths, [*depths[1:], 0], strict=False):
        while open_groups and open_groups[-1][0] >= depth:
            open_groups.pop()
        siblings = open_groups[-1][1].items if open_groups else items
        is_numbered = depth == _NUMBERED or (depth < _UNLABELLED and any(outer for outer, _ in open_groups))
        group = _group(row, cells)
        if group and is_numbered and depth < following < _UNLABELLED:
            siblings.append(group)
            open_groups.append((depth, group))
        elif group and not is_numbered:
            items.append(group)
            open_groups = [(0, group)]
        elif cells.get("text"):
            siblings.append(_task(row, cells, outline, year))
        else:
            reason = "Dòng này trong bảng không có nội dung công việc nên chưa dùng."
            outline.doubt(row.number, row.text, reason)
    return items


def _depth(row: Line, cells: dict[str, str]) -> int:
    """How narrow the row's label is: 0 for `I`, `A` and a cell over the whole width, then 1, 1.1, a and bullets."""
    if len([cell for cell in row.cells if cell]) == 1:
        return 0
    label = cells.get("number", "").rstrip(".)/ ")
    if not label and (typed := split_label(cells.get("text", ""))):
        label = typed.value
    shapes = [r"[IVXA-HĐ]+", r"[0-9]+", r"[0-9]+\.[0-9]+", r"[0-9]+(?:\.[0-9]+){2,}", r"[a-zđ]", r"[-–+*•]"]
    return next((at for at, shape in enumerate(shapes) if re.fullmatch(shape, label)), _UNLABELLED)


def _cells(row: Line, columns: dict[str, int], outline: Outline) -> dict[str, str]:
    """The row's cells by what their columns hold. Where rows were printed one below the other, units are parted by rows."""
    cells = {name: row.cells[at] for name, at in columns.items() if at < len(row.cells)}
    cells = {
        name: "" if name not in ("number", "text") and _NOTHING.fullmatch(cell) else cell
        for name, cell in cells.items()
    }
    for name in ("lead", "coordinating"):
        printed = row.printed[columns[name]] if name in cells and columns[name] < len(row.printed) else ""
        if ROW not in printed:
            continue
        cells[name] = parted(printed)
        if words := unsure(cells[name]):
            outline.doubt(row.number, row.text, _ONE_OR_TWO.format(words=words))
    return cells


def _head_cells(head: Line, below: Line | None) -> list[str]:
    """Of a head of two rows the lower one counts: “Phân công” spans “Chủ trì” and “Phối hợp”."""
    lower = below.cells if below else ()
    return [(lower[at] if at < len(lower) else "") or cell for at, cell in enumerate(head.cells)]


def _says_something(item: Item) -> bool:
    """An empty form has the columns of a task table, but nobody and no time in them."""
    said = item.columns
    return bool(said and (said.lead or said.coordinating or said.due or said.frequency))


def _group(row: Line, cells: dict[str, str]) -> Item | None:
    """A row that names a group: nothing in its cells but a number and a title."""
    filled = [cell for cell in row.cells if cell]
    number = cells.get("number", "")
    texts = [cell for cell in dict.fromkeys(filled) if cell != number]
    if len(filled) == 1:  # one cell over the whole width
        number, texts = "", filled
    if len(texts) != 1:
        return None
    if not number and (label := split_label(texts[0])) and label.kind != "bullet":
        return Item(label.value, label.text, row.number, is_bold=True)
    return Item(number.rstrip(".)/ "), texts[0].replace("\n", " "), row.number, is_bold=True)


def _task(row: Line, cells: dict[str, str], outline: Outline, year: int | None) -> Item:
    text = cells["text"].replace("\n", " ")
    reading = _reading(row, cells, text, outline, year)
    label = cells.get("number", "").rstrip(".)/ ")
    if not label and (typed := split_label(text)) and typed.kind != "bullet":
        label, text = typed.value, typed.text
    return Item(label, text, row.number, columns=reading)


def _inline(cell: str) -> str:
    """One line; a paragraph of its own becomes a clause of its own, unless the one before it waits for more."""
    return _CLAUSE_BREAK.sub("; ", cell).replace("\n", " ")


def _reading(row: Line, cells: dict[str, str], text: str, outline: Outline, year: int | None) -> Reading:
    reading, guesses = read_line(text, "", year)
    if "lead" in cells:
        lead, beside = map(known, split_roles(cells["lead"]))
        reading.lead, reading.coordinating = lead, beside or reading.coordinating
    if "coordinating" in cells:
        reading.coordinating = known(split_units(cells["coordinating"]))
    if "time" in cells:
        timing = read_time(_inline(cells["time"]), year, is_clause=True)
        guesses = timing.guesses
        with_timing(reading, timing)
        if cells["time"] and not (timing.due or timing.frequency):
            guesses = [f"Chưa đọc được thời gian “{cells['time']}”; hãy ghi thời hạn nếu có."]
    if cells.get("deliverable"):  # then the product column measures the work, not a figure in the sentence
        reading.deliverable, reading.target = _inline(cells["deliverable"]), None
    if cells.get("target"):
        reading.target = find_target(cells["target"]) or _inline(cells["target"])
    for guess in guesses:
        outline.doubt(row.number, text, guess)
    return reading
