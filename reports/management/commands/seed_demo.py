"""Fills an empty portal with the illustrated first quarter of 2024 and waits for its report."""

import secrets
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from reports.demo import Demo
from reports.jobs import build_file
from reports.models import Report, ReportFile


class Command(BaseCommand):
    help = "Đưa số liệu minh họa vào một cơ sở dữ liệu trống (không dùng khi chạy thật)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wait", type=int, default=180, help="Số giây chờ tạo xong báo cáo.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Đây là máy chạy thật: không đưa số liệu minh họa vào.")
        demo = Demo()
        report = demo.report()
        if report is None:
            if User.objects.exists():
                raise CommandError("Cơ sở dữ liệu đã có người dùng: chỉ đưa số liệu minh họa vào nơi trống.")
            self.stdout.write(
                "Đọc kế hoạch 10/KH-UBND, phân công, ghi kết quả quý I, soạn và duyệt báo cáo …"
            )
            report = demo.live()
            build_file.delay(demo.final_file(report).pk)
        file = self._wait_for(demo, report, options["wait"])
        demo.issue(report)
        self._tell(demo, file)

    def _wait_for(self, demo: Demo, report: Report, seconds: int) -> ReportFile:
        """Waits for the worker; only the row says how far it is."""
        if demo.final_file(report).is_under_way:
            self.stdout.write("Chờ tiến trình nền tạo PDF …")
        until = time.monotonic() + seconds
        while (file := demo.final_file(report)).is_under_way and time.monotonic() < until:
            time.sleep(0.3)
        if file.state != ReportFile.State.READY:
            raise CommandError(f"Chưa tạo được PDF ({file.get_state_display()}). {file.error}")
        return file

    def _tell(self, demo: Demo, file: ReportFile) -> None:
        self.stdout.write(f"Báo cáo: {file.file.path}")
        self.stdout.write("Tên đăng nhập và mật khẩu của lần chạy này:")
        for username, words in demo.usernames():
            password = secrets.token_urlsafe(9)
            user = User.objects.get(username=username)
            user.set_password(password)
            user.save(update_fields=["password"])
            self.stdout.write(f"  {username:<12} {password:<14} {words}")
