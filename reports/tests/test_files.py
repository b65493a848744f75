"""A file is built once, whatever happens to messages and workers. The row is the truth."""

import datetime as dt
import time

import pytest

from danvan import clock
from reports.models import ReportFile
from reports.rendering.document import Malformed, Unprintable
from reports.services import files

State, Kind = ReportFile.State, ReportFile.Kind


@pytest.fixture
def draft_file(draft_report):
    return files.request_draft(report=draft_report.report, kind=Kind.DRAFT, by=draft_report.lan)


def lease(file, seconds, **fields):
    until = clock.real_now() + dt.timedelta(seconds=seconds)
    ReportFile.objects.filter(pk=file.pk).update(state=State.BUILDING, lease_until=until, **fields)


def test_built_file_is_ready_with_its_hash(draft_file):
    files.build_file(file_id=draft_file.pk)
    draft_file.refresh_from_db()
    assert draft_file.state == State.READY
    assert draft_file.file.read(5) == b"%PDF-"
    assert len(draft_file.sha256) == 64


def test_repeated_message_builds_nothing_again(draft_file):
    files.build_file(file_id=draft_file.pk)
    draft_file.refresh_from_db()
    files.build_file(file_id=draft_file.pk)
    again = ReportFile.objects.get(pk=draft_file.pk)
    assert (again.file.name, again.attempts) == (draft_file.file.name, 1)


def test_word_draft_is_a_word_file(draft_report):
    file = files.request_draft(report=draft_report.report, kind=Kind.DRAFT_DOCX, by=draft_report.lan)
    files.build_file(file_id=file.pk)
    file.refresh_from_db()
    assert file.file.read(4) == b"PK\x03\x04"


def test_unchanged_draft_is_not_built_twice(draft_report, draft_file):
    again = files.request_draft(report=draft_report.report, kind=Kind.DRAFT, by=draft_report.lan)
    assert again == draft_file


def test_changed_draft_is_a_new_file(draft_report, draft_file):
    draft_report.report.paragraphs.filter(key="V.1.text").update(text="Đề nghị hỗ trợ kinh phí.")
    report = type(draft_report.report).objects.get(pk=draft_report.report.pk)
    assert files.request_draft(report=report, kind=Kind.DRAFT, by=draft_report.lan) != draft_file


def test_failed_build_says_why_and_can_be_retried(draft_file):
    document = {**draft_file.document, "agency_heading": []}
    ReportFile.objects.filter(pk=draft_file.pk).update(document=document)
    with pytest.raises(Unprintable):
        files.build_file(file_id=draft_file.pk)
    draft_file.refresh_from_db()
    assert (draft_file.state, draft_file.error) == (State.FAILED, "Văn bản chưa có tên cơ quan ban hành.")
    assert files.retry_file(file=draft_file)
    draft_file.refresh_from_db()
    assert (draft_file.state, draft_file.attempts, draft_file.error) == (State.QUEUED, 0, "")


def test_fault_of_the_portal_is_told_to_the_log_not_to_the_page(draft_file):
    ReportFile.objects.filter(pk=draft_file.pk).update(document={"is_draft": True})
    with pytest.raises(Malformed, match="agency_heading"):
        files.build_file(file_id=draft_file.pk)
    draft_file.refresh_from_db()
    assert draft_file.error == "Không tạo được tệp. Bấm “Tạo lại”; nếu vẫn hỏng, hãy báo người quản trị."


def test_file_under_a_running_lease_is_left_alone(draft_file):
    lease(draft_file, seconds=30, attempts=1)
    files.build_file(file_id=draft_file.pk)
    draft_file.refresh_from_db()
    assert draft_file.state == State.BUILDING
    assert files.files_left_behind() == []


def test_file_of_a_dead_worker_is_found_and_built(draft_file):
    lease(draft_file, seconds=-1, attempts=1)
    assert files.files_left_behind() == [draft_file.pk]
    files.build_file(file_id=draft_file.pk)
    draft_file.refresh_from_db()
    assert (draft_file.state, draft_file.attempts) == (State.READY, 2)


def test_file_tried_too_often_fails_with_a_reason(draft_file):
    lease(draft_file, seconds=-1, attempts=files.MAX_ATTEMPTS)
    assert files.files_left_behind() == []
    draft_file.refresh_from_db()
    assert (draft_file.state, draft_file.error) == (State.FAILED, files.TOO_OFTEN)


def test_builder_that_lost_its_lease_writes_nothing(draft_file, settings):
    lease(draft_file, seconds=30, attempts=2)
    slow = ReportFile.objects.get(pk=draft_file.pk)
    slow.attempts = 1
    files._finish(slow, b"%PDF-late")
    draft_file.refresh_from_db()
    assert draft_file.state == State.BUILDING
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))


def test_file_that_cannot_be_written_fails_at_once_with_a_reason(draft_file, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "a-file-in-its-place"
    settings.MEDIA_ROOT.write_text("")

    with pytest.raises(OSError):
        files.build_file(file_id=draft_file.pk)
    draft_file.refresh_from_db()
    assert draft_file.state == State.FAILED
    assert "không ghi được tệp" in draft_file.error


@pytest.mark.django_db(transaction=True)
def test_long_build_keeps_its_lease(draft_file, settings):
    settings.LEASE_SECONDS = 1
    claimed = files._claim(draft_file.pk)
    with files._held(claimed):
        time.sleep(1.5)
        assert files.files_left_behind() == []
    time.sleep(1.1)
    assert files.files_left_behind() == [draft_file.pk]
