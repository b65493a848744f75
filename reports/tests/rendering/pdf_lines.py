"""A page of a PDF as lines of text with face, size and place, and the rules drawn on it.

Lengths are points from the top left corner. A line is a run of letters on one baseline without a wide gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

COLUMN_GAP = 14


@dataclass(frozen=True)
class Line:
    page: int  # from 1
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    faces: frozenset[str]  # of regular, bold, italic, bold italic
    colours: frozenset[Any]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def is_face(self, face: str) -> bool:
        return self.faces == {face}


@dataclass(frozen=True)
class Bar:
    """A horizontal rule."""

    page: int
    x0: float
    x1: float
    top: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Page:
    number: int
    width: float
    height: float
    rotation: int
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    images: int


def read_page(page: Any) -> Page:
    mediabox = page.mediabox
    bars = [
        Bar(page.page_number, item["x0"], item["x1"], item["top"])
        for item in [*page.rects, *page.lines]
        if item["bottom"] - item["top"] < 2 < 15 < item["x1"] - item["x0"]
    ]
    return Page(
        number=page.page_number,
        width=float(mediabox[2] - mediabox[0]),
        height=float(mediabox[3] - mediabox[1]),
        rotation=page.rotation or 0,
        lines=tuple(_lines(page)),
        bars=tuple(bars),
        images=len(page.images),
    )


def _lines(page: Any) -> Iterator[Line]:
    rows: list[list[Any]] = []
    for letter in sorted(page.chars, key=lambda c: (round(_baseline(page, c), 0), c["x0"])):
        row = next((r for r in rows[-3:] if abs(_baseline(page, r[0]) - _baseline(page, letter)) < 1.5), None)
        rows.append([letter]) if row is None else row.append(letter)
    for row in rows:
        for piece in _pieces(sorted(row, key=lambda c: c["x0"])):
            yield from _line(page, piece)


def _pieces(letters: list[Any]) -> Iterator[list[Any]]:
    piece: list[Any] = []
    for letter in letters:
        if piece and letter["x0"] - piece[-1]["x1"] > COLUMN_GAP:
            yield piece
            piece = []
        piece.append(letter)
    yield piece


def _line(page: Any, letters: list[Any]) -> Iterator[Line]:
    inked = [letter for letter in letters if letter["text"].strip()]
    if not inked:
        return
    text = "".join(_spaced(letters)).replace("\u00a0", " ").strip()
    yield Line(
        page=page.page_number,
        text=text,
        x0=inked[0]["x0"],
        x1=inked[-1]["x1"],
        top=min(letter["top"] for letter in inked),
        bottom=max(letter["bottom"] for letter in inked),
        baseline=_baseline(page, inked[0]),
        size=max(round(letter["size"], 2) for letter in inked),
        faces=frozenset(_face(letter["fontname"]) for letter in inked),
        colours=frozenset(tuple(letter["non_stroking_color"]) for letter in inked),
    )


def _spaced(letters: list[Any]) -> Iterator[str]:
    """The letters, with a space where two cells of a table stand close together."""
    for before, letter in zip([letters[0], *letters], letters, strict=False):
        far = letter["x0"] - before["x1"] > 2 and " " not in (before["text"], letter["text"])
        yield f" {letter['text']}" if far else letter["text"]


def _baseline(page: Any, letter: Any) -> float:
    return float(page.height - letter["matrix"][5])


def _face(name: str) -> str:
    style = name.partition("+")[2].lower() or name.lower()
    bold, italic = "bold" in style, "italic" in style
    return {(0, 0): "regular", (1, 0): "bold", (0, 1): "italic", (1, 1): "bold italic"}[bold, italic]
