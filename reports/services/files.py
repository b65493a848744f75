"""Files of a report: asked for, built by the worker, found again by the sweeper. The row is the truth.

QUEUED → BUILDING → READY | FAILED. Each step is one conditional `update()` that changes exactly one row; `attempts`
names the builder, so that a worker which lost its lease can no longer write. A message carries only the id: lost or
repeated, it changes nothing twice.
"""

import datetime as dt
import hashlib
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Problem
from reports.models import Report, ReportFile
from reports.rendering.document import Unprintable
from reports.rendering.docx import render_docx
from reports.rendering.pdf import render_pdf
from reports.services.document import build_document

State, Kind = ReportFile.State, ReportFile.Kind
MAX_ATTEMPTS = 3
TOO_OFTEN = (
    f"Đã thử {MAX_ATTEMPTS} lần mà chưa tạo xong. Bấm “Tạo lại”; nếu vẫn hỏng, hãy báo người quản trị."
)
BUILDERS = {
    Kind.DRAFT: render_pdf,
    Kind.FINAL: render_pdf,
    Kind.DRAFT_DOCX: render_docx,
    Kind.DOCX: render_docx,
}


@transaction.atomic
def request_draft(*, report: Report, kind: str, by: User) -> ReportFile:
    """Asks for a draft as it stands now. An equal file that is ready or under way is given instead of a new one."""
    if kind not in (Kind.DRAFT, Kind.DRAFT_DOCX):
        raise Problem("Chỉ tạo được dự thảo PDF hoặc Word.")
    document = build_document(report, is_draft=True)
    latest = report.files.filter(kind=kind).exclude(state=State.FAILED).first()
    if latest is not None and latest.document["identifier"] == document["identifier"]:
        return latest
    return queue_file(report=report, kind=kind, document=document, by=by)


def queue_file(*, report: Report, kind: str, document: dict[str, Any], by: User) -> ReportFile:
    """A row for the worker. Its message has a moment to arrive before the sweeper sends another."""
    return ReportFile.objects.create(
        report=report,
        kind=kind,
        document=document,
        made_by=by,
        made_at=clock.now(),
        lease_until=_moment_from_now(),
    )


def _moment_from_now() -> dt.datetime:
    return clock.real_now() + dt.timedelta(seconds=settings.SWEEP_SECONDS)


@transaction.atomic
def retry_file(*, file: ReportFile) -> bool:
    """Puts a failed file back into the queue; False if somebody else has done so."""
    return bool(
        ReportFile.objects.filter(pk=file.pk, state=State.FAILED).update(
            state=State.QUEUED, attempts=0, error="", lease_until=_moment_from_now()
        )
    )


def build_file(*, file_id: int) -> None:
    """Builds one file, if nobody else does. Whatever goes wrong stands on the row as FAILED with its reason."""
    file = _claim(file_id)
    if file is None:
        return
    try:
        with _held(file):
            content = BUILDERS[Kind(file.kind)](file.document)
        _finish(file, content)
    except Exception as error:
        _fail(file, _reason(error))
        raise


def _claim(file_id: int) -> ReportFile | None:
    now = clock.real_now()
    changed = (
        _waiting(now)
        .filter(pk=file_id, attempts__lt=MAX_ATTEMPTS)
        .update(
            state=State.BUILDING,
            attempts=F("attempts") + 1,
            lease_until=now + dt.timedelta(seconds=settings.LEASE_SECONDS),
        )
    )
    return ReportFile.objects.get(pk=file_id) if changed else None


@contextmanager
def _held(file: ReportFile) -> Iterator[None]:
    """Renews the lease while a long file is built; it ends with the process, however that dies."""
    done = threading.Event()
    keeper = threading.Thread(target=_renew, args=(file, done), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _renew(file: ReportFile, done: threading.Event) -> None:
    """Writes at first after a third of the lease, so that an ordinary file never gets here."""
    while not done.wait(settings.LEASE_SECONDS / 3):
        _mine(file).update(lease_until=clock.real_now() + dt.timedelta(seconds=settings.LEASE_SECONDS))
        connection.close()  # this thread's own


def _waiting(now: dt.datetime) -> QuerySet[ReportFile]:
    left_behind = Q(state=State.BUILDING, lease_until__lt=now)
    return ReportFile.objects.filter(Q(state=State.QUEUED) | left_behind)


def _mine(file: ReportFile) -> QuerySet[ReportFile]:
    return ReportFile.objects.filter(pk=file.pk, state=State.BUILDING, attempts=file.attempts)


def _finish(file: ReportFile, content: bytes) -> None:
    ending = "docx" if file.kind in (Kind.DRAFT_DOCX, Kind.DOCX) else "pdf"
    name = file.file.field.generate_filename(file, f"{uuid.uuid4().hex}.{ending}")
    stored = file.file.storage.save(name, ContentFile(content))
    changed = _mine(file).update(
        state=State.READY,
        file=stored,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        lease_until=None,
        error="",
        ready_at=clock.now(),
    )
    if not changed:  # the lease ran out and another builder was faster: its file counts
        file.file.storage.delete(stored)


def _fail(file: ReportFile, reason: str) -> None:
    _mine(file).update(state=State.FAILED, lease_until=None, error=reason)


def _reason(error: Exception) -> str:
    if isinstance(error, Unprintable):
        return str(error)
    if isinstance(error, OSError):
        return "Máy chủ không ghi được tệp (có thể đã hết chỗ). Hãy báo người quản trị rồi bấm “Tạo lại”."
    return "Không tạo được tệp. Bấm “Tạo lại”; nếu vẫn hỏng, hãy báo người quản trị."


def files_left_behind() -> list[int]:
    """Ids that a builder should look at. Those tried too often are marked FAILED here."""
    now = clock.real_now()
    _waiting(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED, error=TOO_OFTEN, lease_until=None
    )
    fresh = Q(state=State.QUEUED, lease_until__gt=now)
    return list(_waiting(now).exclude(fresh).values_list("pk", flat=True)[:100])


@transaction.atomic
def put_back_signed(*, report: Report, content: bytes, pages: int | None, by: User) -> ReportFile:
    """Keeps the file that was signed outside the portal. `content` is a PDF that was judged at the border."""
    if report.state != Report.State.NUMBERED:
        raise Problem("Chỉ nhận bản đã ký của báo cáo đã lấy số và chưa ban hành.")
    now = clock.now()
    file = ReportFile(
        report=report, kind=Kind.SIGNED, state=State.READY, document=report.document, made_by=by
    )
    file.made_at = file.ready_at = now
    file.sha256, file.size, file.pages = hashlib.sha256(content).hexdigest(), len(content), pages
    file.file.save(f"{uuid.uuid4().hex}.pdf", ContentFile(content), save=False)
    file.save()
    record_event(
        agency=report.agency, actor=by, verb="sign", about=report, words=f"{by} đưa bản đã ký của {report}"
    )
    return file
