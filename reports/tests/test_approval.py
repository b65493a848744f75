"""Submitted, returned, approved, numbered, issued: each step once, by the right hand, with its row."""

import datetime as dt
import unicodedata

import pytest

from danvan.problems import Conflict, Problem
from reports.models import Report, ReportFile
from reports.services import approval
from reports.services.editing import edit_paragraph
from reports.services.files import build_file

State = Report.State


def submitted(world):
    return approval.submit_report(report=world.report, version=world.report.version, by=world.lan)


def approved(world):
    report = submitted(world)
    return approval.approve_report(report=report, version=report.version, by=world.tam)


def numbered(world, number=5, dated_on=dt.date(2024, 3, 14)):
    report = approved(world)
    approval.number_report(
        report=report, version=report.version, number=number, dated_on=dated_on, by=world.lan
    )
    return report


def test_submitting_with_gaps_names_them(draft_report):
    draft_report.report.paragraphs.filter(key="V.1.text").update(text="")
    with pytest.raises(Problem, match="Đề xuất, kiến nghị"):
        submitted(draft_report)


def test_stale_submit_is_a_conflict(draft_report):
    world = draft_report
    submitted(world)
    with pytest.raises(Conflict):
        approval.submit_report(report=world.report, version=1, by=world.lan)


def test_returning_needs_a_reason(draft_report):
    report = submitted(draft_report)
    with pytest.raises(Problem, match="lý do"):
        approval.return_report(report=report, version=report.version, reason=" ", by=draft_report.tam)


def test_reason_is_kept_in_one_spelling(draft_report):
    report = submitted(draft_report)
    reason = unicodedata.normalize("NFD", "Thiếu số liệu")
    approval.return_report(report=report, version=report.version, reason=reason, by=draft_report.tam)
    assert report.steps.last().reason == "Thiếu số liệu"


def test_returned_report_keeps_its_rounds(draft_report):
    world = draft_report
    report = submitted(world)
    approval.return_report(report=report, version=report.version, reason="Thiếu số liệu", by=world.tam)
    report = submitted(world)
    assert [step.verb for step in report.steps.all()] == ["close", "submit", "return", "submit"]
    assert report.steps.get(verb="return").reason == "Thiếu số liệu"


def test_drafter_does_not_approve(draft_report):
    world = draft_report
    report = submitted(world)
    with pytest.raises(Problem, match="không tự duyệt"):
        approval.approve_report(report=report, version=report.version, by=world.lan)


def test_leader_who_handed_the_draft_in_does_not_approve_it(draft_report):
    world = draft_report
    report = approval.submit_report(report=world.report, version=world.report.version, by=world.tam)
    with pytest.raises(Problem, match="không tự duyệt"):
        approval.approve_report(report=report, version=report.version, by=world.tam)


def test_report_submitted_meanwhile_takes_no_more_words(draft_report):
    paragraphs = draft_report.report.paragraphs.select_related("report__agency", "report__period")
    seen = paragraphs.get(key="V.1.text")
    submitted(draft_report)
    with pytest.raises(Problem, match="không sửa được nữa"):
        edit_paragraph(paragraph=seen, version=seen.version, text="Muộn.", by=draft_report.lan)


def test_approver_becomes_the_signer(draft_report):
    assert approved(draft_report).signer == draft_report.tam


def test_numbering_freezes_the_document(draft_report):
    world = draft_report
    report = numbered(world)
    world.ward.heading = "UBND PHƯỜNG KHÁC"
    world.ward.save()
    report.refresh_from_db()
    assert report.document["number"] == 5
    assert report.document["agency_heading"] == ["UBND PHƯỜNG LÃM HÀ"]
    assert report.files.get(kind=ReportFile.Kind.FINAL).document == report.document


def test_number_used_in_the_same_year_is_refused_and_nothing_changes(draft_report):
    world = draft_report
    report = approved(world)
    Report.objects.create(
        agency=world.ward,
        period=world.period,
        corrects=report,
        number=5,
        number_year=2024,
        subject="Báo cáo khác",
    )
    with pytest.raises(Problem, match="Số 05 năm 2024 đã dùng"):
        approval.number_report(
            report=report, version=report.version, number=5, dated_on=dt.date(2024, 3, 14), by=world.lan
        )
    report.refresh_from_db()
    assert report.state == State.APPROVED


def test_title_before_the_signers_name_is_told_when_the_number_is_asked(draft_report):
    world = draft_report
    type(world.tam).objects.filter(pk=world.tam.pk).update(full_name="TS. Nguyễn Thị Tâm")
    world.tam.refresh_from_db()

    with pytest.raises(Problem, match="học hàm, học vị"):
        numbered(world)
    world.report.refresh_from_db()
    assert (world.report.state, world.report.number) == (State.APPROVED, None)


def test_number_proposed_follows_the_last_known(draft_report):
    world = draft_report
    assert approval.proposed_number(world.report) == 1
    report = numbered(world, number=37)
    assert approval.proposed_number(report) == 38


def test_date_in_the_future_is_refused(draft_report):
    world = draft_report
    with pytest.raises(Problem, match="sau hôm nay"):
        numbered(world, dated_on=dt.date(2024, 3, 15))


def test_issuing_waits_for_the_final_file(draft_report):
    world = draft_report
    report = numbered(world)
    with pytest.raises(Problem, match="chưa tạo xong"):
        approval.issue_report(
            report=report, version=report.version, unsigned_reason="đã ký bản giấy", by=world.lan
        )


def test_issuing_without_a_signed_file_needs_a_reason(draft_report):
    world = draft_report
    report = numbered(world)
    build_file(file_id=report.files.get().pk)
    with pytest.raises(Problem, match="bản đã ký"):
        approval.issue_report(report=report, version=report.version, unsigned_reason="", by=world.lan)


def test_issued_report_reaches_the_addressee_and_not_before(draft_report):
    world = draft_report
    report = numbered(world)
    build_file(file_id=report.files.get().pk)
    assert not Report.objects.visible_to(world.dung).exists()
    approval.issue_report(
        report=report, version=report.version, unsigned_reason="đã ký bản giấy", by=world.lan
    )
    assert Report.objects.visible_to(world.dung).get() == report
    assert not Report.objects.visible_to(world.stranger_receiver).exists()


def test_report_is_not_dated_before_its_figures_are_closed(draft_report):
    with pytest.raises(Problem, match="trước ngày chốt số liệu"):
        numbered(draft_report, dated_on=dt.date(2024, 3, 13))
    assert Report.objects.get(pk=draft_report.report.pk).number is None
