"""Mending the draft where it stands: one line, its place, its doubts, the heading. Each answers htmx with a fragment
and a page without JavaScript with the draft, at the same line."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from danvan.problems import Conflict, Problem
from plans import permissions, services
from plans.document import overview_of, part_of, row_of
from plans.forms import HeaderForm, ItemForm, SectionForm
from plans.header import header_of
from plans.models import Doubt, Item, Plan, Section

CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
def item(request: SignedInRequest, pk: int) -> HttpResponse:
    """The line as it stands; where «Không lưu» of its form leads."""
    item = _item_to_mend(request, pk)
    return _show_item(request, item, focus=True)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = _item_to_mend(request, pk)
    if request.method != "POST":
        return _show_item_form(request, item, ItemForm(initial=ItemForm.initial_of(item)))
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _show_item_form(request, item, form, status=UNPROCESSABLE)
    try:
        version = form.cleaned_data["version"]
        item = services.mend_item(item=item, version=version, by=request.user, **form.words)
    except Problem as problem:
        item.refresh_from_db()
        form.data = _retyped(form, version=item.version)
        return _show_item_form(request, item, form, status=CONFLICT, problem=problem)
    return _show_item(request, item, focus=True)


@require_POST
def move_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = _item_to_mend(request, pk)
    step = -1 if request.POST.get("direction") == "up" else 1
    try:
        services.move_item(item=item, step=step, by=request.user)
    except Problem as problem:
        return _show_problem(request, item.section.plan, problem)
    if not request.htmx:
        return _back_to(item)
    context = {"part": part_of(item.section), "may_mend": True}
    return render(request, "plans/_section.html", context)


@require_POST
def mark_task(request: SignedInRequest, pk: int) -> HttpResponse:
    item = _item_to_mend(request, pk)
    try:
        item = services.mark_task(
            item=item, is_tracked=request.POST.get("is_tracked") == "1", by=request.user
        )
    except Problem as problem:
        return _show_problem(request, item.section.plan, problem)
    return _show_item(request, item)


@require_POST
def settle_doubt(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Doubt.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    doubt = get_object_or_404(visible.select_related("plan__agency", "item__section__plan"), pk=pk)
    if not permissions.can_mend_plan(request.user, doubt.plan):
        raise PermissionDenied
    try:
        services.settle_doubt(doubt=doubt, by=request.user)
    except Problem as problem:
        return _show_problem(request, doubt.plan, problem)
    if doubt.item:
        return _show_item(request, doubt.item, focus=True)
    if not request.htmx:
        return redirect(reverse("plans:draft", args=[doubt.plan_id]) + "#tong-quan")
    context = {"plan": doubt.plan, "overview": overview_of(doubt.plan), "may_mend": True, "focus": True}
    return render(request, "plans/_overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def header(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan_to_mend(request, pk)
    now = header_of(plan)
    doubt = plan.doubts.filter(pk=_number(request.GET.get("cho", "")), item=None).first()
    form = HeaderForm(_posted(request), instance=plan, initial=HeaderForm.initial_of(now))
    context: dict[str, Any] = {"plan": plan, "form": form, "doubt": doubt}
    if request.method != "POST":
        return render(request, "plans/header.html", context)
    if not form.is_valid():
        return render(request, "plans/header.html", context, status=UNPROCESSABLE)
    mark = form.cleaned_data["mark"]
    try:
        services.mend_header(plan=plan, mark=mark, header=form.header, by=request.user, settled=doubt)
    except Problem as problem:
        form.data = _retyped(form, mark=now.mark)
        return render(
            request, "plans/header.html", context | {"problem": problem, "now": now}, status=CONFLICT
        )
    return redirect("plans:draft", plan.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Section.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    section = get_object_or_404(visible.select_related("plan__agency"), pk=pk)
    if not permissions.can_mend_plan(request.user, section.plan):
        raise PermissionDenied
    now = str(section)
    form = SectionForm(_posted(request), instance=section, initial={"shown": now})
    context: dict[str, Any] = {"plan": section.plan, "form": form, "name": now}
    if request.method != "POST":
        return render(request, "plans/section.html", context)
    if not form.is_valid():
        return render(request, "plans/section.html", context, status=UNPROCESSABLE)
    try:
        services.mend_section(section=section, by=request.user, **form.cleaned_data)
    except Problem as problem:
        form.data = _retyped(form, shown=now)
        return render(request, "plans/section.html", context | {"problem": problem}, status=CONFLICT)
    return redirect(reverse("plans:draft", args=[section.plan_id]) + f"#phan-{section.pk}")


def _item_to_mend(request: SignedInRequest, pk: int) -> Item:
    visible = Item.objects.visible_to(request.user).select_related("section__plan__agency")
    item = get_object_or_404(visible, pk=pk)
    if not permissions.can_mend_plan(request.user, item.section.plan):
        raise PermissionDenied
    return item


def _plan_to_mend(request: SignedInRequest, pk: int) -> Plan:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if not permissions.can_mend_plan(request.user, plan):
        raise PermissionDenied
    return plan


def _back_to(item: Item) -> HttpResponse:
    return redirect(reverse("plans:draft", args=[item.section.plan_id]) + f"#muc-{item.pk}")


def _show_item(request: SignedInRequest, item: Item, *, focus: bool = False) -> HttpResponse:
    if not request.htmx:
        return _back_to(item)
    plan = item.section.plan
    context = {
        "plan": plan,
        "row": row_of(item),
        "may_mend": True,
        "overview": overview_of(plan),
        "focus": focus,
    }
    return render(request, "plans/_item_alone.html", context)


def _show_item_form(
    request: SignedInRequest, item: Item, form: ItemForm, *, status: int = 200, problem: Problem | None = None
) -> HttpResponse:
    template = "plans/_item_form.html" if request.htmx else "plans/item.html"
    context = {
        "item": item,
        "plan": item.section.plan,
        "form": form,
        "row": row_of(item),
        "problem": problem,
        "is_conflict": isinstance(problem, Conflict),
    }
    return render(request, template, context, status=status)


def _show_problem(request: SignedInRequest, plan: Plan, problem: Problem) -> HttpResponse:
    """For a single press: a note in the fragment's place, or a page of its own."""
    template = "plans/_problem.html" if request.htmx else "plans/problem.html"
    return render(request, template, {"plan": plan, "problem": problem}, status=CONFLICT)


def _posted(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _retyped(form: BaseForm, **versions: object) -> QueryDict:
    """What was typed, over the version that now stands: pressing the button again overwrites knowingly."""
    data = cast(QueryDict, form.data).copy()
    for name, version in versions.items():
        data[name] = str(version)
    return data


def _number(text: str) -> int:
    """0, which no row has, where `text` is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
