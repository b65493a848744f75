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

    Doing it again makes nothing twice: the constraints decide, not this code.
    """
    if plan.state != Plan.State.ACTIVE:
        return []
    asking = Task.objects.filter(plan=plan, schedule=Task.Schedule.EVERY_PERIOD, cancelled_on=None)
    kinds = {Period.Kind.QUARTER, *asking.values_list("period_kind", flat=True)}
    return [_open_period(plan, kind, on) for kind in sorted(kinds)]


def _open_period(plan: Plan, kind: str, on: dt.date) -> Period:
    year, ordinal = calendar.position(kind, on)
    window = calendar.window(kind, year, ordinal)
    due = calendar.deadlines(window.covers_to, working_days(plan.agency))
    period, _ = Period.objects.get_or_create(
        agency=plan.agency,
        plan=plan,
        kind=kind,
        year=year,
        ordinal=ordinal,
        defaults={
            "title": calendar.title(kind, year, ordinal),
            "covers_from": window.covers_from,
            "covers_to": window.covers_to,
            "unit_due_on": due.unit_due_on,
            "office_due_on": due.office_due_on,
            "chair_due_on": due.chair_due_on,
            "due_on": due.due_on,
        },
    )
    if not period.is_closed:
        ask_for_results(period=period, on=on)
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
