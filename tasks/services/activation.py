"""From the document's lines to tasks."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from accounts.models import Agency, Unit, User
from danvan import clock
from danvan.text import excerpt, fold
from plans.models import Item, Plan
from plans.services import activate
from tasks import calendar
from tasks.models import Occurrence, Task
from tasks.services.indicators import bind_indicators
from tasks.services.periods import open_periods, seed_days_off

TITLE_LENGTH = 120


@transaction.atomic
def activate_plan(*, plan: Plan, version: int, by: User) -> Plan:
    """Turns every task of the reading into a Task with its first occurrences. Raises Conflict, Problem.

    What the document does not say stays empty: no lead is invented, a line without a date asks once per period.
    """
    activate(plan=plan, version=version, by=by)
    plan.refresh_from_db()
    seed_days_off(agency=plan.agency, years=[plan.year - 1, plan.year, plan.year + 1])
    units = UnitNames(plan.agency)
    for order, item in enumerate(_task_items(plan), start=1):
        _make_task(item, plan, order, units)
    bind_indicators(plan=plan)
    open_periods(plan=plan, on=clock.today())
    return plan


class UnitNames:
    """Finds units by the names documents use: accent- and case-blind, aliases included."""

    def __init__(self, agency: Agency) -> None:
        valid = agency.units.valid(clock.today())  # type: ignore[attr-defined]
        self.by_name = {fold(name): unit for unit in valid for name in unit.names()}

    def find(self, names: Iterable[str]) -> list[Unit]:
        found = (self.by_name.get(fold(name)) for name in names)
        return list(dict.fromkeys(unit for unit in found if unit is not None))


def _task_items(plan: Plan) -> Iterable[Item]:
    return Item.objects.filter(section__plan=plan, is_task=True).order_by("section__order", "order")


def _make_task(item: Item, plan: Plan, order: int, units: UnitNames) -> Task:
    leads, supporting = units.find(item.lead), units.find(item.coordinating)
    rules = "\n".join(calendar.RULES[word] for word in item.frequency if word in calendar.RULES)
    task = Task.objects.create(
        plan=plan,
        item=item,
        order=order * 10,
        title=excerpt(item.text, TITLE_LENGTH),
        folded=fold(item.text),
        lead_unit=leads[0] if leads else None,
        is_tracked=item.is_tracked,
        schedule=_schedule(item, rules),
        rules="" if item.due else rules,
    )
    task.supporting_units.set([*leads[1:], *supporting])
    make_dated_occurrences(task=task, dates=dates_asked(item=item, rules=task.rules, year=plan.year))
    return task


def _schedule(item: Item, rules: str) -> str:
    if item.due:
        return Task.Schedule.DATES
    return Task.Schedule.RULES if rules else Task.Schedule.EVERY_PERIOD


def dates_asked(*, item: Item, rules: str, year: int) -> list[dt.date]:
    """The dates the document asks for; a recurrence counts from today to the plan year's last closing day."""
    if item.due:
        return [calendar.last_day_in_time(due, item.due_bound or None) for due in item.due]
    return dates_by_rules(rules=rules, year=year)


def dates_by_rules(*, rules: str, year: int) -> list[dt.date]:
    return calendar.dates_of(
        rules, max(clock.today(), dt.date(year, 1, 1)), dt.date(year, 12, calendar.CLOSING_DAY)
    )


def make_dated_occurrences(*, task: Task, dates: Iterable[dt.date]) -> None:
    """One occurrence per date; a date that exists already is left as it is."""
    today = clock.today()
    Occurrence.objects.bulk_create(
        [Occurrence(task=task, due_on=on, first_due_on=on, opened_on=today) for on in dates],
        ignore_conflicts=True,
    )
