"""What people do in the tests, in one line each."""

import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from tasks.models import Occurrence, ProgressUpdate
from tasks.services import Progress, Upload, record_progress


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, kind)
    return out.getvalue()


PHOTO = Upload("anh.png", "png", picture())
SHOT = Upload("anh.jpg", "jpg", picture("JPEG"), preview=picture("JPEG"))


def fresh(occurrence: Occurrence) -> Occurrence:
    return Occurrence.objects.select_related(
        "task__plan__agency", "task__lead_unit", "period", "latest_update", "accepted_update"
    ).get(pk=occurrence.pk)


def say(
    occurrence: Occurrence, state: str = "done", text: str = "Đã phát 6 bài.", *, by: User, **said
) -> ProgressUpdate:
    """The unit (or the office, if `by` is not of the unit) sends a result."""
    now = fresh(occurrence)
    return record_progress(
        occurrence=now,
        version=now.version,
        form_key=uuid.uuid4(),
        progress=Progress(state=state, text=text, **said),
        by=by,
        on_behalf=now.task.lead_unit_id not in by.acting_unit_ids,
    )


def typed(occurrence: Occurrence, **fields) -> dict:
    """What the card of `occurrence` posts."""
    return {
        "state": "done",
        "text": "Đã phát 6 bài.",
        "version": fresh(occurrence).version,
        "form_key": str(uuid.uuid4()),
        **fields,
    }


def photo(name: str = "anh.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)
