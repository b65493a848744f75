"""What stands on one page of a PDF: rows of words, and the straight lines that are drawn."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from danvan.uploads import Refused

from .lines import TOO_LONG

MAX_LETTERS = 60_000  # a page
MAX_DRAWN = 20_000  # a page
Handle = Any  # a pointer into PDFium
_HYPHENS = "\u0002\ufffe"
_BREAKS = "\0" + _HYPHENS
_THIN = 2.5  # a rectangle as thin as this is a line
_GAP = 2.2  # times the size of the letters: words further apart stand in two columns


@dataclass
class Word:
    text: str
    left: float
    right: float
    y: float  # of the base line
    size: float
    is_bold: bool


@dataclass
class Row:
    """Words on one base line."""

    words: list[Word]

    @property
    def y(self) -> float:
        return self.words[0].y

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def is_bold(self) -> bool:
        bold = sum(len(word.text) for word in self.words if word.is_bold)
        return bold >= 0.8 * sum(len(word.text) for word in self.words)

    @cached_property
    def columns(self) -> list[list[Word]]:
        """The words parted where the gap is wider than any between words."""
        parts = [[self.words[0]]]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.left - before.right > _GAP * max(word.size, before.size):
                parts.append([])
            parts[-1].append(word)
        return parts

    @property
    def has_gap(self) -> bool:
        """Whether it is two columns; a label set off by a tab makes none."""
        return len(self.columns) > 1 and sum(len(word.text) for word in self.columns[0]) > 4

    def cells(self, width: float) -> tuple[str, ...]:
        """The words at both ends; one that stands in the right half alone has an empty cell before it."""
        cells = tuple(" ".join(word.text for word in part) for part in self.columns)
        if len(cells) > 1:
            return cells if self.has_gap else ()
        return ("", *cells) if self.left > 0.48 * width else ()

    def is_centred(self, left: float, right: float) -> bool:
        before, after = self.left - left, right - self.right
        return before > 12 and after > 12 and abs(before - after) < 0.25 * (before + after)


@dataclass
class Page:
    """`across` holds drawn lines as (y, left, right), `down` as (x, bottom, top)."""

    width: float
    rows: list[Row] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)


def read_page(source: pypdfium2.PdfPage) -> Page:
    """Raises `Refused` where the page holds more than any page of a plan."""
    page = Page(source.get_width())
    text = source.get_textpage()
    try:
        if text.count_chars() > MAX_LETTERS:
            raise Refused(TOO_LONG)
        page.rows = _rows(list(_words(text)))
    finally:
        text.close()
    for bounds in _drawn(source):
        _take_lines(page, *bounds)
    source.close()
    return page


def _words(text: pypdfium2.PdfTextPage) -> Iterator[Word]:
    """Letters without a space between them, on one base line."""
    box, handle = pdfium.FS_RECTF(), text.raw
    letters: list[str] = []
    word = Word("", 0, 0, 0, 1, False)
    bottom = top = 0.0
    for at in range(text.count_chars()):
        letter = chr(min(pdfium.FPDFText_GetUnicode(handle, at), 0x10FFFF))
        # PDFium writes U+0002 or U+FFFE for a hyphen at a row's end.
        if letter in _BREAKS or letter.isspace():
            if letters:
                letters += "-" if letter in _HYPHENS else ""
                yield replace(word, text="".join(letters))
                letters = []
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, at, box)
        left = box.left
        is_far = not -word.size < left - word.right < 0.25 * word.size
        if letters and (is_far or box.top <= bottom or box.bottom >= top):
            yield replace(word, text="".join(letters))
            letters = []
        if not letters:
            bottom, top = box.bottom, box.top
            word = Word(
                "", left, left, _base(handle, at), _size(handle, at, top - bottom), _is_bold(handle, at)
            )
        word.right = box.right
        letters.append(letter)
    if letters:
        yield replace(word, text="".join(letters))


def _base(handle: Handle, at: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(handle, at, x, y)
    return y.value


def _size(handle: Handle, at: int, height: float) -> float:
    """Of the letters; where the page is scaled, what the file calls the size says nothing, and the box must do."""
    named = pdfium.FPDFText_GetFontSize(handle, at)
    return max(named if 0.5 * height < named < 2 * height else 0.8 * height, 1.0)


def _is_bold(handle: Handle, at: int) -> bool:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(handle, at, name, 200, flags)
    return b"bold" in name.value.lower() or pdfium.FPDFText_GetFontWeight(handle, at) >= 600


def _rows(words: list[Word]) -> list[Row]:
    """Words whose base lines lie together, from the top; from left to right within."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.y, word.left)):
        if rows and abs(rows[-1][0].y - word.y) <= 0.3 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Row(sorted(row, key=lambda word: word.left)) for row in rows]


# -- drawn lines --


def _drawn(source: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float, bool]]:
    """Left, bottom, right, top of every path, and whether its outline is drawn."""
    for count, thing in enumerate(source.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if count > MAX_DRAWN:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        yield (*thing.get_bounds(), bool(stroke.value))


def _take_lines(page: Page, left: float, bottom: float, right: float, top: float, outlined: bool) -> None:
    if right - left <= _THIN and top - bottom > _THIN:
        page.down.append(((left + right) / 2, bottom, top))
    elif top - bottom <= _THIN and right - left > _THIN:
        page.across.append(((bottom + top) / 2, left, right))
    elif outlined:
        page.down += [(left, bottom, top), (right, bottom, top)]
        page.across += [(bottom, left, right), (top, left, right)]
