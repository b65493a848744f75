"""How the lines of a draft stand: in, out, split, merged, added, deleted and taken back. Each works by one press or one
form, with and without JavaScript; every form carries the version that it was made from."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from danvan.problems import Conflict, Problem
from plans import permissions, services
from plans.document import row_of
from plans.forms import AddForm, SplitForm
from plans.models import Doubt, Item, Plan, Removal, Section
from plans.views_shared import (
    CONFLICT,
    UNPROCESSABLE,
    back_to,
    back_to_draft,
    item_to_mend,
    number,
    posted_version,
    retyped,
    section_to_mend,
    show_problem,
    show_section,
    status_of,
    tells_what_is_gone,
)


@require_safe
@tells_what_is_gone
def item_tools(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that can be done with one line; in place, or as a page of its own."""
    item = item_to_mend(request, pk)
    context = {"plan": item.section.plan, "row": row_of(item), "item": item}
    template = "plans/_item_more.html" if request.htmx else "plans/item_tools.html"
    return render(request, template, context)


@require_POST
@tells_what_is_gone
def shift_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = item_to_mend(request, pk)
    inward = request.POST.get("direction") != "out"
    try:
        services.shift_item(item=item, version=posted_version(request), inward=inward, by=request.user)
    except Problem as problem:
        return _refused(request, item.section, problem, opened=item.pk)
    return show_section(request, item.section, opened=item.pk) if request.htmx else back_to(request, item)


@require_POST
@tells_what_is_gone
def merge_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = item_to_mend(request, pk)
    above = number(request.POST.get("above", ""))
    try:
        upper = services.merge_item(item=item, version=posted_version(request), above=above, by=request.user)
    except Problem as problem:
        return _refused(request, item.section, problem, opened=item.pk)
    return show_section(request, item.section, focused=upper.pk) if request.htmx else back_to(request, upper)


@require_POST
@tells_what_is_gone
def remove_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = item_to_mend(request, pk)
    try:
        removal = services.remove_item(item=item, version=posted_version(request), by=request.user)
    except Problem as problem:
        return _refused(request, item.section, problem, opened=item.pk)
    if request.htmx:
        return show_section(request, item.section, removal=removal)
    return back_to_draft(request, removal.plan_id, f"#xoa-{removal.pk}")


@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Removal.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    removal = get_object_or_404(visible.select_related("section__plan__agency", "plan"), pk=pk)
    if not permissions.can_mend_plan(request.user, removal.plan):
        raise PermissionDenied
    try:
        item = services.restore_items(removal=removal, by=request.user)
    except Problem as problem:
        return _refused(request, removal.section, problem)
    return show_section(request, removal.section, focused=item.pk) if request.htmx else back_to(request, item)


@require_http_methods(["GET", "HEAD", "POST"])
@tells_what_is_gone
def split_item(request: SignedInRequest, pk: int) -> HttpResponse:
    item = item_to_mend(request, pk)
    if request.method != "POST":
        form = SplitForm(initial={"version": item.version, "text": item.text})
        return _show_split(request, item, form)
    form = SplitForm(request.POST)
    if not form.is_valid():
        return _show_split(request, item, form, status=UNPROCESSABLE)
    asked = {"version": form.cleaned_data["version"], "parts": form.cleaned_data["text"]}
    try:
        services.split_item(item=item, by=request.user, **asked)
    except Problem as problem:
        item.refresh_from_db()
        form.data = retyped(form, version=item.version)
        return _show_split(request, item, form, status=status_of(problem, item.section.plan), problem=problem)
    return show_section(request, item.section, focused=item.pk) if request.htmx else back_to(request, item)


def _show_split(
    request: SignedInRequest,
    item: Item,
    form: SplitForm,
    *,
    status: int = 200,
    problem: Problem | None = None,
) -> HttpResponse:
    context = {
        "plan": item.section.plan,
        "item": item,
        "form": form,
        "problem": problem,
        "is_conflict": isinstance(problem, Conflict),
    }
    template = "plans/_split.html" if request.htmx else "plans/split.html"
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@tells_what_is_gone
def add_below(request: SignedInRequest, pk: int) -> HttpResponse:
    """A line below the line `pk`; GET `cho` names the doubt whose words it takes."""
    item = item_to_mend(request, pk)
    return _add(request, item.section, item)


@require_http_methods(["GET", "HEAD", "POST"])
def add_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """A line at the end of the section `pk`."""
    return _add(request, section_to_mend(request, pk), None)


def _add(request: SignedInRequest, section: Section, after: Item | None) -> HttpResponse:
    doubts = Doubt.objects.filter(plan=section.plan, item=None, settled_at=None)
    doubt = doubts.filter(pk=number(request.GET.get("cho", ""))).first()
    is_work = section.kind in (Section.Kind.CONTENT, Section.Kind.ORGANISATION)
    initial = {"text": doubt.text if doubt else "", "is_task": is_work}
    form = AddForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"plan": section.plan, "section": section, "after": after, "form": form, "doubt": doubt}
    if request.method != "POST":
        return render(request, "plans/add.html", context)
    if not form.is_valid():
        return render(request, "plans/add.html", context, status=UNPROCESSABLE)
    try:
        item = services.add_item(
            section=section, after=after, by=request.user, settled=doubt, **form.cleaned_data
        )
    except Problem as problem:
        return render(request, "plans/add.html", context | {"problem": problem}, status=CONFLICT)
    messages.success(request, "Đã thêm một dòng. Số thứ tự bên dưới đã đổi theo.")
    return back_to(request, item)


def _refused(
    request: SignedInRequest, section: Section, problem: Problem, *, opened: int | None = None
) -> HttpResponse:
    """What stands there now, and why the press did nothing."""
    status = status_of(problem, section.plan)
    if not request.htmx or section.plan.state != Plan.State.DRAFT:
        return show_problem(request, section.plan, problem)
    return show_section(request, section, problem=problem, opened=opened, status=status)
