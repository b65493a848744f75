"""A report on its way: submitted, returned or approved, numbered, issued. Every act is a row; nothing is undone."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import nfc
from reports.models import Report, ReportFile, ReportStep
from reports.services.document import build_document, what_is_missing
from reports.services.files import queue_file

State, Verb = Report.State, ReportStep.Verb


@transaction.atomic
def submit_report(*, report: Report, version: int, by: User) -> Report:
    """The office hands the draft to the leaders. Raises Problem while the text has gaps, Conflict if stale."""
    if gaps := what_is_missing(report):
        raise Problem("Chưa trình được. " + " ".join(gaps))
    return _advance(report, version, Report.EDITABLE, State.SUBMITTED, Verb.SUBMIT, by)


@transaction.atomic
def approve_report(*, report: Report, version: int, by: User) -> Report:
    """A leader approves and will sign. The drafter never approves. Raises Problem, Conflict."""
    if _has_drafted(report, by):
        raise Problem("Người soạn không tự duyệt báo cáo. Hãy trình lãnh đạo khác.")
    return _advance(report, version, [State.SUBMITTED], State.APPROVED, Verb.APPROVE, by, signer=by)


def _has_drafted(report: Report, by: User) -> bool:
    """Closed the period, wrote in the draft or handed it in: one person may hold both roles."""
    handed_in = report.steps.filter(verb=Verb.SUBMIT, actor=by)
    wrote = report.paragraphs.filter(edited_by=by)
    return report.drafted_by_id == by.pk or handed_in.exists() or wrote.exists()


@transaction.atomic
def return_report(*, report: Report, version: int, reason: str, by: User) -> Report:
    """A leader sends the draft back with a reason. Raises Problem without one, Conflict if stale."""
    reason = nfc(reason).strip()
    if not reason:
        raise Problem("Ghi lý do trả lại để Văn phòng biết phải sửa gì.")
    return _advance(report, version, [State.SUBMITTED], State.RETURNED, Verb.RETURN, by, reason=reason)


@transaction.atomic
def number_report(*, report: Report, version: int, number: int, dated_on: dt.date, by: User) -> ReportFile:
    """Gives number and date, freezes the whole document and queues its PDF.

    A number is used once per agency, document type and year (Nghị định 30/2020/NĐ-CP, Điều 15); there is no gap rule.
    Raises Problem when it is taken, Conflict if the report moved on meanwhile.
    """
    if number < 1:
        raise Problem("Số văn bản phải từ 1 trở lên.")
    if dated_on > clock.today():
        raise Problem("Ngày văn bản không thể sau hôm nay.")
    if dated_on < report.period.covers_to:
        raise Problem(f"Ngày văn bản không thể trước ngày chốt số liệu ({report.period.covers_to:%d/%m/%Y}).")
    try:
        with transaction.atomic():
            _advance(
                report,
                version,
                [State.APPROVED],
                State.NUMBERED,
                Verb.NUMBER,
                by,
                number=number,
                number_year=dated_on.year,
                dated_on=dated_on,
            )
    except IntegrityError:
        raise Problem(
            f"Số {number:02d} năm {dated_on.year} đã dùng cho báo cáo khác. Hãy lấy số khác."
        ) from None
    try:
        document = build_document(report, is_draft=False)
    except ValueError as fault:  # what only shows once the signer is known
        raise Problem(f"Chưa lấy số được. {fault}") from None
    Report.objects.filter(pk=report.pk).update(document=document)
    report.document = document
    return queue_file(report=report, kind=ReportFile.Kind.FINAL, document=document, by=by)


def proposed_number(report: Report) -> int:
    """The last number known for this year plus one. The register is shared with other papers, so it may be wrong."""
    used = Report.objects.filter(
        agency=report.agency, document_type=report.document_type, number_year=clock.today().year
    )
    return (used.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def issue_report(*, report: Report, version: int, unsigned_reason: str, by: User) -> Report:
    """Makes the report immutable and lets the addressee read it.

    Needs the final PDF; without a signed file put back it needs a reason. Raises Problem, Conflict.
    """
    ready = set(report.files.filter(state=ReportFile.State.READY).values_list("kind", flat=True))
    if ReportFile.Kind.FINAL not in ready:
        raise Problem("Bản chính chưa tạo xong. Hãy chờ tệp PDF rồi ban hành.")
    if ReportFile.Kind.SIGNED not in ready and not unsigned_reason.strip():
        raise Problem(
            "Chưa có bản đã ký: hãy tải bản đã ký lên, hoặc ghi lý do (ví dụ: đã ký bản giấy, chưa quét)."
        )
    reason = "" if ReportFile.Kind.SIGNED in ready else nfc(unsigned_reason).strip()
    return _advance(
        report,
        version,
        [State.NUMBERED],
        State.ISSUED,
        Verb.ISSUE,
        by,
        reason=reason,
        unsigned_reason=reason,
        issued_at=clock.now(),
    )


_DEEDS = {
    Verb.SUBMIT: "trình",
    Verb.RETURN: "trả lại",
    Verb.APPROVE: "duyệt",
    Verb.NUMBER: "lấy số cho",
    Verb.ISSUE: "ban hành",
}


def _advance(
    report: Report,
    version: int,
    expected: "list[Report.State] | tuple[Report.State, ...]",
    state: Report.State,
    verb: ReportStep.Verb,
    by: User,
    *,
    reason: str = "",
    **fields: object,
) -> Report:
    changed = Report.objects.filter(pk=report.pk, version=version, state__in=expected).update(
        state=state, version=version + 1, **fields
    )
    if not changed:
        raise Conflict("Báo cáo vừa được người khác sửa hoặc chuyển bước. Hãy xem lại trước khi tiếp tục.")
    report.refresh_from_db()
    ReportStep.objects.create(report=report, verb=verb, actor=by, reason=reason, at=clock.now())
    words = f"{by} {_DEEDS[verb]} báo cáo {report.period}" + (f": {reason}" if reason else "")
    record_event(agency=report.agency, actor=by, verb=verb, about=report, words=words)
    return report
