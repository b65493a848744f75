"""From the draft to work (activation), and the plan as officials know it, each line with the state of its work."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from plans.document import laid_out, open_doubts
from plans.models import Plan
from tasks import permissions
from tasks.models import Task
from tasks.plan_states import plan_states
from tasks.services import activate_plan, propose_bindings, propose_tasks
from tasks.views.address import number
from tasks.views.fetch import plan_to_steer


@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check-answers: what will become of the draft; POST makes it so."""
    plan = plan_to_steer(request, pk)
    if request.method == "POST":
        return _activate(request, plan)
    if plan.state != Plan.State.DRAFT:
        return redirect("tasks:assign", plan.pk)
    return _show_activation(request, plan)


def _activate(request: SignedInRequest, plan: Plan) -> HttpResponse:
    version = number(request.POST.get("version"))
    try:
        if version is None:
            raise Conflict("Trang này đã cũ. Hãy xem lại bản nháp rồi kích hoạt.")
        activate_plan(plan=plan, version=version, by=request.user)
    except Problem as problem:
        plan.refresh_from_db()
        if plan.state != Plan.State.DRAFT:
            return render(request, "tasks/activated.html", {"plan": plan, "problem": problem}, status=409)
        return _show_activation(request, plan, problem)
    messages.success(request, f"{plan} đã được kích hoạt. Bây giờ hãy phân công từng việc.")
    return redirect("tasks:assign", plan.pk)


def _show_activation(request: SignedInRequest, plan: Plan, problem: Problem | None = None) -> HttpResponse:
    try:
        proposals = propose_tasks(plan=plan)
    except Problem as unreadable:
        proposals, problem = [], unreadable
    context = {
        "plan": plan,
        "problem": problem,
        "doubts": open_doubts(plan),
        "directions": [one for one in proposals if not one.item.is_tracked],
        "tracked": [one for one in proposals if one.item.is_tracked],
        "led": [one for one in proposals if one.lead and one.item.is_tracked],
        "groups": [one for one in proposals if one.lead and one.lead.kind == "group" and one.item.is_tracked],
        "dated": [one for one in proposals if one.schedule == Task.Schedule.DATES and one.item.is_tracked],
        "per_period": sum(
            one.schedule == Task.Schedule.EVERY_PERIOD and one.item.is_tracked for one in proposals
        ),
        "recurring": [
            one for one in proposals if one.schedule == Task.Schedule.RULES and one.item.is_tracked
        ],
        "unknown": sorted({name for one in proposals for name in one.unknown}),
        "bindings": propose_bindings(plan=plan),
    }
    status = 200 if problem is None else 409 if isinstance(problem, Conflict) else 422
    return render(request, "tasks/activate.html", context, status=status)


@require_safe
def plan_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET `ky` (period) shows the state of another period."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if plan.state == Plan.State.DRAFT:
        return redirect("plans:draft", plan.pk)
    on, asked = clock.today(), request.GET.get("ky", "")
    period_id = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    states = plan_states(plan=plan, user=request.user, on=on, period_id=period_id)
    document = laid_out(plan)
    context = {
        "plan": plan,
        "document": document,
        "body": states.body(document),
        "annexes": states.annexes(document),
        "states": states,
        "summary": states.summary,
        "may_assign": permissions.can_assign(request.user, plan.agency),
        "may_list": permissions.sees_whole_agency(request.user),
    }
    return render(request, "tasks/plan.html", context)
