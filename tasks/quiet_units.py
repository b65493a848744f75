"""«Nơi chưa có tin»: units that lead work and are not heard, each with the one thing to do about it. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Max, Q

from accounts.models import Agency, Membership, Role, Unit, User
from danvan import clock
from plans.models import Plan
from tasks import status
from tasks.models import Occurrence, ProgressUpdate
from tasks.overview import without_far_recurrences


class Silence(IntEnum):
    """Worst first: nobody can be heard, nobody has come, nobody has spoken, nobody has spoken lately."""

    NOBODY = 1
    NEVER_SIGNED_IN = 2
    NEVER_SPOKE = 3
    SILENT = 4


@dataclass(frozen=True)
class QuietUnit:
    """`owed` pieces of work still wait for an answer of the unit; `heads` may give it; `days` since the last word."""

    unit: Unit
    silence: Silence
    owed: int
    heads: list[User]
    days: int | None = None

    @property
    def step(self) -> str:
        """What the office does about it: «person» added, «slip» printed, or «reminder» written."""
        steps = {Silence.NOBODY: "person", Silence.NEVER_SIGNED_IN: "slip"}
        return steps.get(self.silence, "reminder")

    @property
    def words(self) -> str:
        names = ", ".join(map(str, self.heads))
        return {
            Silence.NOBODY: "Chưa có ai được giao tài khoản",
            Silence.NEVER_SIGNED_IN: f"{names} chưa đăng nhập lần nào",
            Silence.NEVER_SPOKE: f"{names} đã đăng nhập nhưng chưa ghi kết quả lần nào",
            Silence.SILENT: f"{names} không ghi gì từ {self.days} ngày nay",
        }[self.silence]


def quiet_units(*, agency: Agency, on: dt.date, days: int = status.SILENT_DAYS) -> list[QuietUnit]:
    """Units that lead work at hand and of which nothing is heard. Five queries.

    A group is heard where one of its members is. What the office writes in a unit's place is no word of the unit.
    """
    led, owed = _work(agency, on)
    units = Unit.objects.filter(pk__in=led).prefetch_related("members")
    heads = _heads(agency, on)
    spoken = _last_words({user.pk for people in heads.values() for user in people})
    found = [
        quiet
        for unit in units
        if (quiet := _quiet(unit, _who_speaks(unit, heads), spoken, owed[unit.pk], on, days))
    ]
    return sorted(found, key=lambda quiet: (quiet.silence, -quiet.owed, quiet.unit.sort_key))


def _work(agency: Agency, on: dt.date) -> tuple[set[int], Counter[int]]:
    """Units that lead live work, and how much of it each still owes."""
    rows = Occurrence.objects.live().filter(
        Q(period=None) | Q(period__closed_at=None),
        task__plan__agency=agency,
        task__plan__state=Plan.State.ACTIVE,
        task__lead_unit__isnull=False,
    )
    work = list(without_far_recurrences(rows, on).select_related("task", "latest_update"))
    led = {one.task.lead_unit_id for one in work if one.task.lead_unit_id}
    return led, Counter(one.task.lead_unit_id for one in work if status.owes_answer(one))  # type: ignore[misc]


def _heads(agency: Agency, on: dt.date) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    rows = Membership.objects.active(on).filter(agency=agency, role=Role.DEPARTMENT, user__is_active=True)
    for row in rows.select_related("user").order_by("user__sort_key", "user"):
        found.setdefault(row.unit_id or 0, []).append(row.user)
    return found


def _last_words(heads: Iterable[int]) -> dict[int, dt.date]:
    """User id → the day of the last word they recorded for a unit of their own."""
    rows = ProgressUpdate.objects.filter(recorded_by__in=heads, on_behalf_of=None).order_by()
    last = rows.values("recorded_by").annotate(last=Max("recorded_at")).values_list("recorded_by", "last")
    return {user: clock.local_date(moment) for user, moment in last}


def _who_speaks(unit: Unit, heads: dict[int, list[User]]) -> list[User]:
    own = heads.get(unit.pk, [])
    members = [user for member in unit.members.all() for user in heads.get(member.pk, [])]
    return list(dict.fromkeys([*own, *members]))


def _quiet(
    unit: Unit, heads: list[User], spoken: dict[int, dt.date], owed: int, on: dt.date, days: int
) -> QuietUnit | None:
    last = max((spoken[user.pk] for user in heads if user.pk in spoken), default=None)
    if not heads:
        return QuietUnit(unit, Silence.NOBODY, owed, heads)
    if last is None:
        came = any(user.last_login for user in heads)
        return QuietUnit(unit, Silence.NEVER_SPOKE if came else Silence.NEVER_SIGNED_IN, owed, heads)
    silent = (on - last).days
    return QuietUnit(unit, Silence.SILENT, owed, heads, silent) if owed and silent >= days else None
