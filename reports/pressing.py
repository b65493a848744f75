"""*Đôn đốc*: which units still owe results in a period, and how often they were pressed. Reads only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from accounts.models import Unit
from danvan import clock
from danvan.text import day_and_month
from reports.figures import is_cancelled, occurrences_of
from reports.models import Reminder
from tasks import status
from tasks.calendar import MONTHS
from tasks.models import Occurrence, Period


@dataclass(frozen=True)
class Pressed:
    """How often a unit was pressed in a period; `last` is the newest row."""

    times: int
    last: int
    at: dt.datetime

    @property
    def words(self) -> str:
        at = self.at.astimezone(clock.ZONE)
        return f"Đã đôn đốc {self.times} lần, gần nhất {at:%H:%M} ngày {day_and_month(at.date())}"


def pressed_in(period: Period) -> dict[int | None, Pressed]:
    """Unit id → how often; several heads told at one moment are one time. One query."""
    rows = Reminder.objects.filter(period=period, channel=Reminder.Channel.PRESS).order_by()
    found = rows.values_list("unit_id").annotate(Count("at", distinct=True), Max("pk"), Max("at"))
    return {unit_id: Pressed(times, last, at) for unit_id, times, last, at in found}


def newest(pressed: dict[int | None, Pressed]) -> int:
    """What a page had seen when it was made: whoever was pressed after that is not pressed by it again."""
    return max((one.last for one in pressed.values()), default=0)


def is_missing(one: Occurrence, period: Period, on: dt.date) -> bool:
    """Whether a result of this work is owed to `period` by now: the one judgement of desk, bell, press and letter.

    A shorter period that was closed takes no answer any more; work with a date is owed from its day on, or once it was
    sent back.
    """
    if is_cancelled(one) or not status.owes_answer(one):
        return False
    if one.period is not None:
        return one.period_id == period.pk or not one.period.is_closed
    return one.shown_due_on <= on or status.is_returned(one)


def missing_in(period: Period, on: dt.date) -> dict[Unit, list[Occurrence]]:
    """Unit → what it owes to the period by now, by the units' names. One query."""
    found: dict[Unit, list[Occurrence]] = {}
    for one in occurrences_of(period):
        if one.task.lead_unit is not None and is_missing(one, period, on):
            found.setdefault(one.task.lead_unit, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: pair[0].sort_key))


def units_missing(period: Period, work: Iterable[Occurrence], on: dt.date) -> set[int]:
    """The units of `missing_in`, told from work that was read already: all that the agency's units owe now."""
    return {
        one.task.lead_unit_id
        for one in work
        if one.task.lead_unit_id and _is_reported_in(period, one) and is_missing(one, period, on)
    }


def _is_reported_in(period: Period, one: Occurrence) -> bool:
    """As `tasks.overview.reported_in` finds it, of work that is not finished."""
    if one.task.plan_id != period.plan_id:
        return False
    if one.period is None:
        return one.shown_due_on <= period.covers_to
    is_shorter = MONTHS[one.period.kind] < MONTHS[period.kind]
    is_inside = period.covers_from <= one.period.covers_to <= period.covers_to
    return one.period_id == period.pk or (is_shorter and is_inside)
