"""How wide bold text of the report's typeface is, and where its lines break.

Times New Roman, Tinos and Liberation Serif share these widths. They are needed where the form of a document depends on
the length of a line: a rule is as long as its line, or a third to a half of it (Nghị định 30/2020, Phụ lục I, II.1–5).
"""

import re
import unicodedata

UNITS_PER_EM = 2048
# Advance widths of the bold face, in 1/2048 em; accents do not change them, hooks of Ơ and Ư do.
_BOLD = {
    682: "!()-[]:;fjt", 797: "Is", 512: " ,.\u00a0", 569: "'/\\il", 1593: "GHKOQƠ", 1479: "ACDĐNRUVXYw",
    1366: "BELTZ", 1251: "FP", 1933: "M", 2048: "W%", 1139: "Sbdđhknpqu", 1024: "J0123456789agovxy$#*–“”",
    909: "cerz", 1706: "m&", 1137: '"', 1134: "ơ", 1229: "ư", 1630: "Ư",
}  # fmt: skip
_WIDTHS = {letter: units for units, letters in _BOLD.items() for letter in letters}
_HORN = "\u031b"

# What the four faces can draw. Anything else (emoji, other scripts, direction marks) is shown as its code, because a
# substitute from another family would break C03 and differ from machine to machine.
_UNPRINTABLE = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u024f\u0259\u02c6-\u02dd\u0300-\u036f\u0391-\u03a1\u03a3-\u03ce\u0400-\u045f"
    "\u1e00-\u1eff\u2010-\u2015\u2018-\u2027\u2030-\u203a\u2044\u2070\u2071\u2074-\u208e\u20a0-\u20be"
    "\u2116\u2122\u2153\u2154\u215b-\u215e\u2190-\u2195\u2206\u2211\u2212\u221a\u221e\u2248\u2260\u2264\u2265"
    "\u25a0\u25a1\u25aa\u25ab\u25cb\u25cf\u25e6]"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BOUND_PAIR = re.compile(r"\b(quý|tháng|năm|ngày|số) (?=[0-9IVX])", re.IGNORECASE)
_SPACES = re.compile("[ \t\r\n\f\v\u2000-\u200a\u2028\u2029\u202f\u3000]+")


def printable(text: str) -> str:
    """One line of NFC text that the typeface can draw; a character it lacks reads `[U+1F44D]`."""
    line = _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip(" ")
    return _UNPRINTABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", line)


def bold_width(text: str, size: float) -> float:
    """Width in points of one line of bold text of `size` points."""
    return sum(_units(letter) for letter in unicodedata.normalize("NFC", text)) * size / UNITS_PER_EM


def _units(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]
    return _WIDTHS.get(base, UNITS_PER_EM // 2)


def balanced_lines(text: str, size: float, width: float) -> list[str]:
    """Breaks bold text into the fewest lines of at most `width` points, of about equal length; “quý I” stays whole."""
    bound = _BOUND_PAIR.sub("\\1\u00a0", text)
    return [line.replace("\u00a0", " ") for line in _even_lines(bound, size, width)]


def _even_lines(text: str, size: float, width: float) -> list[str]:
    lines = _filled_lines(text, size, width)
    narrower = width
    while len(lines) > 1 and narrower > width / 2:
        narrower -= size / 2
        candidate = _filled_lines(text, size, narrower)
        if len(candidate) > len(lines):
            break
        lines = candidate
    return lines


def _filled_lines(text: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and bold_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
