"""From the document's lines to tasks."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Unit, User
from accounts.unit_names import UnitNames
from danvan import clock
from danvan.problems import Problem
from danvan.text import excerpt, fold
from plans.models import Item, Plan
from plans.services import activate
from tasks import calendar, recurrence
from tasks.models import Task
from tasks.services.dated import dates_by_rules, make_dated_occurrences
from tasks.services.days_off import seed_days_off, working_days
from tasks.services.indicators import bind_indicators
from tasks.services.periods import open_periods

TITLE_LENGTH = 120


@dataclass(frozen=True)
class Proposal:
    """What becomes of one line of the plan. `unknown` are names of units that the agency does not have."""

    item: Item
    title: str
    lead: Unit | None
    supporting: tuple[Unit, ...]
    schedule: str
    rules: str
    dates: tuple[dt.date, ...]
    unknown: tuple[str, ...]


@transaction.atomic
def activate_plan(*, plan: Plan, version: int, by: User) -> Plan:
    """Turns every task of the reading into a Task with its first occurrences. Raises Conflict, Problem.

    What the document does not say stays empty: no lead is invented, a line without a date asks once per period.
    """
    activate(plan=plan, version=version, by=by)
    seed_days_off(agency=plan.agency, years=[plan.year - 1, plan.year, plan.year + 1])
    days = working_days(plan.agency)
    for order, proposal in enumerate(propose_tasks(plan=plan), start=1):
        _make_task(proposal, plan, order * 10, days)
    bind_indicators(plan=plan)
    open_periods(plan=plan, on=clock.today())
    return plan


def propose_tasks(*, plan: Plan) -> list[Proposal]:
    """What activation would make, in the plan's order. Reads only: two queries. Raises Problem for a day it cannot read."""
    valid = plan.agency.units.valid(clock.today())  # type: ignore[attr-defined]
    units = UnitNames(valid, plan.agency.place)
    items = Item.objects.filter(section__plan=plan, is_task=True).order_by("section__order", "order", "pk")
    return [_propose(item, plan.year, units) for item in items]


def _propose(item: Item, year: int, units: UnitNames) -> Proposal:
    leads, helpers = units.find(item.lead), units.find(item.coordinating)
    supporting = dict.fromkeys([*leads[1:], *helpers])
    rules = _rules_read(item)
    dates = _dates_read(item) or dates_by_rules(rules=rules, year=year)
    schedule = Task.Schedule.EVERY_PERIOD
    if dates:  # a recurrence of which no date is left this year asks once per period instead
        schedule = Task.Schedule.DATES if item.due else Task.Schedule.RULES
    return Proposal(
        item=item,
        title=excerpt(item.text, TITLE_LENGTH),
        lead=leads[0] if leads else None,
        supporting=tuple(unit for unit in supporting if unit not in leads[:1]),
        schedule=schedule,
        rules=rules if schedule == Task.Schedule.RULES else "",
        dates=tuple(dates),
        unknown=tuple(units.unknown([*item.lead, *item.coordinating])),
    )


def _rules_read(item: Item) -> str:
    """The recurrence that was read; on the days that the line itself names, where it names them."""
    known = [calendar.RULES[word] for word in item.frequency if word in calendar.RULES]
    if len(known) == 1 and set(item.frequency) & {"monthly", "quarterly"}:
        return recurrence.found_in(f"{item.text} {item.assignment_text}") or known[0]
    return "\n".join(known)


def _dates_read(item: Item) -> list[dt.date]:
    try:
        return [calendar.last_day_in_time(due, item.due_bound or None) for due in item.due]
    except ValueError:
        place = item.path or item.label or excerpt(item.text, 40)
        raise Problem(
            f"Chưa hiểu thời hạn đọc được ở mục {place}. Hãy sửa dòng này trong bản nháp."
        ) from None


def _make_task(proposal: Proposal, plan: Plan, order: int, days: calendar.WorkingDays) -> Task:
    task = Task.objects.create(
        plan=plan,
        item=proposal.item,
        order=order,
        title=proposal.title,
        folded=fold(proposal.item.text),
        lead_unit=proposal.lead,
        is_tracked=proposal.item.is_tracked,
        schedule=proposal.schedule,
        rules=proposal.rules,
    )
    if proposal.supporting:
        task.supporting_units.set(proposal.supporting)
    make_dated_occurrences(task=task, dates=proposal.dates, days=days)
    return task
