"""The worker and its children are killed at random instants while files are built; every file still ends, once."""

import time
from pathlib import Path
from random import Random

from django.conf import settings

from bench.fill import Ward
from reports.jobs import build_file
from reports.models import Report, ReportFile
from reports.services import files
from reports.tests.processes import Engine

State = ReportFile.State
ENDED = (State.READY, State.FAILED)
LEASE, PATIENCE = 10, 75


def kills(ward: Ward, folder: Path, times: int, chance: Random) -> int:
    """Asks for a PDF and a Word file before every kill. How many did not end READY, once, within the patience."""
    engine = Engine(folder, lease=LEASE)
    engine.start()
    wanted: list[ReportFile] = []
    try:
        for _ in range(times):
            wanted += [_ask(ward, kind) for kind in (ReportFile.Kind.DRAFT, ReportFile.Kind.DRAFT_DOCX)]
            time.sleep(chance.uniform(0.5, 6))
            engine.kill()
            engine.start()
        _wait(wanted)
    finally:
        engine.kill()
    return _count_faults(wanted)


def _ask(ward: Ward, kind: str) -> ReportFile:
    """A file that is still under way is not asked for twice: then it is the same one."""
    report = Report.objects.get(agency=ward.agency)
    file = files.request_draft(report=report, kind=kind, by=ward.office)
    build_file.delay(file.pk)
    return file


def _wait(wanted: list[ReportFile]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (
            not ReportFile.objects.filter(pk__in=[file.pk for file in wanted])
            .exclude(state__in=ENDED)
            .exists()
        ):
            return
        time.sleep(0.5)


def _count_faults(wanted: list[ReportFile]) -> int:
    faults = 0
    for file in ReportFile.objects.filter(pk__in={file.pk for file in wanted}):
        if file.state != State.READY or not Path(file.file.path).stat().st_size:
            faults += 1
            print(f"  tệp {file.pk}: {file.state} sau {file.attempts} lần, {file.error}")
    kept = {Path(file.file.path) for file in ReportFile.objects.exclude(file="")}
    stray = {path for path in (settings.VAR / "files" / "reports").rglob("*.*") if path.is_file()} - kept
    if stray:
        print(f"  thừa {len(stray)} tệp không ai nhận")
    return faults + len(stray)
