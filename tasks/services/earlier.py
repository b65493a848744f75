"""A plan that begins in mid-year: what its earlier periods brought is entered afterwards."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.services import record_event
from danvan.problems import Conflict, Problem
from plans.models import Plan
from tasks.models import Occurrence, Period, Task
from tasks.services.periods import ask_for_results, close_period, kinds_of, ordinal_of, period_of


def earlier_periods(*, plan: Plan, on: dt.date) -> list[tuple[str, int]]:
    """Kind and ordinal of the periods of the plan's year that ended before `on` and were never opened. Pure reading."""
    known = set(Period.objects.filter(plan=plan, year=plan.year).values_list("kind", "ordinal"))
    return [
        (kind, ordinal)
        for kind in kinds_of(plan)
        for ordinal in range(1, ordinal_of(plan.year, kind, on))
        if (kind, ordinal) not in known
    ]


@transaction.atomic
def open_earlier_periods(*, plan: Plan, on: dt.date, by: User) -> list[Period]:
    """Opens them all; each open-ended task is asked for its result of each. Raises Problem unless the plan is carried out.

    Doing it again makes nothing twice. Results recorded there count on the last day of their period.
    """
    if plan.state != Plan.State.ACTIVE:
        raise Problem("Chỉ mở kỳ của kế hoạch đang thực hiện.")
    opened = []
    for kind, ordinal in earlier_periods(plan=plan, on=on):
        period = period_of(plan, kind, ordinal)
        ask_for_results(period=period, on=on)
        opened.append(period)
    if opened:
        titles = ", ".join(period.title for period in opened)
        words = f"{by} mở kỳ đã qua để ghi kết quả đã có: {titles}"
        record_event(agency=plan.agency, actor=by, verb="open_earlier", about=plan, words=words)
    return opened


def asked_in_each(plan: Plan) -> int:
    """How many tasks every earlier period would ask, whatever its kind."""
    return Task.objects.filter(
        plan=plan, schedule=Task.Schedule.EVERY_PERIOD, cancelled_on=None, is_tracked=True
    ).count()


def taken_over(*, plan: Plan, on: dt.date) -> QuerySet[Period]:
    """Past periods that still take results and were opened after their end: nobody could report by them in time."""
    rows = Period.objects.filter(plan=plan, covers_to__lt=on, closed_at=None)
    in_time = Occurrence.objects.filter(period=OuterRef("pk"), opened_on__lte=OuterRef("covers_to"))
    asked = Occurrence.objects.filter(period=OuterRef("pk"))
    return rows.filter(Exists(asked), ~Exists(in_time)).order_by("covers_to", "pk")


def close_earlier_period(*, plan: Plan, period_id: int, version: int, on: dt.date, by: User) -> Period:
    """Closes a period taken over, whose report was made outside the portal: no draft is composed. Raises Conflict."""
    period = taken_over(plan=plan, on=on).filter(pk=period_id).first()
    if period is None:
        raise Conflict("Kỳ này vừa được chốt, hoặc không phải kỳ đã qua mở để ghi thêm. Hãy xem lại.")
    return close_period(period=period, version=version, by=by)
