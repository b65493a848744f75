"""«Chỉ tiêu»: what a plan counts, kept by the office, read by leaders and inspectors."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Role, User
from accounts.requests import SignedInRequest
from danvan.problems import Conflict, Problem
from plans.content import ContentItem, ContentMap
from plans.models import Plan
from tasks import permissions
from tasks.figure_hints import identity_in_words
from tasks.forms.indicators import IndicatorForm, TargetCell
from tasks.models import Indicator, PlanIndicator
from tasks.services import (
    add_indicator,
    indicator_words,
    put_back_indicator,
    save_indicator,
    save_targets,
    take_out_indicator,
)
from tasks.views.address import number
from tasks.views.fetch import plan_to_steer

TARGETS = "ke-hoach-nam"
READERS = (Role.OFFICE, Role.CHAIR, Role.INSPECTOR)


@require_http_methods(["GET", "HEAD", "POST"])
def indicators(request: SignedInRequest, pk: int) -> HttpResponse:
    """The set of one plan. POST saves the yearly targets, or with `chi-tieu` brings an indicator of the agency in."""
    if request.method == "POST":
        plan = _plan_to_keep(request, pk)
        return _targets(request, plan) if request.POST.get("viec") == TARGETS else _put_back(request, plan)
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if plan.agency_id not in request.user.agency_ids(*READERS):
        raise PermissionDenied
    if plan.state == Plan.State.DRAFT:
        return redirect("plans:draft", plan.pk)
    return render(request, "tasks/indicators.html", _context(request.user, plan))


def _context(user: User, plan: Plan) -> dict[str, object]:
    bindings = list(plan.indicators.select_related("indicator"))  # type: ignore[attr-defined]
    rest = plan.agency.indicators.exclude(pk__in=[one.indicator_id for one in bindings])  # type: ignore[attr-defined]
    return {
        "plan": plan,
        "groups": _by_content(plan, bindings),
        "rest": rest,
        "may_keep": permissions.can_assign(user, plan.agency) and plan.state == Plan.State.ACTIVE,
        "targets_deed": TARGETS,
    }


def _targets(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """What cannot be read is told and stays typed; what somebody else has changed is told with what is stored now."""
    rows = list(plan.indicators.select_related("indicator"))  # type: ignore[attr-defined]
    cells = {one.pk: TargetCell(one, request.POST) for one in rows if f"target_{one.pk}" in request.POST}
    if not any(cell.error for cell in cells.values()):
        wanted = {pk: (cell.shown, cell.value) for pk, cell in cells.items()}
        left = save_targets(plan=plan, targets=wanted, by=request.user)
        if not left:
            messages.success(request, "Đã lưu kế hoạch năm.", extra_tags=TARGETS)
            return redirect("tasks:indicators", plan.pk)
        for pk, cell in cells.items():
            cell.settle(is_left=pk in left)
    status = 422 if any(cell.error for cell in cells.values()) else 409
    context = _context(request.user, plan) | {"cells": cells.values()}
    for _, group in context["groups"]:  # type: ignore[attr-defined]
        for one in group:
            one["cell"] = cells.get(one["binding"].pk, one["cell"])
    return render(request, "tasks/indicators.html", context, status=status)


def _by_content(
    plan: Plan, bindings: list[PlanIndicator]
) -> list[tuple[ContentItem | None, list[dict[str, Any]]]]:
    """In the plan's order; what is bound to nothing comes first, because nobody is asked for it."""
    contents = ContentMap(plan)
    names = {one.indicator.code: one.indicator.name for one in bindings}
    groups: dict[ContentItem | None, list[dict[str, Any]]] = defaultdict(list)
    for one in bindings:
        identity = one.indicator.identity
        must = identity_in_words(identity, names) if identity else ""
        row = {"binding": one, "indicator": one.indicator, "must": must, "cell": TargetCell(one)}
        groups[contents.of(one.item_id) if one.item_id else None].append(row)
    return sorted(groups.items(), key=lambda group: group[0].order if group[0] else -1)


def _plan_to_keep(request: SignedInRequest, pk: int) -> Plan:
    plan = plan_to_steer(request, pk)
    if plan.state != Plan.State.ACTIVE:
        raise PermissionDenied
    return plan


def _put_back(request: SignedInRequest, plan: Plan) -> HttpResponse:
    rows = Indicator.objects.filter(agency=plan.agency_id)
    indicator = rows.filter(pk=number(request.POST.get("chi-tieu")) or 0).first()
    if indicator is None:
        messages.error(request, "Chọn chỉ tiêu cần đưa vào kế hoạch.")
        return redirect("tasks:indicators", plan.pk)
    binding = put_back_indicator(plan=plan, indicator=indicator, by=request.user)
    messages.success(request, f"Đã đưa “{indicator.name}” vào kế hoạch. Hãy chọn nội dung cho chỉ tiêu này.")
    return redirect("tasks:indicator", binding.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_add(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan_to_keep(request, pk)
    form = _form(request, plan, None)
    if request.method == "POST" and form.is_valid():
        try:
            binding = add_indicator(plan=plan, words=form.words(), by=request.user)
        except Problem as problem:
            form.blame(problem)
        else:
            return _saved(request, binding, f"Đã thêm chỉ tiêu “{binding.indicator.name}”.")
    status = 422 if request.method == "POST" else 200
    return render(request, "tasks/indicator.html", {"plan": plan, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: SignedInRequest, pk: int) -> HttpResponse:
    """One indicator in one plan: its words, its content item, its target."""
    binding, conflict = _binding(request, pk), None
    form = _form(request, binding.plan, binding)
    if request.method == "POST" and form.is_valid():
        try:
            stamp = form.cleaned_data["stamp"]
            save_indicator(binding=binding, stamp=stamp, words=form.words(), by=request.user)
        except Conflict as stale:
            conflict, binding = stale, _binding(request, pk)
            typed = request.POST.copy()
            typed["stamp"] = indicator_words(binding).stamp
            form = _form(request, binding.plan, binding, typed)
        except Problem as problem:
            form.blame(problem)
        else:
            return _saved(request, binding, f"Đã lưu chỉ tiêu “{form.cleaned_data['name']}”.")
    status = 409 if conflict else 422 if request.method == "POST" else 200
    context = {"plan": binding.plan, "binding": binding, "form": form, "conflict": conflict}
    return render(request, "tasks/indicator.html", context, status=status)


@require_POST
def indicator_take_out(request: SignedInRequest, pk: int) -> HttpResponse:
    binding = _binding(request, pk)
    try:
        take_out_indicator(binding=binding, by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("tasks:indicator", binding.pk)
    messages.success(
        request, f"Đã bỏ “{binding.indicator.name}” khỏi kế hoạch. Số liệu đã nhập vẫn được giữ."
    )
    return redirect("tasks:indicators", binding.plan_id)


def _saved(request: SignedInRequest, binding: PlanIndicator, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("tasks:indicators", binding.plan_id)


def _binding(request: SignedInRequest, pk: int) -> PlanIndicator:
    """Not yours → 404, may not → 403."""
    rows = PlanIndicator.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    binding = get_object_or_404(rows.select_related("plan__agency", "indicator", "item"), pk=pk)
    if (
        not permissions.can_assign(request.user, binding.plan.agency)
        or binding.plan.state != Plan.State.ACTIVE
    ):
        raise PermissionDenied
    return binding


def _form(
    request: SignedInRequest, plan: Plan, binding: PlanIndicator | None, typed: object = None
) -> IndicatorForm:
    data = (typed or request.POST) if request.method == "POST" else None
    items = [(root.item_id, str(root)) for root in ContentMap(plan).roots() if root.item_id]
    last = plan.indicators.aggregate(last=Max("indicator__order"))["last"] or 0  # type: ignore[attr-defined]
    words = indicator_words(binding) if binding else None
    return IndicatorForm(data, items=items, words=words, order=last + 1)
