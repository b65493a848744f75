"""Tolerances and comparisons every rule uses: fonts 0.3 pt, lengths 0.5 mm, centring 1 mm."""

from collections.abc import Callable, Iterator

from .pdf_lines import Line
from .pdf_reader import MM, Reading

FONT_TOLERANCE, LENGTH_TOLERANCE, CENTRE_TOLERANCE = 0.3, 0.5 * MM, 1 * MM

Findings = Iterator[tuple[int, str]]
Check = Callable[[Reading], Findings]


def has_size(line: Line, low: float, high: float) -> bool:
    return low - FONT_TOLERANCE <= line.size <= high + FONT_TOLERANCE


def within(value: float, low: float, high: float) -> bool:
    """Whether a length in points lies between two in millimetres."""
    return low * MM - LENGTH_TOLERANCE <= value <= high * MM + LENGTH_TOLERANCE


def same_centre(a: float, b: float) -> bool:
    return abs(a - b) <= CENTRE_TOLERANCE
