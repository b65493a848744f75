"""The office's page of units."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import EndUnitForm, UnitForm
from accounts.models import Agency, Membership, Role, Unit, User
from accounts.permissions import can_keep_people
from accounts.requests import SignedInRequest
from accounts.services import end_unit, reopen_unit, save_unit, spoken, version_of
from accounts.views.shared import agency_of, kept_agency, posted, posted_version
from danvan import clock
from danvan.problems import Conflict, Problem


@require_safe
def units(request: SignedInRequest) -> HttpResponse:
    agency = agency_of(request.user, Role.OFFICE, Role.INSPECTOR)
    query = request.GET.get("tim", "")
    rows = [unit for unit in _listed_units(agency) if _answers(unit, spoken(query))]
    today = clock.today()
    rows.sort(key=lambda unit: unit.valid_to is not None and unit.valid_to < today)
    context = {
        "rows": rows,
        "query": query,
        "today": today,
        "may_keep": can_keep_people(request.user, agency),
    }
    return render(request, "accounts/units.html", context)


def _listed_units(agency: Agency) -> list[Unit]:
    heads = Membership.objects.active(clock.today()).select_related("user").order_by("user__sort_key")
    listed = Unit.objects.filter(agency=agency).order_by("sort_key", "pk")
    return list(listed.prefetch_related("members", Prefetch("memberships", heads, to_attr="heads")))


def _answers(unit: Unit, query: str) -> bool:
    return any(query in spoken(name) for name in unit.names())


@require_http_methods(["GET", "POST"])
def unit_add(request: SignedInRequest) -> HttpResponse:
    agency = kept_agency(request.user)
    form = UnitForm(posted(request), agency=agency)
    if request.method == "POST":
        return _save(request, agency, form, None)
    return _show(request, form, None)


@require_http_methods(["GET", "POST"])
def unit_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    unit = _kept_unit(request.user, pk)
    form = UnitForm(posted(request), agency=unit.agency, unit=unit)
    if request.method == "POST":
        return _save(request, unit.agency, form, unit)
    return _show(request, form, unit)


def _kept_unit(user: User, pk: int) -> Unit:
    unit = get_object_or_404(Unit.objects.visible_to(user).select_related("agency"), pk=pk)
    if not can_keep_people(user, unit.agency):
        raise PermissionDenied
    return unit


def _save(request: SignedInRequest, agency: Agency, form: UnitForm, unit: Unit | None) -> HttpResponse:
    if not form.is_valid():
        return _show(request, form, unit, status=422)
    try:
        saved = save_unit(
            agency=agency, actor=request.user, unit=unit, version=posted_version(request), **form.cleaned_data
        )
    except Problem as problem:
        stale = isinstance(problem, Conflict)
        form.add_error(None, str(problem))
        return _show(request, form, unit, stale=stale, status=409 if stale else 422)
    messages.success(request, f"Đã lưu đơn vị “{saved}”.")
    return redirect("accounts:units")


def _show(
    request: SignedInRequest, form: UnitForm, unit: Unit | None, *, stale: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "unit": unit,
        "stale": stale,
        # A plain mistake keeps the version the form was opened with; a conflict that was shown may be overruled.
        "version": posted_version(request) if request.method == "POST" and not stale else None,
        "end_form": EndUnitForm(initial={"on": clock.today()}),
    }
    if unit is not None and context["version"] is None:
        context["version"] = version_of(unit)
    return render(request, "accounts/unit_form.html", context, status=status)


@require_POST
def unit_end(request: SignedInRequest, pk: int) -> HttpResponse:
    unit = _kept_unit(request.user, pk)
    form = EndUnitForm(request.POST)
    try:
        if not form.is_valid():
            raise Problem("Hãy ghi ngày hoạt động cuối cùng theo dạng ngày/tháng/năm.")
        end_unit(unit=unit, actor=request.user, on=form.cleaned_data["on"])
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("accounts:unit_edit", unit.pk)
    messages.success(request, f"Đơn vị “{unit}” hoạt động đến hết ngày {unit.valid_to:%d/%m/%Y}.")
    return redirect("accounts:units")


@require_POST
def unit_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    unit = reopen_unit(unit=_kept_unit(request.user, pk), actor=request.user)
    messages.success(request, f"Đơn vị “{unit}” hoạt động trở lại. Hãy xem lại trưởng đơn vị.")
    return redirect("accounts:units")
