"""Files of a report: asked for, watched while they are built, fetched."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from danvan.downloads import download as sandboxed
from danvan.problems import Problem
from danvan.uploads import Refused, judge_evidence, read_upload
from reports import permissions
from reports.forms import SignedForm
from reports.models import ReportFile
from reports.services import files
from reports.views.report import files_of, get_report, publish, show

STOP_POLLING = 286


def _back_to_files(report_id: int) -> HttpResponse:
    return redirect(f"{reverse('reports:report', args=[report_id])}#tep")


@require_POST
def request_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for a draft as PDF or Word; the page then shows how far the worker is."""
    report = get_report(request, pk, permissions.can_build)
    try:
        file = files.request_draft(report=report, kind=request.POST.get("kind", ""), by=request.user)
    except Problem as problem:
        return show(request, report, status=422, problem=str(problem))
    if file.state == ReportFile.State.QUEUED:
        publish(file)
    if request.htmx:
        return render(request, "reports/_files.html", {"report": report} | files_of(request, report))
    return _back_to_files(report.pk)


def _get_file(request: SignedInRequest, pk: int) -> ReportFile:
    visible = ReportFile.objects.visible_to(request.user).select_related("report__agency")
    return get_object_or_404(visible.defer("document", "report__figures", "report__document"), pk=pk)


@require_GET
def state(request: SignedInRequest, pk: int) -> HttpResponse:
    """The row of one file, asked for again and again until it is built or has failed."""
    file = _get_file(request, pk)
    under_way = file.is_under_way
    status = 200 if under_way else STOP_POLLING
    return render(request, "reports/_file.html", {"file": file, "under_way": under_way}, status=status)


@require_POST
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    file = _get_file(request, pk)
    if not permissions.can_build(request.user, file.report):
        raise PermissionDenied
    if files.retry_file(file=file):
        file.refresh_from_db()
        publish(file)
    if request.htmx:
        return render(request, "reports/_file.html", {"file": file, "under_way": file.is_under_way})
    return _back_to_files(file.report_id)


@require_GET
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The bytes as they were built: drafts for the agency itself, the issued file for the addressee too."""
    file = _get_file(request, pk)
    if file.state != ReportFile.State.READY:
        raise Http404
    ending = str(file.file.name).rsplit(".", 1)[-1]
    return sandboxed(file.file, name=_name(file, ending), kind=ending)


def _name(file: ReportFile, ending: str) -> str:
    report = file.report
    draft = file.kind in (ReportFile.Kind.DRAFT, ReportFile.Kind.DRAFT_DOCX)
    words = f"du-thao-bao-cao-{report.pk}" if draft else report.notation.replace("/", "-")
    return f"{words}.{ending}"


@require_POST
def signed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes back the PDF that was signed outside the portal."""
    report = get_report(request, pk, permissions.can_draft)
    form = SignedForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, report, status=422, problem="Chọn tệp PDF đã ký.", signed_form=form)
    uploaded = form.cleaned_data["file"]
    try:
        content = read_upload(uploaded)
        if judge_evidence(uploaded.name, content) != "pdf":
            raise Refused("Bản đã ký phải là tệp PDF. Hãy chọn lại.")
        files.put_back_signed(report=report, content=content, pages=None, by=request.user)
    except (Refused, Problem) as refused:
        return show(request, report, status=422, problem=str(refused), signed_form=form)
    messages.success(request, "Đã nhận bản đã ký.")
    return redirect("reports:report", report.pk)
