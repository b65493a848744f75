"""Bringing plans in: the real one, and one of 3,000 tasks. Time and memory of reading, queries of keeping, the draft."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from accounts.models import Agency, Membership, Role, User
from plans.models import Item, Plan
from plans.services import import_plan

REAL_PLAN = settings.BASE_DIR / "samples/ke-hoach-10-KH-UBND-2024.docx"
TASKS = 3000
MAX_SECONDS, MAX_MEGABYTES, MAX_QUERIES = 10, 512, 12
# Lines are written in bulk. SQLite takes 45 of them in a statement, so this is what may come on top of the rest.
MAX_FIXED_WRITES, LINES_A_WRITE = 30, 40
ROUNDS = 5


class Reading(NamedTuple):
    """What `import_plan --dry-run --json` takes as a program of its own, its start included."""

    seconds: float
    megabytes: float


class Draft(NamedTuple):
    queries: int
    milliseconds: float  # of the processor, the median of some
    kilobytes: float


def measure(office: User) -> int:
    """Prints one line per document and returns how many miss what they should reach."""
    agency = Agency.objects.create(
        code="dua-vao", name="Ủy ban nhân dân phường Lãm Hà", short_name="UBND phường Lãm Hà", place="Lãm Hà"
    )
    Membership.objects.create(user=office, agency=agency, role=Role.OFFICE)
    print(
        f"\n{'đưa kế hoạch vào':26}{'dòng':>6}{'đọc s':>8}{'MB':>7}{'ghi s':>8}{'truy vấn':>10}"
        f"{'nháp truy vấn':>15}{'CPU ms':>9}{'kB':>7}"
    )
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "ke-hoach-3000-viec.docx"
        write_plan(large, TASKS)
        missed = [
            _measure(words, path, agency, office)
            for words, path in (("Kế hoạch thật năm 2024", REAL_PLAN), ("Kế hoạch 3.000 việc", large))
        ]
    return sum(missed)


def write_plan(path: Path, tasks: int) -> None:
    """A Word file with ten tasks under each content, every one with units, a target and a deadline."""
    file = Document()
    for line in (
        "ỦY BAN NHÂN DÂN PHƯỜNG LÃM HÀ",
        "Số: 77/KH-UBND",
        "Lãm Hà, ngày 27 tháng 02 năm 2024",
        "KẾ HOẠCH",
        "Công tác dân vận chính quyền năm 2024",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "- Nâng cao nhận thức của cán bộ, công chức.",
        "II. NỘI DUNG",
    ):
        file.add_paragraph(line)
    for number in range(tasks):
        if number % 10 == 0:
            file.add_paragraph(f"{number // 10 + 1}. Nội dung thứ {number // 10 + 1}")
        file.add_paragraph(
            f"- Công an phường chủ trì, phối hợp với các ban, ngành tuyên truyền đến {number % 100 + 1}% hộ, "
            "xong trước ngày 15/6/2024."
        )
    file.save(str(path))


def _measure(words: str, path: Path, agency: Agency, office: User) -> int:
    reading = _read(path)
    begin = time.perf_counter()
    with CaptureQueriesContext(connection) as written:
        plan = import_plan(agency=agency, name=path.name, content=path.read_bytes(), by=office)
    seconds, writes = time.perf_counter() - begin, len(written)  # the next request empties the log
    lines = Item.objects.filter(section__plan=plan).count()
    draft = _draft(plan, office)
    missed = (
        reading.seconds > MAX_SECONDS
        or reading.megabytes > MAX_MEGABYTES
        or writes > MAX_FIXED_WRITES + lines / LINES_A_WRITE
        or draft.queries > MAX_QUERIES
    )
    print(
        f"{words:26}{lines:6}{reading.seconds:8.1f}{reading.megabytes:7.0f}{seconds:8.1f}{writes:10}"
        f"{draft.queries:15}{draft.milliseconds:9.0f}{draft.kilobytes:7.0f}{'  ✗' if missed else ''}"
    )
    return int(missed)


def _read(path: Path) -> Reading:
    begin = time.perf_counter()
    command = [
        sys.executable,
        settings.BASE_DIR / "manage.py",
        "import_plan",
        path,
        "--dry-run",
        "--json",
    ]
    child = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, f"{path.name} is refused"
    return Reading(time.perf_counter() - begin, used.ru_maxrss / 1000)


def _draft(plan: Plan, office: User) -> Draft:
    client = Client(SERVER_NAME="localhost")
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("plans:draft", args=[plan.pk])
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    queries = len(asked)  # the next request empties the log
    assert response.status_code == 200, f"the draft answers {response.status_code}"
    costs = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        client.get(url)
        costs.append((time.process_time() - begin) * 1000)
    return Draft(queries, statistics.median(costs), len(response.content) / 1000)
