"""`.md` and `.txt` → lines. Broken Markdown is the rule: a stray mark is dropped, never shown."""

import re
from collections.abc import Iterator

from danvan.text import clean
from danvan.uploads import Refused

from .encodings import decode
from .lines import BOTH_ENDS, MAX_CHARACTERS, TOO_LONG, Line, within_limits
from .text_tables import read_block

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|span|p|div|center|font)\b[^<>]{0,80}>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_LIST_STAR = re.compile(r"^(\s*)\*\s+(?!\*)")
_HEADING = re.compile(r"^\s*#{1,6}\s*")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`+")
_BOLD_START = re.compile(r"^\s*(?:(?:[-+•–]|[0-9IVX]{1,5}[.)/]|[a-zđ][.)])\s*)*(?:\*\*|__)")


def read_text(content: bytes) -> list[Line]:
    """Raises `Refused` for what is neither Unicode nor Windows-1258, and for texts beyond any plan's length."""
    if len(content) > 4 * MAX_CHARACTERS:
        raise Refused(TOO_LONG)
    text = decode(content)
    if len(text) > MAX_CHARACTERS:
        raise Refused(TOO_LONG)
    return within_limits(_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _lines(source: list[str]) -> Iterator[Line]:
    gap, is_bold, at = False, False, 0
    while at < len(source):
        raw = source[at]
        if not raw.strip():
            gap, is_bold, at = True, False, at + 1  # emphasis never reaches over an empty line
            continue
        if rows := _markdown_rows(source, at):
            yield from (_table_row(row, cells, at + 1, gap) for row, cells in rows)
            at = _end_of_bars(source, at)
        elif len((block := read_block(source, at))[0]) > 1:
            yield from (_table_row(row, cells, at + 1, gap) for row, cells in block[0])
            at = block[1]
        else:
            line, is_bold = _paragraph(at + 1, raw, gap, is_bold)
            yield line
            at += 1
        gap = False


def _end_of_bars(source: list[str], start: int) -> int:
    return next((at for at in range(start, len(source)) if not _has_bar(source[at])), len(source))


def _has_bar(raw: str) -> bool:
    return raw.strip().startswith("|")


def _markdown_rows(source: list[str], start: int) -> list[tuple[int, list[str]]]:
    """The lines from `start` on that begin with a bar, without the rule under the head."""
    rows = []
    for at in range(start, _end_of_bars(source, start)):
        raw = source[at].strip().replace("\\|", "\ue000")
        if not set(raw) <= set("|:- "):
            cells = raw.strip("|").split("|") if raw.endswith("|") else raw[1:].split("|")
            rows.append((at, [cell.replace("\ue000", "|") for cell in cells]))
    return rows


def _table_row(at: int, cells: list[str], table: int, gap: bool) -> Line:
    cleaned = tuple(map(_cell, cells))
    text = " ".join(cell.replace("\n", " ") for cell in cleaned if cell)
    is_bold = any("**" in cell for cell in cells)
    return Line(at + 1, text, is_bold=is_bold, cells=cleaned, table=table, gap=gap)


def _cell(raw: str) -> str:
    parts = (clean(_plain(part)) for part in _BREAK.split(raw))
    return "\n".join(part for part in parts if part)


def _paragraph(number: int, raw: str, gap: bool, was_bold: bool) -> tuple[Line, bool]:
    """The line, and whether bold type is still open at its end."""
    raw = _BREAK.sub(" ", _TAG.sub("", raw)).lstrip("> ")
    is_heading = bool(_HEADING.match(raw))
    raw = _LIST_STAR.sub(r"\1- ", _HEADING.sub("", raw))
    is_odd = raw.count("**") % 2 == 1
    # A closing mark whose opening was lost still says that the line was bold.
    lost_opening = is_odd and raw.rstrip().endswith("**") and not was_bold
    is_bold = is_heading or was_bold or lost_opening or bool(_BOLD_START.match(raw))
    parts = [clean(_plain(part)) for part in BOTH_ENDS.split(_plain(raw).strip())]
    line = Line(number, clean(_plain(raw)), is_bold, cells=tuple(parts) if len(parts) > 1 else (), gap=gap)
    return line, (was_bold != is_odd) and not lost_opening


def _plain(raw: str) -> str:
    if "\\" not in raw:
        return _EMPHASIS.sub("", raw)
    escaped = _ESCAPE.sub(lambda match: chr(0xE100 + ord(match[1])), raw)
    bare = _EMPHASIS.sub("", escaped)
    return "".join(chr(ord(char) - 0xE100) if 0xE100 <= ord(char) < 0xE180 else char for char in bare)
