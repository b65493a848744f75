"""One assignment table for the whole plan: one row opened, several rows at a time, one save."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from danvan.problems import Problem
from plans.models import Plan
from tasks.forms.assignment import BulkForm
from tasks.services import assign_tasks
from tasks.table import Table, TableRow, table_of
from tasks.views.fetch import plan_to_steer

ALL = "tat-ca"
ONLY_UNASSIGNED = "chua"
Results = dict[int, Problem | None]


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET `sua`: rows opened (ids, or all) · `da-luu`: rows just saved · `loc=chua`: only what nobody leads."""
    plan = plan_to_steer(request, pk)
    if plan.state == Plan.State.DRAFT:
        return redirect("tasks:activate", plan.pk)
    table = table_of(plan)
    if request.method == "POST":
        return _take(request, table)
    table.open(table.rows if request.GET.get("sua") == ALL else _numbers(request.GET.get("sua", "")))
    for task_id in _numbers(request.GET.get("da-luu", "")):
        if row := table.rows.get(task_id):
            row.is_saved = True
    return _show(request, table)


@require_safe
def assign_row(request: SignedInRequest, pk: int, task_pk: int) -> HttpResponse:
    """One row for htmx, opened or, with `dong`, closed; without htmx the whole table with that row."""
    plan = plan_to_steer(request, pk)
    if not request.htmx:
        return redirect(f"{reverse('tasks:assign', args=[plan.pk])}?sua={task_pk}#viec-{task_pk}")
    table = table_of(plan)
    row = table.rows.get(task_pk)
    if row is None:
        raise Http404
    if "dong" not in request.GET:
        table.open([task_pk])
    return render(request, "tasks/_assign_row.html", {"row": row, "plan": plan, "focus": True})


def _take(request: SignedInRequest, table: Table) -> HttpResponse:
    """POST: many rows at once if that was pressed (or only ticked), otherwise the rows that stand open."""
    table.take(request.POST)
    for task_id in _numbers(",".join(request.POST.getlist("chon"))):
        if row := table.rows.get(task_id):
            row.is_picked = True
    if request.POST.get("viec") == "nhieu" or not table.opened:
        return _take_many(request, table)
    results = _save_opened(table, request.user)
    return _answer(request, table, results)


def _save_opened(table: Table, by: User) -> Results:
    """Writes what was changed and is in order; a row that was opened and left alone closes."""
    changed = []
    for row in table.opened:
        form = row.form
        assert form is not None
        if not form.has_changed():
            row.form = None
        elif form.is_valid():
            changed.append((row.task, form.cleaned_data["version"], form.assignment()))
    return assign_tasks(rows=changed, by=by)


def _take_many(request: SignedInRequest, table: Table) -> HttpResponse:
    picked = [row for row in table.rows.values() if row.is_picked]
    form = BulkForm(request.POST, choices=table.choices)
    if not picked:
        form.add_error(None, "Chưa chọn việc nào. Hãy chọn các việc cần phân công.")
    if not form.is_valid():
        return _show(request, table, form, status=422)
    rows = [(row.task, _shown_version(request, row), form.over(row.row)) for row in picked]
    return _answer(request, table, assign_tasks(rows=rows, by=request.user), form)


def _shown_version(request: SignedInRequest, row: TableRow) -> int:
    shown = request.POST.get(f"v-{row.task.pk}") or request.POST.get(f"viec-{row.task.pk}-version") or "0"
    return int(shown) if shown.isdecimal() and len(shown) < 10 else 0


def _answer(
    request: SignedInRequest, before: Table, results: Results, form: BulkForm | None = None
) -> HttpResponse:
    """A fresh page at its own address if all went well; else the page with what is still to be mended."""
    saved = [task_id for task_id, problem in results.items() if problem is None]
    failed = [row for row in before.opened if row.form and row.form.errors]
    still_open = [row for row in before.opened if row.task.pk not in saved or form is not None]
    if len(saved) == len(results) and not failed and not still_open:
        messages.success(request, f"Đã lưu {len(saved)} việc." if saved else "Không có gì thay đổi.")
        query = f"?da-luu={','.join(map(str, saved))}" + ("&loc=chua" if _only_unassigned(request) else "")
        first = f"#viec-{saved[0]}" if saved else ""
        return redirect(reverse("tasks:assign", args=[before.plan.pk]) + (query if saved else "") + first)
    for row in before.opened:
        if form is None and row.task.pk in saved:
            row.form = None
    table = table_of(before.plan, before.choices)
    table.follow(before, results)
    has_conflict = any(row.is_stale for row in table.rows.values())
    return _show(request, table, status=409 if has_conflict else 422 if table.failed else 200)


def _show(
    request: SignedInRequest, table: Table, form: BulkForm | None = None, status: int = 200
) -> HttpResponse:
    only_unassigned = _only_unassigned(request)
    context = {
        "plan": table.plan,
        "table": table,
        "groups": table.groups(unassigned_only=only_unassigned),
        "only_unassigned": only_unassigned,
        "bulk": form or BulkForm(choices=table.choices),
    }
    return render(request, "tasks/assign.html", context, status=status)


def _only_unassigned(request: SignedInRequest) -> bool:
    return (request.POST.get("loc") or request.GET.get("loc")) == ONLY_UNASSIGNED


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.isdecimal() and len(part) < 19]
