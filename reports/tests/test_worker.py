"""A real Celery worker and beat on this side's own broker, killed without mercy."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from reports.jobs import build_file
from reports.models import ReportFile
from reports.services import files

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
State = ReportFile.State


def database_url() -> str:
    """The test database, as another process reaches it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host = database["HOST"]
    where = f"?host={host}" if host.startswith("/") else ""
    server = "" if where else f"{host}:{database['PORT']}"
    port = f"&port={database['PORT']}" if where and database["PORT"] else ""
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{server}/{database['NAME']}{where}{port}"


class Engine:
    """Worker and beat as one process group each, so that a kill takes the pool children too."""

    def __init__(self, folder: Path, lease: int) -> None:
        self.folder, self.started = folder, []
        self.environment = os.environ | {
            "DATABASE_URL": database_url(),
            "DANVAN_LEASE_SECONDS": str(lease),
            "DANVAN_SWEEP_SECONDS": "1",
            "DANVAN_BROKER_POLLING": "0.2",
        }

    def start(self) -> None:
        schedule = self.folder / f"beat-{len(self.started)}"
        self._start("worker", "--concurrency=1", "--without-mingle", "--without-gossip")
        self._start("beat", f"--schedule={schedule}", "--pidfile=")

    def _start(self, *words: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "danvan", *words, "--loglevel=WARNING"],
            cwd=django_settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "engine.log").open("ab"),
        )
        self.started.append(process)

    def kill(self) -> None:
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture
def engine(tmp_path, settings):
    settings.MEDIA_ROOT = django_settings.VAR / "files"
    engine = Engine(tmp_path, lease=10)
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


def stored(file: ReportFile) -> list[Path]:
    folder = Path(file.file.path).parent
    return [path for path in folder.iterdir() if path.stat().st_mtime >= file.made_at.timestamp()]


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
    assert len(stored(file)) == 1
