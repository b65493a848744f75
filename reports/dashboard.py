"""The leaders' screen: what needs them, what falls due next, and where a number leads. Reads only."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import Agency
from danvan import clock
from plans.models import Plan
from reports.figures import CountRow, Counts, Tally, worst_first
from reports.models import Report
from tasks import status
from tasks.models import Directive, Occurrence, Period, ProgressUpdate
from tasks.queue import chair_queue
from tasks.status import Standing

NEEDS_SHOWN = 5
NEXT_DAYS = 30
NEXT_SHOWN = 5
# How many days a directive may take to work before the leader reads of the same work again.
DIRECTIVE_DAYS = 7


@dataclass(frozen=True)
class Need:
    """One thing that needs a leader: a report to approve, a result to confirm, or work that is stuck (`standing` says
    how, `days` how long)."""

    report: Report | None = None
    update: ProgressUpdate | None = None
    occurrence: Occurrence | None = None
    standing: Standing | None = None
    days: int = 0

    @property
    def words(self) -> str:
        if self.update is not None:
            return (
                "chờ xác nhận hoàn thành"
                if self.is_confirming
                else "Văn phòng ghi thay, chờ lãnh đạo kiểm tra"
            )
        if self.standing is None:
            return f"{self.days} ngày chưa có tin mới"
        if self.standing is Standing.RETURNED:
            return f"bị trả lại {self.days} ngày, chưa bổ sung"
        return f"quá hạn {self.days} ngày"

    @property
    def is_confirming(self) -> bool:
        return self.update is not None and self.update.outcome == ProgressUpdate.Outcome.CONFIRMING


@dataclass(frozen=True)
class Link:
    """A number and the rows it opens; no link where the number is 0."""

    number: int
    url: str


@dataclass(frozen=True)
class Line:
    """One line of a table: a row of figures (None: the whole), what its numbers open, and its bar."""

    row: CountRow | None
    tally: Tally
    url: str
    answered: Link
    missing: Link
    overdue: Link
    waiting: Link
    silent: Link
    bar: Sequence["Part"]


@dataclass(frozen=True)
class Part:
    """A piece of a bar: from `x` on, `width` wide, hundredths of the whole as SVG writes them; `tone` as in `status--…`."""

    tone: str
    words: str
    number: int
    x: str
    width: str


def needs_of(agency: Agency, reports: Iterable[Report], on: dt.date) -> list[Need]:
    """Reports to approve first, then results to confirm, then the longest overdue, then returned and silent work.

    Two queries.
    """
    to_approve = [Need(report=report) for report in reports if report.state == Report.State.SUBMITTED]
    to_confirm = [Need(update=update) for update in _to_confirm(agency)]
    stuck = [need for need in (_need(one, on) for one in _open_work(agency, on)) if need]
    order = (Standing.OVERDUE, Standing.RETURNED, None)
    stuck.sort(key=lambda need: (order.index(need.standing), -need.days))
    return [*to_approve, *to_confirm, *stuck]


def _to_confirm(agency: Agency) -> QuerySet[ProgressUpdate]:
    rows = chair_queue([agency.pk]).prefetch_related(None).select_related(None)
    return rows.select_related("occurrence__task__lead_unit")


def _open_work(agency: Agency, on: dt.date) -> Iterable[Occurrence]:
    """Unfinished work of running plans about which no leader's word is fresh, and which does not wait for a leader."""
    long_ago = on - dt.timedelta(days=status.SILENT_DAYS)
    stuck = (
        Q(due_on__lt=on)
        | Q(latest_update__outcome=ProgressUpdate.Outcome.RETURNED)
        | Q(opened_on__lte=long_ago)
    )
    rows = Occurrence.objects.live().filter(
        stuck, task__plan__agency=agency, task__plan__state=Plan.State.ACTIVE, completed_on=None
    )
    rows = rows.exclude(latest_update__outcome=ProgressUpdate.Outcome.CONFIRMING)
    rows = rows.filter(~Exists(_fresh_directives(on)), period__closed_at=None)
    return rows.select_related("task__lead_unit", "period", "latest_update").order_by("task__order", "pk")


def _fresh_directives(on: dt.date) -> QuerySet[Directive]:
    """Of one occurrence: a leader's word that is still at work on the day `on`.

    It came after the unit's last word, less than a week ago, and the deadline has not passed since it was said.
    """
    week_ago = dt.datetime.combine(on - dt.timedelta(days=DIRECTIVE_DAYS), dt.time.max, clock.ZONE)
    unanswered = Q(occurrence__latest_update=None) | Q(at__gte=F("occurrence__latest_update__recorded_at"))
    due_on = F("occurrence__due_on")
    no_later = Q(occurrence__due_on=None) | Q(occurrence__due_on__gte=on) | Q(at__date__gt=due_on)
    return Directive.objects.filter(
        unanswered, no_later, occurrence=OuterRef("pk"), at__gt=week_ago
    ).order_by()


def _need(one: Occurrence, on: dt.date) -> Need | None:
    if one.due_on is not None and one.due_on < on:
        return Need(occurrence=one, standing=Standing.OVERDUE, days=(on - one.due_on).days)
    if status.is_returned(one):
        return Need(occurrence=one, standing=Standing.RETURNED, days=status.silent_days(one, on))
    if status.is_silent(one, on):
        return Need(occurrence=one, days=status.silent_days(one, on))
    return None


def falling_due(agency: Agency, on: dt.date) -> list[Occurrence]:
    """Work with a date that falls due in the next days, the nearest first. One query."""
    rows = Occurrence.objects.live().due_within(NEXT_DAYS, on)
    rows = rows.filter(task__plan__agency=agency, task__plan__state=Plan.State.ACTIVE)
    return list(rows.select_related("task__lead_unit").order_by("due_on", "task__order", "pk")[:NEXT_SHOWN])


def rows_url(period: Period, row: CountRow | None = None, standing: str = "") -> str:
    """The list of tasks behind a number: filters stand in its address."""
    filters: dict[str, object] = {"ky": period.pk}
    if row is not None and row.unit_id is None and row.key == "unassigned":
        filters["don-vi"] = "chua"
    elif row is not None and row.unit_id is not None:
        filters["don-vi"] = row.unit_id
    elif row is not None:
        filters["noi-dung"] = row.key
    if standing:
        filters["tinh-trang"] = standing
    return f"{_list_path()}?{urlencode(filters)}"


@cache
def _list_path() -> str:
    return reverse("tasks:list")


@dataclass(frozen=True)
class Screen:
    """Everything below the first sentence: two pictures, the four cells, two tables that sum to them, worst first."""

    whole: Line
    asked: Sequence[Part]
    dated: Sequence[Part]
    cells: Sequence[tuple[str, str, Link]]
    by_content: Sequence[Line]
    by_unit: Sequence[Line]


def screen_of(counts: Counts, period: Period) -> Screen:
    return Screen(
        whole=_line(counts.total, None, period),
        asked=_parts(_PERIOD_PIECES, counts.total),
        dated=_parts(_DATED_PIECES, counts.total),
        cells=cells_of(counts, period),
        by_content=[_line(row.tally, row, period) for row in worst_first(counts.by_content)],
        by_unit=[_line(row.tally, row, period) for row in worst_first(counts.by_unit)],
    )


def _line(tally: Tally, row: CountRow | None, period: Period) -> Line:
    def link(number: int, standing: str) -> Link:
        return Link(number, rows_url(period, row, standing) if number else "")

    return Line(
        row=row,
        tally=tally,
        url=rows_url(period, row) if tally.total or tally.cancelled else "",
        answered=link(tally.answered, "answered"),
        missing=link(tally.missing, "missing"),
        overdue=link(tally.open_overdue, "overdue"),
        waiting=link(tally.waiting, "waiting"),
        silent=link(tally.silent, "silent"),
        bar=bar_of(tally),
    )


def bar_of(tally: Tally) -> list[Part]:
    """All the work of a row: what is done, what runs in time, what is late, what is missing."""
    return _parts(_PERIOD_PIECES[:1] + _DATED_PIECES + _PERIOD_PIECES[1:], tally)


# Tone, words, and what is counted. Colour never speaks alone: each picture stands beside its words and numbers.
_PERIOD_PIECES = (
    ("good", "Đã có kết quả", "answered"),
    ("none", "Còn thiếu", "missing"),
)
_DATED_PIECES = (
    ("good", "Hoàn thành đúng hạn", "done_on_time"),
    ("late", "Hoàn thành quá hạn", "done_late"),
    ("going", "Chưa hoàn thành, trong hạn", "open_in_time"),
    ("bad", "Chưa hoàn thành, quá hạn", "open_overdue"),
)


def _parts(pieces: Iterable[tuple[str, str, str]], tally: Tally) -> list[Part]:
    counted = [(tone, words, getattr(tally, name)) for tone, words, name in pieces]
    whole = sum(number for _, _, number in counted)
    parts: list[Part] = []
    x = 0.0
    for tone, words, number in counted:
        if number:
            width = 100 * number / whole
            parts.append(Part(tone, words, number, f"{x:.2f}", f"{width:.2f}"))
            x += width
    return parts


def cells_of(counts: Counts, period: Period) -> list[tuple[str, str, Link]]:
    """The four official cells: words, tone, number with its rows."""
    cells = (
        (status.Cell.OPEN_OVERDUE, "bad"),
        (status.Cell.OPEN_IN_TIME, "going"),
        (status.Cell.DONE_LATE, "late"),
        (status.Cell.DONE_ON_TIME, "good"),
    )
    found = []
    for cell, tone in cells:
        number = getattr(counts.total, cell.value)
        url = rows_url(period, None, cell.value) if number else ""
        found.append((status.CELL_WORDS[cell], tone, Link(number, url)))
    return found
