"""Every write of the app, by domain verb."""

from .activation import Proposal, activate_plan, propose_tasks
from .assignment import Assignment, assign_task, assign_tasks, assignment_of
from .changes import add_task, cancel_task, move_deadline, split_among_members
from .indicators import bind_indicators, indicators_on_cards, propose_bindings, seed_indicators
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
    "Proposal",
    "Upload",
    "accept_update",
    "activate_plan",
    "add_task",
    "assign_task",
    "assign_tasks",
    "assignment_of",
    "bind_indicators",
    "cancel_task",
    "close_period",
    "indicators_on_cards",
    "move_deadline",
    "open_periods",
    "propose_bindings",
    "propose_tasks",
    "record_progress",
    "remove_evidence",
    "reopen_update",
    "return_update",
    "seed_days_off",
    "seed_indicators",
    "split_among_members",
    "working_days",
    "write_directive",
]
