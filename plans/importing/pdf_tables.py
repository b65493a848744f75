"""Ruled tables on a page of a PDF: the drawn lines make a grid, merged cells are those with no line between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .lines import joined
from .pdf_page import Page, Row, Word
from .unit_rows import ROW

MAX_GRID = 40_000  # cells of one table
_PADDING = 5.4  # points on either side of a cell, as Word sets it
_NEAR = 3.0  # lines as near as this are one line
Segment = tuple[float, float, float]


@dataclass
class Grid:
    """`xs` from the left, `ys` from the top; `words` are those inside."""

    xs: list[float]
    ys: list[float]
    across: list[Segment]
    down: list[Segment]
    words: list[Word]

    @property
    def top(self) -> float:
        return self.ys[0]

    def holds(self, row: Row) -> bool:
        middle = row.y + 0.3 * row.size
        return self.ys[-1] < middle < self.ys[0] and self.xs[0] - _NEAR <= row.left <= self.xs[-1]


def find_grids(page: Page) -> list[Grid]:
    """The tables of the page, from the top; what has fewer than two columns or rows is a frame."""
    grids = []
    for across, down in _connected(page.across, page.down):
        ends = [
            end for _, bottom, top in down for end in (bottom, top)
        ]  # a row cut by the page has no line there
        xs = _distinct(x for x, _, _ in down)
        ys = _distinct([*(y for y, _, _ in across), min(ends), max(ends)])[::-1]
        if len(xs) > 2 and len(ys) > 1 and len(xs) * len(ys) <= MAX_GRID:
            grids.append(Grid(xs, ys, across, down, []))
    for grid in grids:
        grid.words = [word for row in page.rows if grid.holds(row) for word in row.words]
    return sorted(grids, key=lambda grid: -grid.top)


def share_columns(one: Grid, other: Grid) -> None:
    """Give two parts of one table, as wide as each other, the columns of both; a line that a part lacks merges cells."""
    if abs(one.xs[0] - other.xs[0]) > _NEAR or abs(one.xs[-1] - other.xs[-1]) > _NEAR:
        return
    xs = _distinct([*one.xs, *other.xs])
    if len(xs) * max(len(one.ys), len(other.ys)) <= MAX_GRID:
        one.xs = other.xs = xs


def _connected(
    across: Sequence[Segment], down: Sequence[Segment]
) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """Lines that lie in one stretch of the page: between two tables there is a strip without upright lines."""
    bands: list[tuple[float, float]] = []
    for _, bottom, top in sorted(down, key=lambda line: -line[2]):
        if bands and top > bands[-1][0] - _NEAR:
            bands[-1] = (min(bands[-1][0], bottom), bands[-1][1])
        else:
            bands.append((bottom, top))
    for bottom, top in bands:
        yield (
            [line for line in across if bottom - _NEAR <= line[0] <= top + _NEAR],
            [line for line in down if bottom - _NEAR <= line[1] and line[2] <= top + _NEAR],
        )


def _distinct(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def grid_rows(grid: Grid) -> list[tuple[str, ...]]:
    """The words of each cell, `ROW` where a printed row ended for want of room (`plain` puts those together). A cell merged over rows repeats its words in each, as the reader of Word files does."""
    width, height = len(grid.xs) - 1, len(grid.ys) - 1
    owner = _merged(grid, width, height)
    words: dict[tuple[int, int], list[Word]] = {}
    for word in grid.words:
        row, column = _place(grid, word)
        if 0 <= row < height and 0 <= column < width:
            words.setdefault(owner[row, column], []).append(word)
    right: dict[tuple[int, int], float] = {}
    for (_, column), cell in owner.items():
        right[cell] = max(right.get(cell, 0.0), grid.xs[column + 1])
    texts = {cell: _text(inside, grid.xs[cell[1]], right[cell]) for cell, inside in words.items()}
    rows = []
    for row in range(height):
        firsts = [column == 0 or owner[row, column] != owner[row, column - 1] for column in range(width)]
        rows.append(tuple(texts.get(owner[row, at], "") if firsts[at] else "" for at in range(width)))
    return [row for row in rows if any(row)]


def _merged(grid: Grid, width: int, height: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Each cell's upper left cell of those it is merged with."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        y = (grid.ys[row] + grid.ys[row + 1]) / 2
        for column in range(width):
            x = (grid.xs[column] + grid.xs[column + 1]) / 2
            if row and not _has(grid.across, grid.ys[row], x):
                owner[row, column] = owner[row - 1, column]
            elif column and not _has(grid.down, grid.xs[column], y):
                owner[row, column] = owner[row, column - 1]
            else:
                owner[row, column] = (row, column)
    return owner


def _has(lines: Iterable[Segment], place: float, along: float) -> bool:
    return any(abs(line[0] - place) <= _NEAR and line[1] <= along <= line[2] for line in lines)


def _place(grid: Grid, word: Word) -> tuple[int, int]:
    x, y = (word.left + word.right) / 2, word.y + 0.3 * word.size
    row = sum(1 for line in grid.ys if line > y) - 1
    return row, sum(1 for line in grid.xs if line < x) - 1


def _text(words: Sequence[Word], left: float, right: float) -> str:
    """The words of one cell. A row that left room for the next word ends a paragraph (`\\n`)."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-round(word.y), word.left)):
        if rows and abs(rows[-1][0].y - word.y) <= 0.3 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    text = ""
    for above, row in zip([None, *rows], rows, strict=False):
        here = " ".join(word.text for word in row)
        if above is None:
            text = here
            continue
        used = above[-1].right - above[0].left
        room = right - left - 2 * _PADDING - used - 0.3 * row[0].size
        fits = row[0].right - row[0].left < room - 1
        text += f"\n{here}" if fits else f"{ROW}{here}"
    return text


def plain(cell: str) -> str:
    """The cell's words with printed rows put together."""
    rows = cell.split(ROW)
    text = rows[0]
    for row in rows[1:]:
        text = joined(text, row)
    return text
