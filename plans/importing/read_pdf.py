"""`.pdf` with text → lines: words by their places on the page, paragraphs and table rows out of words.

PDFium tells where each letter and each drawn line is, no more: what is a paragraph, a column or a cell is worked out
here from the places. Lengths are in points (1/72 inch), y grows upwards.
"""

import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2

from danvan.text import clean
from danvan.uploads import Refused

from .clauses import is_assignment
from .labels import split_label
from .lines import (
    MAX_PARAGRAPH,
    TOO_LONG,
    Line,
    begins_closing,
    drop_noise,
    ends_sentence,
    is_capitals,
    joined,
    within_limits,
)
from .pdf_page import Page, Row, read_page
from .pdf_tables import Grid, find_grids, grid_rows, plain, share_columns

MAX_PAGES = 400
MIN_LETTERS = 12  # a page; stamps and page numbers of a scan come to less
_SCANNED = (
    "Tệp PDF này là bản quét (bản chụp), bên trong không có chữ; "
    "hãy tải lên tệp Word (.docx) của kế hoạch hoặc tệp PDF xuất từ Word."
)
_LOCKED = "Tệp PDF đang đặt mật khẩu; hãy mở tệp, bỏ mật khẩu, lưu lại rồi tải lên."
_BROKEN = "Tệp PDF bị hỏng; hãy xuất lại tệp PDF từ Word, hoặc tải lên tệp Word (.docx) của kế hoạch."
LEAST_WIDTH = 0.82  # of the page: where the rows of a text end at the least
LONGEST_HEAD = 60  # characters of a running head
_PAGE_EDGE = 3  # rows at the top and the foot of a page that may be a running head
_ORDERS_ALL = re.compile(r"Yêu cầu (?:các|[Tt]hủ trưởng|[Tt]rưởng)\s")  # the closing's last sentence
_PDFIUM = threading.Lock()  # it knows no threads


def read_pdf(content: bytes) -> list[Line]:
    """Raises `Refused`. The streams' sizes have been judged before (`danvan.uploads`)."""
    with _PDFIUM:
        pages = _pages(content)
    if sum(len(row.text) for page in pages for row in page.rows) < MIN_LETTERS * len(pages):
        raise Refused(_SCANNED)
    return within_limits(_lines(_without_running_heads(pages)))


def _pages(content: bytes) -> list[Page]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > MAX_PAGES:
                raise Refused(TOO_LONG)
            return [read_page(document[at]) for at in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Refused(_LOCKED if "password" in str(error).lower() else _BROKEN)


def _without_running_heads(pages: list[Page]) -> list[Page]:
    """Without page numbers, and what stands at the edge of most pages in the same words; a table keeps all its words.

    A page with little on it is all edge: the number of a table's only row there is no page number.
    """
    margins = [_edges(_outside(page, find_grids(page))) for page in pages]
    edges = Counter(spot for rows in margins for spot in {_spot(row) for row in rows if _is_short(row)})
    repeated = {spot for spot, times in edges.items() if times >= 3 and times > len(pages) / 2}
    for page, rows in zip(pages, margins, strict=True):
        dropped = {id(row) for row in rows if _is_page_number(row) or _spot(row) in repeated}
        page.rows = [row for row in page.rows if id(row) not in dropped]
    return pages


def _outside(page: Page, grids: Sequence[Grid]) -> list[Row]:
    return [row for row in page.rows if not any(grid.holds(row) for grid in grids)]


def _is_short(row: Row) -> bool:
    return len(row.text) <= LONGEST_HEAD and split_label(row.text) is None


def _is_page_number(row: Row) -> bool:
    return not drop_noise([Line(0, row.text)])


def _spot(row: Row) -> tuple[str, int]:
    return row.text, round(row.y / 4)


def _edges(rows: Sequence[Row]) -> Sequence[Row]:
    return rows if len(rows) <= 2 * _PAGE_EDGE else [*rows[:_PAGE_EDGE], *rows[-_PAGE_EDGE:]]


def _lines(pages: Sequence[Page]) -> list[Line]:
    """Numbers count the lines as printed, over all pages. A table that goes on over a page begins anew there."""
    out: list[Line] = []
    number = 0
    above: Row | Grid | None = None
    before = frame = _Frame(0, 0, 0)
    for page, grids in _ruled(pages):
        before, frame = frame, _frame(page, grids)
        for part in _parts(page, grids):
            number += 1
            if isinstance(part, Grid):
                rows = grid_rows(part)
                out += [_table_row(at, cells, number) for at, cells in enumerate(rows, number)]
                number += max(len(rows) - 1, 0)
            elif (
                isinstance(above, Row)
                and len(out[-1].text) < MAX_PARAGRAPH
                and frame.goes_on(above, part)
                and (before is frame or not frame.turns(before, above, part))
            ):
                out[-1] = replace(out[-1], text=joined(out[-1].text, part.text), cells=())
            else:
                cells = part.cells(page.width)
                out.append(Line(number, clean(part.text), part.is_bold, cells=cells, gap=True))
            above, before = part, frame
    return [line for line in out if line.text]


def _ruled(pages: Sequence[Page]) -> list[tuple[Page, list[Grid]]]:
    """The pages with their tables; one that goes on over a page has the same columns on both."""
    ruled = [(page, find_grids(page)) for page in pages]
    last: Grid | None = None
    for page, grids in ruled:
        parts = _parts(page, grids)
        if last and parts and isinstance(parts[0], Grid):
            share_columns(last, parts[0])
        last = parts[-1] if parts and isinstance(parts[-1], Grid) else None
    return ruled


def _table_row(number: int, printed: tuple[str, ...], table: int) -> Line:
    cells = tuple(map(plain, printed))
    text = " ".join(" ".join(cells).split())
    return Line(number, text, cells=cells, table=table, gap=True, printed=printed)


def _parts(page: Page, grids: list[Grid]) -> list[Row | Grid]:
    """Rows outside the tables and the tables, from top to bottom."""
    parts: list[tuple[float, Row | Grid]] = [(grid.top, grid) for grid in grids]
    parts += [(row.y, row) for row in _outside(page, grids)]
    return [part for _, part in sorted(parts, key=lambda pair: -pair[0])]


@dataclass(frozen=True)
class _Frame:
    """Where the text of a page begins and ends, and how far its rows stand apart (times the size of their letters).

    `is_justified`: a row that goes on reaches `right` exactly.
    """

    left: float
    right: float
    pitch: float
    is_justified: bool = False

    def goes_on(self, above: Row, row: Row) -> bool:
        """Whether `row` is the next row of the paragraph of `above`."""
        if above.has_gap or row.has_gap or self._is_apart(above, row) or self._begins(row):
            return False
        if begins_closing(row.text):
            return False
        if above.is_bold and not row.is_bold and row.text[:1].isupper():
            return False
        if is_capitals(above.text) != is_capitals(row.text) and above.is_bold != row.is_bold:
            return False
        if row.is_centred(self.left, self.right) and above.is_centred(self.left, self.right):
            return False  # a heading of several rows is put together by the words
        room = self.right - above.right
        if row.words[0].right - row.words[0].left + 0.3 * above.size < room - 1:
            return False  # its first word would have had room above
        is_indented = row.left > self.left + 8 and row.left > above.left + 4
        return not is_indented or not ends_sentence(above.text)

    def turns(self, before: "_Frame", above: Row, row: Row) -> bool:
        """Whether a paragraph that ended the page `before` is over, though its last row left no room for the next word.

        The gap between paragraphs cannot be seen over a page: a full stop, a capital and the margins must do.
        """
        if not ends_sentence(above.text) or not row.text[:1].isupper():
            return False
        is_short = before.is_justified and above.right < before.right - 3
        is_first = above.left > before.left + 8 and split_label(above.text) is not None
        is_indented = row.left > self.left + 8 and is_first
        return is_short or is_indented or bool(_ORDERS_ALL.match(row.text))

    def _is_apart(self, above: Row, row: Row) -> bool:
        return self.pitch > 0 and above.y - row.y > (1.2 * self.pitch + 0.05) * max(row.size, above.size)

    def _begins(self, row: Row) -> bool:
        """A label or an assignment begins a paragraph; “- xã hội” at the margin may be the rest of “kinh tế - xã hội”."""
        label = split_label(row.text)
        if label:
            return not (label.kind == "bullet" and row.text[2:3].islower() and row.left < self.left + 2)
        return is_assignment(row.text)


def _frame(page: Page, grids: list[Grid]) -> _Frame:
    """Most full rows agree on where the text ends; the narrowest usual distance is the one within a paragraph."""
    rows = _outside(page, grids)
    if not rows:
        return _Frame(0, page.width, 0)
    ends = sorted(row.right for row in rows)
    steps = Counter(round((a.y - b.y) / b.size, 1) for a, b in zip(rows, rows[1:], strict=False))
    usual = [step for step, times in steps.items() if 0.5 < step < 3 and times >= max(2, len(rows) // 8)]
    right = max(ends[-max(1, len(ends) // 10)], LEAST_WIDTH * page.width)
    full = sum(1 for end in ends if abs(end - right) <= 1)
    almost = sum(1 for end in ends if 1 < right - end <= 15)
    is_justified = full >= 3 and full >= 3 * almost
    return _Frame(min(row.left for row in rows), right, min(usual, default=0), is_justified)
