"""«Kỳ đã qua»: for a plan that the portal takes over in mid-year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from plans.models import Plan
from tasks import calendar
from tasks.services.earlier import (
    asked_in_each,
    close_earlier_period,
    earlier_periods,
    open_earlier_periods,
    taken_over,
)
from tasks.views.address import number
from tasks.views.fetch import plan_to_steer

OPEN, CLOSE = "mo", "chot"


@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET shows what would be opened and what is open. POST `viec`: open them all, or close `ky` at its `version`."""
    plan = plan_to_steer(request, pk)
    if request.method != "POST":
        return _show(request, plan)
    try:
        words = _close(request, plan) if request.POST.get("viec") == CLOSE else _open(request, plan)
    except Problem as problem:
        messages.error(request, str(problem))
        return _show(request, plan, status=409 if isinstance(problem, Conflict) else 422)
    messages.success(request, words)
    return redirect("tasks:earlier", plan.pk)


def _open(request: SignedInRequest, plan: Plan) -> str:
    opened = open_earlier_periods(plan=plan, on=clock.today(), by=request.user)
    if not opened:
        return "Các kỳ đã qua đều đã mở."
    return f"Đã mở {len(opened)} kỳ. Giờ hãy ghi kết quả của từng kỳ."


def _close(request: SignedInRequest, plan: Plan) -> str:
    period = close_earlier_period(
        plan=plan,
        period_id=number(request.POST.get("ky")) or 0,
        version=number(request.POST.get("version")) or 0,
        on=clock.today(),
        by=request.user,
    )
    return f"Đã chốt {period.title}, không lập báo cáo trên cổng."


def _show(request: SignedInRequest, plan: Plan, status: int = 200) -> HttpResponse:
    missing = earlier_periods(plan=plan, on=clock.today())
    context = {
        "plan": plan,
        "missing": [calendar.title(kind, plan.year, ordinal) for kind, ordinal in missing],
        "asked": asked_in_each(plan) if missing else 0,
        "open": list(taken_over(plan=plan, on=clock.today())),
        "can_open": plan.state == Plan.State.ACTIVE,
    }
    return render(request, "tasks/earlier.html", context, status=status)
