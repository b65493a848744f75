"""Times named in a text: `15/6`, `31.5.2024`, `ngày 10 tháng 11 năm 2023`, `Quý II/2024`, `tháng 5 và tháng 10`.

Which of them are deadlines is for `deadlines.py` to say.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_D = r"(?<![0-9/.,\-])(?P<day>[0-9]{1,2})"
_M = r"(?P<month>[0-9]{1,2})"
_Y = r"(?P<year>20[0-9]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9])(?![0-9])"
_QUARTER = r"(?:IV|III|II|I|[1-4])(?!\w)"
_AND = r"\s*(?:,\s*và\b|,|;|và\b|&)\s*"
_YEAR = r"(?:\s*(?:/|\.|-|năm)\s*(?P<year>20[0-9]{2})(?![0-9/]))?"
_NOT_MORE = r"(?![0-9/%]|[.,\-][0-9])"

SPAN_GUESS = "Văn bản ghi một khoảng thời gian; lấy mốc cuối làm thời hạn."


@dataclass
class Time:
    """`kind` is repeat, day, quarter_day, loose_day (`15/6` alone could be a fraction), month, loose_month, quarter,
    year_end or year.

    `dates` are in the shapes of the contract, empty if the calendar has no such day (then `guess` says so).
    """

    kind: str
    start: int
    end: int
    dates: list[str]
    guess: str = ""
    cue: str = ""


def find_times(text: str, year: int | None) -> list[Time]:
    """All times in `text`, in order. Where the text names no year, `year` (the plan's) is taken."""
    found: list[Time] = []
    rest = text
    for kind, pattern, read in _PATTERNS:
        matches = list(pattern.finditer(rest))
        for match in matches:
            groups = match.groupdict()
            dates, guess = _checked(read(match, int(groups["year"]) if groups.get("year") else year))
            found.append(
                Time(
                    kind,
                    match.start(),
                    match.end(),
                    dates,
                    guess or (SPAN_GUESS if groups.get("span") else ""),
                )
            )
        if matches:
            rest = pattern.sub(lambda match: "\0" * len(match[0]), rest)
    return sorted(found, key=lambda time: time.start)


Dates = Iterator[str | None]


def _checked(dates: Dates) -> tuple[list[str], str]:
    known = list(dates)
    if None in known:
        return [], "Ngày này không có trong lịch hoặc không rõ năm nào; hãy ghi lại thời hạn."
    return [day for day in known if day], ""


def _day(day: str | int, month: str | int, year: int | None) -> str | None:
    try:
        return dt.date(year or 0, int(month), int(day)).isoformat()
    except ValueError:
        return None


def _repeat(match: re.Match[str], year: int | None) -> Dates:
    return iter(())


def _quarter_ends(match: re.Match[str], year: int | None) -> Dates:
    return (_day(match["day"], month, year) for month in (3, 6, 9, 12))


def _date(match: re.Match[str], year: int | None) -> Dates:
    yield _day(match["day"], match["month"], year)


def _months(match: re.Match[str], year: int | None) -> Dates:
    months = [match["span"]] if match["span"] else re.findall(_MONTH, match["list"])
    for month in map(int, months):
        if match["end"] and year:
            yield _day(calendar.monthrange(year, month)[1], month, year)
        else:
            yield f"{year}-{month:02d}" if year else None


def _quarters(match: re.Match[str], year: int | None) -> Dates:
    quarters = [match["span"]] if match["span"] else re.findall(_QUARTER, match["list"], re.IGNORECASE)
    for quarter in quarters:
        ordinal = int(quarter) if quarter.isdecimal() else ("I", "II", "III", "IV").index(quarter.upper()) + 1
        if match["end"]:
            yield _day(30 if ordinal in (2, 3) else 31, ordinal * 3, year)
        else:
            yield f"{year}-Q{ordinal}" if year else None


def _half(match: re.Match[str], year: int | None) -> Dates:
    yield _day(30, 6, year)


def _year_end(match: re.Match[str], year: int | None) -> Dates:
    yield _day(31, 12, year)


def _whole_year(match: re.Match[str], year: int | None) -> Dates:
    yield str(year) if year else None


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Each takes its words away from those below it.
_PATTERNS: list[tuple[str, re.Pattern[str], Callable[[re.Match[str], int | None], Dates]]] = [
    (
        "repeat",
        _compiled(
            rf"ngày\s+[0-9]{{1,2}}(?:{_AND}(?:ngày\s+)?[0-9]{{1,2}})*\s+(?:của\s+)?(?:(?:hằng|hàng|mỗi|từng)\s+tháng|tháng\s+đầu\b)"
        ),
        _repeat,
    ),
    (
        "quarter_day",
        _compiled(
            r"ngày\s+(?P<day>[0-9]{1,2})(?:\s+của)?(?:\s+các)?\s+tháng\s+cuối(?:\s+cùng)?(?:\s+của)?"
            r"(?:\s+(?:mỗi|từng|hằng|hàng))?\s+quý(?!\s+(?:I|V|[1-4]))"
        ),
        _quarter_ends,
    ),
    ("day", _compiled(rf"ngày\s+{_D}\s+tháng\s+{_M}(?![0-9]){_YEAR}"), _date),
    ("day", _compiled(rf"{_D}\s+tháng\s+{_M}\s+năm\s+{_Y}"), _date),
    ("day", _compiled(rf"(?:ngày\s+)?{_D}\s?(?P<sign>[/.\-])\s?{_M}\s?(?P=sign)\s?{_Y}{_NOT_MORE}"), _date),
    ("day", _compiled(rf"(?:ngày\s+)?{_D}\s?/\s?{_M}\s+năm\s+{_Y}"), _date),
    ("day", _compiled(rf"ngày\s+{_D}\s?[/.\-]\s?{_M}{_NOT_MORE}"), _date),
    ("loose_day", _compiled(rf"(?<!\w){_D}/{_M}{_NOT_MORE}"), _date),
    (
        "month",
        _compiled(
            rf"(?P<end>cuối\s+)?(?<![0-9]\s)tháng\s+"
            rf"(?P<list>{_MONTH}(?:{_AND}(?:tháng\s+)?{_MONTH}(?=\s*(?:[,;./)–-]|và\b|năm\b|$)))*)"
            rf"(?:\s*[-–]\s*(?:tháng\s+)?(?P<span>{_MONTH}))?{_YEAR}"
        ),
        _months,
    ),
    (
        "loose_month",
        _compiled(rf"(?<![0-9/.,\-])(?P<end>(?!))?(?P<span>(?!))?(?P<list>{_MONTH})\s?/\s?{_Y}(?![0-9/])"),
        _months,
    ),
    (
        "quarter",
        _compiled(
            rf"(?P<end>cuối\s+)?quý\s+(?P<list>{_QUARTER}(?:{_AND}(?:quý\s+)?{_QUARTER})*)"
            rf"(?:\s*[-–]\s*(?:quý\s+)?(?P<span>{_QUARTER}))?{_YEAR}"
        ),
        _quarters,
    ),
    ("year_end", _compiled(rf"(?:6|sáu)\s+tháng\s+đầu\s+năm(?:\s+{_Y})?"), _half),
    ("year_end", _compiled(rf"(?<!tháng\s)cuối\s+năm(?:\s+{_Y})?"), _year_end),
    ("year", _compiled(rf"(?:cả|trong|hết|suốt)\s+năm(?:\s+{_Y})?(?!\s*[-–/])"), _whole_year),
    ("year", _compiled(rf"năm\s+{_Y}(?!\s*[-–/])"), _whole_year),
]
