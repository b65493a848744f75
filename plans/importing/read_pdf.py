"""`.pdf` with text → lines: words by their places on the page, paragraphs and table rows out of words.

PDFium tells where each letter and each drawn line is, no more: what is a paragraph, a column or a cell is worked out
here from the places. Lengths are in points (1/72 inch), y grows upwards.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2

from danvan.text import clean
from danvan.uploads import Refused

from .labels import split_label
from .lines import TOO_LONG, Line, drop_noise, ends_sentence, is_capitals, joined, within_limits
from .pdf_page import Page, Row, read_page
from .pdf_tables import Grid, find_grids, grid_rows

MAX_PAGES = 400
MIN_LETTERS = 12  # a page; stamps and page numbers of a scan come to less
_SCANNED = (
    "Tệp PDF này là bản quét (bản chụp), bên trong không có chữ; "
    "hãy tải lên tệp Word (.docx) của kế hoạch hoặc tệp PDF xuất từ Word."
)
_LOCKED = "Tệp PDF đang đặt mật khẩu; hãy mở tệp, bỏ mật khẩu, lưu lại rồi tải lên."
_BROKEN = "Tệp PDF bị hỏng; hãy xuất lại tệp PDF từ Word, hoặc tải lên tệp Word (.docx) của kế hoạch."
LEAST_WIDTH = 0.82  # of the page: where the rows of a text end at the least
_PAGE_EDGE = 3  # rows at the top and the foot of a page that may be a running head
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
    """Page numbers, and what stands at the edge of most pages in the same words."""
    edges = Counter(spot for page in pages for spot in {_spot(row) for row in _edges(page.rows)})
    repeated = {spot for spot, times in edges.items() if times >= 3 and times > len(pages) / 2}
    for page in pages:
        dropped = [
            row for row in _edges(page.rows) if _spot(row) in repeated or not drop_noise([Line(0, row.text)])
        ]
        page.rows = [row for row in page.rows if row not in dropped]
    return pages


def _spot(row: Row) -> tuple[str, int]:
    return row.text, round(row.y / 4)


def _edges(rows: Sequence[Row]) -> Sequence[Row]:
    return rows if len(rows) <= 2 * _PAGE_EDGE else [*rows[:_PAGE_EDGE], *rows[-_PAGE_EDGE:]]


def _lines(pages: Sequence[Page]) -> Iterator[Line]:
    """Numbers count the lines as printed, over all pages."""
    number = 0
    pending: Line | None = None  # a paragraph that may go on on the next page
    last: Row | None = None
    for page in pages:
        grids = find_grids(page)
        left, right = _margins(page, grids)
        for part in _parts(page, grids):
            number += 1
            if isinstance(part, Grid):
                yield from _flush(pending)
                pending = last = None
                table = _table(part, number)
                yield from table
                number += len(table) - 1
                continue
            if pending and last and _goes_on(last, part, left, right):
                pending = replace(pending, text=joined(pending.text, part.text), cells=())
            else:
                yield from _flush(pending)
                cells = part.cells(page.width)
                pending = Line(number, clean(part.text), part.is_bold, cells=cells, gap=True)
            last = part
    yield from _flush(pending)


def _table(grid: Grid, first: int) -> list[Line]:
    return [
        Line(number, " ".join(" ".join(cells).split()), cells=cells, table=first, gap=True)
        for number, cells in enumerate(grid_rows(grid), first)
    ]


def _flush(line: Line | None) -> Iterator[Line]:
    if line and line.text:
        yield line


def _parts(page: Page, grids: list[Grid]) -> list[Row | Grid]:
    """Rows outside the tables and the tables, from top to bottom."""
    parts: list[tuple[float, Row | Grid]] = [(grid.top, grid) for grid in grids]
    parts += [(row.y, row) for row in page.rows if not any(grid.holds(row) for grid in grids)]
    return [part for _, part in sorted(parts, key=lambda pair: -pair[0])]


def _margins(page: Page, grids: list[Grid]) -> tuple[float, float]:
    """Where the text block begins and ends: most full rows agree on it."""
    rows = [row for row in page.rows if not any(grid.holds(row) for grid in grids)]
    if not rows:
        return 0, page.width
    left = min(row.left for row in rows)
    ends = sorted(row.right for row in rows)
    return left, max(ends[-max(1, len(ends) // 10)], LEAST_WIDTH * page.width)


def _goes_on(above: Row, row: Row, left: float, right: float) -> bool:
    """Whether `row` is the next row of the paragraph of `above`."""
    if len(above.words) and above.has_gap or row.has_gap:
        return False
    reach = right - above.right  # room that was left for the next word
    fits = row.words[0].right - row.words[0].left + 0.3 * above.size < reach - 1
    label = split_label(row.text)
    if label and not (label.kind == "bullet" and row.text[2:3].islower() and row.left < left + 2):
        return False
    if is_capitals(above.text) != is_capitals(row.text) and above.is_bold != row.is_bold:
        return False
    if row.is_centred(left, right) and above.is_centred(left, right):
        return False  # a heading of several rows is put together by the words
    if fits:
        return False
    is_indented = row.left > left + 8 and row.left > above.left + 4
    return not is_indented or not ends_sentence(above.text)
