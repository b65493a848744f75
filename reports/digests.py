"""Who is to be reminded of what today, and the words of it. Reads only, in a constant number of queries per agency."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import INSIDE, Agency, Membership, Role, Unit, User
from accounts.services.mail import OVER
from plans.models import Plan
from reports.models import Reminder, ReminderLine
from reports.stages import escalation_of, is_escalation, stages_of
from tasks import status
from tasks.models import Occurrence, ProgressUpdate
from tasks.reminders import days_words
from tasks.services.days_off import working_days

Channel = Reminder.Channel
HORIZON = dt.timedelta(days=7)
# Head, two lines for each piece of work, «và n việc nữa», foot: fifteen lines fit on a telephone.
MOST_ITEMS = 6
TITLE_LENGTH = 80


@dataclass(frozen=True)
class Line:
    """One piece of work in a digest, and every stage of which it tells: as head of a unit, or as who oversees it."""

    occurrence: Occurrence
    stages: Sequence[str]

    @property
    def channel(self) -> str:
        return Channel.ESCALATION if all(map(is_escalation, self.stages)) else Channel.DIGEST


@dataclass(frozen=True)
class Digest:
    """One person's mail of one day; who both heads a unit and oversees reads both parts in it."""

    user: User
    agency: Agency
    on: dt.date
    lines: Sequence[Line]

    @property
    def parts(self) -> "list[Digest]":
        """One's own work first."""
        ways = [
            [line for line in self.lines if line.channel == way]
            for way in (Channel.DIGEST, Channel.ESCALATION)
        ]
        return [replace(self, lines=rows) for rows in ways if rows]

    @property
    def channel(self) -> str:
        """Under which the log keeps it: that of its first part."""
        return self.parts[0].lines[0].channel

    @property
    def occurrences(self) -> list[Occurrence]:
        """Overdue first, the longest on top."""
        rows = [line.occurrence for line in self.lines]
        return sorted(rows, key=lambda one: (one.shown_due_on, one.task.order, one.pk))

    @property
    def late(self) -> int:
        return sum(one.shown_due_on < self.on for one in self.occurrences)


class People:
    """Everybody of an agency who can be written to on that day. Two queries."""

    def __init__(self, agency: Agency, on: dt.date) -> None:
        rows = Membership.objects.active(on).filter(agency=agency, role__in=INSIDE, user__is_active=True)
        self.by_unit: dict[int | None, dict[int, User]] = defaultdict(dict)
        self.all: dict[int, User] = {}
        for row in rows.exclude(user__email="").select_related("user").order_by("pk"):
            self.all[row.user_id] = row.user
            if row.role == Role.DEPARTMENT:
                self.by_unit[row.unit_id][row.user_id] = row.user
        self.members: dict[int, list[int]] = defaultdict(list)
        groups = Unit.members.through.objects.filter(from_unit__agency=agency)
        for group, member in groups.values_list("from_unit_id", "to_unit_id"):
            self.members[group].append(member)

    def heads_of(self, unit_id: int | None) -> dict[int, User]:
        """Whoever speaks for the unit; for a group, the heads of its members."""
        if unit_id is None:
            return {}
        found = dict(self.by_unit.get(unit_id, {}))
        for member in self.members.get(unit_id, ()):
            found |= self.by_unit.get(member, {})
        return found

    def told_of(self, occurrence: Occurrence, channel: str) -> dict[int, User]:
        """Whom that channel tells of this work, by key."""
        if channel == Channel.DIGEST:
            return self.heads_of(occurrence.task.lead_unit_id)
        overseer = self.all.get(occurrence.task.overseer_id or 0)
        return {overseer.pk: overseer} if overseer else {}


def near(on: dt.date) -> QuerySet[Occurrence]:
    """Work of running plans that is late, falls due within seven days, or was returned. Not all of it is owed still."""
    until = on + HORIZON
    returned = Q(latest_update__outcome=ProgressUpdate.Outcome.RETURNED)
    dated = Q(period=None) & (Q(completed_on=None, due_on__lte=until) | returned)
    asked = Q(period__closed_at=None, period__isnull=False) & (Q(period__unit_due_on__lte=until) | returned)
    return (
        Occurrence.objects.live()
        .filter(dated | asked, task__plan__state=Plan.State.ACTIVE)
        .select_related("task__lead_unit", "period", "latest_update")
        .order_by("task__order", "pk")
    )


def owed_work(agency: Agency, on: dt.date) -> list[Occurrence]:
    """What the units of an agency are to be reminded of. One query."""
    return [one for one in near(on).filter(task__plan__agency=agency) if status.owes_answer(one)]


def is_past(on: dt.date) -> Q:
    """Mails that nobody need send again: given up without fault, or a digest of an earlier day. For rows of Mail."""
    of_earlier_day = Q(reminder__channel__in=[Channel.DIGEST, Channel.ESCALATION], reminder__on__lt=on)
    return Q(error__in=OVER) | of_earlier_day


def digests_of(agency: Agency, on: dt.date) -> list[Digest]:
    """Today's mails that nobody has made yet; none on a day off. Seven queries."""
    if not working_days(agency).is_working(on):
        return []
    work, people = owed_work(agency, on), People(agency, on)
    told = _told(work)
    mailed = Reminder.objects.filter(agency=agency, on=on).exclude(channel=Channel.PRESS)
    made = set(mailed.values_list("user_id", flat=True))
    lines: dict[int, list[Line]] = defaultdict(list)
    for one in work:
        for channel, stages in _channels(one, on):
            for user_id in people.told_of(one, channel):
                new = [stage for stage in stages if (user_id, one.pk, stage, one.shown_due_on) not in told]
                if new and user_id not in made:
                    lines[user_id].append(Line(one, new))
    return [Digest(people.all[user], agency, on, rows) for user, rows in lines.items()]


def _channels(one: Occurrence, on: dt.date) -> list[tuple[str, list[str]]]:
    up = escalation_of(one, on, settings.ESCALATE_DAYS)
    return [(Channel.DIGEST, stages_of(one, on)), (Channel.ESCALATION, [up] if up else [])]


def _told(work: Iterable[Occurrence]) -> set[tuple[int | None, int, str, dt.date]]:
    """What people have been told already; a mail that could not be sent has told nobody."""
    lines = ReminderLine.objects.filter(occurrence__in=[one.pk for one in work], user__isnull=False)
    lines = lines.exclude(reminder__mail__state="failed")
    return set(lines.values_list("user_id", "occurrence_id", "stage", "due_on"))


def wording_of(digest: Digest) -> tuple[str, str]:
    """Subject and body."""
    subjects, lines, parts = [], [], digest.parts
    for part in parts:
        head, subject = _to_head(part) if part.channel == Channel.DIGEST else _to_overseer(part)
        subjects.append(subject)
        lines += [head, "", *_item_lines(part, MOST_ITEMS // len(parts)), ""]
    foot = f"Thư tự động của cổng Dân vận {digest.agency.short_name}, không cần trả lời."
    return "; ".join(subjects), "\n".join([*lines, foot])


def _item_lines(part: Digest, most: int) -> list[str]:
    rows, lines = part.occurrences, []
    for number, one in enumerate(rows[:most], start=1):
        lines += [f"{number}. {_item(one, part)}", f"   {_address(_item_path(one, part))}"]
    if len(rows) > most:
        lines.append(f"… và {len(rows) - most} việc nữa: {_address(_whole_path(part))}")
    return lines


def _to_head(digest: Digest) -> tuple[str, str]:
    count, late = len(digest.lines), digest.late
    if late == count:
        return f"{digest.user} có {count} việc đã quá hạn:", f"Nhắc việc: {count} việc quá hạn"
    if late:
        words = f"{count} việc cần gửi kết quả, {late} việc đã quá hạn"
        return f"{digest.user} có {words}:", f"Nhắc việc: {words}"
    return f"{digest.user} có {count} việc cần gửi kết quả:", f"Nhắc việc: {count} việc cần gửi kết quả"


def _to_overseer(digest: Digest) -> tuple[str, str]:
    words = f"{len(digest.lines)} việc đồng chí phụ trách đã quá hạn từ {settings.ESCALATE_DAYS} ngày"
    return f"{words}:", f"Báo cáo: {words}"


def _item(one: Occurrence, digest: Digest) -> str:
    words = f"{shorten(one.task.title, TITLE_LENGTH, placeholder='…')} — {days_words(one.shown_due_on, digest.on)} (hạn {one.due_words})"
    if digest.channel == Channel.ESCALATION:
        return f"{one.task.lead_unit or 'Chưa phân công'}: {words}"
    return f"{words}; Văn phòng trả lại, cần bổ sung" if status.is_returned(one) else words


def _item_path(one: Occurrence, digest: Digest) -> str:
    """A path without «#»: it outlives the sign-in page, and leads on to the card."""
    return reverse("tasks:record" if digest.channel == Channel.DIGEST else "tasks:occurrence", args=[one.pk])


def _whole_path(digest: Digest) -> str:
    return reverse("tasks:my_unit" if digest.channel == Channel.DIGEST else "reports:home")


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
