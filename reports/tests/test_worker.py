"""A real Celery worker and beat on this side's own broker, killed without mercy."""

import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from reports.jobs import build_file
from reports.models import ReportFile
from reports.services import files
from reports.tests.processes import Engine

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
State = ReportFile.State


@pytest.fixture
def engine(tmp_path, settings):
    settings.MEDIA_ROOT = django_settings.VAR / "files"
    engine = Engine(tmp_path)
    yield engine
    engine.kill()


def wait_for(file: ReportFile, *states: str, seconds: float = 75) -> ReportFile:
    until = time.monotonic() + seconds
    while file.state not in states and time.monotonic() < until:
        time.sleep(0.05)
        file.refresh_from_db()
    return file


def long_report(world) -> ReportFile:
    """A draft whose table takes the worker a few seconds, so that there is time to kill it."""
    file = files.request_draft(report=world.report, kind=ReportFile.Kind.DRAFT, by=world.lan)
    table = file.document["appendices"][0]["tables"][0]
    table["rows"] = table["rows"] * 8
    file.save()
    return file


def stored() -> set[Path]:
    return set((django_settings.VAR / "files" / "reports").rglob("*.pdf"))


def test_worker_builds_what_was_published(draft_report, engine):
    engine.start()
    file = files.request_draft(report=draft_report.report, kind=ReportFile.Kind.DRAFT, by=draft_report.lan)
    build_file.delay(file.pk)
    assert wait_for(file, State.READY, State.FAILED).state == State.READY


def test_file_whose_message_was_lost_is_built_all_the_same(draft_report, engine):
    file = files.request_draft(report=draft_report.report, kind=ReportFile.Kind.DRAFT, by=draft_report.lan)
    engine.start()
    assert wait_for(file, State.READY, State.FAILED).state == State.READY


def test_killed_worker_leaves_a_file_that_still_ends_ready_once(draft_report, engine):
    before = stored()
    engine.start()
    file = long_report(draft_report)
    build_file.delay(file.pk)
    wait_for(file, State.BUILDING)
    engine.kill()
    file.refresh_from_db()
    assert file.state == State.BUILDING, "the worker was killed too late to show anything"
    engine.start()
    assert wait_for(file, State.READY, State.FAILED).state == State.READY
    assert file.attempts == 2
    assert len(stored() - before) == 1
