"""Who does it and by when: the rows of the assignment table."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models, transaction

from accounts.models import Unit, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import clean, fold
from plans.models import Plan
from tasks import calendar
from tasks.models import Occurrence, Period, Task
from tasks.services.activation import TITLE_LENGTH, dates_by_rules, make_dated_occurrences
from tasks.services.periods import open_periods
from tasks.wording import schedule_words

Schedule = Task.Schedule


@dataclass(frozen=True)
class Assignment:
    """What one row of the assignment table says. `dates` belong to DATES, `rules` to RULES, `period_kind` to EVERY_PERIOD."""

    lead_unit: Unit | None
    supporting_units: Sequence[Unit] = ()
    overseer: User | None = None
    schedule: str = Task.Schedule.EVERY_PERIOD
    dates: Sequence[dt.date] = ()
    rules: str = ""
    period_kind: str = Period.Kind.QUARTER
    is_tracked: bool = True
    title: str = field(default="")


def assignment_of(task: Task) -> Assignment:
    """The row as it stands. Reads `supporting_units` and `occurrences`: prefetch both for a whole table."""
    asked = [one for one in task.occurrences.all() if one.cancelled_on is None]  # type: ignore[attr-defined]
    dates = sorted(one.due_on for one in asked if one.due_on is not None)
    return Assignment(
        lead_unit=task.lead_unit,
        supporting_units=tuple(task.supporting_units.all()),
        overseer=task.overseer,
        schedule=task.schedule,
        dates=tuple(dates) if task.schedule == Schedule.DATES else (),
        rules=task.rules,
        period_kind=task.period_kind,
        is_tracked=task.is_tracked,
        title=task.title,
    )


@transaction.atomic
def assign_tasks(*, rows: Sequence[tuple[Task, int, Assignment]], by: User) -> dict[int, Problem | None]:
    """Writes many rows, each given with the version it was shown at: task id → what stood in its way, or None.

    A row that fails leaves the others alone. A Conflict says that the row was stale.
    """
    results: dict[int, Problem | None] = {}
    for task, version, assignment in rows:
        try:
            assign_task(task=task, version=version, assignment=assignment, by=by)
            results[task.pk] = None
        except Problem as problem:
            results[task.pk] = problem
    return results


@transaction.atomic
def assign_task(*, task: Task, version: int, assignment: Assignment, by: User) -> Task:
    """Writes one row of the assignment table. Raises Conflict (stale version) or Problem (contradictory schedule)."""
    _check(assignment, task.plan)
    before = (task.lead_unit, _timing(task))
    _write(task, version, assignment)
    _set_supporting(task, assignment)
    has_occurrence = bool(task.occurrences.all())  # type: ignore[attr-defined]
    if assignment.schedule == Schedule.DATES or before[1] != _timing(task) or not has_occurrence:
        reschedule(task=task, dates=assignment.dates)
    words = _words(by, task, assignment, before[0])
    record_event(agency=task.plan.agency, actor=by, verb="assign", about=task, words=words)
    return task


def _write(task: Task, version: int, assignment: Assignment) -> None:
    title = clean(assignment.title)[:TITLE_LENGTH] or task.title
    values = {
        "lead_unit": assignment.lead_unit,
        "overseer": assignment.overseer,
        "schedule": assignment.schedule,
        "rules": assignment.rules if assignment.schedule == Schedule.RULES else "",
        "period_kind": assignment.period_kind,
        "is_tracked": assignment.is_tracked,
        "title": title,
        "folded": fold(f"{title} {task.item.text if task.item else ''} {task.source}"),
        "version": version + 1,
    }
    if not Task.objects.filter(pk=task.pk, version=version, cancelled_on=None).update(**values):
        raise Conflict("Việc này vừa được người khác sửa. Hãy xem lại trước khi lưu.")
    for name, value in values.items():
        setattr(task, name, value)


def _set_supporting(task: Task, assignment: Assignment) -> None:
    wanted = {unit for unit in assignment.supporting_units if unit != assignment.lead_unit}
    if set(task.supporting_units.all()) != wanted:
        task.supporting_units.set(wanted)


def _timing(task: Task) -> tuple[str, str, str]:
    return task.schedule, task.rules, task.period_kind


def _check(assignment: Assignment, plan: Plan) -> None:
    if plan.state != Plan.State.ACTIVE:
        raise Problem("Chỉ phân công việc của kế hoạch đang thực hiện.")
    if assignment.schedule == Schedule.DATES and not assignment.dates:
        raise Problem("Chưa có ngày: ghi ít nhất một thời hạn, hoặc chọn “mỗi kỳ”.")
    if assignment.schedule == Schedule.RULES and not assignment.rules:
        raise Problem("Chưa chọn cách lặp lại: hằng tuần, hằng tháng, hằng quý, 6 tháng hay hằng năm.")
    if assignment.schedule == Schedule.EVERY_PERIOD and assignment.period_kind not in calendar.MONTHS:
        raise Problem("Chọn kỳ báo kết quả: mỗi tháng, mỗi quý, mỗi 6 tháng hay mỗi năm.")
    units = [assignment.lead_unit, *assignment.supporting_units]
    if any(unit and unit.agency_id != plan.agency_id for unit in units):
        raise Problem("Chỉ phân công cho đơn vị của cơ quan này.")


def _words(by: User, task: Task, assignment: Assignment, before: Unit | None) -> str:
    lead = task.lead_unit or "chưa phân công"
    moved = f" (trước là {before})" if before and before != task.lead_unit else ""
    due = schedule_words(
        schedule=task.schedule, dates=assignment.dates, rules=task.rules, period_kind=task.period_kind
    )
    tracked = "" if task.is_tracked else "; không theo dõi"
    return f"{by} phân công “{task.title}”: {lead}{moved}; thời hạn: {due}{tracked}"


def reschedule(*, task: Task, dates: Sequence[dt.date]) -> None:
    """Makes the occurrences that the schedule asks for; whatever was recorded stays.

    Untouched ones that are no longer asked for give way; one that is overdue already is cancelled instead, in sight
    of all. A recurrence leaves its past alone. Raises Problem if nothing is asked for at all.
    """
    untouched = _untouched(task)
    if task.schedule == Schedule.EVERY_PERIOD:
        _give_way(untouched.filter(period=None))
        untouched.exclude(period=None).exclude(period__kind=task.period_kind).delete()
        open_periods(plan=task.plan, on=clock.today())
    else:
        untouched.exclude(period=None).delete()
        _ask_on_dates(task, dates)
    if not Occurrence.objects.filter(task=task).exists():
        raise Problem("Thời hạn này không còn lần nào trong năm của kế hoạch. Hãy chọn thời hạn khác.")


def _ask_on_dates(task: Task, dates: Sequence[dt.date]) -> None:
    wanted = set(dates)
    left = _untouched(task).filter(period=None)
    if task.schedule == Schedule.RULES:
        wanted = set(dates_by_rules(rules=task.rules, year=task.plan.year))
        left = left.filter(due_on__gte=clock.today())
    _give_way(left.exclude(due_on__in=wanted))
    if task.schedule == Schedule.DATES:
        _leave_nothing_behind(task, wanted)
    held = Occurrence.objects.filter(task=task, period=None)
    held.filter(due_on__in=wanted).exclude(cancelled_on=None).update(cancelled_on=None)
    make_dated_occurrences(task=task, dates=sorted(wanted - set(held.values_list("due_on", flat=True))))


def _leave_nothing_behind(task: Task, wanted: set[dt.date]) -> None:
    """Unfinished work that was spoken of moves by an extension: a new date beside it would ask for it twice."""
    unfinished = Occurrence.objects.filter(task=task, period=None, completed_on=None, cancelled_on=None)
    if left := unfinished.exclude(due_on__in=wanted).order_by("due_on").first():
        raise Problem(
            f"Việc có hạn {left.due_on:%d/%m/%Y} đã có người ghi kết quả hoặc ý kiến. "
            "Muốn đổi ngày này, hãy mở việc ấy rồi bấm “Gia hạn”."
        )


def _give_way(occurrences: models.QuerySet[Occurrence]) -> None:
    today = clock.today()
    occurrences.filter(due_on__lt=today, cancelled_on=None).update(cancelled_on=today)
    occurrences.filter(due_on__gte=today).delete()


def _untouched(task: Task) -> models.QuerySet[Occurrence]:
    """Nothing was ever said of them, and no figures of theirs are closed."""
    every = Occurrence.objects.filter(task=task)
    return every.filter(updates=None, extensions=None, directives=None, period__closed_at=None)
