"""«Đơn vị trong kế hoạch»: every name that was read, which unit it means, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Unit
from accounts.requests import SignedInRequest
from accounts.services import versions_of
from accounts.unit_names import Match, UnitNames
from danvan import clock
from danvan.problems import Conflict, Problem
from plans import services
from plans.forms import MembersForm, NewUnitForm, UnitNameForm
from plans.models import Item, Plan
from plans.naming import NameRead, names_read
from plans.views_shared import UNPROCESSABLE, plan_to_mend, retyped, status_of


@dataclass
class Entry:
    """One name on the page with its forms; `is_open` where a form was refused, so that what was typed is seen.

    `stands` says what is kept now, where somebody else was faster than that form.
    """

    read: NameRead
    alias: Form
    new: Form
    members: Form | None = None
    is_open: bool = False
    stands: str = ""


@require_safe
def units(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, plan_to_mend(request, pk))


@require_POST
def name_unit(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = plan_to_mend(request, pk)
    form = UnitNameForm(request.POST, units=_choices(_valid(plan)))
    if not form.is_valid():
        return _show(request, plan, form)
    said = form.cleaned_data
    unit = get_object_or_404(Unit, agency=plan.agency, pk=said["unit"])
    try:
        services.name_unit(plan=plan, unit=unit, name=said["name"], shown=said["shown"], by=request.user)
    except Problem as problem:
        return _show(request, plan, form, problem)
    messages.success(request, f"Từ nay “{said['name']}” là tên gọi khác của “{unit}”.")
    return _back(plan, said["name"])


@require_POST
def add_unit(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = plan_to_mend(request, pk)
    form = NewUnitForm(request.POST)
    if not form.is_valid():
        return _show(request, plan, form)
    try:
        unit = services.create_unit(plan=plan, by=request.user, **form.cleaned_data)
    except Problem as problem:
        return _show(request, plan, form, problem)
    messages.success(request, f"Đã thêm đơn vị “{unit}”.")
    return _back(plan, form.cleaned_data["read_as"])


@require_POST
def group_members(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = plan_to_mend(request, pk)
    form = MembersForm(request.POST, units=_choices(_valid(plan)))
    if not form.is_valid():
        return _show(request, plan, form)
    unit = get_object_or_404(Unit, agency=plan.agency, pk=form.cleaned_data["unit"])
    members = Unit.objects.filter(agency=plan.agency, pk__in=form.cleaned_data["members"])
    version = form.cleaned_data["version"]
    try:
        services.set_members(plan=plan, unit=unit, members=members, version=version, by=request.user)
    except Problem as problem:
        return _show(request, plan, form, problem)
    messages.success(request, f"Đã ghi thành viên của “{unit}”.")
    return _back(plan, unit.name)


def _back(plan: Plan, name: str) -> HttpResponse:
    return redirect(reverse("plans:units", args=[plan.pk]) + f"#{Match(name).anchor}")


def _valid(plan: Plan) -> list[Unit]:
    valid = plan.agency.units.valid(clock.today())  # type: ignore[attr-defined]
    return list(valid.prefetch_related("members"))


def _choices(units: list[Unit]) -> list[tuple[int, str]]:
    return [(unit.pk, unit.name) for unit in units]


def _show(
    request: SignedInRequest, plan: Plan, refused: Form | None = None, problem: Problem | None = None
) -> HttpResponse:
    valid = _valid(plan)
    items = Item.objects.filter(section__plan=plan).order_by("section__order", "order", "pk")
    read = names_read(items, UnitNames(valid, plan.agency.place))
    groups = {one.match.unit for one in read if one.match.unit and one.match.unit.kind == Unit.Kind.GROUP}
    versions = versions_of(groups)
    entries = [_entry(one, place, valid, versions, refused) for place, one in enumerate(read, start=1)]
    opened = next((entry for entry in entries if entry.is_open), None)
    if opened and isinstance(problem, Conflict):
        opened.stands = _stands(opened, refused)
    context: dict[str, Any] = {
        "plan": plan,
        "unclear": [entry for entry in entries if entry.read.match.unit is None],
        "known": [entry for entry in entries if entry.read.match.unit],
        "problem": problem,
        "form": refused,
        # The name may have left the page meanwhile: what was typed is then shown apart.
        "opened": opened,
        "lost": refused if refused and not opened else None,
    }
    status = status_of(problem, plan) if problem else UNPROCESSABLE if refused else 200
    return render(request, "plans/units.html", context, status=status)


def _entry(
    read: NameRead, place: int, valid: list[Unit], versions: dict[int, int], refused: Form | None
) -> Entry:
    """The forms of one name; a refused one stands in its place with what was typed, over what the name means now."""
    match = read.match
    ordered = sorted(valid, key=lambda unit: unit not in match.units)  # what it may mean comes first
    alias = {"name": read.name, "shown": match.shown}
    proper = read.name[:1].upper() + read.name[1:]
    new = {"read_as": read.name, "shown": match.shown, "name": proper, "kind": read.kind}
    entry = Entry(
        read,
        UnitNameForm(units=_choices(ordered), initial=alias, auto_id=f"goi-{place}-%s"),
        NewUnitForm(initial=new, auto_id=f"moi-{place}-%s"),
    )
    if match.unit and match.unit.kind == Unit.Kind.GROUP:
        version = versions.get(match.unit.pk, 0)
        entry.members = _members(match.unit, valid, version, f"nhom-{place}-%s")
    _put_back(entry, refused)
    return entry


def _stands(entry: Entry, refused: Form | None) -> str:
    """What is kept of the thing that the refused form is about, in words."""
    match = entry.read.match
    if match.unit and refused is entry.members:
        return (
            f"Thành viên đang lưu: {', '.join(unit.name for unit in match.unit.members.all()) or 'chưa có'}."
        )
    if match.unit:
        return f"Đang lưu: “{match.name}” là “{match.unit}”."
    return f"Đang lưu: “{match.name}” chưa là đơn vị nào."


def _members(group: Unit, valid: list[Unit], version: int, ids: str) -> Form:
    units = [unit for unit in valid if unit.kind != Unit.Kind.GROUP]
    members = [unit.pk for unit in group.members.all()]
    initial = {"unit": group.pk, "version": version, "members": members}
    return MembersForm(units=_choices(units), initial=initial, auto_id=ids)


def _put_back(entry: Entry, refused: Form | None) -> None:
    """A refused form is bound in the place of the untouched one; its versions are those of now."""
    if refused is None:
        return
    for name, key in (("alias", "name"), ("new", "read_as"), ("members", "unit")):
        form = getattr(entry, name)
        is_it = isinstance(refused, type(form)) and str(form.initial.get(key)) == str(refused.data.get(key))
        if form is not None and is_it:
            now = {key: form.initial[key] for key in ("shown", "version") if key in form.initial}
            refused.data, refused.auto_id = retyped(refused, **now), form.auto_id
            setattr(entry, name, refused)
            entry.is_open = True
