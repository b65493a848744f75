"""What units sent and the office has not looked at yet: read, take or send back, next."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Role, Unit, User
from accounts.requests import SignedInRequest
from danvan.problems import Conflict, Problem
from tasks import permissions, services
from tasks.forms.progress import ReasonForm
from tasks.models import Evidence, Occurrence, ProgressUpdate, Review
from tasks.views.address import back_to, number

PER_PAGE = 30
Outcome = ProgressUpdate.Outcome
DONE_WORDS = {
    Outcome.ACCEPTED: "đã nhận kết quả",
    Outcome.RETURNED: "đã trả lại đơn vị",
    Outcome.WAITING: "đã mở lại để kiểm tra",
}


@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: SignedInRequest) -> HttpResponse:
    """The queue, oldest first. POST `chon` takes several at once and tells of each what came of it."""
    waiting = _waiting(request.user)
    results = []
    if request.method == "POST":
        chosen = [pk for pk in map(number, request.POST.getlist("chon")) if pk][:PER_PAGE]
        results = [
            _accept_one(update, request.user) for update in _readable(request.user).filter(pk__in=chosen)
        ]
        if not results:
            messages.warning(request, "Chưa chọn kết quả nào. Hãy chọn các kết quả muốn nhận rồi bấm lại.")
    return render(request, "tasks/reviews.html", _queue(request, waiting) | {"results": results})


@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    update = _to_review(request, pk)
    return _answer(request, update, lambda _: services.accept_update(update=update, by=request.user))


@require_POST
def return_(request: SignedInRequest, pk: int) -> HttpResponse:
    update = _to_review(request, pk)
    return _answer(
        request, update, lambda reason: services.return_update(update=update, reason=reason, by=request.user)
    )


@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    update = _to_review(request, pk)
    return _answer(
        request, update, lambda reason: services.reopen_update(update=update, reason=reason, by=request.user)
    )


def _readable(user: User) -> QuerySet[ProgressUpdate]:
    """Everything the queue shows of an update; three queries for any number of them."""
    offices = user.agency_ids(Role.OFFICE)
    if not offices:
        raise PermissionDenied
    rows = ProgressUpdate.objects.filter(occurrence__task__plan__agency__in=offices)
    return rows.select_related(
        "recorded_by",
        "on_behalf_of",
        "occurrence__period",
        "occurrence__accepted_update",
        "occurrence__task__item",
        "occurrence__task__lead_unit",
        "occurrence__task__plan__agency",
    ).prefetch_related(
        Prefetch("occurrence__evidence", Evidence.objects.kept()),
        "values__indicator",
        Prefetch("reviews", Review.objects.select_related("reviewer")),
    )


def _waiting(user: User) -> QuerySet[ProgressUpdate]:
    return (
        _readable(user)
        .filter(outcome=Outcome.WAITING, occurrence__in=Occurrence.objects.live())
        .order_by("recorded_at", "pk")
    )


def _to_review(request: SignedInRequest, pk: int) -> ProgressUpdate:
    visible = ProgressUpdate.objects.filter(occurrence__in=Occurrence.objects.visible_to(request.user))
    found = get_object_or_404(visible.select_related("occurrence__task__plan__agency"), pk=pk)
    if not permissions.can_review(request.user, found.occurrence.task.plan.agency):
        raise PermissionDenied
    return get_object_or_404(_readable(request.user), pk=pk)


def _queue(request: SignedInRequest, waiting: QuerySet[ProgressUpdate]) -> dict[str, object]:
    unit_id = number(request.GET.get("don-vi"))
    units = Unit.objects.filter(pk__in=waiting.values("occurrence__task__lead_unit"))
    shown = waiting.filter(occurrence__task__lead_unit=unit_id) if unit_id else waiting
    page: Page = Paginator(shown, PER_PAGE).get_page(request.GET.get("trang"))
    return {"page": page, "units": units, "unit_id": unit_id, "waiting": page.paginator.count}


def _accept_one(update: ProgressUpdate, by: User) -> tuple[ProgressUpdate, str]:
    """The update and, if it was not taken, why."""
    try:
        services.accept_update(update=update, by=by)
    except Problem as problem:
        return update, str(problem)
    return update, ""


def _answer(request: SignedInRequest, update: ProgressUpdate, deed: Callable[[str], Review]) -> HttpResponse:
    """Does it, then shows the row as it stands: in place for htmx, on the page it came from otherwise."""
    problem, code = "", 200
    try:
        deed(ReasonForm(request.POST).words())
    except Problem as refusal:
        problem, code = str(refusal), 409 if isinstance(refusal, Conflict) else 422
    fresh = _readable(request.user).get(pk=update.pk)
    waiting = _waiting(request.user)
    context = {"update": fresh, "problem": problem, "typed": request.POST.get("reason", "")}
    if request.htmx:
        context |= {"waiting": waiting.count(), "was_sent": not problem}
        return render(request, "tasks/_reviewed.html", context, status=code)
    if problem:
        return render(
            request, "tasks/reviews.html", _queue(request, waiting) | {"failed": context}, status=code
        )
    messages.success(request, f"“{fresh.occurrence.task.title}”: {DONE_WORDS[Outcome(fresh.outcome)]}.")
    return redirect(back_to(request, reverse("tasks:reviews")))
