"""Files that prove a result: kept with the update they came with, taken out of sight later, never deleted."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum

from accounts.models import Agency, User
from accounts.services import record_event
from accounts.services.events import take_turn
from danvan import clock
from danvan.evidence import read_evidence
from danvan.problems import Conflict, Problem
from tasks.models import Evidence, ProgressUpdate

NO_ROOM = "Chỗ chứa minh chứng của cơ quan không còn đủ; hãy gửi kết quả không kèm tệp và báo Văn phòng."


@dataclass(frozen=True)
class Upload:
    """A file that was already judged: `content` is what will be kept, `received_sha256` is of what was sent."""

    name: str
    kind: str
    content: bytes
    received_sha256: str = ""
    preview: bytes = b""
    taken_on: dt.date | None = None

    @classmethod
    def judged(cls, name: str, content: bytes) -> "Upload":
        """Raises danvan.uploads.Refused. Photos are written anew, so that where they were taken stays behind."""
        read = read_evidence(name, content)
        name = PurePath(name).name[:200]
        return cls(name, read.kind, read.content, read.received_sha256, read.preview, read.taken_on)


def used_bytes(agency: Agency) -> int:
    """What the kept files of an agency take; small pictures and removed files do not count."""
    kept = Evidence.objects.kept().filter(occurrence__task__plan__agency=agency)
    return kept.aggregate(sum=Sum("size"))["sum"] or 0


def quota_bytes(agency: Agency) -> int:
    return agency.evidence_quota_mb * 10**6


def free_bytes(agency: Agency) -> int:
    return quota_bytes(agency) - used_bytes(agency)


def keep_files(*, update: ProgressUpdate, uploads: Iterable[Upload], by: User) -> None:
    """Keeps what came with `update`. Raises Problem where the agency has no room left for all of it."""
    uploads = list(uploads)
    if not uploads:
        return
    agency = update.occurrence.task.plan.agency
    take_turn(agency)  # two at once must not both see the last free place
    if sum(len(upload.content) for upload in uploads) > free_bytes(agency):
        raise Problem(NO_ROOM)
    for upload in uploads:
        _keep_file(update, upload, by)


def _keep_file(update: ProgressUpdate, upload: Upload, by: User) -> Evidence:
    name, sha256 = uuid.uuid4().hex, hashlib.sha256(upload.content).hexdigest()
    return Evidence.objects.create(
        occurrence=update.occurrence,
        update=update,
        file=ContentFile(upload.content, name=f"{name}.{upload.kind}"),
        file_name=upload.name,
        kind=upload.kind,
        size=len(upload.content),
        sha256=sha256,
        received_sha256=upload.received_sha256 or sha256,
        preview=ContentFile(upload.preview, name=f"{name}.jpg") if upload.preview else "",
        taken_on=upload.taken_on,
        added_by=by,
        added_at=clock.now(),
    )


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Takes a file out of sight; the row and the file stay as a trace. Raises Conflict if it is gone already."""
    changed = Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(
        removed_at=clock.now(), removed_by=by
    )
    if not changed:
        raise Conflict("Tệp này đã được gỡ.")
    words = f"{by} gỡ tệp “{evidence.file_name}”"
    occurrence = evidence.occurrence
    record_event(agency=occurrence.task.plan.agency, actor=by, verb="remove", about=occurrence, words=words)
