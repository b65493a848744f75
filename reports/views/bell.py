"""The bell: what needs this person now, as a page and as a number in the masthead."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import INSIDE, Role
from accounts.requests import SignedInRequest
from danvan import clock
from reports.bell import notices


@require_safe
def notice_list(request: SignedInRequest) -> HttpResponse:
    if not request.user.agency_ids(*INSIDE):
        raise PermissionDenied
    context = {
        "notices": notices(request.user, clock.today()),
        "reads_mail": bool(request.user.agency_ids(Role.OFFICE, Role.INSPECTOR)),
    }
    return render(request, "reports/notices.html", context)


@require_safe
def bell(request: SignedInRequest) -> HttpResponse:
    """The number alone, asked for once the page stands, so that no page is slower for it."""
    if not request.user.agency_ids(*INSIDE):
        raise PermissionDenied
    if not request.htmx:
        return redirect("reports:notices")
    count = len(notices(request.user, clock.today()))
    return render(request, "reports/_bell.html", {"count": count})
