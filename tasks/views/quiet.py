"""«Nơi chưa có tin»: for the office, which acts, and for leaders, who ask."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Agency, Role
from accounts.requests import SignedInRequest
from danvan import clock
from tasks import permissions, status
from tasks.quiet_units import quiet_units
from tasks.views.address import number

CHOICES = (7, 14, status.SILENT_DAYS)


@require_safe
def quiet(request: SignedInRequest) -> HttpResponse:
    """GET `ngay`: from how many days on silence counts."""
    agency = _agency(request)
    days = min(number(request.GET.get("ngay")) or status.SILENT_DAYS, 999)
    context = {
        "quiet": quiet_units(agency=agency, on=clock.today(), days=days),
        "days": days,
        "choices": CHOICES,
        "may_act": permissions.can_assign(request.user, agency),
    }
    return render(request, "tasks/quiet.html", context)


def _agency(request: SignedInRequest) -> Agency:
    for membership in request.user.active_memberships:
        if membership.role in (Role.OFFICE, Role.CHAIR):
            return membership.agency
    raise PermissionDenied
