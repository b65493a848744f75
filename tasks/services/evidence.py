"""Files that prove a result: kept with the update they came with, taken out of sight later, never deleted."""

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict
from danvan.uploads import judge_evidence, reencode_image
from tasks.models import Evidence, ProgressUpdate


@dataclass(frozen=True)
class Upload:
    """A file that was already judged: `content` is what will be kept."""

    name: str
    kind: str
    content: bytes

    @classmethod
    def judged(cls, name: str, content: bytes) -> "Upload":
        """Raises danvan.uploads.Refused. Photos are re-encoded, so that where they were taken stays behind."""
        kind = judge_evidence(name, content)
        if kind in ("jpg", "png"):
            content = reencode_image(content)
        return cls(PurePath(name).name[:200], kind, content)


def keep_file(update: ProgressUpdate, upload: Upload, by: User) -> Evidence:
    return Evidence.objects.create(
        occurrence=update.occurrence,
        update=update,
        file=ContentFile(upload.content, name=f"{uuid.uuid4().hex}.{upload.kind}"),
        file_name=upload.name,
        kind=upload.kind,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
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
