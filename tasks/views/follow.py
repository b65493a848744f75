"""What the list has found, to take away: the printed table and the Excel file. Both read the same address as the list."""

import io

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from danvan import clock
from tasks.filters import tail_of
from tasks.follow_table import by_content, follow_rows
from tasks.task_list import TaskList
from tasks.views.finding import found_by, list_tasks
from tasks.workbook import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def follow_table(request: SignedInRequest) -> HttpResponse:
    """«Bảng theo dõi thực hiện nhiệm vụ» on landscape paper."""
    shown = found_by(request, request.GET, with_results=True)
    if shown.plan is None:
        return list_tasks(request)
    rows = follow_rows(shown)
    context = {
        "shown": shown,
        "agency": shown.plan.agency,
        "groups": by_content(rows),
        "count": len(rows),
        "today": clock.today(),
        "tail": tail_of(request.GET),
        "period": _period(shown),
    }
    return render(request, "tasks/follow_table.html", context)


@require_safe
def excel(request: SignedInRequest) -> HttpResponse | FileResponse:
    """Exactly what is filtered, all pages of it."""
    shown = found_by(request, request.GET, with_results=True)
    if shown.plan is None:
        return list_tasks(request)
    content = workbook(rows=follow_rows(shown), about=_about(shown))
    name = f"nhiem-vu-{clock.today():%Y-%m-%d}.xlsx"
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def _period(shown: TaskList) -> str:
    """The period that was asked for, else the one at hand beside all work with a date."""
    if shown.period is None:
        return "việc có thời hạn"
    asked = shown.filter and "period" in shown.filter.chosen
    return shown.period.title if asked else f"{shown.period.title} và việc có thời hạn"


def _about(shown: TaskList) -> list[tuple[str, str]]:
    assert shown.plan is not None
    chips = [(chip.label, chip.words) for chip in shown.chips if chip.label != "Kỳ"]
    return [
        ("Cơ quan", shown.plan.agency.name),
        ("Kế hoạch", str(shown.plan)),
        ("Kỳ", _period(shown)),
        *chips,
        ("Số việc", str(len(shown.lines))),
        ("Đến ngày", f"{clock.today():%d/%m/%Y}"),
    ]
