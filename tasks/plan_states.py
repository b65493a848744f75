"""The plan page: every line of the document with the state of its work beside it. Reads only; four queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value

from accounts.models import User
from plans.document import Document, Part
from plans.models import Plan
from plans.tree import Row
from tasks import permissions
from tasks.models import Occurrence, Period, Task
from tasks.overview import (
    Line,
    Summary,
    period_at_hand,
    reported_in,
    share,
    summary_of,
    telling,
    without_far_recurrences,
)


@dataclass(frozen=True)
class TaskState:
    """One task in one line of the page. `others` counts its further dates; `is_readable`: the user may open it."""

    task: Task
    line: Line
    others: int
    is_readable: bool


@dataclass(frozen=True)
class StatedRow:
    row: Row
    states: list[TaskState]


@dataclass(frozen=True)
class StatedPart:
    part: Part
    rows: list[StatedRow]


@dataclass
class PlanStates:
    period: Period | None
    periods: list[Period]
    summary: Summary
    by_item: dict[int | None, list[TaskState]] = field(default_factory=dict)

    @property
    def letters(self) -> list[TaskState]:
        """Work ordered by later letters: it belongs to no line."""
        return self.by_item.get(None, [])

    @property
    def tasks(self) -> list[Task]:
        every = (state.task for states in self.by_item.values() for state in states)
        return [task for task in every if task.is_tracked and task.cancelled_on is None]

    @property
    def unassigned(self) -> int:
        return sum(task.lead_unit_id is None for task in self.tasks)

    def body(self, document: Document) -> list[StatedPart]:
        return [self._stated(part) for part in document.body]

    def annexes(self, document: Document) -> list[StatedPart]:
        return [self._stated(part) for part in document.annexes]

    def _stated(self, part: Part) -> StatedPart:
        return StatedPart(part, [StatedRow(row, self.by_item.get(row.item.pk, [])) for row in part.rows])


def plan_states(*, plan: Plan, user: User, on: dt.date, period_id: int | None = None) -> PlanStates:
    """The states of all work of `plan` on a day, in the period asked for or the one at hand."""
    periods: list[Period] = list(plan.periods.all())  # type: ignore[attr-defined]
    asked = next((period for period in periods if period.pk == period_id), None)
    period = asked or period_at_hand(periods, on)
    occurrences = list(_occurrences(plan, period, user, on))
    units = {unit.pk: unit for unit in plan.agency.units.all()}  # type: ignore[attr-defined]
    share(occurrences, units=units, periods={one.pk: one for one in periods})
    return PlanStates(
        period=period,
        periods=[one for one in periods if one.covers_from <= on],
        summary=summary_of([one for one in occurrences if one.is_reported], on),  # type: ignore[attr-defined]
        by_item=_by_item(occurrences, period, user, on),
    )


def _occurrences(plan: Plan, period: Period | None, user: User, on: dt.date) -> QuerySet[Occurrence]:
    """What the period reports, and beside it what a line may have to show."""
    through = Task.supporting_units.through.objects
    mine = through.filter(task=OuterRef("task"), unit_id__in=user.acting_unit_ids)
    reported = Exists(reported_in(period).filter(pk=OuterRef("pk"))) if period else _NO
    rows = Occurrence.objects.filter(task__plan=plan)
    shown = Q(pk__in=without_far_recurrences(rows, on).values("pk"))
    if period:
        shown |= Q(pk__in=reported_in(period).values("pk"))
    return (
        rows.filter(shown)
        .select_related("task", "latest_update")
        .annotate(is_reported=reported, is_supported=Exists(mine) if user.acting_unit_ids else _NO)
        .order_by("task__order", "task_id", "pk")
    )


_NO = Value(False, output_field=BooleanField())


def _by_item(
    occurrences: Iterable[Occurrence], period: Period | None, user: User, on: dt.date
) -> dict[int | None, list[TaskState]]:
    lines: dict[int, list[Line]] = defaultdict(list)
    for one in occurrences:
        lines[one.task_id].append(Line(one, on))
    by_item: dict[int | None, list[TaskState]] = defaultdict(list)
    for of_task in lines.values():
        task = of_task[0].occurrence.task
        by_item[task.item_id].append(_state(task, of_task, period, user))
    return {item_id: _without_replaced(states) for item_id, states in by_item.items()}


def _state(task: Task, lines: list[Line], period: Period | None, user: User) -> TaskState:
    """A task that answers every period shows the period at hand; if that did not ask it, whatever tells most."""
    in_period = [line for line in lines if period and line.occurrence.period_id == period.pk]
    shown = telling(in_period or lines)
    assert shown is not None  # every task has an occurrence
    reads = permissions.sees_whole_agency(user) or task.lead_unit_id in user.acting_unit_ids
    supported = any(line.occurrence.is_supported for line in lines)  # type: ignore[attr-defined]
    others = len(lines) - 1 if task.schedule == Task.Schedule.DATES else 0
    return TaskState(task, shown, others, reads or supported)


def _without_replaced(states: list[TaskState]) -> list[TaskState]:
    """Cancelled work is shown where nothing stands in its place."""
    live = [state for state in states if state.task.cancelled_on is None]
    return live or states
