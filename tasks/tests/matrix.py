"""Who may open and send what in `tasks`; the format stands in `accounts/tests/matrix.py`."""

from types import SimpleNamespace

from accounts.tests.matrix import CHAIR, DEPARTMENT, INSIDE, INSPECTOR, OFFICE, OTHER_UNIT, Row


def _plan(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.plan.pk}


def _task(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.tasks[0].pk}


def _row(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.plan.pk, "task_pk": world.tasks[0].pk}


def _dated(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.occurrences[1].pk}


# Work of another unit is not there for a department head.
STEERED = {OFFICE: (200, 302, 409, 422), DEPARTMENT: 403, OTHER_UNIT: 404, CHAIR: 403, INSPECTOR: 403}

ROWS = [
    # Steering: the plan, its assignment, the list, and what the office does to one task.
    Row("tasks:plan", _plan, get=INSIDE),
    Row("tasks:activate", _plan, get={OFFICE: 302}, post=[OFFICE]),
    Row("tasks:assign", _plan, get=[OFFICE], post=[OFFICE]),
    Row("tasks:assign_row", _row, get={OFFICE: 302}),
    Row("tasks:add", _plan, get=[OFFICE], post=[OFFICE]),
    Row("tasks:list", get=INSIDE),
    Row("tasks:cancel", _task, get=STEERED, post=STEERED),
    Row("tasks:split", _task, get=STEERED, post=STEERED),
    Row("tasks:move_deadline", _dated, get=STEERED, post=STEERED),
]
