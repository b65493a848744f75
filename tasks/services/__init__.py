"""Every write of the app, by domain verb."""

from .activation import activate_plan
from .assignment import Assignment, add_task, assign_task, cancel_task, move_deadline
from .indicators import bind_indicators, indicators_on_cards, seed_indicators
from .periods import close_period, open_periods, seed_days_off, working_days
from .progress import (
    Progress,
    Upload,
    accept_update,
    record_progress,
    remove_evidence,
    reopen_update,
    return_update,
    write_directive,
)

__all__ = [
    "Assignment",
    "Progress",
    "Upload",
    "accept_update",
    "activate_plan",
    "add_task",
    "assign_task",
    "bind_indicators",
    "cancel_task",
    "close_period",
    "indicators_on_cards",
    "move_deadline",
    "open_periods",
    "record_progress",
    "remove_evidence",
    "reopen_update",
    "return_update",
    "seed_days_off",
    "seed_indicators",
    "working_days",
    "write_directive",
]
