"""What the office, and where asked for a leader, answers to a result. Each answer is a row; nobody judges their own.

The office takes or returns what waits. What finishes a task that `needs_chair` counts only when a leader has confirmed
it as well. Figures keep the last accepted result meanwhile.
"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from accounts.models import Membership, Role, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from tasks import status
from tasks.models import Occurrence, ProgressUpdate, Review
from tasks.services.progress import follow

Outcome, Stage, Answer = ProgressUpdate.Outcome, Review.Stage, Review.Outcome


class _Deed(NamedTuple):
    """Which answer at which stage turns which outcomes into which, and how it is told."""

    stage: Review.Stage
    answer: Review.Outcome
    expected: tuple[ProgressUpdate.Outcome, ...]
    outcome: ProgressUpdate.Outcome
    words: str


_TAKE = _Deed(Stage.OFFICE, Answer.ACCEPTED, (Outcome.WAITING,), Outcome.ACCEPTED, "nhận kết quả")
_PASS_ON = _Deed(
    Stage.OFFICE,
    Answer.ACCEPTED,
    (Outcome.WAITING,),
    Outcome.CONFIRMING,
    "nhận kết quả, chuyển lãnh đạo xác nhận",
)
_CONFIRM = _Deed(Stage.CHAIR, Answer.ACCEPTED, (Outcome.CONFIRMING,), Outcome.ACCEPTED, "xác nhận hoàn thành")
_RETURN = _Deed(Stage.OFFICE, Answer.RETURNED, (Outcome.WAITING,), Outcome.RETURNED, "trả lại kết quả")
_REFUSE = _Deed(
    Stage.CHAIR,
    Answer.RETURNED,
    (Outcome.CONFIRMING,),
    Outcome.RETURNED,
    "chưa xác nhận hoàn thành, trả lại kết quả",
)
_REOPEN = _Deed(
    Stage.OFFICE,
    Answer.WITHDRAWN,
    (Outcome.ACCEPTED, Outcome.CONFIRMING),
    Outcome.WAITING,
    "mở lại để kiểm tra",
)


@transaction.atomic
def accept_update(*, update: ProgressUpdate, by: User, as_chair: bool = False) -> Review:
    """The office takes the result; «Đã xong» of a task that `needs_chair` then waits for a leader.

    `as_chair`: a leader takes what the office itself recorded for a unit, which is the leader's confirmation as well.
    Raises Problem if `by` recorded it, Conflict if the update is no longer waiting.
    """
    if as_chair and not update.is_of_office:
        raise Problem("Kết quả này do đơn vị tự gửi: Văn phòng kiểm tra trước, lãnh đạo xác nhận sau.")
    if not needs_confirming(update):
        return _review(update, _TAKE, by)
    taken = _review(update, _PASS_ON, by)
    return _review(update, _CONFIRM, by) if as_chair else taken


@transaction.atomic
def confirm_update(*, update: ProgressUpdate, by: User) -> Review:
    """A leader confirms what the office has taken: now it counts. Raises Problem (own words), Conflict."""
    return _review(update, _CONFIRM, by)


@transaction.atomic
def return_update(
    *, update: ProgressUpdate, reason: str, by: User, code: str = "", as_chair: bool = False
) -> Review:
    """Sends the result back; the deadline stays. A code of `Review.Code` says enough, OTHER alone does not.

    `as_chair`: a leader returns what waits for confirmation. Raises Problem without a reason, Conflict if not waiting.
    """
    reason = reason.strip()
    if not reason and code in ("", Review.Code.OTHER):
        raise Problem("Ghi lý do trả lại, hoặc chọn một lý do có sẵn, để đơn vị biết phải bổ sung gì.")
    return _review(update, _REFUSE if as_chair else _RETURN, by, reason, code or Review.Code.OTHER)


@transaction.atomic
def reopen_update(*, update: ProgressUpdate, reason: str, by: User) -> Review:
    """Takes an acceptance back, a leader's too: the result waits again and all figures follow. Raises Problem, Conflict.

    Only the unit's last word can wait again: what it has replaced stays as it was.
    """
    if not reason.strip():
        raise Problem("Ghi lý do kiểm tra lại.")
    return _review(update, _REOPEN, by, reason.strip())


def needs_confirming(update: ProgressUpdate) -> bool:
    """Whether the office's word alone does not make it count. What the only leader recorded no other could confirm."""
    task = update.occurrence.task
    finishing = status.FINISHED if update.occurrence.period_id is None else (Occurrence.State.DONE,)
    return task.needs_chair and update.state in finishing and not is_of_only_leader(update)


def is_of_only_leader(update: ProgressUpdate) -> bool:
    """Whether a leader recorded it, and there is no other active leader. One query."""
    active = Membership.objects.active(clock.today()).filter(role=Role.CHAIR, user__is_active=True)
    leaders = active.filter(agency=update.occurrence.task.plan.agency_id)
    return set(leaders.values_list("user", flat=True)) == {update.recorded_by_id}


def _review(update: ProgressUpdate, deed: _Deed, by: User, reason: str = "", code: str = "") -> Review:
    if deed.answer == Answer.ACCEPTED and update.recorded_by_id == by.pk:
        raise Problem("Đồng chí đã ghi kết quả này nên không tự nhận. Một người khác sẽ kiểm tra.")
    occurrence = update.occurrence
    _hold(update, deed)
    expected = ProgressUpdate.objects.filter(pk=update.pk, outcome__in=deed.expected)
    if not expected.update(outcome=deed.outcome):
        raise Conflict("Kết quả này vừa được xử lý hoặc đơn vị vừa gửi bản khác. Hãy xem lại.")
    review = Review.objects.create(
        update=update,
        stage=deed.stage,
        outcome=deed.answer,
        code=code,
        reason=reason,
        reviewer=by,
        at=clock.now(),
    )
    follow(occurrence)
    words = f"{by} {deed.words} “{occurrence.task.title}”" + (f": {review.said}" if review.said else "")
    record_event(agency=occurrence.task.plan.agency, actor=by, verb="review", about=occurrence, words=words)
    return review


def _hold(update: ProgressUpdate, deed: _Deed) -> None:
    """Nobody else writes to the occurrence from here on. Raises Problem where it has moved on since it was read.

    The occurrence first, as in `record_progress`: in another order the two would wait for each other for ever.
    """
    Occurrence.objects.filter(pk=update.occurrence_id).update(version=F("version") + 1)
    now = Occurrence.objects.select_related("period").get(pk=update.occurrence_id)
    if now.period is not None and now.period.is_closed:
        raise Problem(
            f"Số liệu {now.period} đã chốt, kết quả này không xử lý được nữa. Đơn vị cần bổ sung thì ghi vào kỳ đang mở."
        )
    if deed is _REOPEN and now.latest_update_id != update.pk:
        raise Problem("Đơn vị đã gửi bản mới hơn. Hãy kiểm tra bản mới ấy.")
