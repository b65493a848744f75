"""Tables in plain text: cells parted by bars, by tabs, or by nothing but spaces under the words of the head."""

import re
from collections.abc import Sequence

from danvan.text import clean

from .columns import is_head
from .labels import split_label

MAX_CELLS = 40
_RULE = re.compile(r"[\s|+:=_–—-]*[-=_–—]{2,}[\s|+:=_–—-]*")
_NUMBER = re.compile(r"[\s|*]*(?:[0-9]{1,3}|[IVX]{1,5}|[A-Z])?[.)]?[\s*]*[\t|]")
_SEGMENT = re.compile(r"\S+(?: \S+)*")
Rows = list[tuple[int, list[str]]]  # each row with the position of its line


def read_block(source: Sequence[str], start: int) -> tuple[Rows, int]:
    """The rows of the table whose head is the line `start`, and where the next line after it stands.

    No rows where no table begins there. Cells are as typed.
    """
    for cut in (_cut_bars, _cut_tabs):
        head = cut(source[start])
        if len(head) >= 3 and (is_head(_plain(head)) or _is_grid(source, start, cut(source[start]), cut)):
            return _parted(source, start, cut)
    head = _SEGMENT.findall(source[start])
    if 3 <= len(head) <= MAX_CELLS and is_head(_plain(head)):
        return _aligned(source, start)
    return [], start


def is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line))


def _plain(cells: Sequence[str]) -> list[str]:
    return [clean(cell.replace("*", "")) for cell in cells]


def _cut_bars(line: str) -> list[str]:
    """`a | b | c` without the bars at both ends that Markdown wants."""
    if line.count("|") < 2:
        return []
    return [
        cell.replace("\ue000", "|") for cell in line.replace("\\|", "\ue000").strip().strip("|").split("|")
    ][:MAX_CELLS]


def _cut_tabs(line: str) -> list[str]:
    cells = line.split("\t")[:MAX_CELLS]
    return cells if sum(bool(cell.strip()) for cell in cells) >= 3 else []


def _is_grid(source: Sequence[str], start: int, head: list[str], cut) -> bool:  # type: ignore[no-untyped-def]
    """A table of figures: the next line has as many cells, and the first cell is a number or its head."""
    below = cut(source[start + 1]) if start + 1 < len(source) else []
    return len(below) == len(head) and bool(
        re.fullmatch(r"\W*(?:s?tt|[0-9]{1,3})\W*", head[0].strip().lower())
    )


def _parted(source: Sequence[str], start: int, cut) -> tuple[Rows, int]:  # type: ignore[no-untyped-def]
    rows: Rows = []
    width = len(cut(source[start]))
    at = start
    sign = "|" if cut is _cut_bars else "\t"
    while at < len(source):
        line = source[at]
        if line.strip() and not is_rule(line):
            is_row = bool(cut(line)) or (sign in line and _NUMBER.match(line))
            if not is_row and not _is_group(source, at, lambda text: bool(cut(text))):
                break
            cells = cut(line) or line.split(sign)
            rows.append((at, [*cells, *[""] * (width - len(cells))]))
        elif not line.strip() and not any(cut(near) for near in source[at + 1 : at + 3]):
            break
        at += 1
    return rows, at


def _is_group(source: Sequence[str], at: int, is_row) -> bool:  # type: ignore[no-untyped-def]
    """A line without cells that heads the rows after it: `I. Tuyên truyền`."""
    label = split_label(clean(source[at]))
    if not label or label.kind not in ("roman", "upper") or len(source[at]) > 150:
        return False
    return at + 1 < len(source) and is_row(source[at + 1])


# -- by spaces --


def _aligned(source: Sequence[str], start: int) -> tuple[Rows, int]:
    """A line whose first column is empty goes on with the cells of the line before."""
    starts = [segment.start() for segment in re.finditer(_SEGMENT, source[start])]
    rows: Rows = []
    at = start
    while at < len(source):
        line = source[at].expandtabs(8)
        segments = list(_SEGMENT.finditer(line))
        if not segments:
            if not _goes_on(source, at + 1, starts):
                break
        elif not is_rule(line):
            cells = _by_place(segments, starts)
            if cells[0] or not rows:
                if len(segments) < 2 and not _is_group(
                    source, at, lambda text: len(_SEGMENT.findall(text)) > 2
                ):
                    break
                rows.append((at, cells))
            else:
                rows[-1] = (
                    rows[-1][0],
                    [f"{a} {b}".strip() for a, b in zip(rows[-1][1], cells, strict=True)],
                )
        at += 1
    return rows, at


def _goes_on(source: Sequence[str], at: int, starts: Sequence[int]) -> bool:
    """Whether after an empty line the table has another row."""
    segments = list(_SEGMENT.finditer(source[at])) if at < len(source) else []
    return len(segments) > 1 and segments[0].start() < starts[1] and segments[1].start() >= starts[1] - 2


def _by_place(segments: Sequence[re.Match[str]], starts: Sequence[int]) -> list[str]:
    cells = [""] * len(starts)
    for segment in segments:
        column = max((k for k, place in enumerate(starts) if place <= segment.start() + 2), default=0)
        cells[column] = f"{cells[column]} {segment[0]}".strip()
    return cells
