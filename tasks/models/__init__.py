"""What is being done, by whom, by when."""

from .indicator import Indicator, IndicatorValue, PlanIndicator
from .period import CalendarSetting, DayOff, Period
from .progress import Directive, Evidence, Extension, ProgressUpdate, Review
from .saved import SavedView
from .task import Occurrence, Task

__all__ = [
    "CalendarSetting",
    "DayOff",
    "Directive",
    "Evidence",
    "Extension",
    "Indicator",
    "IndicatorValue",
    "Occurrence",
    "Period",
    "PlanIndicator",
    "ProgressUpdate",
    "Review",
    "SavedView",
    "Task",
]
