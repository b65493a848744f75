"""`.md` and `.txt` → lines. Broken Markdown is the rule: a stray mark is dropped, never shown."""

import re
from collections.abc import Iterator

from danvan.text import clean, nfc
from danvan.uploads import Refused

from .lines import BOTH_ENDS, MAX_CHARACTERS, TOO_LONG, Line, within_limits

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|span|p|div|center|font)\b[^<>]{0,80}>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_LIST_STAR = re.compile(r"^(\s*)\*\s+(?!\*)")
_HEADING = re.compile(r"^\s*#{1,6}\s*")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`+")
_BOLD_START = re.compile(r"^\s*(?:(?:[-+•–]|[0-9IVX]{1,5}[.)/]|[a-zđ][.)])\s*)*(?:\*\*|__)")


def read_text(content: bytes) -> list[Line]:
    """Raises `Refused` for encodings other than UTF-8 and UTF-16, and for texts beyond any plan's length."""
    text = decode(content)
    if len(text) > MAX_CHARACTERS:
        raise Refused(TOO_LONG)
    return within_limits(_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _lines(source: list[str]) -> Iterator[Line]:
    table, gap, is_bold = 0, False, False
    for number, raw in enumerate(source, 1):
        if not (bare := raw.strip()):
            gap, is_bold = True, False  # emphasis never reaches over an empty line
            continue
        if bare.startswith("|"):
            table = table or number
            if not set(bare) <= set("|:- "):  # the rule under a table's head
                yield _table_row(number, bare, table, gap)
        else:
            table = 0
            line, is_bold = _paragraph(number, raw, gap, is_bold)
            yield line
        gap = False


def decode(content: bytes) -> str:
    """Raises `Refused`, naming the old encoding where its letters give it away."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(
            f"Chữ trong tệp theo bảng mã {_old_encoding(content)}, cổng chỉ đọc Unicode; "
            "hãy chuyển văn bản sang Unicode, lưu ở dạng .docx rồi tải lên."
        )
    return nfc(text) if len(text) <= MAX_CHARACTERS else text


def _old_encoding(content: bytes) -> str:
    """By the byte that stands for đ, the commonest letter no other language shares."""
    counts = {
        "TCVN3 (ABC)": content.count(b"\xae"),
        "VNI": content.count(b"\xf1"),
        "Windows-1258": content.count(b"\xf0"),
    }
    name = max(counts, key=counts.__getitem__)
    return name if counts[name] else "lạ"


def _table_row(number: int, raw: str, table: int, gap: bool) -> Line:
    raw = raw.replace("\\|", "\ue000").strip("|") if raw.endswith("|") else raw.replace("\\|", "\ue000")[1:]
    cells = tuple(_cell(cell.replace("\ue000", "|")) for cell in raw.split("|"))
    text = " ".join(cell.replace("\n", " ") for cell in cells if cell)
    return Line(number, text, is_bold="**" in raw, cells=cells, table=table, gap=gap)


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
