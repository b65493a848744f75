"""Labels at the head of a line: `Phần I`, `I.`, `Mục 1`, `1.`, `1.1.`, `a)`, `-`, `+`, and their many spellings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# From the widest to the narrowest. A label closes every open line whose rank is not smaller than its own.
RANKS = {
    "part": 0,
    "upper": 1,
    "roman": 2,
    "muc": 3,
    "number": 4,
    "roman_number": 4,
    "number2": 5,
    "number3": 6,
    "paren": 7,
    "letter": 8,
    "bullet": 9,
}

_ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
_WORDS = {"nhất": "I", "một": "I", "hai": "II", "ba": "III", "tư": "IV", "bốn": "IV", "năm": "V", "sáu": "VI"}
_SEPARATOR = r"\s*[.)/:–-]+\s*"

_LABELS = [
    (
        "part",
        re.compile(
            rf"(?i:ph[ầâ]n)\s+(?P<label>{_ROMAN}|[0-9]{{1,2}}|(?i:thứ\s+(?:{'|'.join(_WORDS)})))(?![\w/])[\s.:–-]*(?P<text>.*)"
        ),
    ),
    (
        "muc",
        re.compile(rf"(?i:mục)\s+(?P<label>[0-9]{{1,2}}|{_ROMAN})(?![\w/])\s*(?:[.:–-]+\s*|$)(?P<text>.*)"),
    ),
    ("muc", re.compile(r"MỤC\s+(?P<label>[0-9]{1,2})\s+(?P<text>.*)")),
    ("number2", re.compile(rf"(?P<label>{_ROMAN}(?:\.[0-9]{{1,2}}){{2}})[.)/:]?\s+(?P<text>.*)")),
    ("roman_number", re.compile(rf"(?P<label>{_ROMAN}\.[0-9]{{1,2}})(?![0-9])[.)/:]?\s+(?P<text>.*)")),
    ("roman", re.compile(rf"(?P<label>{_ROMAN}){_SEPARATOR}(?P<text>.*)")),
    ("upper", re.compile(r"(?P<label>[A-HĐ])\s*[.)/-]\s*(?P<text>\w.*)")),
    (
        "number3",
        re.compile(r"(?P<label>[0-9]{1,2}(?:\.[0-9]{1,2}){2,3})(?![0-9/,%])[.)/:]?\s+(?P<text>\D.*)"),
    ),
    (
        "number2",
        re.compile(
            r"(?P<label>[0-9]{1,2}\.[0-9]{1,2})(?:[.)/:]\s+(?=[0-9])|(?![0-9/,%])[.)/:]?\s+(?=\D)|[.)/:](?=[^\W\d]))(?P<text>.*)"
        ),
    ),
    ("paren", re.compile(r"\(?(?P<label>[0-9]{1,2})\s*\)\s*(?P<text>\D.*)")),
    (
        "number",
        re.compile(r"(?P<label>[0-9]{1,2})\s*(?:[/–-]\.|\./(?!\.)|[./:–-][-–]?)(?![0-9])\s*(?P<text>.*)"),
    ),
    (
        "number",
        re.compile(r"(?P<label>[1-9][0-9]{2})\.\s*(?P<text>[^\W\d].*)"),
    ),  # 100. and more: by a point only
    ("letter", re.compile(r"\(?(?P<label>[a-zđ])\s*(?:\)|/\.|\./(?!\.)|[./](?=\s))[.,]?\s*(?P<text>.*)")),
    ("bullet", re.compile(r"(?P<label>[-–—−+*•●○▪■◦·►▶➢➤✓✔❖♦◆◊□❑§\uf000-\uf0ff]|o(?=\s))+\s*(?P<text>.*)")),
]


@dataclass(frozen=True)
class Label:
    """`kind` is a key of `RANKS`; `text` what follows; `sign` the bullet as typed, which tells bullets apart."""

    kind: str
    value: str
    text: str
    sign: str = ""


def split_label(text: str) -> Label | None:
    """The label at the head of `text`, or None. `- 1. Tuyên truyền`, as converters write, gives `1`."""
    label = _first_label(text)
    if label and label.kind == "bullet":
        inner = _first_label(label.text)
        return inner if inner and inner.kind != "bullet" else label
    return label


def _first_label(text: str) -> Label | None:
    matches = ((kind, pattern.fullmatch(text)) for kind, pattern in _LABELS)
    return next((_label(kind, match["label"], match["text"]) for kind, match in matches if match), None)


def _label(kind: str, value: str, text: str) -> Label:
    if kind == "bullet":
        sign = "-" if value in "–—−" else value
        return Label(kind, "+" if sign == "+" else "-", text, sign)
    if kind == "part":
        value = _WORDS.get(value.lower().removeprefix("thứ").strip(), value)
    if value.isdecimal():
        value = str(int(value))
        return Label(kind, roman(int(value)) if kind == "part" else value, text)
    return Label(kind, value.upper() if kind in ("part", "muc") else value, text)


def ranks_for(kinds: Sequence[str]) -> dict[str, int]:
    """The ranks in a text whose labels are of these kinds: where nothing is numbered `1.`, `1)` takes its place."""
    first = {kind: kinds.index(kind) for kind in ("number", "paren", "letter") if kind in kinds}
    is_widest = (
        "paren" in first and "number" not in first and first["paren"] < first.get("letter", len(kinds))
    )
    return RANKS | {"paren": RANKS["number"]} if is_widest else RANKS


def roman(number: int) -> str:
    """For 1 to 39, more parts than any plan has; other numbers as figures."""
    if not 0 < number < 40:
        return str(number)
    return "X" * (number // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def roman_value(numeral: str) -> int:
    """0 for what is no numeral below 40."""
    return next((number for number in range(1, 40) if roman(number) == numeral), 0)
