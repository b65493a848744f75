"""Who did what: the rows that every service appends, and the version that an open form carries."""

from collections.abc import Collection

from django.db import models

from accounts.models import Agency, Event, User
from danvan import clock
from danvan.problems import Conflict

# What changes a row that a form shows; a printed slip, for instance, makes no open form stale.
EDITS = ("save_unit", "end_unit", "reopen_unit", "save_person", "add_membership", "end_membership")


def record_event(*, agency: Agency, actor: User | None, verb: str, about: models.Model, words: str) -> Event:
    """Append who did what. Call it inside the transaction of the deed; `actor` is None for the machine."""
    return Event.objects.create(
        agency=agency,
        actor=actor,
        verb=verb,
        subject_type=about._meta.label_lower,
        subject_id=about.pk,
        words=words,
        at=clock.now(),
    )


def version_of(subject: models.Model) -> int:
    """The last edit of `subject`, 0 if none: a form carries it, so that a stale one is noticed."""
    edits = Event.objects.about(subject).filter(verb__in=EDITS)
    return edits.order_by("-pk").values_list("pk", flat=True).first() or 0


def versions_of(subjects: Collection[models.Model]) -> dict[int, int]:
    """`version_of` several rows of one model, by key; a row that nobody edited is missing. One query."""
    if not subjects:
        return {}
    label = next(iter(subjects))._meta.label_lower
    edits = Event.objects.filter(
        subject_type=label, subject_id__in=[one.pk for one in subjects], verb__in=EDITS
    )
    return dict(edits.order_by().values_list("subject_id").annotate(models.Max("pk")))


def take_turn(agency: Agency) -> None:
    """Two edits of one agency's people wait for each other: PostgreSQL by this lock, SQLite by its IMMEDIATE mode."""
    Agency.objects.select_for_update().get(pk=agency.pk)


def check_version(subject: models.Model, version: int | None) -> None:
    if version is None or version == version_of(subject):
        return
    last = Event.objects.about(subject).filter(verb__in=EDITS).select_related("actor").order_by("-pk")[0]
    who = last.actor or "Người quản trị"
    at = last.at.astimezone(clock.ZONE)
    raise Conflict(
        f"{who} vừa sửa mục này lúc {at:%H:%M} ngày {at:%d/%m/%Y}. Bên dưới có bản đang lưu; "
        "những gì đồng chí gõ vẫn còn trong các ô. Xem lại rồi lưu lần nữa nếu vẫn muốn thay."
    )
