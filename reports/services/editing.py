"""The office's words in a report."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import nfc
from reports.models import Paragraph, Report


@transaction.atomic
def edit_paragraph(*, paragraph: Paragraph, version: int, text: str, by: User) -> Paragraph:
    """Replaces the words of one paragraph; an empty text leaves it out of the document. Raises Conflict, Problem."""
    report = paragraph.report
    if not _held(report):
        raise Problem(
            "Báo cáo đã trình hoặc đã duyệt nên không sửa được nữa. Muốn sửa, lãnh đạo trả lại báo cáo."
        )
    changed = Paragraph.objects.filter(pk=paragraph.pk, version=version).update(
        text=nfc(text).strip(), version=version + 1, edited_by=by, edited_at=clock.now()
    )
    if not changed:
        raise Conflict("Đoạn này vừa được người khác sửa. Hãy xem bản mới rồi lưu lại nếu vẫn cần.")
    paragraph.refresh_from_db()
    words = f"{by} sửa một đoạn của báo cáo {report.period}: “{paragraph.text[:200]}”"
    record_event(agency=report.agency, actor=by, verb="edit", about=report, words=words)
    return paragraph


def _held(report: Report) -> bool:
    """Keeps the report where it is to the end of the transaction: nothing changes in what a leader is reading."""
    editable = Report.objects.filter(pk=report.pk, state__in=Report.EDITABLE)
    return bool(editable.update(state=F("state")))


@transaction.atomic
def edit_recipients(*, report: Report, version: int, recipients: str, by: User) -> Report:
    """Replaces the «Nơi nhận» lines, one per line. Raises Conflict, Problem."""
    lines = [line.strip(" -;.") for line in nfc(recipients).splitlines()]
    changed = Report.objects.filter(pk=report.pk, version=version, state__in=Report.EDITABLE).update(
        recipients="\n".join(filter(None, lines)), version=version + 1
    )
    if not changed:
        raise Conflict("Báo cáo vừa được người khác sửa hoặc chuyển bước. Hãy xem lại.")
    report.refresh_from_db()
    record_event(
        agency=report.agency, actor=by, verb="edit", about=report, words=f"{by} sửa nơi nhận của {report}"
    )
    return report
