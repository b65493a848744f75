"""The month of deadlines, under the same filters as the list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from danvan import clock
from tasks.filters import address_of, tail_of
from tasks.models import DayOff
from tasks.month import month_of, weeks_of
from tasks.recurrence import WEEKDAY_WORDS
from tasks.views.finding import found_by, list_tasks


@require_safe
def month_page(request: SignedInRequest) -> HttpResponse:
    """GET `thang`: «2024-03»; `ngay`: the day to show in full; and the filters of the list."""
    on = clock.today()
    month = month_of(request.GET.get("thang", ""), on)
    span = (month.first, month.last)
    shown = found_by(request, request.GET, within=span)
    if shown.plan is None:
        return list_tasks(request)
    off = list(DayOff.objects.filter(agency=shown.plan.agency_id, on__range=span))
    context = {
        "shown": shown,
        "month": month,
        "weeks": weeks_of(month, shown.lines, off, on, request.GET.get("ngay", "")),
        "weekdays": WEEKDAY_WORDS,
        "address": address_of(request.GET),
        "tail": tail_of(request.GET),
        "this_month": month_of("", on),
    }
    return render(request, "tasks/month.html", context)
