"""Tables that go on over a page: parts of one table, heads printed again, rows cut in two."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from .columns import is_below_head, is_head
from .labels import split_label
from .lexicon import HEAD
from .lines import Line, ends_sentence, joined
from .outline import Outline
from .unit_rows import ROW

_JOINED = "Dòng này trong bảng bị ngắt sang trang sau, đã nối lại thành một; hãy kiểm tra lại."
_UNSURE = (
    "Dòng này đứng đầu trang mới và không có số thứ tự; hãy xem có phải phần còn lại của dòng trên không."
)
# A cell that ends so waits for more.
_WAITS = re.compile(
    r"(?:[-–,(/“]|(?<!\w)(?:và|của|với|cho|các|về|từ|đến|tại|trong|theo|do|là|ngày|tháng|năm|quý|trước|UBND))$",
    re.IGNORECASE,
)


def tables(lines: Sequence[Line]) -> list[list[Line]]:
    """The tables among `lines`; one that a page break cut in two is whole again, whatever stands between."""
    found: list[list[Line]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        is_next = bool(before and before.table)
        if not line.table:
            continue
        if found and (line.table == found[-1][-1].table or continues(found[-1], line, is_next=is_next)):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def continues(table: Sequence[Line], row: Line, *, is_next: bool = False) -> bool:
    """Whether `row` goes on with that task table: as many cells and no head; right after it also under the same head."""
    if len(table[0].cells) != len(row.cells):
        return False
    heads = [one.cells for one in table[:4] if is_head(one.cells)]
    return bool(heads) and (not is_head(row.cells) or (is_next and row.cells == heads[0]))


def mended(rows: Sequence[Line], columns: dict[str, int], outline: Outline) -> list[Line]:
    """The rows below the head, without heads printed again; a row that a page has cut in two is one again."""
    kept: list[Line] = []
    is_seam = False
    for before, row in zip([None, *rows], rows, strict=False):
        is_seam = bool(kept) and (is_seam or row.table != (before or row).table)
        if is_head(row.cells) or is_below_head(row.cells) or is_column_numbers(row):
            is_seam = True
            continue
        if is_seam and _is_rest(kept[-1], row, columns):
            kept[-1] = _one(kept[-1], row, columns)
            outline.doubt(kept[-1].number, kept[-1].text, _JOINED)
        else:
            if is_seam and _number(kept[-1], columns) and not _number(row, columns) and _filled(row):
                outline.doubt(row.number, row.text, _UNSURE)
            kept.append(row)
        is_seam = False
    return kept


def is_column_numbers(row: Line) -> bool:
    """The row `(1) (2) (3)` under the head."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 2 and [re.sub(r"\D", "", cell) for cell in filled] == [
        str(n) for n in range(1, len(filled) + 1)
    ]


def _is_rest(above: Line, row: Line, columns: dict[str, int]) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before.

    Two rows with numbers are two. Otherwise the words must say so: the work goes on where it was left, or words stand
    beside it only, because a narrow column had more of them than the page had room for.
    """
    has_number = bool(_number(row, columns))
    if (has_number and _number(above, columns)) or any(
        split_label(cell) for cell in _filled(row)[has_number:]
    ):
        return False
    if not _text(above, columns) and re.fullmatch(r"[0-9.]{1,6}", _number(above, columns)):
        return not any(
            a and b for a, b in zip(above.cells, row.cells, strict=False)
        )  # its work had no room there
    if _text(row, columns):
        is_row = not has_number and not _number(above, columns) and _share_cells(above, row, columns)
        return not is_row and _goes_on(_text(above, columns), _text(row, columns))
    return "number" in columns and not has_number and bool(_filled(row) and _text(above, columns))


def _share_cells(above: Line, row: Line, columns: dict[str, int]) -> bool:
    """Two rows without numbers are two where both say who or when."""
    beside = [at for name, at in columns.items() if name in ("lead", "coordinating", "time")]
    return any(_cell(above, at) and _cell(row, at) not in ("", _cell(above, at)) for at in beside)


def _goes_on(above: str, below: str) -> bool:
    if not above or not below or ends_sentence(above):
        return False
    return bool(_WAITS.search(above)) or below.lstrip("-–/,;.)” ")[:1].islower()


def _filled(row: Line) -> list[str]:
    return [cell for cell in row.cells if cell]


def _number(row: Line, columns: dict[str, int]) -> str:
    return _cell(row, columns.get("number", -1))


def _text(row: Line, columns: dict[str, int]) -> str:
    return _cell(row, columns["text"])


def _cell(row: Line, at: int) -> str:
    return row.cells[at] if 0 <= at < len(row.cells) else ""


def _one(above: Line, below: Line, columns: dict[str, int]) -> Line:
    """Both rows as one. In a column of units the name of the next one begins a new line of the cell."""
    units = {columns.get("lead"), columns.get("coordinating")}
    width = max(len(above.cells), len(below.cells))
    cells = tuple(_words(_cell(above, at), _cell(below, at), of_units=at in units) for at in range(width))
    printed = tuple(
        _printed(*parts) for parts in zip_longest(above.printed, below.printed, fillvalue="") if above.printed
    )
    return replace(above, cells=cells, text=" ".join(" ".join(cells).split()), printed=printed)


def _printed(above: str, below: str) -> str:
    return above or below if not above or not below or above == below else f"{above}{ROW}{below}"


def _words(above: str, below: str, *, of_units: bool) -> str:
    """A cell merged over both rows repeats its words: they are taken once."""
    if not above or not below or above == below:
        return above or below
    return f"{above}\n{below}" if of_units and HEAD.match(below) else joined(above, below)
