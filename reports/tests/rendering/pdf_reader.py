"""A whole PDF, and the places a văn bản is made of: head, title, text, signature, appendices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from statistics import median
from typing import Any

import pdfplumber
import pikepdf

from .pdf_lines import Bar, Line, Page, read_page

MM = 72 / 25.4
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
APPENDIX = re.compile(r"^Phụ lục( [IVXL]+)?$")


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def faces(self) -> frozenset[str]:
        return frozenset().union(*(line.faces for line in self.lines))

    @property
    def page(self) -> int:
        return self.lines[0].page


class Reading:
    """The pages and what stands where. A part that is not found is None or empty; the checks speak of it."""

    def __init__(self, data: bytes) -> None:
        self.file = pikepdf.open(BytesIO(data))
        with pdfplumber.open(BytesIO(data)) as plumber:
            self.pages = [read_page(page) for page in plumber.pages]

    @cached_property
    def appendix_starts(self) -> list[Line]:
        return [
            line
            for page in self.pages
            for line in page.lines
            if APPENDIX.match(line.text) and line.is_face("bold")
        ]

    @cached_property
    def body_pages(self) -> list[Page]:
        first = self.appendix_starts[0].page if self.appendix_starts else len(self.pages) + 1
        return [page for page in self.pages if page.number < first]

    @cached_property
    def appendices(self) -> list[list[Page]]:
        starts = [line.page for line in self.appendix_starts] + [len(self.pages) + 1]
        return [self.pages[a - 1 : b - 1] for a, b in zip(starts, starts[1:], strict=False)]

    @cached_property
    def is_draft(self) -> bool:
        return any(line.text == "DỰ THẢO" for line in self.pages[0].lines)

    @cached_property
    def body_lines(self) -> list[Line]:
        """Lines of the body pages in reading order, without page number and draft mark in the top margin."""
        return [
            line
            for page in self.body_pages
            for line in page.lines
            if line.baseline > 20 * MM or not re.fullmatch(r"\d+|DỰ THẢO", line.text)
        ]

    @cached_property
    def left(self) -> float:
        return min(line.x0 for line in self.body_lines)

    @cached_property
    def right(self) -> float:
        return max(line.x1 for line in self.body_lines)

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    # --- Page 1 ---

    @cached_property
    def nation(self) -> Line | None:
        return _first(self.pages[0].lines, lambda line: line.text in NATION)

    @cached_property
    def motto(self) -> Line | None:
        return _first(self.pages[0].lines, lambda line: line.text.startswith("Độc lập"))

    @cached_property
    def number(self) -> Line | None:
        return _first(self.pages[0].lines, lambda line: line.text.startswith("Số:"))

    @cached_property
    def place_date(self) -> Line | None:
        return _first(
            self.pages[0].lines, lambda line: re.search(r", ngày\b.*năm", line.text) and line.x0 > 250
        )

    @cached_property
    def agency_lines(self) -> list[Line]:
        """Left column above the number: superior and agency."""
        if self.number is None:
            return []
        middle = self.pages[0].width / 2
        return [
            line
            for line in self.pages[0].lines
            if line.baseline < self.number.baseline - 1 and line.centre < middle - 20
        ]

    @cached_property
    def title_lines(self) -> list[Line]:
        """Bold lines below number and date up to the first other line; the frame of a draft is not among them."""
        if self.number is None:
            return []
        below = [
            line
            for line in self.pages[0].lines
            if line.baseline > self.number.baseline + 2 and line.text != "DỰ THẢO"
        ]
        lines: list[Line] = []
        for line in below:
            if not line.is_face("bold") or (lines and line.baseline - lines[-1].baseline > 2 * line.size):
                break
            lines.append(line)
        return lines

    @cached_property
    def addressees(self) -> list[Line]:
        start = _first(self.pages[0].lines, lambda line: line.text.startswith("Kính gửi"))
        if start is None:
            return []
        rest = [line for line in self.pages[0].lines if line.baseline > start.baseline + 1]
        lines = [start]
        for line in rest:
            if start.text != "Kính gửi:" or line.x0 < start.x0 or not line.is_face("regular"):
                break
            lines.append(line)
        return lines

    # --- Text ---

    @cached_property
    def text_lines(self) -> list[Line]:
        """From below the title and Kính gửi to above the signature, pieces of stretched lines put together."""
        head = [*self.title_lines, *self.addressees]
        start = head[-1].baseline if head else 0
        end = self.authority[0] if self.authority else None
        chosen = [
            line
            for line in self.body_lines
            if (line.page, line.baseline) > (1, start + 1)
            and (end is None or (line.page, line.baseline) < (end.page, end.baseline - 3))
        ]
        return list(_rejoined(chosen))

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """A paragraph begins at a line that does not start at the left margin."""
        found: list[list[Line]] = []
        for line in self.text_lines:
            if found and abs(line.x0 - self.left) < 1:
                found[-1].append(line)
            else:
                found.append([line])
        return [Paragraph(tuple(lines)) for lines in found]

    @cached_property
    def leading(self) -> float:
        gaps = [
            below.baseline - above.baseline
            for paragraph in self.paragraphs
            for above, below in zip(paragraph.lines, paragraph.lines[1:], strict=False)
            if above.page == below.page
        ]
        return median(gaps) if gaps else 0

    # --- Signature ---

    @cached_property
    def recipients_title(self) -> Line | None:
        return _first(self.body_lines, lambda line: line.text.startswith("Nơi nhận"))

    @cached_property
    def signature_lines(self) -> list[Line]:
        """Right half, level with Nơi nhận and below: authority, then signer."""
        title = self.recipients_title
        if title is None:
            return []
        return [
            line
            for line in self.body_lines
            if line.page == title.page and line.baseline > title.baseline - 8 and line.x0 > self.centre - 10
        ]

    @cached_property
    def authority(self) -> list[Line]:
        return [line for line in self.signature_lines if line.text == line.text.upper()]

    @cached_property
    def signer(self) -> Line | None:
        below = [line for line in self.signature_lines if line.text != line.text.upper()]
        return below[-1] if below else None

    @cached_property
    def recipients(self) -> list[Line]:
        title = self.recipients_title
        if title is None:
            return []
        return [
            line
            for line in self.body_lines
            if line.page == title.page and line.baseline > title.baseline + 2 and line.x1 < self.centre + 10
        ]


def bars_between(reading: Reading, above: Line, below: float) -> list[Bar]:
    """Rules that lie under a line (overlapping it sideways) and above the height `below`."""
    page = reading.pages[above.page - 1]
    return [
        bar
        for bar in page.bars
        if above.baseline < bar.top < below and bar.x0 < above.x1 and bar.x1 > above.x0
    ]


def _first(lines: Any, fits: Any) -> Any:
    return next((line for line in lines if fits(line)), None)


def _rejoined(lines: list[Line]) -> Iterator[Line]:
    pending: Line | None = None
    for line in lines:
        if pending and pending.page == line.page and abs(pending.baseline - line.baseline) < 1.5:
            pending = Line(
                pending.page,
                f"{pending.text} {line.text}",
                pending.x0,
                line.x1,
                min(pending.top, line.top),
                max(pending.bottom, line.bottom),
                pending.baseline,
                max(pending.size, line.size),
                pending.faces | line.faces,
                pending.colours | line.colours,
            )
            continue
        if pending:
            yield pending
        pending = line
    if pending:
        yield pending
