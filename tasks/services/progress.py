"""What units said, what the office answered. Every word is a row; nothing is edited."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from tasks import status, telling
from tasks.models import Directive, IndicatorValue, Occurrence, ProgressUpdate
from tasks.services.evidence import Upload, keep_files

Outcome = ProgressUpdate.Outcome


@dataclass(frozen=True)
class Progress:
    """What one «Gửi» says. `values` maps indicator ids to figures of the period."""

    state: str
    text: str = ""
    percent: int | None = None
    difficulties: str = ""
    happened_on: dt.date | None = None
    values: Mapping[int, Decimal] = field(default_factory=dict)
    files: Sequence[Upload] = ()


@transaction.atomic
def record_progress(
    *,
    occurrence: Occurrence,
    version: int,
    form_key: uuid.UUID,
    progress: Progress,
    by: User,
    on_behalf: bool = False,
) -> ProgressUpdate:
    """Appends what the unit says. The same `form_key` with the same words gives the first row again.

    Raises Conflict if the occurrence has changed since the form was shown, or the key has come with other words before;
    Problem if the words do not fit.
    """
    sent = ProgressUpdate.objects.filter(form_key=form_key, occurrence=occurrence)
    if already := sent.first():
        return _same(already, progress)
    happened_on = progress.happened_on or default_day(occurrence)
    _check(occurrence, progress, happened_on)
    if ProgressUpdate.objects.filter(form_key=form_key).exists():
        raise Problem("Biểu mẫu này đã được gửi cho việc khác. Hãy tải lại trang rồi gửi lại.")
    if not _claimed(occurrence, version):
        if already := sent.first():  # the same press, sent twice at once
            return _same(already, progress)
        raise Conflict("Có người vừa cập nhật việc này. Hãy xem nội dung mới rồi gửi lại nếu vẫn cần.")
    _check_open(_as_it_stands(occurrence))  # what was read before may have been closed or cancelled since
    before = occurrence.updates.order_by("-pk").first()
    occurrence.updates.filter(outcome__in=status.UNDECIDED).update(outcome=Outcome.WITHDRAWN)
    update = ProgressUpdate.objects.create(
        occurrence=occurrence,
        form_key=form_key,
        state=progress.state,
        text=progress.text.strip(),
        percent=progress.percent,
        difficulties=progress.difficulties.strip(),
        happened_on=happened_on,
        recorded_at=clock.now(),
        recorded_by=by,
        on_behalf_of=occurrence.task.lead_unit if on_behalf else None,
    )
    _keep_values(update, progress.values)
    keep_files(update=update, uploads=progress.files, by=by)
    follow(occurrence)
    words = telling.progress_words(update, before, files=len(progress.files))
    record_event(agency=occurrence.task.plan.agency, actor=by, verb="record", about=occurrence, words=words)
    return update


def _same(already: ProgressUpdate, progress: Progress) -> ProgressUpdate:
    """The row of the first press, whose answer was lost on its way. Raises Conflict if this press says more than it."""
    said = (progress.state, progress.text.strip(), progress.percent, progress.difficulties.strip())
    kept = (already.state, already.text, already.percent, already.difficulties)
    day = progress.happened_on or already.happened_on
    values = dict(already.values.values_list("indicator_id", "value"))  # type: ignore[attr-defined]
    files = set(already.evidence.values_list("received_sha256", flat=True))  # type: ignore[attr-defined]
    is_same = (said, day, values) == (kept, already.happened_on, dict(progress.values))
    if is_same and all(_received(upload) in files for upload in progress.files):
        return already
    raise Conflict(
        "Lần bấm Gửi trước đã đến Văn phòng, nhưng nội dung khác bây giờ. Hãy xem lại rồi bấm Gửi để gửi bản mới."
    )


def _received(upload: Upload) -> str:
    return upload.received_sha256 or hashlib.sha256(upload.content).hexdigest()


def default_day(occurrence: Occurrence) -> dt.date:
    """Today; the last day of the period once that period has ended."""
    today = clock.today()
    return min(today, occurrence.period.covers_to) if occurrence.period else today


def _as_it_stands(occurrence: Occurrence) -> Occurrence:
    return Occurrence.objects.select_related("task", "period").get(pk=occurrence.pk)


def _check_open(occurrence: Occurrence) -> None:
    if occurrence.cancelled_on or occurrence.task.cancelled_on:
        raise Problem("Việc này đã được Văn phòng rút khỏi kế hoạch, không cần báo kết quả nữa.")
    if occurrence.period is not None and occurrence.period.is_closed:
        raise Problem("Kỳ này đã chốt số liệu, không nhận thêm kết quả. Hãy ghi vào kỳ đang mở.")


def _check(occurrence: Occurrence, progress: Progress, happened_on: dt.date) -> None:
    _check_open(occurrence)
    if occurrence.task.lead_unit is None:
        raise Problem("Việc này chưa phân công đơn vị chủ trì. Hãy phân công trước khi ghi kết quả.")
    if happened_on > clock.today():
        raise Problem("Ngày thực hiện không thể sau hôm nay. Hãy sửa lại ngày.")
    started = progress.state in (Occurrence.State.IN_PROGRESS, Occurrence.State.DONE)
    if started and not (progress.text.strip() or progress.values or progress.files):
        raise Problem("Ghi một câu về việc đã làm, một số liệu, hoặc thêm một tệp.")


def _claimed(occurrence: Occurrence, version: int) -> bool:
    return bool(Occurrence.objects.filter(pk=occurrence.pk, version=version).update(version=version + 1))


def _keep_values(update: ProgressUpdate, values: Mapping[int, Decimal]) -> None:
    period, unit = update.occurrence.period, update.occurrence.task.lead_unit
    if values and (period is None or unit is None):
        raise Problem("Số liệu chỉ ghi ở việc theo kỳ, khi đã có đơn vị chủ trì.")
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator_id=pk, unit=unit, period=period, update=update, value=value)  # type: ignore[misc]
        for pk, value in values.items()
    )


def follow(occurrence: Occurrence) -> None:
    """Computes again what follows from the updates: latest, accepted, state, day of completion."""
    updates = list(occurrence.updates.order_by("pk"))
    accepted = next((u for u in reversed(updates) if u.outcome == Outcome.ACCEPTED), None)
    finished = accepted is not None and accepted.state in status.FINISHED
    Occurrence.objects.filter(pk=occurrence.pk).update(
        latest_update=updates[-1] if updates else None,
        accepted_update=accepted,
        state=accepted.state if accepted else Occurrence.State.NOT_STARTED,
        completed_on=accepted.happened_on if accepted is not None and finished else None,
    )
    occurrence.refresh_from_db()


@transaction.atomic
def write_directive(*, occurrence: Occurrence, text: str, by: User) -> Directive:
    """A leader's word on one piece of work. Raises Problem if it is empty."""
    if not text.strip():
        raise Problem("Ghi ý kiến chỉ đạo trước khi gửi.")
    directive = Directive.objects.create(
        occurrence=occurrence, text=text.strip(), written_by=by, at=clock.now()
    )
    words = f"{by} chỉ đạo về “{occurrence.task.title}”: {text.strip()}"
    record_event(agency=occurrence.task.plan.agency, actor=by, verb="direct", about=occurrence, words=words)
    return directive
