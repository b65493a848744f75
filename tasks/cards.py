"""What stands on «Việc của đơn vị tôi»: which pieces of work, in which order, and what each card shows. Reads only.

At most eight queries, whatever the number of cards.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Unit
from plans.models import Plan
from tasks import status
from tasks.models import (
    Directive,
    Evidence,
    IndicatorValue,
    Occurrence,
    Period,
    PlanIndicator,
    ProgressUpdate,
    Review,
    Task,
)
from tasks.services import indicators_on_cards

Outcome = ProgressUpdate.Outcome
# How far ahead «Sắp tới» looks, in days.
AHEAD = 92


@dataclass
class Figure:
    """One indicator on a card: what the unit's last word says, and what stood in the last accepted period before."""

    binding: PlanIndicator
    value: Decimal | None = None
    previous: Decimal | None = None


@dataclass
class Card:
    """One piece of work as its unit sees it."""

    occurrence: Occurrence
    figures: list[Figure] = field(default_factory=list)
    is_read_only: bool = False
    # Set by the view: the form, whether it stands open, what is to be said after a press.
    form: Any = None
    is_open: bool = False
    conflict: str = ""
    notices: Sequence[str] = ()

    @property
    def is_returned(self) -> bool:
        return status.is_returned(self.occurrence)

    @property
    def returned_because(self) -> str:
        """What the last look at the unit's word said, in words."""
        one = self.occurrence
        return Review.words_of(one.reason_code or "", one.reason or "")  # type: ignore[attr-defined]

    @property
    def asks(self) -> bool:
        """Whether the unit should write now: it owes an answer, and none waits to be checked."""
        return status.owes_answer(self.occurrence) and not status.is_waiting(self.occurrence)

    @property
    def directive(self) -> Directive | None:
        """The leader's newest word, until the unit has answered."""
        latest = self.occurrence.latest_update
        newest = next(iter(self.occurrence.directives.all()), None)  # type: ignore[attr-defined]
        if newest and (latest is None or newest.at > latest.recorded_at):
            return newest
        return None

    @property
    def amended(self) -> ProgressUpdate | None:
        """The update whose words the form begins with: a correction starts from what was said."""
        latest = self.occurrence.latest_update
        goes_on = latest is not None and latest.outcome == Outcome.ACCEPTED and self.asks
        return None if goes_on else latest


@dataclass
class UnitPage:
    unit: Unit
    period: Period | None
    periods: list[Period]
    cards: list[Card]
    coming: list[Occurrence]
    supported: list[Occurrence]

    @property
    def is_closed(self) -> bool:
        return self.period is not None and self.period.is_closed

    @property
    def has_figures(self) -> bool:
        return any(card.figures for card in self.cards)

    @property
    def progress(self) -> status.UnitProgress:
        return status.unit_progress(card.occurrence for card in self.cards)

    @property
    def due_on(self) -> dt.date | None:
        """The day by which the unit answers: the period's, or without one the nearest of what is owed."""
        owed = [card.occurrence.shown_due_on for card in self.cards if status.owes_answer(card.occurrence)]
        return self.period.unit_due_on if self.period else min(owed, default=None)

    @property
    def period_words(self) -> str:
        """«quý I»: people know the year."""
        return self.period.title.removesuffix(f" năm {self.period.year}") if self.period else ""

    @property
    def owed(self) -> list[Card]:
        return [card for card in self.cards if card.asks]

    @property
    def sent(self) -> list[Card]:
        return [card for card in self.cards if not card.asks]

    def card(self, occurrence_id: int) -> Card | None:
        return next((card for card in self.cards if card.occurrence.pk == occurrence_id), None)


def unit_page(
    *, unit: Unit, on: dt.date, period_id: int | None = None, extra_id: int | None = None
) -> UnitPage:
    """The work of `unit`, groups included. `extra_id` adds one occurrence that would only stand under «Sắp tới».

    Raises Period.DoesNotExist if `period_id` is none of the agency's.
    """
    periods = _periods(unit)
    asked = [_find(periods, period_id)] if period_id else main_periods(periods, on)
    window = _Window(asked, _others_open(periods, asked, on), on, extra_id)
    ids = {unit.pk, *unit.groups.values_list("pk", flat=True)}  # type: ignore[attr-defined]
    rows = list(_occurrences(ids, window))
    _share(rows, periods)
    led = [row for row in rows if row.task.lead_unit_id in ids]
    shown = [row for row in led if window.shows(row)]
    return UnitPage(
        unit=unit,
        period=min(asked, key=lambda period: period.unit_due_on) if asked else None,
        periods=periods,
        cards=_in_order(_cards(shown, ids, window.is_closed)),
        coming=_next_of_each_task(row for row in led if not window.shows(row)),
        supported=[row for row in rows if row.task.lead_unit_id not in ids and window.shows(row)],
    )


def _share(rows: Iterable[Occurrence], periods: Iterable[Period]) -> None:
    """Hangs on each row the period and the plan that were read already."""
    by_id = {period.pk: period for period in periods}
    plans = {period.plan_id: period.plan for period in periods}
    for row in rows:
        row.period = by_id[row.period_id] if row.period_id else None
        if plan := plans.get(row.task.plan_id):
            row.task.plan = plan


def main_periods(periods: Iterable[Period], on: dt.date) -> list[Period]:
    """Per active plan the earliest unclosed quarter that has begun; where there is none, another kind."""
    begun = [
        period
        for period in periods
        if not period.is_closed and period.covers_from <= on and period.plan.state == Plan.State.ACTIVE
    ]
    begun.sort(key=lambda period: (period.kind != Period.Kind.QUARTER, period.covers_to, period.pk))
    found: dict[int, Period] = {}
    for period in begun:
        found.setdefault(period.plan_id, period)
    return list(found.values())


def _periods(unit: Unit) -> list[Period]:
    rows = Period.objects.filter(agency=unit.agency_id).exclude(plan__state=Plan.State.DRAFT)
    return list(rows.select_related("plan"))


def _find(periods: list[Period], period_id: int) -> Period:
    for period in periods:
        if period.pk == period_id:
            return period
    raise Period.DoesNotExist


def _others_open(periods: list[Period], asked: list[Period], on: dt.date) -> list[Period]:
    """Open periods of other kinds, such as the month beside the quarter: they ask for results too."""
    kinds = {(period.plan_id, period.kind) for period in asked if not period.is_closed}
    plans = {plan_id for plan_id, _ in kinds}
    return [
        period
        for period in periods
        if period.plan_id in plans
        and (period.plan_id, period.kind) not in kinds
        and not period.is_closed
        and period.covers_from <= on
    ]


class _Window:
    """Which occurrences a page is about: those of its periods, and the dated ones that fall into the same days."""

    def __init__(self, asked: list[Period], others: list[Period], on: dt.date, extra_id: int | None) -> None:
        self.asked, self.others, self.extra_id = asked, others, extra_id
        self.is_closed = bool(asked) and all(period.is_closed for period in asked)
        self.begin = min((period.covers_from for period in asked), default=on - dt.timedelta(days=AHEAD))
        self.end = max((period.covers_to for period in asked), default=on + dt.timedelta(days=30))
        if not self.is_closed:  # a quarter that is closed late hides nothing that has fallen due since
            self.end = max(self.end, on)

    def query(self) -> Q:
        inside = (self.begin, self.end)
        by_period = Q(period__in=[*self.asked, *self.others]) | Q(pk=self.extra_id or 0)
        if self.is_closed:
            dated = Q(due_on__range=inside) | Q(completed_on__range=inside)
            return by_period | (Q(period=None, task__plan__in=[one.plan_id for one in self.asked]) & dated)
        last = self.end + dt.timedelta(days=AHEAD)
        dated = (
            Q(completed_on=None, due_on__lte=last)
            | Q(completed_on__range=inside)
            | Q(latest_update__outcome__in=[*status.UNDECIDED, Outcome.RETURNED])
        )
        return by_period | (Q(period=None, task__plan__state=Plan.State.ACTIVE) & dated)

    def shows(self, row: Occurrence) -> bool:
        """On a card now; otherwise under «Sắp tới»."""
        if self.is_closed or row.pk == self.extra_id or row.shown_due_on <= self.end:
            return True
        return row.completed_on is not None or status.is_waiting(row) or status.is_returned(row)


def _occurrences(unit_ids: set[int], window: _Window) -> QuerySet[Occurrence]:
    supported = Task.supporting_units.through.objects.filter(unit_id__in=unit_ids).values("task_id")
    newest_first = Prefetch("directives", Directive.objects.select_related("written_by"))
    return (
        Occurrence.objects.live()
        .filter(Q(task__lead_unit__in=unit_ids) | Q(task__in=supported))
        .filter(window.query())
        .select_related("task__item", "task__lead_unit", "latest_update__recorded_by")
        .prefetch_related(newest_first)
        .annotate(
            reason=_last_look("reason"),
            reason_code=_last_look("code"),
            previous_text=_previous_text(),
            files=_files(),
        )
        .order_by("task__plan_id", "task__order", "task_id", F("due_on").asc(nulls_last=True), "pk")
    )


def _last_look(field: str) -> Subquery:
    last = Review.objects.filter(update=OuterRef("latest_update")).order_by("-pk")
    return Subquery(last.values(field)[:1])


def _previous_text() -> Subquery:
    earlier = Q(occurrence__period__covers_to__lt=OuterRef("period__covers_from")) | Q(
        occurrence__due_on__lt=OuterRef("due_on")
    )
    accepted = ProgressUpdate.objects.filter(
        earlier, occurrence__task=OuterRef("task"), outcome=Outcome.ACCEPTED
    ).exclude(text="")
    return Subquery(accepted.order_by("-happened_on", "-pk").values("text")[:1])


def _files() -> Coalesce:
    kept = Evidence.objects.kept().filter(occurrence=OuterRef("pk")).order_by().values("occurrence")
    return Coalesce(Subquery(kept.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _cards(shown: list[Occurrence], unit_ids: set[int], is_closed: bool) -> list[Card]:
    bindings: dict[int, list[PlanIndicator]] = {}
    for plan in {row.task.plan for row in shown}:
        bindings |= indicators_on_cards(
            plan=plan, occurrences=[r for r in shown if r.task.plan_id == plan.pk]
        )
    asked = {binding.indicator_id for row in bindings.values() for binding in row}
    values = list(
        IndicatorValue.objects.filter(unit__in=unit_ids, indicator__in=asked)
        .select_related("period", "update__occurrence")
        .order_by("period__covers_to", "pk")
    )
    return [
        Card(
            occurrence=row,
            figures=[_figure(binding, row, values) for binding in bindings.get(row.pk, [])],
            is_read_only=is_closed or (row.period is not None and row.period.is_closed),
        )
        for row in shown
    ]


def _figure(binding: PlanIndicator, row: Occurrence, values: list[IndicatorValue]) -> Figure:
    """`values` stand in the order of time, so that the last one that fits is the one in force."""
    figure = Figure(binding)
    for value in values:
        if (value.indicator_id, value.unit_id) != (binding.indicator_id, row.task.lead_unit_id):
            continue
        if value.update_id == row.latest_update_id:
            figure.value = value.value
        elif _is_earlier(value, row.period):
            figure.previous = value.value
    return figure


def _is_earlier(value: IndicatorValue, period: Period | None) -> bool:
    """Whether a value that counts belongs to a period of the same kind before `period`.

    A correction that left a figure out has taken it away: only the last accepted update of a piece of work counts.
    """
    if period is None or value.update.occurrence.accepted_update_id != value.update_id:
        return False
    return value.period.kind == period.kind and value.period.covers_to < period.covers_from


def _in_order(cards: list[Card]) -> list[Card]:
    """Returned ones on top, then what is owed by deadline, then what has been sent. Stable: the plan's order."""
    return sorted(cards, key=lambda card: (not card.asks, not card.is_returned, card.occurrence.shown_due_on))


def _next_of_each_task(rows: Iterable[Occurrence]) -> list[Occurrence]:
    found: dict[int, Occurrence] = {}
    for row in rows:
        found.setdefault(row.task_id, row)
    return sorted(found.values(), key=lambda row: row.shown_due_on)
