from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.problems import Problem
from reports.backup import hash_of, make_backup


class Command(BaseCommand):
    help = "Sao lưu toàn bộ cơ sở dữ liệu và tệp đã tải lên vào một tệp nén."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="tệp .tar.gz sẽ được tạo, hoặc một thư mục có sẵn")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = make_backup(options["path"])
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        with path.open("rb") as archive:
            self.stdout.write(f"Đã sao lưu vào {path}\nMã SHA-256: {hash_of(archive)}")
