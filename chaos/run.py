"""What goes wrong at random, repeated.  Run by script/chaos:  python -m chaos.run [--seed 7] [--conflicts 200] …"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from bench.fill import fill  # noqa: E402
from chaos import people, worker  # noqa: E402
from reports.services.composing import close_and_compose  # noqa: E402
from reports.tests.processes import Processes, start_web  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=Random().randrange(1_000_000))
    parser.add_argument("--conflicts", type=int, default=200)
    parser.add_argument("--doubles", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    asked = parser.parse_args()
    chance = Random(asked.seed)
    print(f"Hạt giống: {asked.seed}", flush=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    ward = fill(1, 1)[0]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        web = Processes(Path(folder))
        try:
            address = start_web(web)
            failures += _tell(
                "xung đột đều được báo",
                asked.conflicts,
                people.conflicts(ward, address, asked.conflicts, chance),
            )
            failures += _tell(
                "lần bấm chỉ thành một dòng",
                asked.doubles,
                people.doubles(ward, address, asked.doubles, chance),
            )
        finally:
            web.kill()
        close_and_compose(period=ward.quarter, version=ward.quarter.version, by=ward.office)
        failures += _tell(
            "lần tắt worker không mất tệp nào",
            asked.kills,
            worker.kills(ward, Path(folder), asked.kills, chance),
        )
    return min(1, failures)


def _tell(what: str, times: int, failures: int) -> int:
    print(f"{times - min(failures, times)}/{times} {what}", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(main())
