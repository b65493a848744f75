"""Every write of the app, by domain verb."""

from .activation import Proposal, activate_plan, propose_tasks
from .assignment import Assignment, asked_dates, assign_task, assign_tasks, assignment_of, row_of
from .changes import add_task, cancel_task, move_deadline, split_among_members
from .days_off import (
    add_days_off,
    calendar_setting,
    remove_day_off,
    save_calendar,
    seed_days_off,
    working_days,
)
from .evidence import Upload, remove_evidence
from .figures import record_figures
from .indicator_edit import (
    IndicatorWords,
    add_indicator,
    indicator_words,
    put_back_indicator,
    save_indicator,
    save_targets,
    take_out_indicator,
)
from .indicators import bind_indicators, indicators_on_cards, propose_bindings, seed_indicators
from .periods import (
    PeriodDates,
    close_period,
    dates_of_period,
    open_due_periods,
    open_periods,
    save_period_dates,
)
from .progress import Progress, record_progress, write_directive
from .reviewing import accept_update, confirm_update, reopen_update, return_update

__all__ = [
    "Assignment",
    "IndicatorWords",
    "PeriodDates",
    "Progress",
    "Proposal",
    "Upload",
    "accept_update",
    "activate_plan",
    "add_days_off",
    "add_indicator",
    "add_task",
    "asked_dates",
    "assign_task",
    "assign_tasks",
    "assignment_of",
    "bind_indicators",
    "calendar_setting",
    "cancel_task",
    "close_period",
    "confirm_update",
    "dates_of_period",
    "indicator_words",
    "indicators_on_cards",
    "move_deadline",
    "open_due_periods",
    "open_periods",
    "propose_bindings",
    "propose_tasks",
    "put_back_indicator",
    "record_figures",
    "record_progress",
    "remove_day_off",
    "remove_evidence",
    "reopen_update",
    "return_update",
    "save_calendar",
    "save_indicator",
    "save_period_dates",
    "save_targets",
    "row_of",
    "seed_days_off",
    "seed_indicators",
    "split_among_members",
    "take_out_indicator",
    "working_days",
    "write_directive",
]
