"""Digests: made once, in the log and the outbox together, and looked at again when they go.

Whoever runs this twice, or twice at once, sends nothing twice: the unique rows of the log forbid it.
"""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import Agency, Mail
from accounts.services.mail import Outdated, new_mail
from danvan import clock
from reports.digests import Digest, Line, People, digests_of, owed_work, wording_of
from reports.models import Reminder, ReminderLine
from reports.pressing import is_missing
from reports.stages import is_escalation
from tasks.models import Occurrence
from tasks.reminders import reminder_text

Channel = Reminder.Channel


def make_digests(*, agency: Agency, on: dt.date) -> list[int]:
    """Today's digests of one agency as rows; ids of their mails, to be sent after this. None without a mail server."""
    if not settings.MAIL_IS_SET_UP:
        return []
    try:
        with transaction.atomic():
            return _make(digests_of(agency, on))
    except (
        IntegrityError
    ):  # another scheduler was faster: its rows count, the next look brings what it missed
        return []


def _make(digests: list[Digest]) -> list[int]:
    if not digests:
        return []
    words = [wording_of(digest) for digest in digests]
    mails = Mail.objects.bulk_create(
        new_mail(agency=digest.agency, to=digest.user.email, subject=subject, body=body)
        for digest, (subject, body) in zip(digests, words, strict=True)
    )
    reminders = Reminder.objects.bulk_create(
        Reminder(
            agency=digest.agency,
            channel=digest.channel,
            user=digest.user,
            on=digest.on,
            words=mail.body,
            mail=mail,
            at=clock.now(),
        )
        for digest, mail in zip(digests, mails, strict=True)
    )
    _forget_what_failed(digests)
    ReminderLine.objects.bulk_create(
        ReminderLine(
            reminder=reminder,
            user=digest.user,
            occurrence=line.occurrence,
            stage=stage,
            due_on=line.occurrence.shown_due_on,
        )
        for digest, reminder in zip(digests, reminders, strict=True)
        for line in digest.lines
        for stage in line.stages
    )
    return [mail.pk for mail in mails]


def _forget_what_failed(digests: list[Digest]) -> None:
    """A mail that could not be sent told nobody: its lines make room for the new ones. Its words stay in the log."""
    people = {digest.user.pk for digest in digests}
    work = {line.occurrence.pk for digest in digests for line in digest.lines}
    failed = Reminder.objects.filter(user__in=people, mail__state=Mail.State.FAILED)
    ReminderLine.objects.filter(user__in=people, occurrence__in=work, reminder__in=failed).delete()


def wording_now(mail: Mail) -> str | None:
    """What a mail should say at the moment it goes: only what its reader still has to do. None: nothing is left.

    Raises Outdated for a digest of another day.
    """
    found = Reminder.objects.filter(mail=mail).select_related("agency", "user", "unit", "period")
    reminder = found.first()
    if reminder is None:
        return mail.body
    return _press_now(reminder, mail) if reminder.channel == Channel.PRESS else _digest_now(reminder, mail)


def _digest_now(reminder: Reminder, mail: Mail) -> str | None:
    """Yesterday's digest is not sent any more: today's says it better."""
    on = clock.today()
    if reminder.on != on:
        raise Outdated
    if reminder.user is None:
        return None
    people = People(reminder.agency, on)
    stages: dict[tuple[int, str], list[str]] = {}
    for line in reminder.lines.all():  # type: ignore[attr-defined]
        way = Channel.ESCALATION if is_escalation(line.stage) else Channel.DIGEST
        stages.setdefault((line.occurrence_id, way), []).append(line.stage)
    work = {one.pk: one for one in owed_work(reminder.agency, on)}
    left = [
        Line(work[pk], said)
        for (pk, way), said in stages.items()
        if pk in work and reminder.user_id in people.told_of(work[pk], way)
    ]
    if not left:
        return None
    if len(left) == len(stages):
        return mail.body
    _, body = wording_of(Digest(reminder.user, reminder.agency, on, left))
    Reminder.objects.filter(pk=reminder.pk).update(words=body)
    return body


def _press_now(reminder: Reminder, mail: Mail) -> str | None:
    """Only to who still speaks for the unit, and only of work that it still leads and owes."""
    on, unit, period = clock.today(), reminder.unit, reminder.period
    if unit is None or period is None or period.is_closed:
        return None
    heads = People(reminder.agency, on).heads_of(unit.pk).values()
    if mail.to not in {user.email for user in heads}:
        return None
    rows = Occurrence.objects.live().filter(reminder_lines__reminder=reminder, task__lead_unit=unit)
    found = rows.select_related("task", "period", "latest_update")
    left = [one for one in found if is_missing(one, period, on)]
    if not left:
        return None
    if len(left) == reminder.lines.count():  # type: ignore[attr-defined]
        return mail.body
    body = reminder_text(unit=unit, occurrences=left, on=on)
    Reminder.objects.filter(pk=reminder.pk).update(words=body)
    return body
