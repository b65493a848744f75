"""What the worker does: thin. A message carries an id; the row knows the rest."""

import logging

from celery import shared_task

from accounts.models import Agency
from accounts.services.mail import deliver_mail, mails_left_behind
from danvan import clock
from reports.services.files import build_file as build
from reports.services.files import files_left_behind
from reports.services.reminding import make_digests, wording_now

logger = logging.getLogger(__name__)


@shared_task(name="reports.jobs.build_file")
def build_file(file_id: int) -> None:
    build(file_id=file_id)


@shared_task(name="reports.jobs.look_for_files")
def look_for_files() -> None:
    """The sweeper: finds files whose message was lost or whose worker died."""
    for file_id in files_left_behind():
        build_file.delay(file_id)


@shared_task(name="reports.jobs.send_mail")
def send_mail(mail_id: int) -> None:
    deliver_mail(mail_id=mail_id, wording=wording_now)


@shared_task(name="reports.jobs.look_for_mail")
def look_for_mail() -> None:
    """The sweeper of the outbox: mail whose message was lost, whose sender died, or whose wait is over."""
    for mail_id in mails_left_behind():
        send_mail.delay(mail_id)


@shared_task(name="reports.jobs.look_at_reminders")
def look_at_reminders() -> None:
    """Today's digests. Missed mornings and repeated runs lose nothing and send nothing twice."""
    for agency in Agency.objects.all():
        try:
            made = make_digests(agency=agency, on=clock.today())
        except Exception:  # one agency's trouble must not keep the others waiting
            logger.exception("digests of agency %s were not made", agency.pk)
            continue
        for mail_id in made:
            send_mail.delay(mail_id)
