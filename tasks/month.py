"""One month of deadlines: weeks of days, what falls due on each, which are days off. Pure."""

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.calendar import WorkingDays
from tasks.models import DayOff
from tasks.overview import Line

# How many entries a day shows before it asks to be opened.
MOST = 4


@dataclass(frozen=True)
class Month:
    first: dt.date

    @property
    def last(self) -> dt.date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def key(self) -> str:
        """«2024-03», as the address holds it."""
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        return f"Tháng {self.first.month} năm {self.first.year}"

    @property
    def before(self) -> "Month":
        return Month((self.first - dt.timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> "Month":
        return Month(self.last + dt.timedelta(days=1))


def month_of(words: str, on: dt.date) -> Month:
    """The month that «2024-03» names; that of `on` for anything else."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", words, re.ASCII)
    return Month(dt.date(int(found[1]), int(found[2]), 1) if found else on.replace(day=1))


@dataclass(frozen=True)
class Day:
    """`lines` fall due on it. `off` names the day off, empty on a working day; `swapped` names a weekend day worked."""

    on: dt.date
    is_inside: bool
    is_today: bool
    lines: Sequence[Line] = ()
    off: str = ""
    swapped: str = ""
    is_open: bool = False

    @property
    def shown(self) -> Sequence[Line]:
        return self.lines if self.is_open or len(self.lines) <= MOST + 1 else self.lines[:MOST]

    @property
    def more(self) -> int:
        return len(self.lines) - len(self.shown)


def weeks_of(
    month: Month, lines: Iterable[Line], rows: Iterable[DayOff], on: dt.date, opened: str = ""
) -> list[list[Day]]:
    """Weeks from Monday to Sunday. `rows` are the days off of the month; `opened` is the day shown in full: «12»."""
    due: dict[dt.date, list[Line]] = defaultdict(list)
    for line in lines:
        due[line.occurrence.shown_due_on].append(line)
    named = {row.on: row for row in rows}
    days = WorkingDays(
        off=frozenset(day for day, row in named.items() if not row.is_working),
        extra=frozenset(day for day, row in named.items() if row.is_working),
    )

    def one(day: dt.date) -> Day:
        row = named.get(day)
        return Day(
            day,
            is_inside=day.month == month.first.month,
            is_today=day == on,
            lines=due.get(day, ()),
            off="" if days.is_working(day) else (row.name if row else "Nghỉ cuối tuần"),
            swapped=row.name if row and row.is_working else "",
            is_open=opened == str(day.day),
        )

    weeks = calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
    return [[one(day) for day in week] for week in weeks]
