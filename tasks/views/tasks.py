"""What the office does to one task: add by letter, cancel, move a deadline, divide."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from plans.models import Plan
from tasks.forms.changes import AddForm, CancelForm, DeadlineForm
from tasks.models import Occurrence
from tasks.services import add_task, cancel_task, move_deadline, split_among_members
from tasks.views.address import number
from tasks.views.fetch import occurrence_to_steer, plan_to_steer, task_to_steer


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = plan_to_steer(request, pk)
    form = AddForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            task = add_task(
                plan=plan,
                source=form.cleaned_data["source"],
                title=form.cleaned_data["title"],
                assignment=form.assignment(),
                by=request.user,
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Đã thêm việc “{task.title}”.")
            return redirect(f"{reverse('tasks:assign', args=[plan.pk])}?da-luu={task.pk}#viec-{task.pk}")
    can_add = plan.state == Plan.State.ACTIVE
    return _form_page(request, "tasks/add.html", {"plan": plan, "form": form, "can_add": can_add})


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    task = task_to_steer(request, pk)
    form = CancelForm(request.POST or None, initial={"version": task.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            cancel_task(task=task, version=said["version"], reason=said["reason"], by=request.user)
        except Conflict as stale:
            conflict, form = stale, CancelForm(_typed(request, task.version))
        except Problem as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(
                request, f"Đã rút việc “{task.title}” khỏi kế hoạch. Việc này không còn tính vào tổng số."
            )
            return redirect("tasks:plan", task.plan_id)
    return _form_page(request, "tasks/cancel.html", {"task": task, "form": form, "conflict": conflict})


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: SignedInRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_steer(request, pk)
    form = DeadlineForm(request.POST or None, initial={"version": occurrence.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            move_deadline(occurrence=occurrence, by=request.user, **form.cleaned_data)
        except Conflict as stale:
            conflict, form = stale, DeadlineForm(_typed(request, occurrence.version))
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Đã chuyển thời hạn. Thời hạn ban đầu vẫn được giữ lại để đối chiếu.")
            return redirect("tasks:occurrence", occurrence.pk)
    context = {"occurrence": occurrence, "task": occurrence.task, "form": form, "conflict": conflict}
    return _form_page(request, "tasks/deadline.html", context | {"extensions": _extensions(occurrence)})


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """«Mỗi thành viên một việc»: shown first, done by POST."""
    task = task_to_steer(request, pk)
    problem = None
    if request.method == "POST":
        shown = number(request.POST.get("version")) or 0
        try:
            made = split_among_members(task=task, version=shown, by=request.user)
        except Problem as refused:
            problem = refused
            task.refresh_from_db()
        else:
            messages.success(request, f"Đã chia thành {len(made)} việc, mỗi thành viên một việc.")
            saved = ",".join(str(one.pk) for one in made)
            return redirect(
                f"{reverse('tasks:assign', args=[task.plan_id])}?da-luu={saved}#viec-{made[0].pk}"
            )
    members = list(task.lead_unit.members.valid(clock.today())) if task.lead_unit else []
    status = 200 if problem is None else 409 if isinstance(problem, Conflict) else 422
    context = {"task": task, "members": members, "problem": problem}
    return render(request, "tasks/split.html", context, status=status)


def _form_page(request: SignedInRequest, template: str, context: dict[str, object]) -> HttpResponse:
    refused = request.method == "POST"
    return render(
        request, template, context, status=409 if context.get("conflict") else 422 if refused else 200
    )


def _typed(request: SignedInRequest, version: int) -> QueryDict:
    """The same words over what is saved now, so that pressing again overwrites knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    return typed


def _extensions(occurrence: Occurrence) -> list[object]:
    return list(occurrence.extensions.select_related("approved_by"))
