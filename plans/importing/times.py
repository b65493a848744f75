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
    rest, lowered = text, text.lower()
    for kind, needs, pattern, read in _PATTERNS:
        if needs not in lowered or not (matches := list(pattern.finditer(rest))):
            continue
        found += [_time(kind, match, read, year) for match in matches]
        rest = pattern.sub(lambda match: "\0" * len(match[0]), rest)
    return sorted(found, key=lambda time: time.start)


def _time(kind: str, match: re.Match[str], read: "Reads", year: int | None) -> Time:
    groups = match.groupdict()
    dates = list(read(match, int(groups["year"]) if groups.get("year") else year))
    guess = SPAN_GUESS if groups.get("span") else ""
    if None in dates:
        dates, guess = [], "Ngày này không có trong lịch hoặc không rõ năm nào; hãy ghi lại thời hạn."
    return Time(kind, match.start(), match.end(), [date for date in dates if date], guess)


Dates = Iterator[str | None]
Reads = Callable[[re.Match[str], int | None], Dates]


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


# Kind, a word without which it cannot match, the pattern, its dates. Each takes its words away from those below it.
_PATTERNS: list[tuple[str, str, re.Pattern[str], Reads]] = [
    (
        "repeat",
        "tháng",
        _compiled(
            rf"ngày\s+[0-9]{{1,2}}(?:{_AND}(?:ngày\s+)?[0-9]{{1,2}})*\s+(?:của\s+)?"
            r"(?:(?:hằng|hàng|mỗi|từng)\s+tháng|tháng\s+đầu\b)"
        ),
        _repeat,
    ),
    (
        "quarter_day",
        "tháng cuối",
        _compiled(
            r"ngày\s+(?P<day>[0-9]{1,2})(?:\s+của)?(?:\s+các)?\s+tháng\s+cuối(?:\s+cùng)?(?:\s+của)?"
            r"(?:\s+(?:mỗi|từng|hằng|hàng))?\s+quý(?!\s+(?:I|V|[1-4]))"
        ),
        _quarter_ends,
    ),
    ("day", "tháng", _compiled(rf"ngày\s+{_D}\s+tháng\s+{_M}(?![0-9]){_YEAR}"), _date),
    ("day", "tháng", _compiled(rf"{_D}\s+tháng\s+{_M}\s+năm\s+{_Y}"), _date),
    (
        "day",
        "20",
        _compiled(rf"(?:ngày\s+)?{_D}\s?(?P<sign>[/.\-])\s?{_M}\s?(?P=sign)\s?{_Y}{_NOT_MORE}"),
        _date,
    ),
    ("day", "năm", _compiled(rf"(?:ngày\s+)?{_D}\s?/\s?{_M}\s+năm\s+{_Y}"), _date),
    ("day", "ngày", _compiled(rf"ngày\s+{_D}\s?[/.\-]\s?{_M}{_NOT_MORE}"), _date),
    ("loose_day", "/", _compiled(rf"(?<!\w){_D}/{_M}{_NOT_MORE}"), _date),
    (
        "loose_day",
        ".",
        _compiled(rf"(?<=và )(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}}){_NOT_MORE}"),
        _date,
    ),
    (
        "month",
        "tháng",
        _compiled(
            rf"(?P<end>(?<!tuần\s)cuối\s+)?(?<![0-9]\s)tháng\s+"
            rf"(?P<list>{_MONTH}(?:{_AND}(?:tháng\s+)?{_MONTH}(?=\s*(?:[,;./)–-]|và\b|năm\b|$)))*)"
            rf"(?:\s*[-–]\s*(?:tháng\s+)?(?P<span>{_MONTH}))?{_YEAR}"
        ),
        _months,
    ),
    (
        "loose_month",
        "/",
        _compiled(rf"(?<![0-9/.,\-])(?P<end>(?!))?(?P<span>(?!))?(?P<list>{_MONTH})\s?/\s?{_Y}(?![0-9/])"),
        _months,
    ),
    (
        "quarter",
        "quý",
        _compiled(
            rf"(?P<end>cuối\s+)?quý\s+(?P<list>{_QUARTER}(?:{_AND}(?:quý\s+)?{_QUARTER})*)"
            rf"(?:\s*[-–]\s*(?:quý\s+)?(?P<span>{_QUARTER}))?{_YEAR}"
        ),
        _quarters,
    ),
    ("year_end", "đầu năm", _compiled(rf"(?:6|sáu)\s+tháng\s+đầu\s+năm(?:\s+{_Y})?"), _half),
    ("year_end", "cuối năm", _compiled(rf"(?<!tháng\s)cuối\s+năm(?:\s+{_Y})?"), _year_end),
    ("year", "năm", _compiled(rf"(?:cả|trong|hết|suốt)\s+năm(?:\s+{_Y})?(?!\s*[-–/])"), _whole_year),
    ("year", "năm", _compiled(rf"năm\s+{_Y}(?!\s*[-–/])"), _whole_year),
]
