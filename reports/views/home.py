"""The first page of everybody, by role."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Agency, Role, User
from accounts.requests import SignedInRequest
from danvan import clock
from reports import dashboard, desk
from reports.models import Report, ReportStep
from reports.views.period import show_desk
from tasks.models import Period
from tasks.queue import chair_queue, check_times, with_acts

UPDATES_SHOWN = 30


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """GET `ky` (period) chooses another period on the leaders' screen."""
    user: User = request.user  # type: ignore[assignment]
    role, agency = user.main_role, user.agency
    if agency is None or role is None:
        return render(request, "reports/home_none.html")
    if role == Role.DEPARTMENT:
        return redirect("tasks:my_unit")
    if role == Role.RECEIVER:
        return redirect("reports:list")
    if role == Role.OFFICE:
        return show_desk(request, agency)
    return _leaders_screen(request, agency, is_chair=role == Role.CHAIR)


def _leaders_screen(request: SignedInRequest, agency: Agency, *, is_chair: bool) -> HttpResponse:
    on = clock.today()
    periods, reports = desk.agency_periods(agency), desk.agency_reports(agency)
    period = _chosen(request, periods) or desk.period_at_hand(periods, reports, on)
    template = "reports/home_chair.html" if is_chair else "reports/home_inspector.html"
    if period is None:
        return render(request, template, {"agency": agency, "period": None})
    shown = desk.period_desk(period=period, report=reports.get(period.pk), on=on)
    needs = dashboard.needs_of(agency, reports.values(), on) if is_chair else []
    context = {
        "agency": agency,
        "period": period,
        "desk": shown,
        "total": shown.counts.total,
        "needs": needs,
        "first_needs": needs[: dashboard.NEEDS_SHOWN],
        "later_needs": needs[dashboard.NEEDS_SHOWN :],
        "screen": dashboard.screen_of(shown.counts, period),
        "falling_due": dashboard.falling_due(agency, on),
        "periods": [one for one in periods if one.covers_from <= on],
        "several_plans": desk.several_plans(periods),
        "today": on,
    }
    return render(request, template, context)


def _chosen(request: SignedInRequest, periods: list[Period]) -> Period | None:
    """The period named in the address, if it is one of the agency's; else none."""
    asked = request.GET.get("ky", "")
    return next((one for one in periods if str(one.pk) == asked), None)


@require_safe
def to_approve(request: SignedInRequest) -> HttpResponse:
    """Reports and results that wait for a leader, the longest first; and how long the office lets results wait."""
    user: User = request.user  # type: ignore[assignment]
    agencies = user.agency_ids(Role.CHAIR)
    if not agencies:
        raise PermissionDenied
    waiting = Report.objects.without_words().filter(agency__in=agencies, state=Report.State.SUBMITTED)
    submitted_at = Max("steps__at", filter=Q(steps__verb=ReportStep.Verb.SUBMIT))
    rows = waiting.annotate(submitted_at=submitted_at).select_related("agency", "period", "drafted_by")
    queue = chair_queue(agencies)
    updates = with_acts(user, queue[:UPDATES_SHOWN])
    context = {
        "reports": rows.order_by("submitted_at", "pk"),
        "updates": updates,
        "waiting": queue.count() if len(updates) == UPDATES_SHOWN else len(updates),
        "more": -len(updates),
        "is_leader": True,
        "times": check_times(_led_agency(user), clock.today()),
    }
    return render(request, "reports/to_approve.html", context)


def _led_agency(user: User) -> Agency:
    """The agency whose leader the user is, whatever else they are elsewhere. For leaders only."""
    return next(one.agency for one in user.active_memberships if one.role == Role.CHAIR)
