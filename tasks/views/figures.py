"""«Nhập số liệu»: the figures of one unit and period in one table."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Unit, User
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from tasks import permissions
from tasks.cards import UnitPage, unit_page
from tasks.figure_grid import Grid, Piece, figure_grid, renew
from tasks.models import Period
from tasks.services import record_figures
from tasks.views.address import number
from tasks.views.my_unit import unit_asked

CONFLICT = "Có người vừa cập nhật việc này. Số đang lưu ghi bên cạnh; bấm Gửi để thay bằng số của đồng chí."


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: SignedInRequest) -> HttpResponse:
    """GET `don-vi` (unit), `ky` (period). POST sends what was touched, each piece of work by itself."""
    unit = unit_asked(request)
    if unit is None:
        return redirect("tasks:my_unit")
    page = _page(request, unit)
    if request.method != "POST":
        return _show(request, page, figure_grid(page))
    grid = figure_grid(page, request.POST)
    sent = [piece for piece in grid.pieces if _send(request.user, piece)]
    if sent:
        messages.success(request, f"Đã gửi số liệu của {len(sent)} việc. Văn phòng sẽ kiểm tra.")
    if not grid.problems:
        if not sent:
            messages.info(request, "Chưa có số nào thay đổi nên không gửi gì.")
        return redirect(_address(page))
    return _not_all_sent(request, grid, unit)


def _page(request: SignedInRequest, unit: Unit) -> UnitPage:
    try:
        return unit_page(unit=unit, on=clock.today(), period_id=number(request.GET.get("ky")))
    except Period.DoesNotExist:
        raise Http404


def _send(user: User, piece: Piece) -> bool:
    """Whether an update was made; what is in the way is written on the piece."""
    if piece.is_wrong or not piece.is_changed:
        return False
    occurrence = piece.card.occurrence
    try:
        record_figures(
            occurrence=occurrence,
            version=piece.version,
            form_key=piece.form_key,
            values=piece.values,
            by=user,
            on_behalf=not permissions.records_as_unit(user, occurrence.task),
        )
    except Conflict:
        piece.problem = CONFLICT
    except Problem as problem:
        piece.problem = str(problem)
    return not piece.problem


def _not_all_sent(request: SignedInRequest, grid: Grid, unit: Unit) -> HttpResponse:
    """The same table: what was sent as it is stored now, what was not as it was typed."""
    page = _page(request, unit)
    fresh = figure_grid(page)
    kept = {piece.card.occurrence.pk: piece for piece in grid.pieces if piece.problem or piece.is_wrong}
    for place, piece in enumerate(fresh.pieces):
        if old := kept.get(piece.card.occurrence.pk):
            if old.problem == CONFLICT:
                renew(old, piece.card)
            fresh.pieces[place] = old
    conflicting = any(piece.problem == CONFLICT for piece in fresh.pieces)
    return _show(request, page, fresh, status=409 if conflicting else 422)


def _show(request: SignedInRequest, page: UnitPage, grid: Grid, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "unit": page.unit,
        "period": page.period,
        "grid": grid,
        "address": _address(page),
        "on_behalf": page.unit not in request.user.led_units,
        "draft": f"{request.user.pk}-{page.unit.pk}-{page.period.pk if page.period else 0}",
    }
    return render(request, "tasks/figures_grid.html", context, status=status)


def _address(page: UnitPage) -> str:
    asked = {"don-vi": page.unit.pk, "ky": page.period.pk if page.period else ""}
    return f"{reverse('tasks:figures')}?{urlencode(asked)}"
