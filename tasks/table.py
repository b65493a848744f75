"""The assignment table of one plan: its rows by content item, what was typed over them, what came of each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.models import Unit
from danvan.problems import Conflict, Problem
from plans import wording as reading
from plans.content import ContentItem, ContentMap
from plans.models import Plan
from tasks.forms.assignment import Choices, RowForm
from tasks.models import Task
from tasks.services import Assignment, asked_dates, row_of
from tasks.wording import schedule_words


@dataclass
class TableRow:
    """One task. `form` stands open over it; `problem` is what kept it from being saved, `is_saved` that it was."""

    task: Task
    place: ContentItem
    row: Assignment
    form: RowForm | None = None
    problem: Problem | None = None
    is_saved: bool = False
    is_picked: bool = False

    @property
    def when(self) -> str:
        row = self.row
        return schedule_words(
            schedule=row.schedule, dates=row.dates, rules=row.rules, period_kind=row.period_kind
        )

    @property
    def said(self) -> list[str]:
        """What the document says of who and when, in its words."""
        item = self.task.item
        if item is None:
            return [f"Theo {self.task.source}"]
        due = reading.dues_words(item.due, item.due_bound)
        found = (
            ("Chủ trì", ", ".join(item.lead)),
            ("Phối hợp", ", ".join(item.coordinating)),
            ("Thời hạn", ", ".join(filter(None, (due, reading.frequency_words(item.frequency))))),
        )
        return [f"{name}: {words}" for name, words in found if words]

    @property
    def reasons(self) -> str:
        """Why it was not saved, in one line for the summary on top."""
        wrong = (
            [str(sentence) for errors in self.form.errors.values() for sentence in errors]
            if self.form
            else []
        )
        return " ".join([*([str(self.problem)] if self.problem else []), *wrong])

    @property
    def is_stale(self) -> bool:
        return isinstance(self.problem, Conflict)

    @property
    def led_by_group(self) -> bool:
        return self.task.lead_unit is not None and self.task.lead_unit.kind == "group"


@dataclass
class Table:
    plan: Plan
    choices: Choices
    rows: dict[int, TableRow] = field(default_factory=dict)

    @property
    def unassigned(self) -> int:
        return sum(row.task.lead_unit_id is None and row.task.is_tracked for row in self.rows.values())

    @property
    def opened(self) -> list[TableRow]:
        return [row for row in self.rows.values() if row.form]

    @property
    def failed(self) -> list[TableRow]:
        return [row for row in self.rows.values() if row.problem or (row.form and row.form.errors)]

    def groups(self, *, unassigned_only: bool = False) -> list[tuple[ContentItem, list[TableRow]]]:
        """Rows under their content items, in the order of the plan. What stands open is never hidden."""
        found: dict[ContentItem, list[TableRow]] = {}
        for row in sorted(self.rows.values(), key=lambda row: (row.place.order, row.task.order, row.task.pk)):
            hidden = row.task.lead_unit_id is not None or not row.task.is_tracked
            if not (unassigned_only and hidden) or row.form or row.is_saved or row.problem:
                found.setdefault(row.place, []).append(row)
        return list(found.items())

    def open(self, task_ids: Iterable[int]) -> None:
        for task_id in task_ids:
            if row := self.rows.get(task_id):
                row.form = RowForm(task=row.task, row=row.row, choices=self.choices)

    def take(self, typed: Mapping[str, str]) -> None:
        """Opens the rows over which something was typed."""
        for row in self.rows.values():
            if f"viec-{row.task.pk}-version" in typed:
                row.form = RowForm(typed, task=row.task, row=row.row, choices=self.choices)

    def follow(self, before: "Table", results: Mapping[int, Problem | None]) -> None:
        """After a save: this fresh table takes over what is still to be mended, and says what came of each row."""
        for task_id, row in self.rows.items():
            old = before.rows.get(task_id)
            row.problem, row.is_saved = results.get(task_id), task_id in results and results[task_id] is None
            row.is_picked = bool(old and old.is_picked and not row.is_saved)
            if old and old.form:
                row.form = old.form.renewed(row.task, row.row)


def table_of(plan: Plan, choices: Choices | None = None) -> Table:
    """All rows that still count. Eight queries, whatever the number of rows; six with `choices` read before."""
    contents = ContentMap(plan, with_reading=True)
    choices = choices or Choices(plan)
    supporting, dates = _supporting(plan, choices), _dates(plan)
    rows = {}
    for task in Task.objects.filter(plan=plan, cancelled_on=None).prefetch_related("overseer"):
        # Units and lines are read once each, not once a row: a plan has a hundred rows and ten units.
        task.plan, task.item = plan, contents.item(task.item_id)
        task.lead_unit = choices.units[task.lead_unit_id] if task.lead_unit_id else None
        row = row_of(task, supporting[task.pk], dates[task.pk])
        rows[task.pk] = TableRow(task, contents.of(task.item_id), row)
    return Table(plan, choices, rows)


def _supporting(plan: Plan, choices: Choices) -> dict[int, list[Unit]]:
    found: dict[int, list[Unit]] = defaultdict(list)
    pairs = Task.supporting_units.through.objects.filter(task__plan=plan)
    for task_id, unit_id in pairs.order_by("unit__sort_key", "unit").values_list("task_id", "unit_id"):
        found[task_id].append(choices.units[unit_id])
    return found


def _dates(plan: Plan) -> dict[int, list[dt.date]]:
    found: dict[int, list[dt.date]] = defaultdict(list)
    for task_id, day in asked_dates(task__plan=plan):
        found[task_id].append(day)
    return found
