"""Windows of reporting periods, working days, and what words about time mean. Pure: no database, no clock.

Windows follow Nghị định 09/2019/NĐ-CP, Điều 12: data are closed on the 14th. The nine-month period is a local rule.
"""

import calendar
import datetime as dt
import re
from collections.abc import Container
from dataclasses import dataclass, field

from dateutil.rrule import rrulestr

CLOSING_DAY = 14
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}
ROMAN = ("I", "II", "III", "IV")

# A recurrence without a day falls due on the closing day of its window, so that what falls due in a period is what
# its report counts; a weekly one at the end of the working week.
RULES = {
    "weekly": "FREQ=WEEKLY;BYDAY=FR",
    "monthly": "FREQ=MONTHLY;BYMONTHDAY=14",
    "quarterly": "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=14",
    "half_yearly": "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=14",
    "yearly": "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=14",
}


@dataclass(frozen=True)
class Window:
    covers_from: dt.date
    covers_to: dt.date


def window(kind: str, year: int, ordinal: int = 1) -> Window:
    """The days whose data period `ordinal` of `year` reports: from the 15th to the 14th."""
    length = MONTHS[kind]
    last_month = length * ordinal
    if not 1 <= last_month <= 12:
        raise ValueError(f"no period {ordinal} of kind {kind}")
    first = last_month - length
    covers_from = dt.date(year, first, CLOSING_DAY + 1) if first else dt.date(year - 1, 12, CLOSING_DAY + 1)
    return Window(covers_from, dt.date(year, last_month, CLOSING_DAY))


def position(kind: str, on: dt.date) -> tuple[int, int]:
    """Year and ordinal of the period of that kind whose window holds `on`.

    Nine months is one period a year; after 14/9 the next one has not begun, so that year's is still answered.
    """
    year = on.year + 1 if (on.month, on.day) > (12, CLOSING_DAY) else on.year
    if kind == "nine_months":
        return year, 1
    month = on.month + (on.day > CLOSING_DAY)
    month = 1 if month > 12 else month
    return year, (month - 1) // MONTHS[kind] + 1


def count(kind: str) -> int:
    """How many periods of that kind a year has; nine months is one."""
    return 12 // MONTHS[kind]


def title(kind: str, year: int, ordinal: int = 1) -> str:
    """«quý I năm 2024», as it is written in the name of a report."""
    words = {
        "month": f"tháng {ordinal}",
        "quarter": f"quý {ROMAN[ordinal - 1]}" if ordinal <= 4 else "",
        "half_year": "6 tháng đầu" if ordinal == 1 else "6 tháng cuối",
        "nine_months": "9 tháng",
        "year": "",
    }[kind]
    return f"{words} năm {year}".strip()


@dataclass(frozen=True)
class Due:
    """A deadline. `due_on` governs; at most one other day is told beside it.

    `named_on`: the day that was said, where it is a day off and the deadline has moved. `workday_on`: the first working
    day after a deadline that falls on a day off and stays there.
    """

    due_on: dt.date
    named_on: dt.date | None = None
    workday_on: dt.date | None = None


@dataclass(frozen=True)
class WorkingDays:
    """Weekends and holidays of one agency; `extra` are weekend days on which people work.

    `moves_deadlines`: whether a deadline on a day off moves to the next working day (as Bộ luật Dân sự 2015, Điều 148.5).
    """

    off: Container[dt.date] = field(default_factory=frozenset)
    extra: Container[dt.date] = field(default_factory=frozenset)
    moves_deadlines: bool = False

    def is_working(self, day: dt.date) -> bool:
        return day in self.extra or (day.weekday() < 5 and day not in self.off)

    def shift(self, day: dt.date, count: int) -> dt.date:
        """The day that lies `count` working days after (before, if negative) `day`."""
        step = dt.timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def due(self, named: dt.date) -> Due:
        """What the deadline `named` means on this calendar."""
        if self.is_working(named):
            return Due(named)
        workday = self.shift(named, 1)
        return Due(workday, named_on=named) if self.moves_deadlines else Due(named, workday_on=workday)


@dataclass(frozen=True)
class Deadlines:
    unit_due_on: dt.date
    office_due_on: dt.date
    chair_due_on: dt.date
    due_on: dt.date


def deadlines(covers_to: dt.date, days: WorkingDays) -> Deadlines:
    """Deadlines around a closing day. At least one working day lies between closing and sending (Điều 8.5.b)."""
    due_on = days.shift(covers_to, 2)
    inside = days.shift(due_on, -1)
    return Deadlines(days.shift(covers_to, -2), inside, inside, due_on)


def last_day_in_time(due: str, bound: str | None) -> dt.date:
    """The last day in time of a reading: «2024-06-15» with bound «before» is 14/6; a month, quarter, year its last day.

    Raises ValueError for any other shape.
    """
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", due):
        year, month = int(quarter[1]), 3 * int(quarter[2])
    elif month_text := re.fullmatch(r"(\d{4})-(\d{2})", due):
        year, month = int(month_text[1]), int(month_text[2])
    elif re.fullmatch(r"\d{4}", due):
        year, month = int(due), 12
    else:
        day = dt.date.fromisoformat(due)
        return day - dt.timedelta(days=1) if bound == "before" else day
    first, last = dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    if bound == "before":  # «trước tháng 6», «trước quý II», «trước năm 2025»: before its first day
        months = 3 if quarter else 12 if len(due) == 4 else 1
        return first.replace(month=month - months + 1) - dt.timedelta(days=1)
    return last


def dates_of(rules: str, since: dt.date, until: dt.date) -> list[dt.date]:
    """All dates of RFC 5545 rule lines from `since` to `until`, both included, each once.

    A line is counted from 1 January of the first year, so that «every second month» gives the same days whenever asked.
    Raises ValueError for what is no rule, and for rules finer than a day (a second-by-second one never ends).
    """
    if re.search(r"HOURLY|MINUTELY|SECONDLY", rules, re.IGNORECASE):
        raise ValueError("a rule finer than a day")
    anchor = dt.datetime(since.year, 1, 1)
    start = dt.datetime.combine(since, dt.time())
    end = dt.datetime.combine(until, dt.time())
    found: set[dt.date] = set()
    for line in filter(None, (line.strip() for line in rules.splitlines())):
        found.update(moment.date() for moment in rrulestr(line, dtstart=anchor).between(start, end, inc=True))
    return sorted(found)
