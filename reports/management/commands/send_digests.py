from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from accounts.models import Agency
from accounts.services.mail import NOT_SET_UP, deliver_mail
from danvan import clock
from reports.digests import digests_of, wording_of
from reports.services.reminding import make_digests, wording_now


class Command(BaseCommand):
    help = "Gửi thư nhắc việc của hôm nay, mỗi người nhiều nhất một thư. Chạy lại không gửi trùng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ in ra, không gửi và không ghi gì")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_IS_SET_UP:
            self.stdout.write(NOT_SET_UP)
        for agency in Agency.objects.all():
            if options["dry_run"]:
                self._show(agency)
            else:
                self._send(agency)

    def _show(self, agency: Agency) -> None:
        for digest in digests_of(agency, clock.today()):
            subject, body = wording_of(digest)
            self.stdout.write(f"Gửi {digest.user} <{digest.user.email}>: {subject}\n{body}\n")

    def _send(self, agency: Agency) -> None:
        made = make_digests(agency=agency, on=clock.today())
        for mail_id in made:
            deliver_mail(mail_id=mail_id, wording=wording_now)
        self.stdout.write(f"{agency}: {len(made)} thư.")
