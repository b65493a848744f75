"""One carrying-out of a task: its rounds readable from first to last, its evidence, the leaders' words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.downloads import download, picture
from danvan.problems import Problem
from tasks import permissions, services, status
from tasks.evidence_hints import attach_hints
from tasks.forms.progress import ReasonForm
from tasks.history import events_of_occurrence
from tasks.models import Evidence, IndicatorValue, Occurrence, ProgressUpdate, Review
from tasks.queue import acts_of
from tasks.views.address import back_to

EVENTS_SHOWN = 30


@require_safe
def occurrence(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _occurrence(request, pk)
    return render(request, "tasks/occurrence.html", _context(request, found))


@require_POST
def direct(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _occurrence(request, pk)
    if not permissions.can_direct(request.user, found.task.plan.agency):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    try:
        services.write_directive(occurrence=found, text=form.words(), by=request.user)
    except Problem as problem:
        context = _context(request, found) | {"directing": form, "problem": str(problem)}
        return render(request, "tasks/occurrence.html", context, status=422)
    messages.success(request, "Đã gửi ý kiến chỉ đạo. Đơn vị chủ trì thấy ngay trên khung của việc.")
    return redirect(back_to(request, reverse("tasks:occurrence", args=[pk])))


@require_safe
def evidence(request: SignedInRequest, pk: int) -> FileResponse:
    """The file itself, never shown inside the portal: it is a stranger's content. GET `xem` shows a photo by itself."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user).kept(), pk=pk)
    return download(found.file, name=found.file_name, kind=found.kind, is_shown="xem" in request.GET)


@require_safe
def preview(request: SignedInRequest, pk: int) -> FileResponse:
    """The small picture of a photo, or of the first page of a PDF."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user).kept(), pk=pk)
    return picture(found.preview)


@require_POST
def remove_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Evidence.objects.visible_to(request.user)
    found = get_object_or_404(
        rows.select_related("update", "occurrence__period", "occurrence__task__plan__agency"), pk=pk
    )
    if not permissions.can_remove_evidence(request.user, found):
        raise PermissionDenied
    try:
        services.remove_evidence(evidence=found, by=request.user)
        messages.success(request, f"Đã gỡ tệp “{found.file_name}”.")
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("tasks:occurrence", found.occurrence_id)


def _occurrence(request: SignedInRequest, pk: int) -> Occurrence:
    rows = Occurrence.objects.visible_to(request.user).select_related(
        "task__item__parent",
        "task__plan__agency",
        "task__lead_unit",
        "task__overseer",
        "period",
        "latest_update",
    )
    return get_object_or_404(rows, pk=pk)


def _context(request: SignedInRequest, found: Occurrence) -> dict[str, object]:
    user, agency = request.user, found.task.plan.agency
    is_open = not (found.cancelled_on or found.task.cancelled_on or (found.period and found.period.is_closed))
    updates = _rounds(found, user)
    for update in updates[:1]:
        update.occurrence = found
        update.acts = acts_of(user, update)  # type: ignore[attr-defined]
    return {
        "one": found,
        "sign": status.standing_of(found, clock.today()).sign,
        "updates": updates,
        "removable": _removable(updates, user),
        "extensions": found.period_id is None and found.extensions.select_related("approved_by"),  # type: ignore[attr-defined]
        "directives": found.directives.select_related("written_by"),  # type: ignore[attr-defined]
        "supporting": found.task.supporting_units.all(),
        "can_record": is_open and found.task.lead_unit_id and permissions.can_record_progress(user, found),
        "can_review": permissions.can_review(user, agency),
        "can_direct": permissions.can_direct(user, agency),
        "events": events_of_occurrence(found, EVENTS_SHOWN),
        "sees_history": permissions.sees_whole_agency(user),
    }


def _rounds(found: Occurrence, user: User) -> list[ProgressUpdate]:
    """Newest first, everything a reader may ask about one sending beside it; removed files too, as a trace."""
    rows = found.updates.select_related("recorded_by", "on_behalf_of")  # type: ignore[attr-defined]
    files = Prefetch("evidence", Evidence.objects.select_related("removed_by"))
    reviews = Prefetch("reviews", Review.objects.select_related("reviewer"))
    values = Prefetch("values", IndicatorValue.objects.select_related("indicator"))
    updates = list(rows.prefetch_related(files, reviews, values))
    for update in updates:
        for file in update.evidence.all():
            file.update, file.occurrence = update, found
    attach_hints([file for update in updates for file in update.evidence.all()], to=user)
    return updates


def _removable(updates: list[ProgressUpdate], user: User) -> set[int]:
    """The files this person may take away."""
    files = [file for update in updates for file in update.evidence.all()]  # type: ignore[attr-defined]
    return {file.pk for file in files if not file.removed_at and permissions.can_remove_evidence(user, file)}
