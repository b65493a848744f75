"""The end of the document: who receives it, who signed it."""

import re
from collections.abc import Sequence

from danvan.text import fold

from .labels import split_label
from .lines import Line, by_columns, is_capitals
from .outline import Outline

RECIPIENTS = re.compile(r"Nơi\s+nhận\s*:?\s*", re.IGNORECASE)
AUTHORITY = re.compile(r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|TU|Q)\s*[./]\s*\w|TM\s+[ỦU]")
_SIGNED = re.compile(r"\W*(?:đã ký|ký tên|ký, ghi rõ họ tên|ký tên,? đóng dấu)\W*", re.IGNORECASE)
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
        if _is_recipient(text, seen_authority=bool(outline.authority or position)) or (
            open_text and text[0].islower()
        ):
            if open_text and (text[0].islower() or open_text.endswith(",")):  # broken by a narrow column
                text = f"{open_text} {text}"
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
