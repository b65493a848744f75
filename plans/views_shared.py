"""What the pages that mend a draft have in common: whose it is, what is gone, and how a line or a section is shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.requests import SignedInRequest
from danvan.problems import Conflict, Problem
from plans import permissions
from plans.document import is_in_long_section, overview_of, part_of, row_of, unit_names
from plans.models import Item, Plan, Removal, Section

CONFLICT, UNPROCESSABLE = 409, 422
P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]


class Gone(Exception):
    """The line was deleted or merged while somebody had it open."""

    def __init__(self, removal: Removal) -> None:
        self.removal = removal


def tells_what_is_gone(view: View[P]) -> View[P]:
    """Whoever sends a form about a line that is gone is told who took it, and keeps what was typed."""

    @wraps(view)
    def wrapped(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Gone as gone:
            template = "plans/_gone.html" if request.htmx else "plans/gone.html"
            context = {
                "removal": gone.removal,
                "plan": gone.removal.plan,
                "typed": request.POST.get("text", ""),
            }
            return render(request, template, context, status=CONFLICT)

    return wrapped


def item_to_mend(request: SignedInRequest, pk: int) -> Item:
    """404 if not yours, 403 if you may not. Raises `Gone` if it was taken out of a draft of yours."""
    visible = Item.objects.visible_to(request.user).select_related("section__plan__agency")
    try:
        item = get_object_or_404(visible, pk=pk)
    except Http404:
        plans = Plan.objects.visible_to(request.user)
        removals = Removal.objects.of_item(pk).filter(plan__in=plans)
        removal = removals.select_related("plan", "removed_by", "merged_into").first()
        if removal and permissions.can_mend_plan(request.user, removal.plan):
            raise Gone(removal) from None
        raise
    if not permissions.can_mend_plan(request.user, item.section.plan):
        raise PermissionDenied
    return item


def plan_to_mend(request: SignedInRequest, pk: int) -> Plan:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if not permissions.can_mend_plan(request.user, plan):
        raise PermissionDenied
    return plan


def section_to_mend(request: SignedInRequest, pk: int) -> Section:
    visible = Section.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    section = get_object_or_404(visible.select_related("plan__agency"), pk=pk)
    if not permissions.can_mend_plan(request.user, section.plan):
        raise PermissionDenied
    return section


def posted_version(request: SignedInRequest) -> int:
    """0, which no line has, where the form carries none: such a form is old."""
    return number(request.POST.get("version", ""))


def number(text: str) -> int:
    """0, which no row has, where `text` is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def is_beside(request: SignedInRequest) -> bool:
    """Whether the page that asks has the original document beside the draft."""
    page = request.htmx.current_url if request.htmx else request.headers.get("Referer")
    return "goc=1" in (page or "")


def back_to_draft(request: SignedInRequest, plan_id: int, place: str, **asked: int) -> HttpResponse:
    asked = ({"goc": 1} if is_beside(request) else {}) | asked
    query = f"?{urlencode(asked)}" if asked else ""
    return redirect(reverse("plans:draft", args=[plan_id]) + query + place)


def back_to(request: SignedInRequest, item: Item) -> HttpResponse:
    return back_to_line(request, item.section.plan_id, item.pk)


def back_to_line(request: SignedInRequest, plan_id: int, item_id: int) -> HttpResponse:
    """The draft with that line on it, however long its section is."""
    asked = {"dong": item_id} if is_in_long_section(item_id) else {}
    return back_to_draft(request, plan_id, f"#muc-{item_id}", **asked)


def show_item(request: SignedInRequest, item: Item, *, focus: bool = False, **more: Any) -> HttpResponse:
    if not request.htmx:
        return back_to(request, item)
    plan = item.section.plan
    names = unit_names(plan.agency)
    context = {
        "plan": plan,
        "row": row_of(item, names),
        "may_mend": True,
        "is_beside": is_beside(request),
        "overview": overview_of(plan, names),
        "focus": focus,
    }
    return render(request, "plans/_item_alone.html", context | more)


def show_section(
    request: SignedInRequest, section: Section, *, status: int = 200, at: int = 0, **more: Any
) -> HttpResponse:
    """The section as it stands now, and the overview. `opened` is the line whose tools stay open, `focused` the one
    that takes the focus, `removal` what was just deleted, `problem` why nothing was done. Of a long section the lines
    around one of these are shown, or those around `at`."""
    removal = more.get("removal")
    above = removal.after_key if removal else 0
    at = at or more.get("opened") or more.get("focused") or above or _line_of_page(request)
    names = unit_names(section.plan.agency)
    context = {
        "plan": section.plan,
        "part": part_of(section, names, at),
        "overview": overview_of(section.plan, names),
        "may_mend": True,
        "is_beside": is_beside(request),
    }
    return render(request, "plans/_section_alone.html", context | more, status=status)


def _line_of_page(request: SignedInRequest) -> int:
    """The line that the page which asks was opened at."""
    asked = parse_qs(urlsplit(request.htmx.current_url or "").query)
    return number(asked.get("dong", [""])[0])


def show_problem(request: SignedInRequest, plan: Plan, problem: Problem) -> HttpResponse:
    """For a single press: a note in the fragment's place, or a page of its own."""
    template = "plans/_problem.html" if request.htmx else "plans/problem.html"
    return render(request, template, {"plan": plan, "problem": problem}, status=status_of(problem, plan))


def status_of(problem: Problem, plan: Plan) -> int:
    """409 where somebody was faster, be it by activating the plan; 422 where it cannot be done at all."""
    plan.refresh_from_db(fields=["state"])
    is_late = isinstance(problem, Conflict) or plan.state != Plan.State.DRAFT
    return CONFLICT if is_late else UNPROCESSABLE


def retyped(form: BaseForm, **versions: object) -> QueryDict:
    """What was typed, over the version that now stands: pressing the button again overwrites knowingly."""
    data = cast(QueryDict, form.data).copy()
    for name, version in versions.items():
        data[name] = str(version)
    return data
