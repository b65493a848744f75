"""Plans: the list, bringing one in, the draft that is its own preview, the bare document."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role, User
from accounts.requests import SignedInRequest
from danvan.downloads import download
from danvan.problems import Problem
from danvan.uploads import Refused, read_upload
from plans import permissions, services
from plans.document import laid_out, open_doubts, unit_names
from plans.forms import UploadForm
from plans.importing import AnotherKind
from plans.models import Import, Plan
from plans.source import source_lines
from plans.views_shared import number


@require_safe
def list_plans(request: SignedInRequest) -> HttpResponse:
    plans = Plan.objects.visible_to(request.user).select_related("agency")
    context = {"plans": plans, "may_import": permissions.can_import_plan(request.user)}
    return render(request, "plans/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    if not permissions.can_import_plan(request.user):
        raise PermissionDenied
    agency_ids = request.user.agency_ids(Role.OFFICE)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, agency_ids=agency_ids)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            content = read_upload(form.cleaned_data["file"])
            return _bring_in(request, form, content)
        except AnotherKind as refusal:
            context["offer"] = form.offer(content)
            form.add_error("file", str(refusal))
        except (Refused, Problem) as refusal:
            form.add_error("file", str(refusal))
    return render(request, "plans/upload.html", context, status=422 if form.is_bound else 200)


def _bring_in(request: SignedInRequest, form: UploadForm, content: bytes) -> HttpResponse:
    said, agency = form.cleaned_data, form.chosen_agency
    is_known = services.find_import(agency=agency, content=content) is not None
    plan = services.import_plan(
        agency=agency, name=said["file"].name, content=content, by=request.user, insist=said["insist"]
    )
    if is_known:
        messages.info(request, "Tệp này đã được tải lên trước đó. Đây là bản nháp đang có.")
    return redirect("plans:draft", plan.pk)


@require_safe
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET `goc` lays the original document beside the draft; `dong` is the line to open a long section at."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if plan.state != Plan.State.DRAFT:
        return redirect("plans:document", plan.pk)
    laid = laid_out(plan, unit_names(plan.agency), number(request.GET.get("dong", "")))
    kept = Import.objects.visible_to(request.user).filter(plan=plan).first()
    is_beside = bool(kept and request.GET.get("goc"))
    context = {
        "plan": plan,
        "document": laid,
        "overview": laid.overview,
        "may_mend": permissions.can_mend_plan(request.user, plan),
        "original": kept,
        "removals": plan.removals.open(),  # type: ignore[attr-defined]
        "is_beside": is_beside,
        "source": source_lines(kept, laid.overview.doubts) if kept and is_beside else None,
    }
    return render(request, "plans/draft.html", context)


@require_safe
def source(request: SignedInRequest, pk: int) -> HttpResponse:
    """The original document line by line, on a page of its own: for a narrow screen."""
    kept = _original(request.user, pk)
    lines = source_lines(kept, open_doubts(kept.plan)) if kept.plan else None
    return render(request, "plans/source.html", {"plan": kept.plan, "original": kept, "source": lines})


@require_safe
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    original = Import.objects.visible_to(request.user).filter(plan=plan).first()
    context = {"plan": plan, "document": laid_out(plan), "original": original}
    return render(request, "plans/document.html", context)


@require_safe
def original(request: SignedInRequest, pk: int) -> FileResponse:
    kept = _original(request.user, pk)
    return download(kept.file, name=kept.file_name, kind=kept.file_name.rsplit(".", 1)[-1].lower())


def _original(user: User, plan_id: int) -> Import:
    plan = get_object_or_404(Plan.objects.visible_to(user), pk=plan_id)
    if not permissions.can_read_original(user, plan):
        raise PermissionDenied
    return get_object_or_404(Import.objects.visible_to(user).select_related("plan"), plan=plan)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    if not permissions.can_mend_plan(request.user, plan):
        raise PermissionDenied
    if request.method == "POST":
        try:
            services.delete_draft(plan=plan, by=request.user)
            messages.success(request, "Đã xóa bản nháp. Tệp trên máy của đồng chí vẫn còn nguyên.")
        except Problem as problem:
            messages.error(request, str(problem))
        return redirect("plans:list")
    return render(request, "plans/delete.html", {"plan": plan})
