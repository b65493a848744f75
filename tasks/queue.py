"""What waits to be checked or confirmed, by whom, and how long it has waited. Reads only.

The office's queue: what units sent. The leaders': what the office passed on for confirmation, and what an office of one
person recorded itself, because nobody takes their own words.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, When

from accounts.models import Agency, Membership, Role, User
from danvan import clock
from tasks import calendar, permissions
from tasks.evidence_hints import attach_hints_to_queue
from tasks.models import DayOff, Evidence, ProgressUpdate, Review

Outcome = ProgressUpdate.Outcome


@dataclass(frozen=True)
class Acts:
    """What a person may answer to one update now; `is_own`: they recorded it, so another has to take it."""

    takes: bool = False
    confirms: bool = False
    reopens: bool = False
    is_own: bool = False
    codes = Review.Code.choices

    @property
    def asks(self) -> bool:
        return self.takes or self.confirms

    def __bool__(self) -> bool:
        return self.asks or self.reopens or self.is_own


def acts_of(user: User, update: ProgressUpdate) -> Acts:
    period = update.occurrence.period
    if period is not None and period.is_closed:
        return Acts()
    is_own = update.recorded_by_id == user.pk
    if update.outcome == Outcome.WAITING:
        may = permissions.can_check(user, update)
        return Acts(takes=may and not is_own, is_own=may and is_own)
    reopens = permissions.can_review(user, update.occurrence.task.plan.agency)
    may = permissions.can_confirm(user, update)
    confirming = update.outcome == Outcome.CONFIRMING
    return Acts(
        confirms=may and not is_own,
        is_own=may and is_own,
        reopens=reopens
        and update.outcome in (Outcome.CONFIRMING, Outcome.ACCEPTED)
        and not (may and confirming),
    )


def with_acts(user: User, updates: Iterable[ProgressUpdate]) -> list[ProgressUpdate]:
    """Hangs on each row what this person may do with it, and on its files what is odd about them."""
    rows = list(updates)
    for update in rows:
        update.acts = acts_of(user, update)  # type: ignore[attr-defined]
    attach_hints_to_queue(rows, to=user)
    return rows


def readable(agency_ids: Collection[int]) -> QuerySet[ProgressUpdate]:
    """Everything a queue shows of an update; four queries for any number of them."""
    return (
        ProgressUpdate.objects.filter(occurrence__task__plan__agency__in=agency_ids)
        .select_related(
            "recorded_by",
            "on_behalf_of",
            "occurrence__period",
            "occurrence__accepted_update",
            "occurrence__task__item",
            "occurrence__task__lead_unit",
            "occurrence__task__plan__agency",
        )
        .prefetch_related(
            Prefetch("occurrence__evidence", Evidence.objects.kept()),
            "values__indicator",
            Prefetch("reviews", Review.objects.select_related("reviewer")),
        )
        .annotate(
            has_colleague=_has_colleague(), by_office=_by_office(), is_of_only_leader=_is_of_only_leader()
        )
    )


def _holding(role: Role) -> QuerySet[Membership]:
    """Of the agency of an update."""
    active = Membership.objects.active(clock.today()).filter(role=role, user__is_active=True)
    return active.filter(agency=OuterRef("occurrence__task__plan__agency"))


def _has_colleague() -> Exists:
    """Somebody else of the office could take it."""
    return Exists(_holding(Role.OFFICE).exclude(user=OuterRef("recorded_by")))


def _by_office() -> Exists:
    """One of the office recorded it, for a unit or as the head of one."""
    return Exists(_holding(Role.OFFICE).filter(user=OuterRef("recorded_by")))


def _is_of_only_leader() -> Case:
    """As `reviewing.is_of_only_leader`, for rows that are shown."""
    leaders, recorder = _holding(Role.CHAIR), OuterRef("recorded_by")
    alone = Exists(leaders.filter(user=recorder)) & ~Exists(leaders.exclude(user=recorder))
    return _flag(alone)


def _live(rows: QuerySet[ProgressUpdate]) -> QuerySet[ProgressUpdate]:
    """What can still be answered: a closed period takes no answers any more."""
    return rows.filter(_answerable()).order_by("recorded_at", "pk")


def _answerable() -> Q:
    # What `Occurrence.objects.live()` says, by joins: as a list it would be made of the work of all agencies.
    return Q(
        occurrence__cancelled_on=None,
        occurrence__task__is_tracked=True,
        occurrence__task__cancelled_on=None,
        occurrence__period__closed_at=None,
    )


# Of rows that carry `by_office` and `has_colleague`: a leader takes these in place of the office.
_BY_LONE_OFFICE = Q(has_colleague=False) & (Q(on_behalf_of__isnull=False) | Q(by_office=True))


def office_queue(agency_ids: Collection[int]) -> QuerySet[ProgressUpdate]:
    """What the office has not looked at, oldest first."""
    return _live(readable(agency_ids).filter(outcome=Outcome.WAITING))


def chair_queue(agency_ids: Collection[int]) -> QuerySet[ProgressUpdate]:
    """What waits for a leader's word, oldest first."""
    for_office = Q(outcome=Outcome.WAITING) & _BY_LONE_OFFICE
    return _live(readable(agency_ids).filter(Q(outcome=Outcome.CONFIRMING) | for_office))


# --- How long checks wait -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CheckTimes:
    """How the checker keeps up: `waiting` results, the oldest for `longest` working days, and of the `checked` ones of
    this quarter the mean wait in working days (None where none was checked).

    `to_check` of the waiting ones somebody in the office may take; the rest its only person recorded.
    """

    waiting: int
    to_check: int
    longest: int
    checked: int
    mean: Decimal | None


def check_times(agency: Agency, on: dt.date) -> CheckTimes:
    """Of the office's stage. The quarter is that of the reporting calendar. Two queries."""
    since = calendar.window("quarter", *calendar.position("quarter", on)).covers_from
    days, waits, began, to_check = _working_days(agency), [], [], 0
    for waits_now, sent_at, by_lone_office, seen_at, reopened_at in _sent_and_seen(agency, since):
        sent = clock.local_date(sent_at)
        if waits_now:
            began.append(clock.local_date(reopened_at or sent_at))
            to_check += not by_lone_office
        if seen_at is not None and clock.local_date(seen_at) >= since:
            waits.append(days_between(days, sent, clock.local_date(seen_at)))
    return CheckTimes(
        waiting=len(began),
        to_check=to_check,
        longest=max((days_between(days, day, on) for day in began), default=0),
        checked=len(waits),
        mean=(Decimal(sum(waits)) / len(waits)).quantize(Decimal("0.1")) if waits else None,
    )


def _working_days(agency: Agency) -> calendar.WorkingDays:
    """For counting only: what deadlines do on a day off is no matter here. One query."""
    rows = list(DayOff.objects.filter(agency=agency))
    return calendar.WorkingDays(
        off=frozenset(row.on for row in rows if not row.is_working),
        extra=frozenset(row.on for row in rows if row.is_working),
    )


def _sent_and_seen(agency: Agency, since: dt.date) -> Iterable[tuple[Any, ...]]:
    """Of what waits, and of what the office answered from `since` on: whether it waits, moment sent, whether the office's
    only person recorded it, moment first answered, moment last reopened."""
    answered = Q(reviews__stage=Review.Stage.OFFICE) & ~Q(reviews__outcome=Review.Outcome.WITHDRAWN)
    rows = ProgressUpdate.objects.filter(occurrence__task__plan__agency=agency)
    reopened = Max("reviews__at", filter=Q(reviews__outcome=Review.Outcome.WITHDRAWN))
    rows = rows.annotate(seen_at=Min("reviews__at", filter=answered), reopened_at=reopened).order_by()
    still = Q(outcome=Outcome.WAITING) & _answerable()
    seen = Q(seen_at__gte=dt.datetime.combine(since, dt.time(), clock.ZONE))
    told = rows.filter(still | seen).annotate(has_colleague=_has_colleague(), by_office=_by_office())
    told = told.annotate(waits_now=_flag(still), by_lone_office=_flag(_BY_LONE_OFFICE))
    return told.values_list("waits_now", "recorded_at", "by_lone_office", "seen_at", "reopened_at")


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False)


def days_between(days: calendar.WorkingDays, first: dt.date, last: dt.date) -> int:
    """Working days after `first` up to `last`: sent on Friday and checked on Monday is one day."""
    span = range(1, (last - first).days + 1)
    return sum(days.is_working(first + dt.timedelta(days=step)) for step in span)
