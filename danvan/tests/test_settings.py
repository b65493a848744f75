"""Settings are tried the way a host meets them: a process of its own, with nothing but its environment."""

import os
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "DANVAN_PRODUCTION": "true",
    "DANVAN_SECRET_KEY": "khóa bí mật dài chỉ dùng để kiểm thử, " * 2,
    "DANVAN_HOSTS": "danvan.example",
}


def run(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """Python with only these settings. What is set to nothing outweighs a .env that may lie here."""
    own = {
        "PATH": os.environ["PATH"],
        "DANVAN_VAR": str(tmp_path),
        "DANVAN_SECRET_KEY": "",
        "DANVAN_TODAY": "",
    }
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env={**own, **environment}, capture_output=True, text=True
    )


def check(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return run(tmp_path, "manage.py", "check", *arguments, **environment)


def names_in_env_example() -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))


def last_line(done: subprocess.CompletedProcess) -> str:
    return done.stderr.strip().splitlines()[-1]


def test_production_refuses_to_start_without_a_secret_key(tmp_path):
    done = check(tmp_path, **{**PRODUCTION, "DANVAN_SECRET_KEY": ""})

    assert done.returncode != 0
    assert last_line(done).endswith(
        "Chưa có DANVAN_SECRET_KEY: đặt một chuỗi bí mật dài trong .env rồi khởi động lại."
    )


def test_production_refuses_to_start_on_another_day(tmp_path):
    done = check(tmp_path, **PRODUCTION, DANVAN_TODAY="2024-03-20")

    assert done.returncode != 0
    assert last_line(done).endswith(
        "DANVAN_TODAY chỉ dùng khi chạy thử: hãy bỏ nó khỏi môi trường rồi khởi động lại."
    )


def test_production_settings_pass_the_deployment_check(tmp_path):
    done = check(tmp_path, "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr


def test_production_never_shows_details_of_errors(tmp_path):
    code = "from danvan import settings; print(settings.DEBUG)"

    done = run(tmp_path, "-c", code, **PRODUCTION, DANVAN_DEBUG="true")

    assert done.stdout == "False\n"


def test_host_without_settings_makes_its_own_key_once(tmp_path):
    check(tmp_path)
    key = (tmp_path / "secret-key").read_text()
    check(tmp_path)

    assert len(key) > 50
    assert (tmp_path / "secret-key").read_text() == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_env_example_names_every_setting_and_no_other():
    code = "".join((ROOT / "danvan" / name).read_text() for name in ("settings.py", "clock.py"))
    read = set(re.findall(r'(?:env\.\w+|environ\.get)\(\s*"([A-Z_]+)"', code))

    assert names_in_env_example() == read
