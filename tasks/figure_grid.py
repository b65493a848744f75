"""«Nhập số liệu»: all figures of one unit and period in one table. What stands there, what was typed, what is odd.

Figures are sent piece of work by piece of work; what nobody touched is not sent again.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tasks.cards import Card, Figure, UnitPage
from tasks.figure_hints import figure_hints, identity_in_words, plain
from tasks.models import Indicator

WRONG = "Ghi một số không âm, ví dụ 12 hoặc 1.234,5."
TOO_FINE = "Số lẻ nhiều nhất hai chữ số. Hàng nghìn viết bằng dấu chấm, ví dụ 1.234."
TOO_LONG = "Số này quá lớn: hãy xem lại."
TOO_MUCH = "Tỷ lệ không quá 100 %."
LARGEST = Decimal(10) ** 12

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
# 1.234.567,8 · 1234,5 · 1234.5 (a dot that parts no thousands) · 1,234.5 · 1,234,567: nobody means two things by these.
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+(,\d+)?", re.ASCII)
_DOTTED = re.compile(r"\d+\.(\d{1,2}|\d{4,})", re.ASCII)
_FOREIGN = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}", re.ASCII)


def read_figure(text: str) -> Decimal | None:
    """What a person typed or a spreadsheet gave; None for an empty cell or a lone dash.

    Raises ValueError, whose words are for the user.
    """
    typed = _SPACES.sub("", text).removesuffix("%")
    if typed in ("", "-", "–", "—"):
        return None
    if _GROUPED.fullmatch(typed) or _PLAIN.fullmatch(typed):
        typed = typed.replace(".", "").replace(",", ".")
    elif _FOREIGN.fullmatch(typed):
        typed = typed.replace(",", "")
    elif not _DOTTED.fullmatch(typed):
        raise ValueError(WRONG)
    return _within_bounds(Decimal(typed))


def _within_bounds(number: Decimal) -> Decimal:
    if number >= LARGEST:
        raise ValueError(TOO_LONG)
    if number != number.quantize(Decimal("0.01")):
        raise ValueError(TOO_FINE)
    return number


@dataclass
class Cell:
    """One input. `shown` is the figure that stood there when the page was made, `typed` what stands there now."""

    figure: Figure
    name: str
    shown: Decimal | None
    typed: str
    value: Decimal | None = None
    error: str = ""
    stored: str = ""
    must: str = ""  # the identity in words
    hints: list[str] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator:
        return self.figure.binding.indicator

    @property
    def shown_words(self) -> str:
        return "" if self.shown is None else plain(self.shown)

    @property
    def is_touched(self) -> bool:
        return bool(self.error) or self.value != self.shown

    def read(self) -> None:
        try:
            self.value = read_figure(self.typed)
            if self.value is not None and self.indicator.measure == "%" and self.value > 100:
                raise ValueError(TOO_MUCH)
        except ValueError as wrong:
            self.error = str(wrong)


@dataclass
class Piece:
    """The cells of one piece of work, with what its sending needs."""

    card: Card
    cells: list[Cell]
    version: int
    form_key: uuid.UUID
    problem: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether there is something to send: touched, and not what is stored anyway."""
        return any(cell.is_touched and cell.value != cell.figure.value for cell in self.cells)

    @property
    def is_wrong(self) -> bool:
        return any(cell.error for cell in self.cells)

    @property
    def values(self) -> dict[int, Decimal]:
        return {cell.indicator.pk: cell.value for cell in self.cells if cell.value is not None}

    @property
    def shown(self) -> str:
        """For a hidden field; `_shown` reads it."""
        return "|".join(f"{c.indicator.pk}:{'' if c.shown is None else c.shown}" for c in self.cells)


@dataclass
class Grid:
    pieces: list[Piece]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where to look, and what is to be said: for the summary on top."""
        found = []
        for piece in self.pieces:
            if piece.problem:
                found.append((f"viec-{piece.card.occurrence.pk}", piece.problem))
            found += [
                (cell.name, f"{cell.indicator.name}: {cell.error}") for cell in piece.cells if cell.error
            ]
        return found

    @property
    def identities(self) -> list[Indicator]:
        """Those that must agree with others: the script looks at them while one types."""
        cells = [cell for piece in self.pieces for cell in piece.cells]
        return [cell.indicator for cell in cells if cell.indicator.identity]


def figure_grid(page: UnitPage, posted: Mapping[str, str] | None = None) -> Grid:
    """The figures of the page's period; with what was posted, if anything. Reads nothing more than the page did."""
    period_id = page.period.pk if page.period else None
    cards = [card for card in page.cards if card.figures and card.occurrence.period_id == period_id]
    cards.sort(key=lambda card: (card.occurrence.task.order, card.occurrence.task_id))
    grid = Grid([_piece(card, posted or {}) for card in cards])
    _point_out(grid)
    return grid


def _piece(card: Card, posted: Mapping[str, str]) -> Piece:
    pk = card.occurrence.pk
    shown, version = _shown(posted.get(f"shown_{pk}", "")), posted.get(f"version_{pk}", "")
    piece = Piece(
        card=card,
        cells=[_cell(card, figure, shown, posted) for figure in card.figures],
        version=int(version) if version.isdecimal() and len(version) < 10 else card.occurrence.version,
        form_key=_key(posted.get(f"key_{pk}", "")),
    )
    return piece


def _cell(card: Card, figure: Figure, shown: Mapping[str, Decimal | None], posted: Mapping[str, str]) -> Cell:
    indicator_id = figure.binding.indicator_id
    name = f"value_{card.occurrence.pk}_{indicator_id}"
    stood = shown.get(str(indicator_id), figure.value)
    typed = posted.get(name, "" if stood is None else plain(stood))
    cell = Cell(figure, name, stood, typed)
    cell.read()
    return cell


def _shown(text: str) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for part in text.split("|"):
        key, sign, figure = part.partition(":")
        if sign and re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?|", figure):
            found[key] = Decimal(figure) if figure else None
    return found


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def renew(piece: Piece, card: Card) -> None:
    """After somebody else was faster: their figures where nobody typed, and beside what was typed.

    The piece then carries the new version and a new key (the old one may be used), so that pressing again sends.
    """
    fresh = {figure.binding.indicator_id: figure for figure in card.figures}
    for cell in piece.cells:
        now = fresh.get(cell.indicator.pk, cell.figure)
        if not cell.is_touched:
            cell.value, cell.typed = now.value, "" if now.value is None else plain(now.value)
        elif now.value != cell.shown:
            cell.stored = "để trống" if now.value is None else plain(now.value)
        cell.figure, cell.shown = now, now.value
    piece.card, piece.version, piece.form_key = card, card.occurrence.version, uuid.uuid4()


def _point_out(grid: Grid) -> None:
    """Hints at the cells. A unit and the groups it belongs to keep figures of their own."""
    by_unit: dict[int | None, list[Cell]] = defaultdict(list)
    for piece in grid.pieces:
        by_unit[piece.card.occurrence.task.lead_unit_id] += piece.cells
    for cells in by_unit.values():
        names = {cell.indicator.code: cell.indicator.name for cell in cells}
        hints = figure_hints(
            [cell.indicator for cell in cells],
            {cell.indicator.code: cell.value for cell in cells},
            {cell.indicator.code: cell.figure.previous for cell in cells},
        )
        for cell in cells:
            cell.hints = hints.get(cell.indicator.code, [])
            cell.must = identity_in_words(cell.indicator.identity, names)
