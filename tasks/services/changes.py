"""What happens to tasks after the plan was assigned: work by letter, cancelling, moved deadlines, a group divided."""

import datetime as dt

from django.db import transaction

from accounts.models import Unit, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import clean, excerpt, fold
from plans.models import Plan
from tasks.models import Extension, Occurrence, Task
from tasks.services.activation import TITLE_LENGTH
from tasks.services.assignment import Assignment, assign_task, assignment_of
from tasks.services.days_off import working_days


@transaction.atomic
def add_task(*, plan: Plan, source: str, title: str, assignment: Assignment, by: User) -> Task:
    """Work ordered by a later letter, which `source` names: it belongs to the plan but to no line of it. Raises Problem."""
    source, title = clean(source), clean(title)
    if not source:
        raise Problem("Ghi rõ văn bản giao việc: số, ngày, cơ quan ban hành.")
    if not title:
        raise Problem("Ghi tên việc.")
    if plan.state != Plan.State.ACTIVE:
        raise Problem("Chỉ thêm việc vào kế hoạch đang thực hiện.")
    task = Task.objects.create(
        plan=plan,
        source=source,
        title=excerpt(title, TITLE_LENGTH),
        folded=fold(f"{title} {source}"),
        order=_next_order(plan),
    )
    words = f"{by} thêm việc “{task.title}” theo {source}"
    record_event(agency=plan.agency, actor=by, verb="add", about=task, words=words)
    return assign_task(task=task, version=task.version, assignment=assignment, by=by)


def _next_order(plan: Plan) -> int:
    last = plan.tasks.order_by("-order").values_list("order", flat=True).first()  # type: ignore[attr-defined]
    return (last or 0) + 10


@transaction.atomic
def cancel_task(*, task: Task, version: int, reason: str, by: User) -> Task:
    """Takes a task out of every count, visibly; what closed periods said stays. Raises Problem without a reason, Conflict."""
    if not clean(reason):
        raise Problem("Ghi lý do rút việc này khỏi kế hoạch.")
    today = clock.today()
    changed = Task.objects.filter(pk=task.pk, version=version, cancelled_on=None).update(
        cancelled_on=today, version=version + 1
    )
    if not changed:
        raise Conflict("Việc này vừa được người khác sửa. Hãy xem lại.")
    open_ones = task.occurrences.filter(completed_on=None, cancelled_on=None, period__closed_at=None)  # type: ignore[attr-defined]
    open_ones.update(cancelled_on=today)
    words = f"{by} rút “{task.title}” khỏi kế hoạch: {clean(reason)}"
    record_event(agency=task.plan.agency, actor=by, verb="cancel", about=task, words=words)
    task.refresh_from_db()
    return task


@transaction.atomic
def move_deadline(
    *, occurrence: Occurrence, version: int, to_on: dt.date, reason: str, document: str, by: User
) -> Occurrence:
    """Moves a deadline and keeps the first one, with reason and document. Raises Problem, Conflict.

    A new day that is a day off counts as the agency's calendar says.
    """
    from_on = _movable(occurrence)
    if not clean(reason):
        raise Problem("Ghi lý do gia hạn.")
    if to_on == from_on:
        raise Problem("Thời hạn mới trùng thời hạn đang có. Hãy chọn ngày khác.")
    due = working_days(occurrence.task.plan.agency).due(to_on)
    changed = Occurrence.objects.filter(pk=occurrence.pk, version=version, cancelled_on=None).update(
        due_on=due.due_on, named_on=due.named_on, workday_on=due.workday_on, version=version + 1
    )
    if not changed:
        raise Conflict("Việc này vừa được người khác sửa. Hãy xem lại trước khi gia hạn.")
    Extension.objects.create(
        occurrence=occurrence,
        from_on=from_on,
        to_on=to_on,
        reason=clean(reason),
        document=clean(document),
        approved_by=by,
        at=clock.now(),
    )
    moved = f"từ {from_on:%d/%m/%Y} sang {to_on:%d/%m/%Y}"
    words = f"{by} chuyển thời hạn “{occurrence.task.title}” {moved}: {clean(reason)}"
    record_event(agency=occurrence.task.plan.agency, actor=by, verb="extend", about=occurrence, words=words)
    occurrence.refresh_from_db()
    return occurrence


def _movable(occurrence: Occurrence) -> dt.date:
    if occurrence.due_on is None:
        raise Problem("Việc này không có thời hạn riêng; hạn của kỳ do lịch báo cáo định.")
    if occurrence.completed_on is not None:
        raise Problem("Việc này đã hoàn thành nên không gia hạn nữa.")
    if occurrence.cancelled_on is not None:
        raise Problem("Việc này đã được rút khỏi kế hoạch nên không gia hạn nữa.")
    return occurrence.said_on or occurrence.due_on


@transaction.atomic
def split_among_members(*, task: Task, version: int, by: User) -> list[Task]:
    """One task per member of the group that leads: same line, same time. Raises Problem, Conflict.

    The group's own task is cancelled only if nobody has said anything of it yet.
    """
    group = task.lead_unit
    if group is None or group.kind != Unit.Kind.GROUP:
        raise Problem("Chỉ chia được việc do một nhóm đơn vị chủ trì.")
    members = list(group.members.valid(clock.today()))  # type: ignore[attr-defined]
    if not members:
        raise Problem(f"“{group}” chưa có thành viên. Hãy thêm thành viên ở trang Đơn vị rồi chia việc.")
    made = [_task_for(member, task, by) for member in members]
    if not task.occurrences.exclude(updates=None).exists():  # type: ignore[attr-defined]
        cancel_task(task=task, version=version, reason="chia cho từng thành viên của nhóm", by=by)
    elif not Task.objects.filter(pk=task.pk, version=version).update(version=version + 1):
        raise Conflict("Việc này vừa được người khác sửa. Hãy xem lại.")
    return made


def _task_for(member: Unit, task: Task, by: User) -> Task:
    single = Task.objects.create(
        plan=task.plan,
        item=task.item,
        source=task.source,
        title=task.title,
        folded=task.folded,
        order=task.order,
    )
    row = assignment_of(task)
    mine = Assignment(
        lead_unit=member,
        supporting_units=[unit for unit in row.supporting_units if unit != member],
        overseer=row.overseer,
        schedule=row.schedule,
        dates=row.dates,
        rules=row.rules,
        period_kind=row.period_kind,
        is_tracked=row.is_tracked,
        needs_chair=row.needs_chair,
    )
    return assign_task(task=single, version=single.version, assignment=mine, by=by)
