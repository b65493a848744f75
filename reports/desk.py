"""What the office and the leaders see of a period: where it stands, who has sent, what waits for whom. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q

from accounts.models import Agency, Unit
from danvan import clock
from plans.content import ContentMap
from plans.models import Plan
from reports.figures import Counts, Figures, count, is_cancelled, occurrences_of
from reports.models import Report
from reports.pressing import Pressed, is_missing, newest, pressed_in
from tasks import status
from tasks.models import Occurrence, Period
from tasks.queue import CheckTimes, check_times
from tasks.reminders import reminder_text

State = Report.State
SUBMITTED = (State.SUBMITTED, State.APPROVED, State.NUMBERED, *Report.PUBLIC)
APPROVED = (State.APPROVED, State.NUMBERED, *Report.PUBLIC)


class Stand(StrEnum):
    """Where a step stands; `late` is one that should have been done by now."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    """One step on the way of a period to the level above: what, by when, how far."""

    words: str
    due_on: dt.date
    stand: Stand


@dataclass(frozen=True)
class Sender:
    """One unit in a period. `sent` of `total` are in, `owed` should be by now; `waiting` are sent and not checked yet."""

    unit: Unit | None
    total: int
    sent: int
    owed: int
    waiting: int
    returned: int
    accepted: int
    reminder: str
    pressed: Pressed | None = None


@dataclass(frozen=True)
class PeriodDesk:
    """A period with its report, its figures and its units; `counts` are frozen ones once the period is closed."""

    period: Period
    report: Report | None
    counts: Counts
    is_frozen: bool
    occurrences: Sequence[Occurrence]
    senders: Sequence[Sender]
    steps: Sequence[Step]
    seen: int  # the newest *đôn đốc* this page knows of

    @property
    def current_step(self) -> Step | None:
        return next((step for step in self.steps if step.stand in (Stand.NOW, Stand.LATE)), None)

    @property
    def owed(self) -> int:
        return sum(sender.owed for sender in self.senders)

    @property
    def units_missing(self) -> int:
        return sum(sender.owed > 0 and sender.unit is not None for sender in self.senders)


def agency_periods(agency: Agency) -> list[Period]:
    """All periods of plans that were activated, newest first, with plan and agency; one query."""
    rows = Period.objects.filter(agency=agency).exclude(plan__state=Plan.State.DRAFT)
    periods = list(rows.select_related("plan", "closed_by"))
    for period in periods:
        period.agency = period.plan.agency = agency
    return periods


def several_plans(periods: Iterable[Period]) -> bool:
    """Whether a period's name alone would not tell which plan it belongs to."""
    return len({period.plan_id for period in periods}) > 1


def agency_reports(agency: Agency) -> dict[int, Report]:
    """Period id → the report that stands for it; a correction comes later and replaces it. One query."""
    rows = Report.objects.without_words().filter(agency=agency).select_related("period", "agency")
    return {report.period_id: report for report in rows.order_by("pk")}


def period_at_hand(periods: Iterable[Period], reports: dict[int, Report], on: dt.date) -> Period | None:
    """The period people work on: the first that has begun and whose report is not issued; else the newest that has.

    Before any has begun it is the first to come. A month that only collects what a quarter will report does not stand in the quarter's way.
    """
    running = [one for one in periods if one.plan.state == Plan.State.ACTIVE]
    begun = [one for one in running if one.covers_from <= on]
    unfinished = [one for one in begun if not _is_finished(one, reports.get(one.pk))]
    unfinished.sort(key=lambda one: (one.kind == Period.Kind.MONTH, one.covers_to, -one.pk))
    ahead = sorted(running, key=lambda one: (one.covers_from, one.covers_to))
    return next(iter([*unfinished, *begun, *ahead]), None)


def _is_finished(period: Period, report: Report | None) -> bool:
    if report is None:
        return period.is_closed
    return report.state in Report.PUBLIC


def period_desk(*, period: Period, report: Report | None, on: dt.date) -> PeriodDesk:
    """Four queries, one more for a closed period, which says what its frozen figures say."""
    contents = ContentMap(period.plan)
    occurrences = occurrences_of(period)
    counts, is_frozen = count(occurrences, contents, on), False
    if report is not None and report.figures:
        counts, is_frozen = Figures.from_json(report.figures).counts, True
    pressed = {} if period.is_closed else pressed_in(period)  # nobody is pressed any more
    senders = _senders(period, occurrences, pressed, on)
    return PeriodDesk(
        period=period,
        report=report,
        counts=counts,
        is_frozen=is_frozen,
        occurrences=occurrences,
        senders=senders,
        steps=steps_of(period, report, owed=sum(one.owed for one in senders), on=on),
        seen=newest(pressed),
    )


def steps_of(period: Period, report: Report | None, *, owed: int, on: dt.date) -> list[Step]:
    """From the units' day to the superior's. The first that is not done is the one people stand at."""
    state = report.state if report else ""
    ways = (
        ("Đơn vị gửi kết quả", period.unit_due_on, period.is_closed or not owed),
        ("Chốt số liệu", period.covers_to, period.is_closed),
        ("Trình lãnh đạo", period.office_due_on, state in SUBMITTED),
        ("Lãnh đạo duyệt", period.chair_due_on, state in APPROVED),
        ("Ban hành, gửi cấp trên", period.due_on, state in Report.PUBLIC),
    )
    steps = []
    found = False
    for words, due_on, is_done in ways:
        stand = Stand.DONE if is_done else Stand.LATE if due_on < on else Stand.AHEAD
        if stand is Stand.AHEAD and not found:
            stand = Stand.NOW
        found = found or not is_done
        steps.append(Step(words, due_on, stand))
    return steps


def _senders(
    period: Period, occurrences: Iterable[Occurrence], pressed: dict[int | None, Pressed], on: dt.date
) -> list[Sender]:
    """Units by name, those who owe most first; work that nobody leads comes last."""
    by_unit: dict[Unit | None, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        if not is_cancelled(occurrence):
            by_unit[occurrence.task.lead_unit].append(occurrence)
    found = [
        _sender(period, unit, rows, pressed.get(unit.pk) if unit else None, on)
        for unit, rows in by_unit.items()
    ]
    return sorted(found, key=lambda one: (one.unit is None, -one.owed, one.unit.sort_key if one.unit else ""))


def _sender(
    period: Period, unit: Unit | None, rows: list[Occurrence], pressed: Pressed | None, on: dt.date
) -> Sender:
    missing = [one for one in rows if is_missing(one, period, on)]
    return Sender(
        unit=unit,
        total=len(rows),
        sent=sum(not status.owes_answer(one) for one in rows),
        owed=len(missing),
        waiting=sum(status.is_waiting(one) for one in rows),
        returned=sum(status.is_returned(one) for one in rows),
        accepted=sum(_is_answered(one) for one in rows),
        reminder=reminder_text(unit=unit, occurrences=missing, on=on) if unit and missing else "",
        pressed=pressed,
    )


def _is_answered(occurrence: Occurrence) -> bool:
    if occurrence.period_id:
        return status.has_result(occurrence)
    return occurrence.completed_on is not None


def unanswered(occurrences: Iterable[Occurrence], on: dt.date) -> list[tuple[Occurrence, status.Standing]]:
    """What a report closed now would not tell: no accepted result yet, by the name of the unit."""
    open_ones = [one for one in occurrences if not is_cancelled(one) and not _is_answered(one)]
    open_ones.sort(key=lambda one: one.task.lead_unit.sort_key if one.task.lead_unit else "~")
    return [(one, status.standing_of(one, on)) for one in open_ones]


# --- What waits for the office --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfficeWork:
    """What waits for the office. Its plans carry `.unassigned` tasks without a lead and `.unsettled` doubts."""

    times: CheckTimes
    unassigned: Sequence[Plan]
    drafts: Sequence[Plan]

    @property
    def to_check(self) -> int:
        return self.times.to_check

    def __bool__(self) -> bool:
        return bool(self.to_check or self.unassigned or self.drafts)


def office_work(agency: Agency) -> OfficeWork:
    """Four queries."""
    no_lead = Q(tasks__lead_unit=None, tasks__is_tracked=True, tasks__cancelled_on=None, tasks__isnull=False)
    plans = Plan.objects.filter(agency=agency, state__in=[Plan.State.ACTIVE, Plan.State.DRAFT]).annotate(
        unassigned=Count("tasks", filter=no_lead, distinct=True),
        unsettled=Count("doubts", filter=Q(doubts__settled_at=None, doubts__isnull=False), distinct=True),
    )
    found = list(plans)
    unassigned = [plan for plan in found if plan.state == Plan.State.ACTIVE and plan.unassigned]
    drafts = [plan for plan in found if plan.state == Plan.State.DRAFT]
    return OfficeWork(
        times=check_times(agency, clock.today()),
        unassigned=unassigned,
        drafts=drafts,
    )
