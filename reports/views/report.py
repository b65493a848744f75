"""The report from draft to issue."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from reports import jobs, permissions
from reports.forms import (
    IssueForm,
    NumberForm,
    ParagraphForm,
    ReasonForm,
    RecipientsForm,
    SignedForm,
    VersionedForm,
)
from reports.models import Paragraph, Report, ReportFile
from reports.services import approval, editing
from reports.services.document import what_is_missing
from tasks.models import ProgressUpdate

State = Report.State
DRAFTS = ((ReportFile.Kind.DRAFT, "Tạo dự thảo PDF"), (ReportFile.Kind.DRAFT_DOCX, "Tạo dự thảo Word"))


def get_report(request: SignedInRequest, pk: int, allowed: Callable[[User, Report], bool]) -> Report:
    """The report, if the user may see it (else 404) and is `allowed` to (else 403)."""
    visible = Report.objects.visible_to(request.user).select_related(
        "agency", "period", "addressee", "signer"
    )
    report = get_object_or_404(visible, pk=pk)
    if not allowed(request.user, report):
        raise PermissionDenied
    return report


@require_GET
def report_list(request: SignedInRequest) -> HttpResponse:
    visible = Report.objects.visible_to(request.user).without_words()
    reports = visible.select_related("agency", "period").order_by("-pk")
    return render(request, "reports/list.html", {"reports": reports})


@require_GET
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk, lambda user, report: True)
    if not permissions.reads_inside(request.user, report):
        files = ReportFile.objects.visible_to(request.user).filter(report=report)
        return render(request, "reports/received.html", {"report": report, "files": files})
    return show(request, report)


def show(request: SignedInRequest, report: Report, *, status: int = 200, **typed: object) -> HttpResponse:
    """The report's desk. `typed` are bound forms and problems to show again: nothing typed is lost."""
    paragraphs = list(report.paragraphs.prefetch_related(_with_sources()))
    context = {
        "report": report,
        "paragraphs": paragraphs,
        "steps": report.steps.select_related("actor"),
        "missing": what_is_missing(report, paragraphs) if report.state in Report.EDITABLE else [],
        "can_edit": permissions.can_draft(request.user, report) and report.state in Report.EDITABLE,
        "version_form": VersionedForm(initial={"version": report.version}),
        "reason_form": ReasonForm(initial={"version": report.version}),
        "number_form": _number_form(report),
        "issue_form": IssueForm(initial={"version": report.version}),
        "signed_form": SignedForm(),
    }
    return render(request, "reports/report.html", context | files_of(request, report) | typed, status=status)


def _with_sources() -> Prefetch:
    """`paragraph.sources`: the updates it was made from, as the page names them. Two queries for all paragraphs."""
    rows = ProgressUpdate.objects.select_related("occurrence__task__lead_unit")
    return Prefetch("updates", rows, to_attr="sources")


def files_of(request: SignedInRequest, report: Report) -> dict[str, object]:
    """What the section «Tệp báo cáo» shows."""
    return {
        "files": report.files.exclude(kind=ReportFile.Kind.SIGNED).defer("document"),
        "draft_kinds": DRAFTS,
        "signed": report.files.filter(kind=ReportFile.Kind.SIGNED).defer("document").first(),
        "can_draft": permissions.can_draft(request.user, report),
        "can_approve": permissions.can_approve(request.user, report) and report.state == State.SUBMITTED,
    }


def _number_form(report: Report) -> NumberForm | None:
    if report.state != State.APPROVED:
        return None
    proposed = approval.proposed_number(report)
    return NumberForm(initial={"version": report.version, "number": proposed, "dated_on": clock.today()})


@require_POST
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk, permissions.can_draft)
    return _act(
        request, report, VersionedForm(request.POST), approval.submit_report, "Đã trình lãnh đạo duyệt."
    )


@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk, permissions.can_approve)
    done = "Đã duyệt. Văn thư sẽ lấy số và in bản chính."
    return _act(request, report, VersionedForm(request.POST), approval.approve_report, done)


@require_POST
def return_(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk, permissions.can_approve)
    form = ReasonForm(request.POST)
    return _act(request, report, form, approval.return_report, "Đã trả lại Văn phòng.", "reason_form")


@require_POST
def number(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk, permissions.can_draft)

    def number_and_publish(**given: Any) -> None:
        publish(approval.number_report(**given))

    return _act(request, report, NumberForm(request.POST), number_and_publish, "Đã lấy số.", "number_form")


@require_POST
def issue(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk, permissions.can_draft)
    done = "Đã ban hành. Cơ quan nhận xem và tải được báo cáo này."
    return _act(request, report, IssueForm(request.POST), approval.issue_report, done, "issue_form")


def _act(
    request: SignedInRequest,
    report: Report,
    form: VersionedForm,
    service: Callable[..., object],
    done: str,
    form_name: str = "version_form",
) -> HttpResponse:
    """Calls a service with what was typed; a problem shows the page again with the sentence and the typed words."""
    if not form.is_valid():
        return show(
            request,
            report,
            status=422,
            **{form_name: form, "problem": "Chưa ghi đủ, hãy xem lại ô bên dưới."},
        )
    try:
        service(report=report, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        return show(
            request, _fresh(report), status=409, problem=str(conflict), **_renewed(form_name, form, report)
        )
    except Problem as problem:
        return show(request, report, status=422, problem=str(problem), **{form_name: form})
    messages.success(request, done)
    return redirect("reports:report", report.pk)


def _fresh(report: Report) -> Report:
    report.refresh_from_db()
    return report


def _renewed(form_name: str, form: VersionedForm, report: Report) -> dict[str, VersionedForm]:
    """The same words under the version that is true now, so that the next press goes through."""
    return {form_name: type(form)(dict(form.data.items()) | {"version": report.version})}


def publish(file: ReportFile) -> None:
    """Tells the worker, once the row is there for it to see. While no message can be sent, the sweeper finds the row."""
    transaction.on_commit(lambda: jobs.build_file.delay(file.pk), robust=True)


def paragraph(request: SignedInRequest, pk: int) -> HttpResponse:
    """One paragraph: its form (GET) and its saving (POST), as a fragment or as a page of its own."""
    paragraph = get_object_or_404(Paragraph.objects.select_related("report__agency", "report__period"), pk=pk)
    paragraph.report = get_report(request, paragraph.report_id, permissions.can_draft)
    form, problem, status = ParagraphForm.of(paragraph), "", 200
    if request.method == "POST":
        form = ParagraphForm(request.POST)
        problem, status = _save_paragraph(request, paragraph, form)
        if not problem:
            return _saved(request, paragraph)
    template = "reports/_paragraph_form.html" if request.htmx else "reports/paragraph.html"
    context = {"paragraph": paragraph, "report": paragraph.report, "form": form, "problem": problem}
    return render(request, template, context, status=status)


def _save_paragraph(request: SignedInRequest, paragraph: Paragraph, form: ParagraphForm) -> tuple[str, int]:
    """Saves; gives the sentence of the problem and its status, or nothing and 200."""
    if not form.is_valid():
        return "Hãy xem lại nội dung.", 422
    try:
        editing.edit_paragraph(paragraph=paragraph, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        paragraph.refresh_from_db()
        form.data = dict(form.data.items()) | {"version": paragraph.version}
        return str(conflict), 409
    except Problem as problem:
        return str(problem), 422
    return "", 200


def _saved(request: SignedInRequest, paragraph: Paragraph) -> HttpResponse:
    if request.htmx:
        prefetch_related_objects([paragraph], _with_sources())
        context = {"paragraph": paragraph, "report": paragraph.report, "can_edit": True, "just_saved": True}
        return render(request, "reports/_paragraph.html", context)
    return redirect(f"{reverse('reports:report', args=[paragraph.report_id])}#doan-{paragraph.pk}")


def recipients(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk, permissions.can_draft)
    form, problem, status = RecipientsForm.of(report), "", 200
    if request.method == "POST":
        form = RecipientsForm(request.POST)
        try:
            if form.is_valid():
                editing.edit_recipients(report=report, by=request.user, **form.cleaned_data)
                return redirect("reports:report", report.pk)
            status = 422
        except Conflict as conflict:
            problem, status = str(conflict), 409
            form = RecipientsForm({**form.cleaned_data, "version": _fresh(report).version})
    context = {"report": report, "form": form, "problem": problem}
    return render(request, "reports/recipients.html", context, status=status)
