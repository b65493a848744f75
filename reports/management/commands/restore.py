from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.problems import Problem
from reports.restore import restore_backup


class Command(BaseCommand):
    help = "Khôi phục cơ sở dữ liệu và tệp từ một bản sao lưu: được cả, hoặc không thay đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="tệp do lệnh backup tạo ra")
        parser.add_argument("--replace", action="store_true", help="thay toàn bộ dữ liệu đang có")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = restore_backup(options["path"], replace=options["replace"])
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Đã khôi phục {sum(rows.values())} dòng dữ liệu. Mọi người cần đăng nhập lại.")
