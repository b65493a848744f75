"""The list of all work, and the views of it that people keep."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import INSIDE, Role
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Problem
from tasks import permissions
from tasks.filters import address_of, tail_of
from tasks.forms.finding import SaveViewForm
from tasks.models import SavedView
from tasks.services.saved_views import delete_view, save_view
from tasks.task_list import TaskList, task_list

PER_PAGE = 100


@require_safe
def list_tasks(request: SignedInRequest) -> HttpResponse:
    """All that the user may see of one plan, worst first. The address holds the filters: see `tasks.filters`."""
    return _show(request, found_by(request, request.GET), request.GET)


def found_by(request: SignedInRequest, asked: QueryDict, **more: Any) -> TaskList:
    """What the address asks for, for whoever works inside an agency."""
    if not request.user.agency_ids(*INSIDE):
        raise PermissionDenied
    return task_list(user=request.user, asked=asked, on=clock.today(), **more)


def _show(
    request: SignedInRequest, shown: TaskList, asked: QueryDict, form: SaveViewForm | None = None
) -> HttpResponse:
    """With `form`, the page tells why the view was not kept."""
    page = Paginator(shown.lines, PER_PAGE).get_page(asked.get("trang"))
    address = address_of(asked)
    context = {
        "shown": shown,
        "page": page,
        "may_assign": shown.plan is not None and permissions.can_assign(request.user, shown.plan.agency),
        "may_see_quiet": bool(request.user.agency_ids(Role.OFFICE, Role.CHAIR)),
        "address": address,
        "tail": tail_of(asked),
        "views": list(SavedView.objects.visible_to(request.user).select_related("owner")),
        "save_form": form or SaveViewForm(initial={"q": address}),
    }
    template = "tasks/_list_rows.html" if request.htmx else "tasks/list.html"
    return render(request, template, context, status=422 if form else 200)


@require_POST
def keep_view(request: SignedInRequest) -> HttpResponse:
    form = SaveViewForm(request.POST)
    form.is_valid()
    said = form.cleaned_data
    asked = QueryDict(said.get("q", ""))
    shown = found_by(request, asked)
    try:
        if shown.plan is None:
            raise Problem("Chưa có kế hoạch nào đang thực hiện nên chưa có gì để lọc.")
        view = save_view(
            agency=shown.plan.agency,
            owner=request.user,
            name=said.get("name", ""),
            query=address_of(asked) if shown.is_narrowed else "",
            is_shared=said["is_shared"],
        )
    except Problem as problem:
        form.add_error("name", str(problem))
        return _show(request, shown, asked, form)
    messages.success(request, f"Đã lưu cách xem “{view}”. Tên này đứng ở đầu trang, bấm vào là lọc lại.")
    return redirect(f"{reverse('tasks:list')}?{view.query}")


@require_POST
def drop_view(request: SignedInRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user).select_related("owner"), pk=pk)
    try:
        delete_view(view=view, by=request.user)
    except Problem:
        raise PermissionDenied
    messages.success(request, f"Đã xóa cách xem “{view}”. Các việc vẫn còn nguyên.")
    return redirect("tasks:list")
