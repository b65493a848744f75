"""`manage.py import_plan PATH [--dry-run] [--json] [--insist] [--agency CODE]`: the importer's contract, for scripts."""

import json
import sys
from argparse import ArgumentParser
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import Agency
from danvan import uploads
from danvan.problems import Problem
from danvan.uploads import Refused
from plans import services
from plans.importing import read_document, to_json
from plans.importing.outline import Outline


class Command(BaseCommand):
    help = "Đọc tệp kế hoạch: in bản đọc (--dry-run) hoặc tạo bản nháp."
    requires_system_checks: list[str] = []  # a dry run touches no database, not even to look at it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", default="", help="tệp .docx, .pdf, .md hoặc .txt")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc, không ghi gì")
        parser.add_argument("--json", action="store_true", help="in bản đọc thành một đối tượng JSON")
        parser.add_argument(
            "--insist", action="store_true", help="vẫn đọc khi văn bản ghi là loại khác, không phải kế hoạch"
        )
        parser.add_argument("--agency", default="", help="mã cơ quan, khi có nhiều cơ quan")

    def handle(self, *args: Any, **options: Any) -> None:
        """A refusal is one line on stderr and exit code 1."""
        _speak_unicode()
        try:
            self._import(**options)
        except (Refused, Problem) as refusal:
            self.stderr.write(" ".join(str(refusal).split()))
            raise SystemExit(1) from None

    def _import(
        self, *, path: str, dry_run: bool, json: bool, agency: str, insist: bool = False, **_: Any
    ) -> None:
        name, content = _read(path)
        if dry_run:
            outline = read_document(name, content, insist=insist)
            self.stdout.write(_as_json(outline) if json else _in_words(outline))
            return
        plan = services.import_plan(
            agency=_agency(agency), name=name, content=content, by=None, insist=insist
        )
        if json:
            self.stdout.write(_as_json(read_document(name, content, insist=insist)))
        else:
            self.stdout.write(f"Bản nháp số {plan.pk}: {plan}")


def _speak_unicode() -> None:
    """Vietnamese and odd file names, whatever the terminal's locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _read(path: str) -> tuple[str, bytes]:
    if not path:
        raise Problem("Chưa nói đọc tệp nào; hãy ghi đường dẫn của tệp kế hoạch.")
    place = Path(path)
    try:
        if place.is_dir():
            raise Problem(f"“{place}” là thư mục; hãy chọn một tệp kế hoạch.")
        if not place.is_file():
            raise Problem(f"Không có tệp “{place}”; hãy xem lại đường dẫn.")
        if place.stat().st_size > uploads.MAX_BYTES:
            raise Problem("Tệp lớn hơn 20 MB; hãy bỏ bớt ảnh trong tệp rồi đưa vào lại.")
        return place.name, place.read_bytes()
    except OSError:
        raise Problem(f"Không mở được tệp “{place}”; hãy xem quyền đọc của tệp.") from None


def _agency(code: str) -> Agency:
    """The one named; or the only one that has none below it."""
    if code:
        if found := Agency.objects.filter(code=code).first():
            return found
        raise Problem(f"Không có cơ quan mang mã “{code}”.")
    wards = list(Agency.objects.filter(inferiors=None).values_list("code", flat=True))
    if len(wards) != 1:
        known = f" Các mã đang có: {', '.join(wards)}." if wards else ""
        raise Problem(f"Hãy nói kế hoạch của cơ quan nào bằng --agency.{known}")
    return Agency.objects.get(code=wards[0])


def _as_json(outline: Outline) -> str:
    return json.dumps(to_json(outline), ensure_ascii=False, indent=1)


def _in_words(outline: Outline) -> str:
    head = f"{outline.number or '(không số)'} — {outline.title or '(không trích yếu)'}"
    count = f"{len(outline.tasks)} việc, {len(outline.doubts)} chỗ cần xem lại."
    doubts = [f"Dòng {doubt.line or '?'}: {doubt.reason}" for doubt in outline.doubts]
    return "\n".join([head, count, *doubts])
