"""Many pieces of work at once: first what would be done and what cannot be, then what came of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.requests import SignedInRequest
from danvan import clock
from tasks.bulk import ACT_WORDS, Act, BulkRow, bulk_rows, reminders_of
from tasks.filters import tail_of
from tasks.forms.assignment import Choices
from tasks.forms.bulk import BulkAssignForm, BulkDeadlineForm, NothingToAsk
from tasks.models import Occurrence
from tasks.services.bulk import Result, accept_many, assign_many, extend_many
from tasks.views.address import number

Form = BulkAssignForm | BulkDeadlineForm | NothingToAsk


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: SignedInRequest) -> HttpResponse:
    """`viec`: the act · `chon`: the occurrences · `loc`: the address of the list they were ticked in.

    GET shows what would be done; POST does it, with `v-<id>` the version each was shown at. POST with `xem` shows
    again with what was typed: a reason is too long for an address.
    """
    if not request.user.agency_ids(Role.OFFICE):
        raise PermissionDenied
    said = request.POST if request.method == "POST" else request.GET
    back = reverse("tasks:list") + tail_of(QueryDict(said.get("loc", "")))
    rows, act = _rows(request, said), _act(said)
    if act is None or not rows:
        messages.warning(request, "Chưa chọn việc nào. Hãy đánh dấu các việc cần làm rồi bấm lại.")
        return redirect(back)
    form = _form(act, rows, request.POST if request.method == "POST" else None)
    context: dict[str, object] = {
        "act": act,
        "words": ACT_WORDS[act],
        "back": back,
        "loc": said.get("loc", ""),
        "form": form,
    }
    is_pressed = request.method == "POST" and "xem" not in request.POST
    if is_pressed and act is not Act.REMIND and form.is_valid():
        results = _do(request, act, [row for row in rows if not row.obstacle], form)
        failed = [(row.occurrence, row.obstacle) for row in rows if row.obstacle]
        return render(request, "tasks/bulk_done.html", context | _outcome(results, failed))
    context |= {
        "able": [row for row in rows if not row.obstacle],
        "unable": [row for row in rows if row.obstacle],
        "reminders": reminders_of(rows, clock.today()) if act is Act.REMIND else [],
    }
    return render(request, "tasks/bulk.html", context, status=422 if is_pressed else 200)


def _act(said: QueryDict) -> Act | None:
    return next((act for act in Act if act == said.get("viec")), None)


def _rows(request: SignedInRequest, said: QueryDict) -> list[BulkRow]:
    act = _act(said)
    pks = [pk for pk in map(number, said.getlist("chon")) if pk]
    return bulk_rows(act=act, user=request.user, pks=pks) if act else []


def _form(act: Act, rows: list[BulkRow], data: QueryDict | None) -> Form:
    if act is Act.ASSIGN:
        return BulkAssignForm(data, choices=Choices(rows[0].occurrence.task.plan))
    return BulkDeadlineForm(data) if act is Act.EXTEND else NothingToAsk(data)


def _do(request: SignedInRequest, act: Act, rows: list[BulkRow], form: Form) -> list[Result]:
    """At the versions that were shown; a row without one was never shown and counts as stale."""
    shown = [(row.occurrence, number(request.POST.get(f"v-{row.occurrence.pk}")) or 0) for row in rows]
    if act is Act.ASSIGN:
        return assign_many(rows=shown, by=request.user, **form.said())
    if act is Act.EXTEND:
        return extend_many(rows=shown, by=request.user, **form.said())
    return accept_many(rows=shown, by=request.user)


def _outcome(results: list[Result], unable: list[tuple[Occurrence, str]]) -> dict[str, object]:
    done = [one for one, problem in results if problem is None]
    failed = [(one, str(problem)) for one, problem in results if problem]
    return {"done": done, "failed": failed, "unable": unable}
