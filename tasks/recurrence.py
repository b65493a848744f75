"""How often, in the words of an office, and as RFC 5545 lines: «ngày 10 và 25 hằng tháng» ↔ FREQ=MONTHLY;BYMONTHDAY=10,25.

Pure. What is written with `read` is said again by `words`, and reading that gives the same lines.
"""

import re
from collections.abc import Sequence

from danvan.text import fold
from tasks.calendar import CLOSING_DAY, RULES

LAST_DAY = -1
EVERY_MONTH: tuple[int, ...] = ()
QUARTER_ENDS, QUARTER_STARTS, HALF_YEAR_ENDS, YEAR_END = (3, 6, 9, 12), (1, 4, 7, 10), (6, 12), (12,)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAY_WORDS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# Asked for so often that they stand in the list of choices.
PRESETS = {
    "twice_monthly": "FREQ=MONTHLY;BYMONTHDAY=10,25",
    "quarter_12": "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=12",
    "may_october": "FREQ=MONTHLY;BYMONTH=5,10;BYMONTHDAY=-1",
}
USUAL_WORDS = {
    RULES["weekly"]: "hằng tuần",
    RULES["monthly"]: "hằng tháng",
    RULES["quarterly"]: "hằng quý",
    RULES["half_yearly"]: "6 tháng một lần",
    RULES["yearly"]: "hằng năm",
}
EXAMPLE = "ngày 10 và 25 hằng tháng; ngày 12 tháng cuối quý; tháng 5 và tháng 10"

_LIST = r"\d{1,2}(?:\s*(?:,|va)\s*(?:ngay |thang )?\d{1,2})*"
_DAYS = re.compile(rf"\bngay ({_LIST}|cuoi)\b")
_MONTHS = re.compile(rf"\bthang ({_LIST})\b")
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b|\b(chu nhat)\b")
_WEEKDAY_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {
    str(n): n - 2 for n in range(2, 8)
}
_EVERY = r"\b(?:hang|moi) "
_AGAIN = re.compile(
    rf"{_EVERY}(?:tuan|thang|quy|nam|6 thang)\b|\bthang (?:cuoi|dau) quy\b|\b6 thang (?:mot|1) lan\b"
    r"|\bthang \d{1,2}(?:\s*,\s*(?:thang )?\d{1,2})*\s*va (?:thang )?\d{1,2}$"
)
_IN_A_SENTENCE = re.compile(rf"{_DAYS.pattern} (?:{_EVERY[2:]}thang|thang cuoi (?:moi )?quy)\b")


def is_meant(words: str) -> bool:
    """Whether somebody who writes this speaks of a repetition, not of days."""
    return bool(_AGAIN.search(fold(words)))


def read(words: str) -> str:
    """RFC 5545 lines of «ngày 10 và 25 hằng tháng; ngày 12 tháng cuối quý». Raises ValueError for what says no repetition.

    Without a day, a week's is Friday, a named month's its last one, every other its closing day (the 14th).
    """
    phrases = [phrase for phrase in map(fold, re.split(r"[;\n]", words)) if phrase]
    if not phrases:
        raise ValueError("no repetition")
    return "\n".join(dict.fromkeys(line for phrase in phrases for line in _lines(phrase)))


def found_in(sentence: str) -> str:
    """The lines of a sentence of a plan that names its days («… trước ngày 20 hằng tháng»); empty if it names none.

    «trước» takes one day off, as for every date (see `calendar.last_day_in_time`); day 1 is left to people.
    """
    folded = fold(sentence)
    found = _IN_A_SENTENCE.search(folded)
    if not found:
        return ""
    phrase = found[0].replace("moi quy", "quy")
    is_before = folded[: found.start()].endswith("truoc ")
    try:
        months, _ = _months(phrase)
        return "\n".join(_monthly(months, [day - is_before for day in _days(phrase)]))
    except ValueError:
        return ""


def words(rules: str) -> str:
    """«hằng tháng», «ngày 10 và 25 hằng tháng»; several lines with «; ». Empty if a line has no such words."""
    lines = [line.strip() for line in rules.splitlines() if line.strip()]
    said = [USUAL_WORDS.get(line) or _words_of(line) for line in lines]
    return "; ".join(said) if all(said) else ""


def _lines(phrase: str) -> list[str]:
    if re.search(rf"{_EVERY}tuan\b", phrase):
        return [_weekly(phrase)]
    months, usual_day = _months(phrase)
    return _monthly(months, _days(phrase) or [usual_day])


def _weekly(phrase: str) -> str:
    named = {6 if sunday else _WEEKDAY_NUMBERS[name] for name, sunday in _WEEKDAY.findall(phrase)} or {4}
    return "FREQ=WEEKLY;BYDAY=" + ",".join(WEEKDAYS[number] for number in sorted(named))


def _months(phrase: str) -> tuple[Sequence[int], int]:
    """The months, and the day meant where none is named."""
    if "thang dau quy" in phrase:
        return QUARTER_STARTS, CLOSING_DAY
    if "thang cuoi quy" in phrase or re.search(rf"{_EVERY}quy\b", phrase):
        return QUARTER_ENDS, CLOSING_DAY
    if re.search(rf"{_EVERY}6 thang\b|\b6 thang (?:mot|1) lan\b", phrase):
        return HALF_YEAR_ENDS, CLOSING_DAY
    if re.search(rf"{_EVERY}thang\b", phrase):
        return EVERY_MONTH, CLOSING_DAY
    if found := _MONTHS.search(phrase):
        months = _numbers(found[1], 12)
        return months, LAST_DAY
    if re.search(rf"{_EVERY}nam\b", phrase):
        return YEAR_END, CLOSING_DAY
    raise ValueError(f"no repetition: {phrase}")


def _days(phrase: str) -> list[int]:
    found = _DAYS.search(phrase)
    if not found:
        return []
    return [LAST_DAY] if found[1] == "cuoi" else _numbers(found[1], 31)


def _numbers(text: str, most: int) -> list[int]:
    numbers = sorted({int(number) for number in re.findall(r"\d+", text)})
    if not numbers or numbers[0] < 1 or numbers[-1] > most:
        raise ValueError(f"no such day or month: {text}")
    return numbers


def _monthly(months: Sequence[int], days: Sequence[int]) -> list[str]:
    """A day that some month lacks (29–31) gets a line of its own: RFC 5545 would skip that month, people mean its end."""
    if 0 in days:
        raise ValueError("the day before the first")
    head = "FREQ=MONTHLY" + (f";BYMONTH={_joined(months)}" if months else "")
    usual, late = [day for day in days if day <= 28], [day for day in days if day > 28]
    lines = [f"{head};BYMONTHDAY={_joined(usual)}"] if usual else []
    return lines + [f"{head};BYMONTHDAY={_joined(range(28, day + 1))};BYSETPOS=-1" for day in late]


def _words_of(line: str) -> str:
    parts = dict(part.split("=", 1) for part in line.split(";") if "=" in part)
    frequency = parts.pop("FREQ", "")
    if frequency == "WEEKLY" and set(parts) == {"BYDAY"}:
        return _weekly_words(parts["BYDAY"].split(","))
    if (
        frequency != "MONTHLY"
        or "BYMONTHDAY" not in parts
        or set(parts) - {"BYMONTH", "BYMONTHDAY", "BYSETPOS"}
    ):
        return ""
    months = tuple(int(month) for month in filter(None, parts.get("BYMONTH", "").split(",")))
    days = [int(day) for day in parts["BYMONTHDAY"].split(",")]
    if "BYSETPOS" in parts:
        if parts["BYSETPOS"] != "-1" or len(days) < 2 or days != list(range(28, days[-1] + 1)):
            return ""
        days = days[-1:]
    return _monthly_words(months, days)


def _weekly_words(days: Sequence[str]) -> str:
    if not set(days) <= set(WEEKDAYS):
        return ""
    return f"{_and([WEEKDAY_WORDS[WEEKDAYS.index(day)] for day in days])} hằng tuần"


def _monthly_words(months: Sequence[int], days: Sequence[int]) -> str:
    if LAST_DAY in days:
        if len(days) > 1:
            return ""
        day = "" if months and months not in (QUARTER_ENDS, QUARTER_STARTS) else "ngày cuối "
    elif min(days) < 1:
        return ""
    else:
        day = f"ngày {_and(days)} "
    return day + _months_words(months)


def _months_words(months: Sequence[int]) -> str:
    if not months:
        return "hằng tháng"
    if months == QUARTER_ENDS:
        return "tháng cuối quý"
    if months == QUARTER_STARTS:
        return "tháng đầu quý"
    yearly = " hằng năm" if len(months) == 1 else ""
    return _and([f"tháng {month}" for month in months]) + yearly


def _and(items: Sequence[object]) -> str:
    *head, last = map(str, items)
    return f"{', '.join(head)} và {last}" if head else last


def _joined(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))
