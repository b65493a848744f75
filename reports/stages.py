"""When a piece of work is to be reminded of. Pure: read off how it stands, so that a missed day loses nothing.

A stage is a span of days, not one day: whoever was not told on the day itself is told at the next look. The names stand
in `ReminderLine.stage`, at most 12 characters.
"""

import datetime as dt

from tasks import status
from tasks.models import Occurrence

# Days before the deadline at which a stage begins, the nearest first.
AHEAD = (0, 1, 3, 7)
WEEK = 7


def stages_of(occurrence: Occurrence, on: dt.date) -> list[str]:
    """The stages `occurrence` (period and latest_update loaded) stands in on that day; none if nothing is owed.

    `due_7`, `due_3`, `due_1`, `due_0`; then `late_1`, `late_8` … each week anew; `back_<update>` after a return.
    """
    if not status.owes_answer(occurrence):
        return []
    by_day = _by_day((occurrence.shown_due_on - on).days)
    back = f"back_{occurrence.latest_update_id}" if status.is_returned(occurrence) else ""
    return [stage for stage in (back, by_day) if stage]


def _by_day(left: int) -> str:
    if left < 0:
        return f"late_{1 + (-left - 1) // WEEK * WEEK}"
    reached = next((days for days in AHEAD if left <= days), None)
    return "" if reached is None else f"due_{reached}"


def escalation_of(occurrence: Occurrence, on: dt.date, after: int) -> str:
    """`up_7`, `up_14` … once it is `after` days late, each week anew; "" before that, or where nothing is owed."""
    late = (on - occurrence.shown_due_on).days
    if late < max(after, 1) or not status.owes_answer(occurrence):
        return ""
    return f"up_{after + (late - after) // WEEK * WEEK}"


def is_escalation(stage: str) -> bool:
    return stage.startswith("up_")
