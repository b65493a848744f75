"""Bytes → text, and old Vietnamese encodings told by their letters.

TCVN3 and VNI give the letters of Vietnamese the places of Western ones. Read as anything else they are rubble
(“KÕ ho¹ch”, “Keá hoaïch”), which may also stand in a Unicode file that someone pasted together. They are refused by name: their
capitals lie in the font, so that no table turns them back right.
"""

import re

from danvan.text import nfc
from danvan.uploads import Refused, utf16_order

_SAMPLE = 20_000  # characters that are looked at
_LETTER = re.compile(r"[^\W\d_]")
# Letters that only Vietnamese in Unicode has: two of them in a hundred are enough.
_ONLY_UNICODE = re.compile(r"[ăđơưảạằắẳẵặầấẩẫậẻẽẹềếểễệỉĩịỏọồốổỗộờớởỡợủũụừứửữựỳỷỹỵ]", re.IGNORECASE)
# Words of nearly every plan, as each old encoding shows them when it is read as Western.
_RUBBLE = {
    "TCVN3 (ABC)": re.compile(r"KÕ ho¹ch|kÕ ho¹ch|nh©n d©n|thùc hiÖn|®Ò|®Þ|®iÓm|phêng|ph­êng|c«ng|cña|®­îc|tæ chøc|ñy ban|Uû ban nh©n|UBND ph"),
    "VNI": re.compile(r"keá hoaïch|nhaân daân|thöïc hieän|ñeà|phöôøng|coâng taùc|cuûa|ñöôïc|toå chöùc|uûy ban|ñôn vò", re.IGNORECASE),
    "UTF-8 mở nhầm": re.compile(r"áº¿|á»|Ä‘|Æ°|Ã´ng|hoáº¡ch|nhÃ¢n"),
}  # fmt: skip
_PLAN_WORDS = re.compile(
    r"kế hoạch|nhân dân|thực hiện|của|công tác|tổ chức|nội dung|phường|được|ủy ban", re.IGNORECASE
)


def decode(content: bytes) -> str:
    """Unicode (with or without a mark at its head) or Windows-1258, in NFC. Raises `Refused`, naming what else it is."""
    text = _unicode(content)
    if text is None:
        text = _windows_1258(content)
    refuse_rubble(text)
    return text


def _unicode(content: bytes) -> str | None:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if marked else utf16_order(content) or "utf-8-sig"
    try:
        return nfc(content.decode(encoding))
    except UnicodeDecodeError:
        return None


def _windows_1258(content: bytes) -> str:
    """It holds ă â ê ô ơ ư đ whole and the tones as marks of their own."""
    western = content[:_SAMPLE].decode("latin-1")
    try:
        text = nfc(content.decode("cp1258"))
    except UnicodeDecodeError:
        raise _refusal(_old_name(western))
    found = len(_PLAN_WORDS.findall(text[:_SAMPLE]))
    if found < 2 or found <= max(len(pattern.findall(western)) for pattern in _RUBBLE.values()):
        raise _refusal(_old_name(western))
    return text


def refuse_rubble(text: str) -> None:
    """Raises `Refused` where words of an old encoding stand in `text` as if they were Unicode."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if len(_ONLY_UNICODE.findall(sample)) > 0.02 * letters:
        return
    name = max(_RUBBLE, key=lambda each: len(_RUBBLE[each].findall(sample)))
    if len(_RUBBLE[name].findall(sample)) >= 2:
        raise _refusal(name)


def _old_name(western: str) -> str:
    """By whole words, else by the sign that stands for đ, the commonest letter no other language shares."""
    words = {name: len(pattern.findall(western)) for name, pattern in _RUBBLE.items()}
    best = max(words, key=words.__getitem__)
    if words[best]:
        return best
    signs = {"TCVN3 (ABC)": western.count("®"), "VNI": western.count("ñ"), "Windows-1258": western.count("ð")}
    best = max(signs, key=signs.__getitem__)
    return best if signs[best] else "lạ"


def _refusal(name: str) -> Refused:
    return Refused(
        f"Chữ trong tệp theo bảng mã {name}, cổng chỉ đọc Unicode; "
        "hãy chuyển văn bản sang Unicode, lưu ở dạng .docx rồi tải lên."
    )
