"""Measures every page against its bare counterpart, the PDF against bare WeasyPrint, the worker's memory, and
bringing plans in.

Run by script/bench, on a database that is thrown away:  python -m bench.run [--agencies 114] [--rounds 40]
"""

import argparse
import os
import statistics
import sys
import time
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")
os.environ["DANVAN_TODAY"] = "2024-03-20"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import bare, importing, rendering  # noqa: E402
from bench.fill import Ward, fill  # noqa: E402
from bench.pages import PAGES, Page  # noqa: E402
from reports.services.composing import close_and_compose  # noqa: E402

WARM_UP = 3
MAX_QUERIES, MAX_RATIO, MAX_PDF_RATIO, MAX_WORKER_MB = 12, 2.5, 1.25, 250


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--agencies", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args()
    settings.ROOT_URLCONF = "bench.bare"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    call_command("migrate", verbosity=0)

    sizes = sorted({1, chosen.agencies})
    filled, failures = 0, 0
    for size in sizes:
        begin = time.perf_counter()
        wards = fill(filled + 1, size)
        filled = size
        print(f"\n{size} cơ quan × 88 việc (thêm dữ liệu trong {time.perf_counter() - begin:.1f} giây)\n")
        failures += measure_pages(_with_report(wards[-1]), chosen.rounds)
    failures += rendering.measure(MAX_PDF_RATIO, MAX_WORKER_MB)
    return min(1, failures + importing.measure(wards[-1].office))


def _with_report(ward: Ward) -> Ward:
    """Closes the quarter, so that the pages of a report have something to show."""
    close_and_compose(period=ward.quarter, version=ward.quarter.version, by=ward.office)
    return ward


class Cost(NamedTuple):
    """Milliseconds of one request: as a person waits, and of the processor alone, which a busy machine spoils less."""

    wall: float
    cpu: float


def _median_cpu(costs: list[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


def measure_pages(ward: Ward, rounds: int) -> int:
    """Prints one line per page and returns how many miss what they should reach."""
    bare.shown[:] = [ward]
    print(
        f"{'trang':26}{'dòng':>6}{'kB':>7}{'truy vấn':>10}{'giữa ms':>9}{'p95 ms':>8}"
        f"{'CPU ms':>9}{'tối giản CPU':>13}{'tỷ lệ':>7}"
    )
    return sum(_measure(page, number, ward, rounds) for number, page in enumerate(PAGES))


def _measure(page: Page, number: int, ward: Ward, rounds: int) -> int:
    client = Client(SERVER_NAME="localhost")
    client.force_login(page.who(ward), backend="django.contrib.auth.backends.ModelBackend")
    url, bare_url = page.url(ward), reverse("bare", args=[number])
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    queries = len(captured)
    if response.status_code != 200:
        print(f"{page.words:26} trả về {response.status_code}")
        return 1
    costs, bare_costs = _take_turns(client, (url, bare_url), rounds)
    times = [cost.wall for cost in costs]
    ratio = _median_cpu(costs) / _median_cpu(bare_costs)
    missed = queries > MAX_QUERIES or ratio > MAX_RATIO
    print(
        f"{page.words:26}{page.rows(ward).count():6}{len(response.content) / 1000:7.0f}{queries:10}"
        f"{statistics.median(times):9.1f}{statistics.quantiles(times, n=20)[-1]:8.1f}"
        f"{_median_cpu(costs):9.1f}{_median_cpu(bare_costs):13.1f}{ratio:7.2f}{'  ✗' if missed else ''}"
    )
    return int(missed)


def _take_turns(client: Client, urls: tuple[str, str], rounds: int) -> tuple[list[Cost], list[Cost]]:
    """The cost of each request. The two take turns, so that a busy machine is unfair to neither."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for turn in range(WARM_UP + rounds):
        for url, own in zip(urls, costs, strict=True):
            begin, begin_cpu = time.perf_counter(), time.process_time()
            assert client.get(url).status_code == 200
            if turn >= WARM_UP:
                own.append(
                    Cost((time.perf_counter() - begin) * 1000, (time.process_time() - begin_cpu) * 1000)
                )
    return costs


if __name__ == "__main__":
    sys.exit(main())
