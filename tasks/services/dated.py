"""Occurrences with a date of their own: one per date that was said, whatever days off make of it."""

import datetime as dt
from collections.abc import Iterable

from danvan import clock
from plans.models import Plan
from tasks import calendar
from tasks.models import Occurrence, Task
from tasks.services.days_off import working_days


def dates_by_rules(*, rules: str, year: int, since: dt.date | None = None) -> list[dt.date]:
    """From `since` (today) to the end of the plan's year. Raises ValueError for what is no rule."""
    begin = max(since or clock.today(), dt.date(year, 1, 1))
    return calendar.dates_of(rules, begin, dt.date(year, 12, 31))


def make_dated_occurrences(
    *, task: Task, dates: Iterable[dt.date], days: calendar.WorkingDays | None = None
) -> None:
    """One occurrence per date; a date that exists already is left as it is. `days` saves two queries per task."""
    wanted = list(dates)
    if wanted:
        rows = _rows(task, wanted, days or working_days(task.plan.agency), clock.today())
        Occurrence.objects.bulk_create(rows, ignore_conflicts=True)


def complete_recurrences(*, plan: Plan, on: dt.date) -> None:
    """Makes what the rules of a plan ask for from `on` to the end of its year and what is not there yet.

    A date once asked for is not asked for again, though its deadline was moved or it was withdrawn: `first_due_on` stays.
    """
    tasks = Task.objects.filter(plan=plan, schedule=Task.Schedule.RULES, cancelled_on=None)
    held = set(Occurrence.objects.filter(task__in=tasks, period=None).values_list("task_id", "first_due_on"))
    missing = {task: [day for day in _dates(task, plan, on) if (task.pk, day) not in held] for task in tasks}
    if not any(missing.values()):
        return
    days = working_days(plan.agency)
    rows = [row for task, dates in missing.items() for row in _rows(task, dates, days, on)]
    Occurrence.objects.bulk_create(rows, ignore_conflicts=True)


def _dates(task: Task, plan: Plan, on: dt.date) -> list[dt.date]:
    return dates_by_rules(rules=task.rules, year=plan.year, since=on)


def _rows(
    task: Task, dates: Iterable[dt.date], days: calendar.WorkingDays, opened_on: dt.date
) -> list[Occurrence]:
    rows = []
    for named in dates:
        due = days.due(named)
        rows.append(
            Occurrence(
                task=task,
                due_on=due.due_on,
                first_due_on=named,
                named_on=due.named_on,
                workday_on=due.workday_on,
                opened_on=opened_on,
            )
        )
    return rows
