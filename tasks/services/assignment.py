"""Who does it and by when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models, transaction

from accounts.models import Unit, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import excerpt, fold
from plans.models import Plan
from tasks import calendar
from tasks.models import Extension, Occurrence, Period, Task
from tasks.services.activation import TITLE_LENGTH, dates_by_rules, make_dated_occurrences
from tasks.services.periods import open_periods


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


@transaction.atomic
def assign_task(*, task: Task, version: int, assignment: Assignment, by: User) -> Task:
    """Writes one row of the assignment table. Raises Conflict (stale version) or Problem (contradictory schedule)."""
    _check(assignment)
    before = task.lead_unit
    changed = Task.objects.filter(pk=task.pk, version=version).update(
        lead_unit=assignment.lead_unit,
        overseer=assignment.overseer,
        schedule=assignment.schedule,
        rules=assignment.rules if assignment.schedule == Task.Schedule.RULES else "",
        period_kind=assignment.period_kind,
        is_tracked=assignment.is_tracked,
        title=assignment.title or task.title,
        version=version + 1,
    )
    if not changed:
        raise Conflict(f"«{task.title}» vừa được người khác sửa. Hãy xem lại trước khi lưu.")
    task.refresh_from_db()
    supporting = [unit for unit in assignment.supporting_units if unit != assignment.lead_unit]
    task.supporting_units.set(supporting)
    reschedule(task=task, dates=assignment.dates, by=by)
    record_event(agency=task.plan.agency, actor=by, verb="assign", about=task, words=_words(by, task, before))
    return task


def _check(assignment: Assignment) -> None:
    if assignment.schedule == Task.Schedule.DATES and not assignment.dates:
        raise Problem("Chưa có ngày: ghi ít nhất một thời hạn, hoặc chọn «mỗi kỳ».")
    if assignment.schedule == Task.Schedule.RULES and not assignment.rules:
        raise Problem("Chưa chọn cách lặp lại: hằng tuần, hằng tháng, hằng quý, 6 tháng hay hằng năm.")


def _words(by: User, task: Task, before: Unit | None) -> str:
    lead = task.lead_unit or "chưa phân công"
    moved = f" (trước là {before})" if before and before != task.lead_unit else ""
    return f"{by} phân công «{task.title}»: {lead}{moved}"


def reschedule(*, task: Task, dates: Sequence[dt.date], by: User) -> None:
    """Makes the occurrences that the schedule asks for; only untouched ones give way, whatever was recorded stays."""
    if task.schedule == Task.Schedule.EVERY_PERIOD:
        _untouched(task).filter(period=None).delete()
        _untouched(task).exclude(period__kind=task.period_kind).exclude(period=None).delete()
        open_periods(plan=task.plan, on=clock.today())
        return
    _untouched(task).exclude(period=None).delete()
    wanted = set(dates)
    if task.schedule == Task.Schedule.RULES:
        wanted = set(dates_by_rules(rules=task.rules, year=task.plan.year))
    _untouched(task).filter(period=None).exclude(due_on__in=wanted).delete()
    held = set(task.occurrences.filter(period=None).values_list("due_on", flat=True))
    make_dated_occurrences(task=task, dates=sorted(wanted - held))


def _untouched(task: Task) -> models.QuerySet[Occurrence]:
    return task.occurrences.filter(updates=None, extensions=None, directives=None, period__closed_at=None)


@transaction.atomic
def add_task(*, plan: Plan, source: str, title: str, assignment: Assignment, by: User) -> Task:
    """Work ordered by a later letter, which `source` names: it belongs to the plan but to no line of it."""
    if not source.strip():
        raise Problem("Ghi rõ văn bản giao việc: số, ngày, cơ quan ban hành.")
    if plan.state != Plan.State.ACTIVE:
        raise Problem("Chỉ thêm việc vào kế hoạch đang thực hiện.")
    last = plan.tasks.order_by("-order").values_list("order", flat=True).first() or 0
    task = Task.objects.create(
        plan=plan, source=source, title=excerpt(title, TITLE_LENGTH), folded=fold(title), order=last + 10
    )
    record_event(
        agency=plan.agency,
        actor=by,
        verb="add",
        about=task,
        words=f"{by} thêm việc «{task.title}» theo {source}",
    )
    return assign_task(task=task, version=task.version, assignment=assignment, by=by)


@transaction.atomic
def cancel_task(*, task: Task, version: int, reason: str, by: User) -> Task:
    """Takes a task out of every count, visibly. Raises Problem without a reason, Conflict if stale."""
    if not reason.strip():
        raise Problem("Ghi lý do bỏ việc này.")
    today = clock.today()
    changed = Task.objects.filter(pk=task.pk, version=version, cancelled_on=None).update(
        cancelled_on=today, version=version + 1
    )
    if not changed:
        raise Conflict(f"«{task.title}» vừa được người khác sửa. Hãy xem lại.")
    task.occurrences.filter(completed_on=None, cancelled_on=None).update(cancelled_on=today)
    record_event(
        agency=task.plan.agency,
        actor=by,
        verb="cancel",
        about=task,
        words=f"{by} bỏ «{task.title}»: {reason}",
    )
    task.refresh_from_db()
    return task


@transaction.atomic
def move_deadline(
    *, occurrence: Occurrence, version: int, to_on: dt.date, reason: str, document: str, by: User
) -> Occurrence:
    """Moves a deadline and keeps the first one, with reason and document. Raises Problem, Conflict."""
    if occurrence.due_on is None:
        raise Problem("Việc này không có thời hạn riêng; hạn của kỳ báo cáo đặt ở trang kỳ.")
    if not reason.strip():
        raise Problem("Ghi lý do gia hạn.")
    from_on = occurrence.due_on
    changed = Occurrence.objects.filter(pk=occurrence.pk, version=version).update(
        due_on=to_on, version=version + 1
    )
    if not changed:
        raise Conflict("Việc này vừa được người khác sửa. Hãy xem lại trước khi gia hạn.")
    Extension.objects.create(
        occurrence=occurrence,
        from_on=from_on,
        to_on=to_on,
        reason=reason,
        document=document,
        approved_by=by,
        at=clock.now(),
    )
    words = f"{by} chuyển thời hạn «{occurrence.task.title}» từ {from_on:%d/%m/%Y} sang {to_on:%d/%m/%Y}: {reason}"
    record_event(agency=occurrence.task.plan.agency, actor=by, verb="extend", about=occurrence, words=words)
    occurrence.refresh_from_db()
    return occurrence


RULE_WORDS = {
    calendar.RULES["weekly"]: "hằng tuần",
    calendar.RULES["monthly"]: "hằng tháng",
    calendar.RULES["quarterly"]: "hằng quý",
    calendar.RULES["half_yearly"]: "6 tháng một lần",
    calendar.RULES["yearly"]: "hằng năm",
}
