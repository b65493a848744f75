"""The period desk: the office's home, and the act of closing a period."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Agency, User
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from reports import desk, permissions
from reports.forms import VersionedForm
from reports.models import STEERING
from reports.services.composing import close_and_compose
from tasks import status
from tasks.models import Period


@require_safe
def period(request: SignedInRequest, pk: int) -> HttpResponse:
    """The desk of any period, for those who see the whole agency."""
    user: User = request.user  # type: ignore[assignment]
    for agency in {m.agency for m in user.active_memberships if m.role in STEERING}:
        periods = desk.agency_periods(agency)
        if chosen := next((one for one in periods if one.pk == pk), None):
            return show_desk(request, agency, chosen, periods)
    get_period(request, pk)  # another agency's does not exist for them
    raise PermissionDenied


def get_period(request: SignedInRequest, pk: int) -> Period:
    rows = Period.objects.visible_to(request.user).select_related("plan__agency", "agency", "closed_by")
    return get_object_or_404(rows, pk=pk)


def show_desk(
    request: SignedInRequest,
    agency: Agency,
    chosen: Period | None = None,
    periods: list[Period] | None = None,
) -> HttpResponse:
    """The desk of `chosen`, or of the period at hand; before any plan is active, what to do first.

    `periods`: the agency's, if they were read already.
    """
    on = clock.today()
    periods = desk.agency_periods(agency) if periods is None else periods
    reports = desk.agency_reports(agency)
    period = chosen or desk.period_at_hand(periods, reports, on)
    is_office = permissions.can_close(request.user, agency)
    context: dict[str, object] = {
        "period": period,
        "is_office": is_office,
        "work": desk.office_work(agency) if is_office else None,
        "others": [one for one in periods if period and one.pk != period.pk and one.covers_from <= on],
        "several_plans": desk.several_plans(periods),
        "today": on,
    }
    if period is not None:
        shown = desk.period_desk(period=period, report=reports.get(period.pk), on=on)
        context |= {"desk": shown, "total": shown.counts.total, "may_close_now": may_close_now(period)}
    return render(request, "reports/period.html" if chosen else "reports/home_office.html", context)


def may_close_now(period: Period) -> bool:
    return not period.is_closed and clock.today() >= period.covers_to


def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET shows what is still missing; POST closes, freezes the figures and drafts the report."""
    period = get_period(request, pk)
    if not permissions.can_close(request.user, period.agency):
        raise PermissionDenied
    if period.is_closed:
        return _closed_already(request, period)
    if request.method != "POST":
        return _confirm(request, period)
    form = VersionedForm(request.POST)
    if not form.is_valid():
        return _confirm(request, period, "Trang đã cũ. Xem lại danh sách rồi bấm chốt lần nữa.", 422)
    try:
        report = close_and_compose(period=period, version=form.cleaned_data["version"], by=request.user)
    except Conflict as conflict:
        period = get_period(request, pk)
        if period.is_closed:  # the same press twice, or a colleague who was faster
            return _closed_already(request, period)
        return _confirm(request, period, str(conflict), 409)
    except Problem as problem:
        return _confirm(request, period, str(problem), 422)
    messages.success(request, f"Đã chốt số liệu {period}. Dự thảo báo cáo đã soạn xong, mời xem và sửa.")
    return redirect("reports:report", report.pk)


def _closed_already(request: SignedInRequest, period: Period) -> HttpResponse:
    messages.warning(request, f"Số liệu {period} đã chốt rồi.")
    return redirect("reports:period", period.pk)


def _confirm(request: SignedInRequest, period: Period, problem: str = "", code: int = 200) -> HttpResponse:
    shown = desk.period_desk(period=period, report=None, on=clock.today())
    context = {
        "period": period,
        "desk": shown,
        "total": shown.counts.total,
        "missing": desk.unanswered(shown.occurrences, clock.today()),
        "waiting": [
            one for one in shown.occurrences if one.period_id == period.pk and status.is_waiting(one)
        ],
        "may_close_now": may_close_now(period),
        "form": VersionedForm(initial={"version": period.version}),
        "problem": problem,
    }
    return render(request, "reports/close.html", context, status=code)
