"""The PDF against bare WeasyPrint on the same HTML, and the memory of a real worker that builds it."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from weasyprint import HTML

from reports.jobs import build_file
from reports.models import Report, ReportFile
from reports.rendering.fonts import find_typeface
from reports.rendering.pdf import FONT_SCHEME, render_html, render_pdf
from reports.services.document import build_document
from reports.services.files import request_draft

ROUNDS = 5
PATIENCE = 120  # seconds


def measure(max_ratio: float, max_megabytes: int) -> int:
    """Prints both lines and returns how many miss what they should reach."""
    report = Report.objects.select_related("drafted_by").order_by("pk").first()
    assert report is not None and report.drafted_by is not None
    ratio = _against_bare(build_document(report, is_draft=True))
    megabytes = _worker_peak(report)
    print(
        f"Bộ nhớ cao nhất của worker khi tạo PDF: {megabytes:.0f} MB{'' if megabytes <= max_megabytes else '  ✗'}"
    )
    return (ratio > max_ratio) + (megabytes > max_megabytes)


def _against_bare(document: dict) -> float:
    html = render_html(document)
    faces = find_typeface(settings.FONTS).faces
    for name, path in sorted(faces.items(), reverse=True):  # bold-italic before bold
        html = html.replace(f"{FONT_SCHEME}{name}", path.resolve().as_uri())
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: render_pdf(document)))
        bare.append(_seconds(lambda: HTML(string=html).write_pdf(pdf_variant="pdf/a-3a")))
    ratio = statistics.median(ours) / statistics.median(bare)
    print(
        f"\nPDF: {statistics.median(ours):.2f} giây; WeasyPrint trên cùng HTML: {statistics.median(bare):.2f} giây; "
        f"tỷ lệ {ratio:.2f}"
    )
    return ratio


def _seconds(work) -> float:
    """Of the processor: WeasyPrint waits for nothing, and a busy machine spoils this less."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _worker_peak(report: Report) -> float:
    """Megabytes: the larger of the worker's own peak and its child's, after the file is ready."""
    worker = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "danvan",
            "worker",
            "--concurrency",
            "1",
            "--loglevel",
            "ERROR",
        ],
        env=os.environ | {"DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        file = request_draft(report=report, kind=ReportFile.Kind.DRAFT, by=report.drafted_by)
        build_file.delay(file.pk)
        end = time.monotonic() + PATIENCE
        while file.state != ReportFile.State.READY:
            assert time.monotonic() < end and file.state != ReportFile.State.FAILED, (
                file.error or "worker too slow"
            )
            time.sleep(0.2)
            file.refresh_from_db()
        return max(_peak(pid) for pid in (worker.pid, *_children(worker.pid)))
    finally:
        worker.terminate()
        worker.wait()


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kilobytes) / 1000
