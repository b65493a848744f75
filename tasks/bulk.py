"""One act on many pieces of work: which of those that were ticked can take it, and why the others cannot. Reads only."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Role, Unit, User
from plans.models import Plan
from tasks import status
from tasks.models import Occurrence
from tasks.reminders import reminder_text

# A page of the list holds fewer; whatever comes beyond was not ticked there.
MOST = 200


class Act(StrEnum):
    """The values are those of `viec` in the address."""

    ASSIGN = "giao"
    EXTEND = "gia-han"
    REMIND = "nhac"
    ACCEPT = "nhan"


ACT_WORDS = {
    Act.ASSIGN: "Giao",
    Act.EXTEND: "Gia hạn",
    Act.REMIND: "Soạn lời nhắc",
    Act.ACCEPT: "Nhận kết quả",
}


@dataclass(frozen=True)
class BulkRow:
    """`obstacle` says why the act cannot be done, empty if it can. `version` is what the deed is checked against."""

    occurrence: Occurrence
    obstacle: str
    version: int


def bulk_rows(*, act: Act, user: User, pks: Sequence[int]) -> list[BulkRow]:
    """Those of `pks` that the user steers, of one agency, in the order of deadlines. One query."""
    rows = Occurrence.objects.filter(
        pk__in=pks[:MOST], task__plan__agency__in=user.agency_ids(Role.OFFICE)
    ).select_related("task__plan__agency", "task__lead_unit", "task__overseer", "period", "latest_update")
    found = sorted(rows, key=lambda one: (one.shown_due_on, one.task.order, one.pk))
    found = [one for one in found if one.task.plan.agency_id == found[0].task.plan.agency_id]
    if act is Act.ASSIGN:
        found = list({one.task_id: one for one in reversed(found)}.values())[::-1]
    return [BulkRow(one, _OBSTACLES[act](one, user), _version(act, one)) for one in found]


def _version(act: Act, one: Occurrence) -> int:
    if act is Act.ASSIGN:
        return one.task.version
    return (one.latest_update_id or 0) if act is Act.ACCEPT else one.version


def _no_assigning(one: Occurrence, _user: User) -> str:
    if one.task.cancelled_on:
        return "đã rút khỏi kế hoạch"
    return "" if one.task.plan.state == Plan.State.ACTIVE else "kế hoạch này không còn thực hiện"


def _no_extending(one: Occurrence, _user: User) -> str:
    if one.due_on is None:
        return "không có thời hạn riêng, hạn của kỳ do lịch báo cáo định"
    if one.completed_on is not None:
        return "đã hoàn thành"
    return "đã rút khỏi kế hoạch" if one.cancelled_on or one.task.cancelled_on else ""


def _no_reminding(one: Occurrence, _user: User) -> str:
    if one.task.lead_unit is None:
        return "chưa phân công nên chưa biết nhắc ai"
    cancelled = one.task.cancelled_on is not None
    return "không còn nợ kết quả" if cancelled or not status.owes_answer(one) else ""


def _no_accepting(one: Occurrence, user: User) -> str:
    latest = one.latest_update
    if latest is None or not status.is_waiting(one):
        return "không có kết quả chờ kiểm tra"
    if one.period is not None and one.period.is_closed:
        return "số liệu của kỳ đã chốt"
    if status.is_confirming(one):
        return "Văn phòng đã nhận, đang chờ lãnh đạo xác nhận"
    return "do chính đồng chí ghi, người khác phải kiểm tra" if latest.recorded_by_id == user.pk else ""


_OBSTACLES: dict[Act, Callable[[Occurrence, User], str]] = {
    Act.ASSIGN: _no_assigning,
    Act.EXTEND: _no_extending,
    Act.REMIND: _no_reminding,
    Act.ACCEPT: _no_accepting,
}


def reminders_of(rows: Sequence[BulkRow], on: dt.date) -> list[tuple[Unit, str]]:
    """The words for each unit that leads some of the rows, ready to copy."""
    owed: dict[Unit, list[Occurrence]] = {}
    for row in rows:
        if not row.obstacle and (unit := row.occurrence.task.lead_unit):
            owed.setdefault(unit, []).append(row.occurrence)
    units = sorted(owed, key=lambda unit: (unit.sort_key, unit.pk))
    return [(unit, reminder_text(unit=unit, occurrences=owed[unit], on=on)) for unit in units]
