"""Mending the draft where it stands: one line, its place, its doubts, the heading. Each answers htmx with a fragment
and a page without JavaScript with the draft, at the same line."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from danvan.problems import Conflict, Problem
from plans import permissions, services
from plans.document import next_doubt_after, overview_of, row_of, unit_names
from plans.forms import HeaderForm, ItemForm, SectionForm
from plans.header import header_of
from plans.models import Doubt, Item, Plan
from plans.views_shared import (
    CONFLICT,
    UNPROCESSABLE,
    back_to,
    back_to_draft,
    back_to_line,
    item_to_mend,
    number,
    plan_to_mend,
    retyped,
    section_to_mend,
    show_item,
    show_problem,
    show_section,
    tells_what_is_gone,
)


@require_safe
@tells_what_is_gone
def item(request: SignedInRequest, pk: int) -> HttpResponse:
    """The line as it stands; where «Không lưu» of its form leads."""
    item = item_to_mend(request, pk)
    return show_item(request, item, focus=True)


@require_http_methods(["GET", "HEAD", "POST"])
@tells_what_is_gone
def edit_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = item_to_mend(request, pk)
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
        form.data = retyped(form, version=item.version)
        return _show_item_form(request, item, form, status=CONFLICT, problem=problem)
    return show_item(request, item, focus=True)


@require_POST
@tells_what_is_gone
def move_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = item_to_mend(request, pk)
    step = -1 if request.POST.get("direction") == "up" else 1
    try:
        services.move_item(item=item, step=step, by=request.user)
    except Problem as problem:
        return show_problem(request, item.section.plan, problem)
    if not request.htmx:
        return back_to(request, item)
    return show_section(request, item.section, at=item.pk)


@require_POST
@tells_what_is_gone
def mark_task(request: SignedInRequest, pk: int) -> HttpResponse:
    item = item_to_mend(request, pk)
    try:
        item = services.mark_task(
            item=item, is_tracked=request.POST.get("is_tracked") == "1", by=request.user
        )
    except Problem as problem:
        return show_problem(request, item.section.plan, problem)
    return show_item(request, item)


@require_POST
def settle_doubt(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Doubt.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    doubt = get_object_or_404(visible.select_related("plan__agency", "item__section__plan"), pk=pk)
    if not permissions.can_mend_plan(request.user, doubt.plan):
        raise PermissionDenied
    try:
        services.settle_doubt(doubt=doubt, by=request.user)
    except Problem as problem:
        return show_problem(request, doubt.plan, problem)
    following = next_doubt_after(doubt.plan, doubt)
    if not request.htmx:
        if following:
            return back_to_line(request, doubt.plan_id, following)
        return back_to_draft(request, doubt.plan_id, "#tong-quan")
    if doubt.item:
        return show_item(request, doubt.item, is_settled=True, following=following)
    names = unit_names(doubt.plan.agency)
    context = {
        "plan": doubt.plan,
        "overview": overview_of(doubt.plan, names),
        "may_mend": True,
        "focus": True,
    }
    return render(request, "plans/_overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def header(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = plan_to_mend(request, pk)
    now = header_of(plan)
    doubt = plan.doubts.filter(pk=number(request.GET.get("cho", "")), item=None).first()
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
        form.data = retyped(form, mark=now.mark)
        return render(
            request, "plans/header.html", context | {"problem": problem, "now": now}, status=CONFLICT
        )
    return redirect("plans:draft", plan.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, pk: int) -> HttpResponse:
    section = section_to_mend(request, pk)
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
        form.data = retyped(form, shown=now)
        return render(request, "plans/section.html", context | {"problem": problem}, status=CONFLICT)
    return redirect(reverse("plans:draft", args=[section.plan_id]) + f"#phan-{section.pk}")


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


def _posted(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
