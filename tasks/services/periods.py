"""Opening periods, the occurrences they ask for, and closing them."""

import datetime as dt

import holidays
from django.db import transaction

from accounts.models import Agency, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict
from plans.models import Plan
from tasks import calendar
from tasks.models import DayOff, Occurrence, Period, Task


def working_days(agency: Agency) -> calendar.WorkingDays:
    rows = list(agency.days_off.all())
    return calendar.WorkingDays(
        off=frozenset(row.on for row in rows if not row.is_working),
        extra=frozenset(row.on for row in rows if row.is_working),
    )


@transaction.atomic
def seed_days_off(*, agency: Agency, years: list[int]) -> None:
    """Puts the public holidays of `years` into the table; what the office has changed stays."""
    found = holidays.country_holidays("VN", years=years, language="vi")
    DayOff.objects.bulk_create(
        [DayOff(agency=agency, on=on, name=name[:100]) for on, name in found.items()], ignore_conflicts=True
    )


@transaction.atomic
def open_periods(*, plan: Plan, on: dt.date) -> list[Period]:
    """Opens, for an active plan, every period that holds `on` and that its tasks or its quarterly report ask for.

    Doing it again makes nothing twice: the constraints decide, not this code. Periods stay within the plan's year;
    where one was closed before its end, the next is opened, so that new work is asked for somewhere.
    """
    if plan.state != Plan.State.ACTIVE:
        return []
    asking = Task.objects.filter(plan=plan, schedule=Task.Schedule.EVERY_PERIOD, cancelled_on=None)
    kinds = {Period.Kind.QUARTER, *asking.values_list("period_kind", flat=True)}
    return [_open_period(plan, kind, on) for kind in sorted(kinds)]


def _open_period(plan: Plan, kind: str, on: dt.date) -> Period:
    ordinal = _ordinal(plan.year, kind, on)
    period = _get_period(plan, kind, ordinal)
    while period.is_closed and ordinal < calendar.count(kind):
        ordinal += 1
        period = _get_period(plan, kind, ordinal)
    if not period.is_closed:
        ask_for_results(period=period, on=on)
    return period


def _ordinal(plan_year: int, kind: str, on: dt.date) -> int:
    year, ordinal = calendar.position(kind, on)
    if year == plan_year:
        return ordinal
    return 1 if year < plan_year else calendar.count(kind)


def _get_period(plan: Plan, kind: str, ordinal: int) -> Period:
    place = {"agency": plan.agency, "plan": plan, "kind": kind, "year": plan.year, "ordinal": ordinal}
    if known := Period.objects.filter(**place).first():
        return known
    window = calendar.window(kind, plan.year, ordinal)
    before = Period.objects.filter(**{**place, "ordinal": ordinal - 1}).first()
    due = calendar.deadlines(window.covers_to, working_days(plan.agency))
    period, _ = Period.objects.get_or_create(
        **place,
        defaults={
            "title": calendar.title(kind, plan.year, ordinal),
            # The office may have moved the earlier closing day: this window begins the day after it.
            "covers_from": before.covers_to + dt.timedelta(days=1) if before else window.covers_from,
            "covers_to": window.covers_to,
            "unit_due_on": due.unit_due_on,
            "office_due_on": due.office_due_on,
            "chair_due_on": due.chair_due_on,
            "due_on": due.due_on,
        },
    )
    return period


def ask_for_results(*, period: Period, on: dt.date) -> None:
    """One occurrence per open-ended task of the period's kind; those that exist stay as they are."""
    asking = Task.objects.filter(
        plan=period.plan, schedule=Task.Schedule.EVERY_PERIOD, period_kind=period.kind, cancelled_on=None
    ).exclude(occurrences__period=period)
    Occurrence.objects.bulk_create(
        [Occurrence(task=task, period=period, opened_on=max(on, period.covers_from)) for task in asking],
        ignore_conflicts=True,
    )


@transaction.atomic
def close_period(*, period: Period, version: int, by: User) -> Period:
    """Closes the data of a period. Raises Conflict if somebody changed or closed it meanwhile."""
    changed = Period.objects.filter(pk=period.pk, version=version, closed_at=None).update(
        closed_at=clock.now(), closed_by=by, version=version + 1
    )
    if not changed:
        raise Conflict("Kỳ này vừa được người khác chốt hoặc sửa. Hãy xem lại trước khi chốt.")
    period.refresh_from_db()
    record_event(
        agency=period.agency, actor=by, verb="close", about=period, words=f"{by} chốt số liệu {period}"
    )
    return period
