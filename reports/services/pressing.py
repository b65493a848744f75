"""*Đôn đốc* in one press: a row of the log for each unit that is missing, mail to those of its people who have one."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Mail, Unit, User
from accounts.services import record_event
from accounts.services.events import take_turn
from accounts.services.mail import queue_mail
from danvan import clock
from danvan.problems import Problem
from reports.digests import People
from reports.models import Reminder, ReminderLine
from reports.pressing import missing_in
from tasks.models import Occurrence, Period
from tasks.reminders import reminder_text

STAGE = "press"


@dataclass(frozen=True)
class Press:
    """What one press did: the log rows it made, and the units that somebody had pressed just before."""

    reminders: Collection[Reminder]
    skipped: Collection[Unit]

    @property
    def mails(self) -> list[Mail]:
        return [row.mail for row in self.reminders if row.mail is not None]

    @property
    def units(self) -> int:
        return len({row.unit_id for row in self.reminders})


@transaction.atomic
def press(*, period: Period, seen: int, by: User, unit_id: int | None = None) -> Press:
    """Presses every unit that owes results of `period`, or one of them. Raises Problem if there is nobody to press.

    `seen` is the newest press the page knew of (`pressing.newest`): a second press of the same page makes no second row.
    """
    if period.is_closed:
        raise Problem("Kỳ này đã chốt số liệu nên không đôn đốc nữa.")
    take_turn(period.agency)
    missing = {
        unit: rows
        for unit, rows in missing_in(period, clock.today()).items()
        if unit_id is None or unit.pk == unit_id
    }
    if not missing:
        raise Problem("Không còn đơn vị nào thiếu kết quả.")
    since = Reminder.objects.filter(period=period, channel=Reminder.Channel.PRESS, pk__gt=seen)
    already = set(since.values_list("unit_id", flat=True))
    people = People(period.agency, clock.today())
    reminders: list[Reminder] = []
    for unit, rows in missing.items():
        if unit.pk not in already:
            reminders += _press_unit(period, unit, rows, people, by)
    done = Press(reminders, [unit for unit in missing if unit.pk in already])
    if reminders:
        words = f"{by} đôn đốc {done.units} đơn vị còn thiếu kết quả {period}"
        record_event(agency=period.agency, actor=by, verb="press", about=period, words=words)
    return done


def _press_unit(
    period: Period, unit: Unit, rows: list[Occurrence], people: People, by: User
) -> list[Reminder]:
    """A row of the log for each head who gets a mail, all of one moment; a row without mail where nobody does."""
    text, at = reminder_text(unit=unit, occurrences=rows, on=clock.today()), clock.now()
    subject = f"Đôn đốc: {len(rows)} việc chưa có kết quả {period.title}"
    heads = {user.email: user for user in people.heads_of(unit.pk).values()}
    queued = [
        (user, queue_mail(agency=period.agency, to=to, subject=subject, body=text))
        for to, user in sorted(heads.items())
    ]
    told: list[tuple[User | None, Mail | None]] = [(user, mail) for user, mail in queued if mail is not None]
    reminders = [
        Reminder.objects.create(
            agency=period.agency,
            channel=Reminder.Channel.PRESS,
            user=user,
            unit=unit,
            period=period,
            on=clock.today(),
            words=text,
            mail=mail,
            made_by=by,
            at=at,
        )
        for user, mail in told or [(None, None)]
    ]
    # Lines without a person: pressing may say the same again, which a digest may not.
    ReminderLine.objects.bulk_create(
        ReminderLine(reminder=reminder, occurrence=one, stage=STAGE, due_on=one.shown_due_on)
        for reminder in reminders
        for one in rows
    )
    return reminders
