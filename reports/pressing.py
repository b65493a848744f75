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
    """Unit id → how often. One query."""
    rows = Reminder.objects.filter(period=period, channel=Reminder.Channel.PRESS).order_by()
    found = rows.values_list("unit_id").annotate(Count("pk"), Max("pk"), Max("at"))
    return {unit_id: Pressed(times, last, at) for unit_id, times, last, at in found}


def newest(pressed: dict[int | None, Pressed]) -> int:
    """What a page had seen when it was made: whoever was pressed after that is not pressed by it again."""
    return max((one.last for one in pressed.values()), default=0)


def missing_in(
    period: Period, occurrences: Iterable[Occurrence] | None = None
) -> dict[Unit, list[Occurrence]]:
    """Unit → what it still owes of the period, by the units' names. One query."""
    found: dict[Unit, list[Occurrence]] = {}
    for one in occurrences_of(period) if occurrences is None else occurrences:
        if one.task.lead_unit is not None and not is_cancelled(one) and status.owes_answer(one):
            found.setdefault(one.task.lead_unit, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: pair[0].sort_key))
