"""Opening periods, the occurrences they ask for, and closing them."""

import datetime as dt
from dataclasses import asdict, dataclass, fields

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from plans.models import Plan
from tasks import calendar
from tasks.models import Occurrence, Period, Task
from tasks.services.dated import complete_recurrences
from tasks.services.days_off import calendar_setting, seed_days_off, working_days


@transaction.atomic
def open_periods(*, plan: Plan, on: dt.date) -> list[Period]:
    """Opens, for an active plan, every period that holds `on` and that its tasks or the agency's reports ask for.

    Doing it again makes nothing twice: the constraints decide, not this code. Periods stay within the plan's year;
    where one was closed before its end, the next is opened, so that new work is asked for somewhere.
    """
    if plan.state != Plan.State.ACTIVE:
        return []
    return [_open_period(plan, kind, on) for kind in kinds_of(plan)]


@transaction.atomic
def open_due_periods(*, plan: Plan, on: dt.date) -> list[Period]:
    """The look of the calendar: opens what has begun since the last look, be that yesterday or two quarters ago.

    Every period between the first of its kind and that of `on` exists afterwards, with what it asks of the tasks of its
    time; recurrences are complete to the end of the plan's year, holidays to the end of the next one. Doing it again,
    or twice at once, makes nothing twice.
    """
    if plan.state != Plan.State.ACTIVE:
        return []
    seed_days_off(agency=plan.agency, years=[on.year, on.year + 1])
    missed = [
        _open_missed(plan, kind, ordinal, on)
        for kind in kinds_of(plan)
        for ordinal in _missed(plan, kind, on)
    ]
    complete_recurrences(plan=plan, on=on)
    return missed + open_periods(plan=plan, on=on)


def kinds_of(plan: Plan) -> list[str]:
    """The kinds of period that the agency reports by or that a task of the plan asks for."""
    asking = Task.objects.filter(plan=plan, schedule=Task.Schedule.EVERY_PERIOD, cancelled_on=None)
    return sorted(
        {*calendar_setting(plan.agency).period_kinds, *asking.values_list("period_kind", flat=True)}
    )


def _missed(plan: Plan, kind: str, on: dt.date) -> list[int]:
    """Ordinals that lie between the first period of that kind and the present one, and were never opened."""
    known = set(Period.objects.filter(plan=plan, kind=kind, year=plan.year).values_list("ordinal", flat=True))
    return [
        n for n in range(min(known, default=0), ordinal_of(plan.year, kind, on)) if known and n not in known
    ]


def _open_missed(plan: Plan, kind: str, ordinal: int, on: dt.date) -> Period:
    """A period whose day of opening passed without a look. Work that came later is not asked for in it."""
    period = period_of(plan, kind, ordinal)
    ask_for_results(period=period, on=on, known_by=period.covers_to)
    return period


def _open_period(plan: Plan, kind: str, on: dt.date) -> Period:
    ordinal = ordinal_of(plan.year, kind, on)
    period = period_of(plan, kind, ordinal)
    while period.is_closed and ordinal < calendar.count(kind):
        ordinal += 1
        period = period_of(plan, kind, ordinal)
    if not period.is_closed:
        ask_for_results(period=period, on=on)
    return period


def ordinal_of(plan_year: int, kind: str, on: dt.date) -> int:
    """Which period of the plan's year `on` lies in; before the year the first, after it the last."""
    year, ordinal = calendar.position(kind, on)
    if year == plan_year:
        return ordinal
    return 1 if year < plan_year else calendar.count(kind)


def period_of(plan: Plan, kind: str, ordinal: int) -> Period:
    """That period of the plan's year, made with its dates where it is not there yet."""
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


def ask_for_results(*, period: Period, on: dt.date, known_by: dt.date | None = None) -> None:
    """One occurrence per open-ended task of the period's kind; those that exist stay as they are.

    With `known_by`, only of tasks that had something to do by that day.
    """
    asking = Task.objects.filter(
        plan=period.plan, schedule=Task.Schedule.EVERY_PERIOD, period_kind=period.kind, cancelled_on=None
    ).exclude(occurrences__period=period)
    if known_by:
        asking = asking.filter(occurrences__opened_on__lte=known_by).distinct()
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


@dataclass(frozen=True)
class PeriodDates:
    """The days of one period: what its data cover, and by when each hand is done."""

    covers_from: dt.date
    covers_to: dt.date
    unit_due_on: dt.date
    office_due_on: dt.date
    chair_due_on: dt.date
    due_on: dt.date


def dates_of_period(period: Period) -> PeriodDates:
    return PeriodDates(**{field.name: getattr(period, field.name) for field in fields(PeriodDates)})


@transaction.atomic
def save_period_dates(*, period: Period, version: int, dates: PeriodDates, by: User) -> Period:
    """Sets the days of an open period. Raises Problem for days that cannot be, Conflict for a stale version.

    Where the closing day moves and the next window began the day after it, that window goes along. Other gaps and
    overlaps are told by `tasks.period_hints`, not forbidden.
    """
    if dates.covers_from > dates.covers_to:
        raise Problem("Ngày bắt đầu của số liệu phải trước ngày chốt.")
    if dates.due_on < dates.covers_to:
        raise Problem("Hạn gửi cấp trên không thể trước ngày chốt số liệu.")
    before = dates_of_period(period)
    changed = Period.objects.filter(pk=period.pk, version=version, closed_at=None).update(
        **asdict(dates), version=version + 1
    )
    if not changed:
        raise Conflict(
            "Các ngày của kỳ này vừa được người khác sửa hoặc kỳ đã chốt. Hãy xem lại trước khi lưu."
        )
    _move_next_window(period, before.covers_to, dates.covers_to, by)
    if words := _date_words(before, dates):
        record_event(
            agency=period.agency,
            actor=by,
            verb="dates",
            about=period,
            words=f"{by} đổi ngày của {period}: {words}",
        )
    period.refresh_from_db()
    return period


def _move_next_window(period: Period, was: dt.date, covers_to: dt.date, by: User) -> None:
    day = dt.timedelta(days=1)
    after = Period.objects.filter(
        plan=period.plan_id, kind=period.kind, year=period.year, ordinal=period.ordinal + 1, closed_at=None
    )
    if (
        covers_to == was
        or (one := after.filter(covers_from=was + day, covers_to__gt=covers_to).first()) is None
    ):
        return
    moved = Period.objects.filter(pk=one.pk, covers_from=was + day, closed_at=None).update(
        covers_from=covers_to + day, version=F("version") + 1
    )
    if moved:
        words = f"Ngày bắt đầu của {one} từ {was + day:%d/%m/%Y} sang {covers_to + day:%d/%m/%Y} theo ngày chốt của {period}"
        record_event(agency=period.agency, actor=by, verb="dates", about=one, words=words)


def _date_words(before: PeriodDates, after: PeriodDates) -> str:
    pairs = (
        (field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(PeriodDates)
    )
    return "; ".join(
        f"{Period._meta.get_field(name).verbose_name} {was:%d/%m/%Y} → {now:%d/%m/%Y}"  # type: ignore[union-attr]
        for name, was, now in pairs
        if was != now
    )
