"""The only place where one occurrence's status, lateness and silence at a date are defined. Pure.

Pages, PDF, DOCX and XLSX all read these words (and `reports.figures`, which counts them), so they cannot disagree.
The four cells are the official practice of Quyết định 42/2014/QĐ-TTg.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from danvan import clock
from tasks.models import Occurrence, ProgressUpdate

SOON_DAYS = 7
SILENT_DAYS = 30
FINISHED = (Occurrence.State.DONE, Occurrence.State.NOTHING)
# Sent, and neither counted nor returned yet: the office still looks at it, or a leader.
UNDECIDED = (ProgressUpdate.Outcome.WAITING, ProgressUpdate.Outcome.CONFIRMING)


class Cell(StrEnum):
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"


CELL_WORDS = {
    Cell.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Cell.DONE_LATE: "Hoàn thành quá hạn",
    Cell.OPEN_IN_TIME: "Chưa hoàn thành, trong hạn",
    Cell.OPEN_OVERDUE: "Chưa hoàn thành, quá hạn",
}


class Sign(NamedTuple):
    """How a standing is shown: a word, a tone (class `status--…`) and an icon. Never colour alone."""

    words: str
    tone: str
    icon: str


class Standing(StrEnum):
    """What a person sees of one occurrence."""

    CANCELLED = "cancelled"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    HAS_RESULT = "has_result"
    NOTHING = "nothing"
    WAITING = "waiting"
    CONFIRMING = "confirming"
    RETURNED = "returned"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    NO_RESULT = "no_result"

    @property
    def sign(self) -> Sign:
        return SIGNS[self]


SIGNS = {
    Standing.CANCELLED: Sign("Đã rút", "plain", "x-circle"),
    Standing.DONE_ON_TIME: Sign("Hoàn thành đúng hạn", "good", "check-circle"),
    Standing.DONE_LATE: Sign("Hoàn thành quá hạn", "late", "check-circle"),
    Standing.HAS_RESULT: Sign("Đã có kết quả", "good", "check-circle"),
    Standing.NOTHING: Sign("Không phát sinh", "good", "dash-circle"),
    Standing.WAITING: Sign("Chờ kiểm tra", "going", "hourglass-split"),
    Standing.CONFIRMING: Sign("Chờ lãnh đạo xác nhận", "going", "hourglass-split"),
    Standing.RETURNED: Sign("Bị trả lại", "late", "arrow-counterclockwise"),
    Standing.OVERDUE: Sign("Quá hạn", "bad", "exclamation-triangle"),
    Standing.DUE_SOON: Sign("Sắp đến hạn", "late", "clock"),
    Standing.IN_PROGRESS: Sign("Đang thực hiện", "going", "circle-half"),
    Standing.NOT_STARTED: Sign("Chưa bắt đầu", "none", "circle"),
    Standing.NO_RESULT: Sign("Chưa có kết quả", "none", "circle"),
}


def cell_of(occurrence: Occurrence, on: dt.date) -> Cell | None:
    """The official cell at `on`; None for work without a deadline and for cancelled work.

    The due day is in time. It is `due_on`, the day that governs after days off and extensions, and the day that is shown.
    """
    if occurrence.due_on is None or occurrence.cancelled_on is not None:
        return None
    if occurrence.completed_on is not None and occurrence.completed_on <= on:
        return Cell.DONE_ON_TIME if occurrence.completed_on <= occurrence.due_on else Cell.DONE_LATE
    return Cell.OPEN_IN_TIME if on <= occurrence.due_on else Cell.OPEN_OVERDUE


def has_result(occurrence: Occurrence) -> bool:
    """Whether the period has its accepted answer. «Không phát sinh» is a full one, «Chưa làm» is none."""
    return occurrence.accepted_update_id is not None and occurrence.state != Occurrence.State.NOT_STARTED


def is_waiting(occurrence: Occurrence) -> bool:
    """The unit's last word is neither taken nor returned: with the office, or already with a leader."""
    latest = occurrence.latest_update
    return latest is not None and latest.outcome in UNDECIDED


def is_confirming(occurrence: Occurrence) -> bool:
    """The office has taken it; it counts when a leader confirms."""
    latest = occurrence.latest_update
    return latest is not None and latest.outcome == ProgressUpdate.Outcome.CONFIRMING


def is_returned(occurrence: Occurrence) -> bool:
    latest = occurrence.latest_update
    return latest is not None and latest.outcome == ProgressUpdate.Outcome.RETURNED


def owes_answer(occurrence: Occurrence) -> bool:
    """Whether the unit still has to send something: nothing sent, sent back, or only «Chưa làm» (a date: not finished)."""
    latest = occurrence.latest_update
    if occurrence.cancelled_on is not None:
        return False
    if latest is None or latest.outcome not in (*UNDECIDED, ProgressUpdate.Outcome.ACCEPTED):
        return True
    if occurrence.period_id is not None:
        return latest.state == Occurrence.State.NOT_STARTED
    return latest.state not in FINISHED


def standing_of(occurrence: Occurrence, on: dt.date) -> Standing:
    if occurrence.cancelled_on is not None:
        return Standing.CANCELLED
    return _by_period(occurrence) if occurrence.due_on is None else _by_date(occurrence, on)


def _by_period(occurrence: Occurrence) -> Standing:
    if is_returned(occurrence):
        return Standing.RETURNED
    if is_waiting(occurrence):
        return Standing.CONFIRMING if is_confirming(occurrence) else Standing.WAITING
    if has_result(occurrence):
        return Standing.NOTHING if occurrence.state == Occurrence.State.NOTHING else Standing.HAS_RESULT
    return Standing.NO_RESULT


def _by_date(occurrence: Occurrence, on: dt.date) -> Standing:
    """A return or a waiting check never hides that the day has passed."""
    cell = cell_of(occurrence, on)
    if cell is Cell.DONE_ON_TIME:
        return Standing.DONE_ON_TIME
    if cell is Cell.DONE_LATE:
        return Standing.DONE_LATE
    if cell is Cell.OPEN_OVERDUE:
        return Standing.OVERDUE
    if is_returned(occurrence):
        return Standing.RETURNED
    if is_waiting(occurrence):
        return Standing.CONFIRMING if is_confirming(occurrence) else Standing.WAITING
    if occurrence.due_on is not None and (occurrence.due_on - on).days <= SOON_DAYS:
        return Standing.DUE_SOON
    in_progress = occurrence.state == Occurrence.State.IN_PROGRESS
    return Standing.IN_PROGRESS if in_progress else Standing.NOT_STARTED


def silent_days(occurrence: Occurrence, on: dt.date) -> int:
    """Days since anybody said anything of this occurrence; since it was opened, if nobody ever did."""
    latest = occurrence.latest_update
    since = clock.local_date(latest.recorded_at) if latest is not None else occurrence.opened_on
    return max((on - since).days, 0)


def is_silent(occurrence: Occurrence, on: dt.date, days: int = SILENT_DAYS) -> bool:
    answered = occurrence.period_id is not None and has_result(occurrence)
    finished = occurrence.completed_on is not None or answered
    return not finished and occurrence.cancelled_on is None and silent_days(occurrence, on) >= days


class UnitProgress(NamedTuple):
    """«còn 6/9 việc chưa có kết quả»: what the unit still owes, of how many."""

    missing: int
    total: int


def unit_progress(occurrences: Iterable[Occurrence]) -> UnitProgress:
    rows = [occurrence for occurrence in occurrences if occurrence.cancelled_on is None]
    return UnitProgress(sum(owes_answer(occurrence) for occurrence in rows), len(rows))
