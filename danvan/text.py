"""Vietnamese text: one spelling on the way in, searching without accents, sorting as people here sort.

SQL never orders or matches Vietnamese words: rows carry `folded` and `sort_key`, filled from here.
"""

import datetime as dt
import re
import unicodedata

# The letters of points (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.5): no f, j, w, z; đ follows d.
POINT_LABELS = list("abcdđeghiklmnopqrstuvxy")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_HATS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # ă, then â ê ô, then ơ ư
_CLAUSE_END = re.compile(r";|[.!?](?=\s+\S|$)")


def nfc(text: str) -> str:
    """The same letters, each as one code point wherever Unicode has one."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC on one line: invisible characters dropped, every kind of space folded to a single one."""
    return " ".join(_CONTROL.sub(" ", nfc(_INVISIBLE.sub("", text))).split())


def day_and_month(on: dt.date) -> str:
    """05/3, 12/6: days below ten and months 1, 2 take a nought (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 4)."""
    month = f"{on.month:02d}" if on.month < 3 else f"{on.month}"
    return f"{on.day:02d}/{month}"


def fold(text: str) -> str:
    """For matching: no accents, no case, đ = d. `Uỷ ban` and `Ủy ban` give `uy ban`."""
    return " ".join("".join(_base_letters(clean(text))).split())


def _base_letters(text: str) -> list[str]:
    lowered = unicodedata.normalize("NFD", text.casefold())
    return ["d" if char == "đ" else char for char in lowered if not unicodedata.combining(char)]


def sort_key(text: str) -> str:
    """A string of digits and a–z that sorts `text` in Vietnamese order under any database collation.

    Letters first (a ă â … d đ …), tones only where the letters agree, numbers by their value.
    About twice as long as `text`.
    """
    words, tones = [], []
    for word in re.findall(r"[^\W_]+", clean(text).casefold()):
        letters, tone = _word_key(word)
        words.append(letters)
        tones.append(tone)
    # A word ends with "0", which sorts before every letter (a–z) and number ("1…"); "00" ends them all.
    return "0".join(words) + "00" + "".join(tones)


def _word_key(word: str) -> tuple[str, str]:
    if word.isdecimal():
        return "1" + word.lstrip("0").zfill(9), "0"
    key: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _HATS and key:
            key[-1] = key[-1][0] + _HATS[char]
        elif char == "đ":
            key.append("d1")
        elif not unicodedata.combining(char):
            key.append(char + "0")
    return "".join(key), tone


def person_sort_key(full_name: str) -> str:
    """People sort by given name, the last word, then by family and middle names."""
    *family, given = clean(full_name).split() or [""]
    return sort_key(" ".join([given, *family]))


def excerpt(text: str, limit: int = 120) -> str:
    """The first clause of `text`, at most `limit` characters, cut at a word and marked with … where it was cut."""
    text = clean(text)
    if (end := _CLAUSE_END.search(text)) and end.start() > 0:
        text = text[: end.start()]
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if " " in cut and text[limit - 1] != " ":
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:-–") + "…"
