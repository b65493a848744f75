"""The end of the document: who receives it, who signed it."""

import re
from collections.abc import Sequence

from danvan.text import fold

from .labels import split_label
from .lines import Line, by_columns, is_capitals
from .outline import Outline

RECIPIENTS = re.compile(r"Nơi\s+nhận\s*:?\s*", re.IGNORECASE)
AUTHORITY = re.compile(r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|TU|Q)\s*[./]\s*\w|TM\s+[ỦU]")
# “(b/c)”, “(để phối hợp)” below the name: why that one receives it, never a recipient.
_PURPOSE = re.compile(
    r"\(\s*(?:để\s+)?(?:b\s*/\s*c|b\.c|báo cáo|c\s*/\s*đ|chỉ đạo|t\s*/\s*h|thực hiện|p\s*/\s*h|phối hợp|theo dõi|biết|đăng)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\W*(?:đã ký|ký tên|ký, ghi rõ họ tên|ký tên,? đóng dấu)\W*", re.IGNORECASE)
_LONGEST = 400  # characters of one recipient
_OFFICES = (
    "chu tich",
    "truong",
    "bi thu",
    "chanh",
    "pho",
    "giam doc",
    "uy ban",
    "quyen",
    "thu truong",
    "hieu truong",
)


def read_signature(lines: Sequence[Line], outline: Outline) -> None:
    """Fill recipients, authority, position and signer; a line that is none of these becomes a doubt."""
    position: list[str] = []
    open_text = ""  # a recipient that may go on on the next line
    for line in by_columns(lines):
        text = RECIPIENTS.sub("", line.text) if RECIPIENTS.match(line.text) else line.text
        if not text or _SIGNED.fullmatch(text):
            continue
        is_rest = _is_rest(open_text, text)
        if outline.recipients and _PURPOSE.match(text) and len(outline.recipients[-1]) < _LONGEST:
            outline.recipients[-1] = f"{outline.recipients[-1]} {text.strip(' ;.,')}"
            open_text = "" if text.endswith((";", ".")) else outline.recipients[-1]
        elif is_rest or _is_recipient(text, seen_authority=bool(outline.authority or position)):
            if is_rest or (open_text.endswith(",") and len(open_text) < _LONGEST):
                text = f"{open_text} {text}"  # broken by a narrow column
                outline.recipients.pop()
            outline.recipients += _recipients(text)
            open_text = "" if text.endswith((";", ".")) else text
        elif outline.authority is None and re.match(r"T/?M\b", text):
            outline.authority = text
        elif _is_office(text):
            position.append(text)
        elif outline.signer is None and _is_name(text):
            outline.signer = text
        else:
            outline.doubt(line.number, text, "Dòng này ở phần ký chưa tìm được chỗ; hãy kiểm tra lại.")
    outline.position = " / ".join(position) or None


def _is_rest(open_text: str, text: str) -> bool:
    """Whether the line goes on with a recipient that no “;” or “.” has ended."""
    is_within = open_text.count("(") > open_text.count(")")
    return 0 < len(open_text) < _LONGEST and (text[0].islower() or text[0] == "(" or is_within)


def _is_recipient(text: str, *, seen_authority: bool) -> bool:
    label = split_label(text)
    if (label and label.kind == "bullet") or re.match(r"(?:Lưu|Như)\b", text):
        return True
    return not seen_authority and not AUTHORITY.match(text) and not is_capitals(text)


def _recipients(text: str) -> list[str]:
    label = split_label(text)
    bare = label.text if label and label.kind == "bullet" else text
    # Written in one line: “Nơi nhận: - UBND quận; - Lưu: VT.”
    parts = (part.strip(" ;.,") for part in re.split(r";\s*[-–+]\s*", bare))
    return [part + ")" * (part.count("(") > part.count(")")) for part in parts if part]


def _is_office(text: str) -> bool:
    """An office rather than a name, which may be written in capitals too."""
    if AUTHORITY.match(text):
        return True
    return is_capitals(text) and any(office in fold(text) for office in _OFFICES)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 6 and all(word[0].isupper() for word in words) and not any(map(str.isdigit, text))
    )
