"""The only place of every count and rate besides `tasks.status`, on which it rests.

Pages, PDF, DOCX and XLSX all read these; `Figures.to_json` is what `Report.figures` keeps when a period closes.

Which work belongs to a period is `tasks.overview.reported_in`: what the period, or a shorter one inside it, asked for;
and of the work with a date what fell due in its window, what fell due earlier and was not finished before the window,
and what was finished inside it. So lateness is carried on until it is mended, and early work is told when it is done.
Work that is not tracked is nowhere; cancelled work leaves every count but `cancelled`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F

from plans.content import ContentItem, ContentMap
from reports.indicator_table import IndicatorRow, indicator_rows
from tasks import status
from tasks.models import Occurrence, Period, ProgressUpdate
from tasks.overview import reported_in
from tasks.status import Cell, Standing

__all__ = [
    "Counts",
    "CountRow",
    "Figures",
    "IndicatorRow",
    "ProgressRow",
    "Tally",
    "count",
    "indicator_rows",
    "occurrences_of",
    "period_figures",
    "progress_rows",
    "told_at",
    "worst_first",
]

UNASSIGNED = "unassigned"
UNASSIGNED_WORDS = "Chưa phân công"


@dataclass(frozen=True)
class Tally:
    """What one set of occurrences counts.

    The first four are the official cells: work with a date. `answered` of `asked` is work that a period asks for.
    `waiting`, `returned`, `silent` say something more of the same rows and are never added to them.
    """

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    answered: int = 0
    asked: int = 0
    waiting: int = 0
    returned: int = 0
    silent: int = 0
    cancelled: int = 0

    @property
    def dated(self) -> int:
        return self.done_on_time + self.done_late + self.open_in_time + self.open_overdue

    @property
    def missing(self) -> int:
        return self.asked - self.answered

    @property
    def total(self) -> int:
        return self.dated + self.asked

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def due(self) -> int:
        """What the rate counts: done, or not done and overdue."""
        return self.done + self.open_overdue

    @property
    def rate(self) -> Decimal | None:
        """Completion in percent, one place, of what was due; None when nothing was (shown as «—»)."""
        return _percent(self.done, self.due)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in TALLIED})


TALLIED = tuple(field.name for field in fields(Tally))


def _percent(part: int, whole: int) -> Decimal | None:
    """Capped: it reads 100 only when nothing is left, and never more."""
    if not whole:
        return None
    percent = (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return min(percent, Decimal("100.0") if part >= whole else Decimal("99.9"))


@dataclass(frozen=True)
class CountRow:
    """One content item or one lead unit. `key`: `ContentItem.key`, `unit-<id>`, or `unassigned`."""

    key: str
    label: str
    title: str
    order: int
    is_content: bool
    item_id: int | None
    unit_id: int | None
    tally: Tally

    def __str__(self) -> str:
        return f"{self.label.rstrip('.')}. {self.title}" if self.label else self.title


@dataclass(frozen=True)
class Counts:
    """The same occurrences three times: the columns of `by_content` and of `by_unit` sum to `total`."""

    total: Tally
    by_content: tuple[CountRow, ...]
    by_unit: tuple[CountRow, ...]


@dataclass(frozen=True)
class ProgressRow:
    """One line of Phụ lục II: việc, chủ trì, hạn, tình trạng, kết quả. Dates are days; `result` the accepted words.

    `due_on` is the day of work with a date, None where the period itself is the deadline. `update_id` is the accepted
    update the result comes from.
    """

    task_id: int
    occurrence_id: int
    update_id: int | None
    content_key: str
    title: str
    unit: str
    due_on: dt.date | None
    first_due_on: dt.date | None
    completed_on: dt.date | None
    standing: str
    words: str
    result: str


@dataclass(frozen=True)
class Figures:
    """Everything a report says in numbers, at the end of day `on`."""

    period_id: int
    period: str
    covers_from: dt.date
    covers_to: dt.date
    on: dt.date
    counts: Counts
    progress: tuple[ProgressRow, ...]
    indicators: tuple[IndicatorRow, ...]

    def to_json(self) -> dict[str, Any]:
        """Dates as ISO text, Decimals as text; `from_json` gives an equal object back."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Figures":
        counts = kept["counts"]
        return cls(
            period_id=kept["period_id"],
            period=kept["period"],
            covers_from=dt.date.fromisoformat(kept["covers_from"]),
            covers_to=dt.date.fromisoformat(kept["covers_to"]),
            on=dt.date.fromisoformat(kept["on"]),
            counts=Counts(
                total=Tally(**counts["total"]),
                by_content=tuple(_count_row(row) for row in counts["by_content"]),
                by_unit=tuple(_count_row(row) for row in counts["by_unit"]),
            ),
            progress=tuple(_progress_row(row) for row in kept["progress"]),
            indicators=tuple(_indicator_row(row) for row in kept["indicators"]),
        )


def period_figures(*, period: Period, on: dt.date) -> Figures:
    """All figures of a period as the rows stand now, judged at `on`. Six queries, whatever the size."""
    contents = ContentMap(period.plan)
    occurrences = occurrences_of(period)
    return Figures(
        period_id=period.pk,
        period=period.title,
        covers_from=period.covers_from,
        covers_to=period.covers_to,
        on=on,
        counts=count(occurrences, contents, on),
        progress=tuple(progress_rows(occurrences, contents, on)),
        indicators=tuple(indicator_rows(period=period, contents=contents)),
    )


def occurrences_of(period: Period) -> list[Occurrence]:
    """The work a period reports, cancelled work included, in the plan's order. One query."""
    rows = reported_in(period).select_related("task__lead_unit", "period", "latest_update", "accepted_update")
    return list(rows.order_by("task__order", "task_id", F("due_on").asc(nulls_last=True), "pk"))


def is_cancelled(occurrence: Occurrence) -> bool:
    return occurrence.cancelled_on is not None or occurrence.task.cancelled_on is not None


def told_at(occurrence: Occurrence, on: dt.date) -> ProgressUpdate | None:
    """The accepted update that figures of day `on` tell: of work with a date, what happened later is the next period's."""
    accepted = occurrence.accepted_update
    is_later = accepted is not None and occurrence.due_on is not None and accepted.happened_on > on
    return None if is_later else accepted


def tally_of(occurrence: Occurrence, on: dt.date) -> Tally:
    if is_cancelled(occurrence):
        return Tally(cancelled=1)
    cell = status.cell_of(occurrence, on)
    asked = occurrence.period_id is not None
    return Tally(
        done_on_time=int(cell is Cell.DONE_ON_TIME),
        done_late=int(cell is Cell.DONE_LATE),
        open_in_time=int(cell is Cell.OPEN_IN_TIME),
        open_overdue=int(cell is Cell.OPEN_OVERDUE),
        answered=int(asked and status.has_result(occurrence)),
        asked=int(asked),
        waiting=int(status.is_waiting(occurrence)),
        returned=int(status.is_returned(occurrence)),
        silent=int(status.is_silent(occurrence, on)),
    )


def count(occurrences: Iterable[Occurrence], contents: ContentMap, on: dt.date) -> Counts:
    """Pure. Every content item of the plan's content has a row, other rows appear where there is work."""
    by_content: dict[str, Tally] = defaultdict(Tally)
    by_unit: dict[str, Tally] = defaultdict(Tally)
    places = {place.key: place for place in contents.roots() if place.is_content}
    units: dict[str, Any] = {}
    total = Tally()
    for occurrence in occurrences:
        tally = tally_of(occurrence, on)
        place, unit = contents.of(occurrence.task.item_id), occurrence.task.lead_unit
        unit_key = f"unit-{unit.pk}" if unit else UNASSIGNED
        places[place.key], units[unit_key] = place, unit
        by_content[place.key] += tally
        by_unit[unit_key] += tally
        total += tally
    return Counts(
        total=total,
        by_content=tuple(
            _content_row(place, by_content[place.key])
            for place in sorted(places.values(), key=lambda p: p.order)
        ),
        by_unit=tuple(_unit_rows(units, by_unit)),
    )


def _content_row(place: ContentItem, tally: Tally) -> CountRow:
    return CountRow(
        place.key, place.label, place.title, place.order, place.is_content, place.item_id, None, tally
    )


def _unit_rows(units: Mapping[str, Any], tallies: Mapping[str, Tally]) -> Iterable[CountRow]:
    """In the order of Vietnamese names; what nobody leads comes last."""
    ordered = sorted(units.items(), key=lambda pair: (pair[1] is None, pair[1].sort_key if pair[1] else ""))
    for order, (key, unit) in enumerate(ordered):
        title, pk = (unit.name, unit.pk) if unit else (UNASSIGNED_WORDS, None)
        yield CountRow(key, "", title, order, False, None, pk, tallies[key])


def worst_first(rows: Sequence[CountRow]) -> list[CountRow]:
    """Overdue before missing before returned before silent; equals keep their order. Rows without work come last."""

    def badness(row: CountRow) -> tuple[int, ...]:
        tally = row.tally
        return (
            not tally.total,
            -tally.open_overdue,
            -tally.missing,
            -tally.returned,
            -tally.silent,
            row.order,
        )

    return sorted(rows, key=badness)


def progress_rows(occurrences: Iterable[Occurrence], contents: ContentMap, on: dt.date) -> list[ProgressRow]:
    """Pure. One row per occurrence in the order of content items, then of tasks; cancelled ones say so."""
    ordered = sorted(occurrences, key=lambda one: contents.of(one.task.item_id).order)
    return [_progress_of(one, contents.of(one.task.item_id).key, on) for one in ordered]


def _progress_of(occurrence: Occurrence, content_key: str, on: dt.date) -> ProgressRow:
    standing = Standing.CANCELLED if is_cancelled(occurrence) else status.standing_of(occurrence, on)
    unit, accepted = occurrence.task.lead_unit, told_at(occurrence, on)
    return ProgressRow(
        task_id=occurrence.task_id,
        occurrence_id=occurrence.pk,
        update_id=accepted.pk if accepted else None,
        content_key=content_key,
        title=occurrence.task.title,
        unit=unit.name if unit else UNASSIGNED_WORDS,
        due_on=occurrence.due_on,
        # A day off that moved it is no extension: the appendix would say «ban đầu …».
        first_due_on=occurrence.first_due_on if occurrence.is_extended else occurrence.due_on,
        completed_on=occurrence.completed_on,
        standing=standing.value,
        words=standing.sign.words,
        result=str(accepted) if accepted else "",
    )


# --- Kept as JSON -------------------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _count_row(kept: Mapping[str, Any]) -> CountRow:
    return CountRow(**{**kept, "tally": Tally(**kept["tally"])})


def _progress_row(kept: Mapping[str, Any]) -> ProgressRow:
    dates = {name: _date(kept[name]) for name in ("due_on", "first_due_on", "completed_on")}
    return ProgressRow(**{**kept, **dates})


def _indicator_row(kept: Mapping[str, Any]) -> IndicatorRow:
    names = ("yearly_target", "in_period", "cumulative", "last_year", "comparison", "of_target")
    # What was frozen before shares of the target were counted has none.
    figures = {name: None if kept.get(name) is None else Decimal(kept[name]) for name in names}
    return IndicatorRow(**{**kept, **figures, "updates": tuple(kept["updates"])})


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
