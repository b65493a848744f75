"""The work of one plan as it stands on a day: which occurrences a period reports, their sums, what a line shows. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import Unit
from plans.models import Plan
from tasks import calendar, status
from tasks.cards import main_periods
from tasks.models import Occurrence, Period, Task
from tasks.status import Cell, Standing

# Worst first: what somebody must act on, then what runs, then what is finished.
WORST_FIRST = (
    Standing.OVERDUE,
    Standing.RETURNED,
    Standing.DUE_SOON,
    Standing.NO_RESULT,
    Standing.NOT_STARTED,
    Standing.IN_PROGRESS,
    Standing.WAITING,
    Standing.CONFIRMING,
    Standing.HAS_RESULT,
    Standing.NOTHING,
    Standing.DONE_LATE,
    Standing.DONE_ON_TIME,
    Standing.CANCELLED,
)
RANK = {standing: rank for rank, standing in enumerate(WORST_FIRST)}


@dataclass(frozen=True)
class Line:
    """One occurrence on the day `on`: its standing, and how it compares with others."""

    occurrence: Occurrence
    on: dt.date

    @cached_property
    def standing(self) -> Standing:
        cancelled = self.occurrence.task.cancelled_on is not None
        return Standing.CANCELLED if cancelled else status.standing_of(self.occurrence, self.on)

    @property
    def is_open(self) -> bool:
        return RANK[self.standing] < RANK[Standing.HAS_RESULT]

    @property
    def is_silent(self) -> bool:
        return self.is_silent_for(status.SILENT_DAYS)

    def is_silent_for(self, days: int) -> bool:
        """Nobody has said anything of it for that many days, though it is not finished."""
        cancelled = self.standing is Standing.CANCELLED
        return not cancelled and status.is_silent(self.occurrence, self.on, days)

    @property
    def silent_days(self) -> int:
        return status.silent_days(self.occurrence, self.on)

    @property
    def is_moved(self) -> bool:
        return self.occurrence.is_extended

    def badness(self) -> tuple[int, dt.date, int, int]:
        one = self.occurrence
        return RANK[self.standing], one.shown_due_on, one.task.order, one.pk


@dataclass(frozen=True)
class Summary:
    """«đã có kết quả kỳ này n/m, còn thiếu …» and the four cells of work with a date; cancelled work is in neither."""

    answered: int = 0
    asked: int = 0
    cells: Counter[Cell] = field(default_factory=Counter)

    @property
    def missing(self) -> int:
        return self.asked - self.answered

    @property
    def dated(self) -> int:
        return self.cells.total()

    def in_words(self) -> list[tuple[str, str, int]]:
        """Cell, its words and its number, worst first."""
        order = (Cell.OPEN_OVERDUE, Cell.OPEN_IN_TIME, Cell.DONE_LATE, Cell.DONE_ON_TIME)
        return [(cell.value, status.CELL_WORDS[cell], self.cells[cell]) for cell in order]


def summary_of(occurrences: Iterable[Occurrence], on: dt.date) -> Summary:
    """Agrees with `reports.figures`, which counts the same occurrences by content item and unit."""
    live = [one for one in occurrences if one.cancelled_on is None and one.task.cancelled_on is None]
    asked = [one for one in live if one.period_id is not None]
    cells = Counter(cell for one in live if (cell := status.cell_of(one, on)))
    return Summary(sum(map(status.has_result, asked)), len(asked), cells)


def period_at_hand(periods: Iterable[Period], on: dt.date) -> Period | None:
    """The earliest unclosed quarter that has begun; else the latest period that has. Needs `plan` loaded."""
    begun = [period for period in periods if period.covers_from <= on]
    if found := main_periods(begun, on):
        return found[0]
    return max(begun, key=lambda period: (period.covers_to, period.kind == Period.Kind.QUARTER), default=None)


def reported_in(period: Period) -> QuerySet[Occurrence]:
    """The work a period reports, cancelled work included.

    What the period, or a shorter one inside it, asked for; and of the work with a date what fell due in its window,
    what fell due earlier and was not finished before it, and what was finished inside it. `reports.figures` counts these.
    """
    length = calendar.MONTHS.get(period.kind, 0)
    shorter = [kind for kind, months in calendar.MONTHS.items() if months < length]
    window = (period.covers_from, period.covers_to)
    asked = Q(period=period.pk) | Q(
        period__plan=period.plan_id, period__kind__in=shorter, period__covers_to__range=window
    )
    unfinished = Q(completed_on=None) | Q(completed_on__gte=period.covers_from)
    carried = Q(due_on__lt=period.covers_from) & unfinished
    dated = Q(due_on__range=window) | carried | Q(completed_on__range=window)
    # The plan first: a database that is told it of each part alone walks through the work of all agencies.
    rows = Occurrence.objects.filter(task__plan=period.plan_id).filter(asked | (Q(period=None) & dated))
    gone_before = Q(cancelled_on__lt=period.covers_from) | Q(task__cancelled_on__lt=period.covers_from)
    return rows.filter(task__is_tracked=True).exclude(gone_before)


def at_hand(plan: Plan, period: Period | None) -> QuerySet[Occurrence]:
    """The work of a plan that somebody looking for it expects: that of the period, and all work with a date."""
    rows = Occurrence.objects.filter(task__plan=plan, task__is_tracked=True)
    if period is None:
        return rows
    return rows.filter(Q(period=None) | Q(pk__in=reported_in(period).values("pk")))


def share(
    occurrences: Iterable[Occurrence], *, units: Mapping[int, Unit], periods: Mapping[int, Period]
) -> None:
    """Hangs the same few units and periods on many occurrences: cheaper than reading them anew with every row."""
    for one in occurrences:
        one.period = periods[one.period_id] if one.period_id else None
        one.task.lead_unit = units[one.task.lead_unit_id] if one.task.lead_unit_id else None


def without_far_recurrences(rows: QuerySet[Occurrence], on: dt.date) -> QuerySet[Occurrence]:
    """Leaves of every recurrence what is past or spoken of, and of what comes only the next one."""
    untouched = Q(task__schedule=Task.Schedule.RULES, due_on__gt=on, latest_update=None, cancelled_on=None)
    coming = Occurrence.objects.filter(
        task=OuterRef("task"), due_on__gt=on, latest_update=None, cancelled_on=None
    ).order_by("due_on", "pk")
    return rows.filter(~untouched | Q(pk=Subquery(coming.values("pk")[:1])))


def telling(lines: Iterable[Line]) -> Line | None:
    """Of several occurrences of one task the one its line shows: the worst open one, else the last finished one."""
    lines = list(lines)
    still_open = [line for line in lines if line.is_open]
    if still_open:
        return min(still_open, key=lambda line: (line.standing is not Standing.OVERDUE, line.badness()[1:]))
    live = [line for line in lines if line.standing is not Standing.CANCELLED]
    return max(live or lines, key=lambda line: line.occurrence.shown_due_on, default=None)
