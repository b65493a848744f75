"""The office's calendar: days off of a year, how deadlines on them count, and the days of a period."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Agency, Role
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from plans.models import Plan
from tasks import permissions
from tasks.forms.calendar import DayOffForm, PeriodForm, SettingForm
from tasks.models import DayOff, Period
from tasks.period_hints import hints, on_days_off
from tasks.recurrence import WEEKDAY_WORDS
from tasks.services import (
    add_days_off,
    calendar_setting,
    open_due_periods,
    remove_day_off,
    save_calendar,
    save_period_dates,
    working_days,
)
from tasks.services.days_off import bring_in_holidays
from tasks.views.address import number

ADD, SET, SEED = "them", "cach-tinh", "ngay-le"


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_page(request: SignedInRequest) -> HttpResponse:
    """GET `nam`: the year. POST `viec`: a day added, the setting saved, or the year's holidays brought in."""
    agency = _agency(request)
    if request.method != "POST":
        return _show(request, agency)
    if not permissions.can_assign(request.user, agency):
        raise PermissionDenied
    deed = {ADD: _add, SET: _set, SEED: _seed}.get(request.POST.get("viec", ""))
    return deed(request, agency) if deed else _show(request, agency, status=422)


def _agency(request: SignedInRequest) -> Agency:
    for membership in request.user.active_memberships:
        if membership.role in (Role.OFFICE, Role.INSPECTOR):
            return membership.agency
    raise PermissionDenied


def _add(request: SignedInRequest, agency: Agency) -> HttpResponse:
    form = DayOffForm(request.POST)
    if form.is_valid():
        said = form.said()
        try:
            moved = add_days_off(agency=agency, by=request.user, **said)
        except Problem as problem:
            form.add_error("from_on", str(problem))
        else:
            _told(request, f"Đã thêm “{said['name']}”.", moved)
            _warn(request, agency)
            return _back(said["from_on"].year)
    return _show(request, agency, adding=form, status=422)


def _set(request: SignedInRequest, agency: Agency) -> HttpResponse:
    form = SettingForm(request.POST, setting=calendar_setting(agency))
    if form.is_valid():
        try:
            moved = save_calendar(agency=agency, by=request.user, **form.cleaned_data)
        except Conflict as stale:
            typed = request.POST.copy()
            typed["version"] = str(calendar_setting(agency).version)
            renewed = SettingForm(typed, setting=calendar_setting(agency))
            return _show(request, agency, setting=renewed, conflict=stale, status=409)
        for plan in Plan.objects.active().filter(agency=agency).select_related("agency"):
            open_due_periods(plan=plan, on=clock.today())
        _told(request, "Đã lưu cách tính lịch.", moved)
        return _back(_year(request))
    return _show(request, agency, setting=form, status=422)


def _seed(request: SignedInRequest, agency: Agency) -> HttpResponse:
    year = _year(request)
    moved = bring_in_holidays(agency=agency, year=year, by=request.user)
    _told(request, f"Đã đưa ngày lễ năm {year} vào lịch.", moved)
    return _back(year)


def _told(request: SignedInRequest, words: str, moved: int) -> None:
    messages.success(request, words + (f" {moved} thời hạn đã chuyển theo lịch." if moved else ""))


def _warn(request: SignedInRequest, agency: Agency) -> None:
    """The days of a period never move by themselves, so a new day off under one of them is told at once."""
    days = working_days(agency)
    for period in Period.objects.filter(agency=agency, closed_at=None, due_on__gte=clock.today()):
        for sentence in on_days_off(period, days):
            messages.warning(request, f"{str(period).capitalize()}: {sentence} Hãy xem lại các ngày của kỳ.")


def _back(year: int) -> HttpResponse:
    return redirect(f"{reverse('tasks:calendar')}?nam={year}")


def _year(request: SignedInRequest) -> int:
    asked = number(request.POST.get("nam") or request.GET.get("nam"))
    this = clock.today().year
    return asked if asked is not None and abs(asked - this) <= 5 else this


def _show(
    request: SignedInRequest,
    agency: Agency,
    *,
    adding: DayOffForm | None = None,
    setting: SettingForm | None = None,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    year, saved = _year(request), calendar_setting(agency)
    context = {
        "year": year,
        "years": [year - 1, year, year + 1],
        "days": [(day, WEEKDAY_WORDS[day.on.weekday()]) for day in _days(agency, year)],
        "is_seeded": year in saved.seeded_years,
        "periods": _periods(agency, year),
        "may_keep": permissions.can_assign(request.user, agency),
        "adding": adding or DayOffForm(),
        "setting": setting or SettingForm(setting=saved),
        "saved": saved,
        "conflict": conflict,
    }
    return render(request, "tasks/calendar.html", context, status=status)


def _days(agency: Agency, year: int) -> QuerySet[DayOff]:
    return DayOff.objects.filter(agency=agency, on__year=year).order_by("on")


def _periods(agency: Agency, year: int) -> list[tuple[Period, bool]]:
    """Each with whether something about its days is to be looked at; closed ones are past that."""
    rows = Period.objects.filter(agency=agency, year=year).select_related("plan")
    periods = list(rows.order_by("plan_id", "covers_to", "-covers_from"))
    by_place = {(one.plan_id, one.kind, one.ordinal): one for one in periods}
    days = working_days(agency)

    def is_odd(one: Period) -> bool:
        before, after = (by_place.get((one.plan_id, one.kind, one.ordinal + step)) for step in (-1, 1))
        return not one.is_closed and bool(hints(one, days, before=before, after=after))

    return [(one, is_odd(one)) for one in periods]


@require_POST
def day_off_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    day = get_object_or_404(DayOff.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if not permissions.can_assign(request.user, day.agency):
        raise PermissionDenied
    moved = remove_day_off(day=day, by=request.user)
    _told(request, f"Đã bỏ {day.on:%d/%m/%Y} ({day.name}) khỏi lịch.", moved)
    _warn(request, day.agency)
    return _back(day.on.year)


@require_http_methods(["GET", "HEAD", "POST"])
def period_dates(request: SignedInRequest, pk: int) -> HttpResponse:
    period = _period(request, pk)
    form = PeriodForm(request.POST if request.method == "POST" else None, period=period)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_period_dates(
                period=period, version=form.cleaned_data["version"], dates=form.dates(), by=request.user
            )
        except Conflict as stale:
            conflict, period = stale, _period(request, pk)
            typed = request.POST.copy()
            typed["version"] = str(period.version)
            form = PeriodForm(typed, period=period)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Đã lưu các ngày của {period}.")
            return redirect("tasks:period_dates", period.pk)
    status = 409 if conflict else 422 if request.method == "POST" else 200
    context = {"period": period, "form": form, "conflict": conflict, "hints": _hints(period)}
    return render(request, "tasks/period_dates.html", context, status=status)


def _period(request: SignedInRequest, pk: int) -> Period:
    rows = Period.objects.visible_to(request.user).select_related("agency", "plan")
    period = get_object_or_404(rows, pk=pk)
    if not permissions.can_assign(request.user, period.agency):
        raise PermissionDenied
    return period


def _hints(period: Period) -> list[str]:
    same = Period.objects.filter(plan=period.plan_id, kind=period.kind, year=period.year)
    near = {one.ordinal: one for one in same.filter(ordinal__in=(period.ordinal - 1, period.ordinal + 1))}
    days = working_days(period.agency)
    return hints(period, days, before=near.get(period.ordinal - 1), after=near.get(period.ordinal + 1))
