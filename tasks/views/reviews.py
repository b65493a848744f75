"""What units sent and the office or a leader has not answered yet: read, take or send back, next."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Role, Unit, User
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from tasks import permissions, services
from tasks.forms.progress import ReasonForm
from tasks.forms.review import ReturnForm
from tasks.models import Occurrence, ProgressUpdate, Review
from tasks.queue import acts_of, chair_queue, check_times, office_queue, readable, with_acts
from tasks.services.reviewing import needs_confirming
from tasks.views.address import back_to, number

PER_PAGE = 30
Outcome = ProgressUpdate.Outcome
DONE_WORDS = {
    Outcome.ACCEPTED: "đã nhận kết quả",
    Outcome.CONFIRMING: "đã nhận, chuyển lãnh đạo xác nhận",
    Outcome.RETURNED: "đã trả lại đơn vị",
    Outcome.WAITING: "đã mở lại để kiểm tra",
}


@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: SignedInRequest) -> HttpResponse:
    """The office's queue, oldest first. POST `chon` takes several at once and tells of each what came of it."""
    offices = request.user.agency_ids(Role.OFFICE)
    if not offices:
        raise PermissionDenied
    results = []
    if request.method == "POST":
        chosen = [pk for pk in map(number, request.POST.getlist("chon")) if pk][:PER_PAGE]
        rows = readable(offices).filter(pk__in=chosen).order_by("recorded_at", "pk")
        results = [_accept_one(update, request.user) for update in rows]
        if not results:
            messages.warning(request, "Chưa chọn kết quả nào. Hãy chọn các kết quả muốn nhận rồi bấm lại.")
    return render(request, "tasks/reviews.html", _queue(request) | {"results": results})


@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    update = _to_review(request, pk, permissions.can_check)
    as_chair = not permissions.can_review(request.user, update.occurrence.task.plan.agency)
    return _answer(
        request,
        update,
        lambda: services.accept_update(update=update, by=request.user, as_chair=as_chair),
    )


@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """A leader's word on what the office has taken."""
    update = _to_review(request, pk, _leads)
    return _answer(request, update, lambda: services.confirm_update(update=update, by=request.user))


@require_POST
def return_(request: SignedInRequest, pk: int) -> HttpResponse:
    update = _to_review(request, pk, _may_return)
    form = ReturnForm(request.POST)
    as_chair = permissions.can_confirm(request.user, update) or not permissions.can_check(
        request.user, update
    )
    return _answer(
        request,
        update,
        lambda: services.return_update(
            update=update,
            reason=form.words(),
            code=form.chosen(),
            by=request.user,
            as_chair=as_chair,
        ),
    )


@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    update = _to_review(request, pk, _steers)
    form = ReasonForm(request.POST)
    return _answer(
        request, update, lambda: services.reopen_update(update=update, reason=form.words(), by=request.user)
    )


def _leads(user: User, update: ProgressUpdate) -> bool:
    return permissions.can_direct(user, update.occurrence.task.plan.agency)


def _steers(user: User, update: ProgressUpdate) -> bool:
    return permissions.can_review(user, update.occurrence.task.plan.agency)


def _may_return(user: User, update: ProgressUpdate) -> bool:
    return permissions.can_check(user, update) or _leads(user, update)


def _to_review(
    request: SignedInRequest, pk: int, may: Callable[[User, ProgressUpdate], bool]
) -> ProgressUpdate:
    visible = ProgressUpdate.objects.filter(occurrence__in=Occurrence.objects.visible_to(request.user))
    found = get_object_or_404(visible.select_related("occurrence__task__plan__agency"), pk=pk)
    if not may(request.user, found):
        raise PermissionDenied
    return found


def _queue(request: SignedInRequest) -> dict[str, object]:
    offices = request.user.agency_ids(Role.OFFICE)
    waiting = office_queue(offices)
    unit_id = number(request.GET.get("don-vi"))
    units = Unit.objects.filter(pk__in=waiting.values("occurrence__task__lead_unit"))
    shown = waiting.filter(occurrence__task__lead_unit=unit_id) if unit_id else waiting
    page: Page = Paginator(shown, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = with_acts(request.user, page.object_list)
    agency = request.user.agency_as(Role.OFFICE)
    return {
        "page": page,
        "units": units,
        "unit_id": unit_id,
        "waiting": page.paginator.count,
        "times": check_times(agency, clock.today()) if agency else None,
    }


def _unit_shown(request: SignedInRequest) -> int | None:
    """The unit whose queue htmx has before it."""
    return number(QueryDict(urlsplit(request.htmx.current_url or "").query).get("don-vi"))


def _accept_one(update: ProgressUpdate, by: User) -> tuple[ProgressUpdate, str, str]:
    """The update, if it was not taken why, and if it was what is next."""
    try:
        services.accept_update(update=update, by=by)
    except Problem as problem:
        return update, str(problem), ""
    passed_on = needs_confirming(update)
    return update, "", "Chờ lãnh đạo xác nhận" if passed_on else ""


def _answer(request: SignedInRequest, update: ProgressUpdate, deed: Callable[[], Review]) -> HttpResponse:
    """Does it, then shows the row as it stands: in place for htmx, on the page it came from otherwise."""
    problem, code = "", 200
    try:
        deed()
    except Problem as refusal:
        problem, code = str(refusal), 409 if isinstance(refusal, Conflict) else 422
    is_office = _steers(request.user, update)
    agency_ids = request.user.agency_ids(Role.OFFICE if is_office else Role.CHAIR)
    fresh = readable(agency_ids).get(pk=update.pk)
    fresh.acts = acts_of(request.user, fresh)  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "update": fresh,
        "problem": problem,
        "typed": request.POST.get("reason", ""),
        "picked": request.POST.get("code", ""),
        "is_leader": not is_office,
    }
    if request.htmx:
        queue: QuerySet = office_queue(agency_ids) if is_office else chair_queue(agency_ids)
        if is_office and (unit_id := _unit_shown(request)):
            queue = queue.filter(occurrence__task__lead_unit=unit_id)
        context |= {"waiting": queue.count(), "was_sent": not problem}
        return render(request, "tasks/_reviewed.html", context, status=code)
    if problem:
        page = "tasks/reviews.html" if is_office else "tasks/review_failed.html"
        shown = _queue(request) if is_office else {}
        return render(request, page, shown | {"failed": context}, status=code)
    messages.success(request, f"“{fresh.occurrence.task.title}”: {DONE_WORDS[Outcome(fresh.outcome)]}.")
    otherwise = reverse("tasks:reviews" if is_office else "reports:to_approve")
    return redirect(back_to(request, otherwise))
