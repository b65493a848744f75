"""Who may open and send what in `tasks`; the format stands in `accounts/tests/matrix.py`."""

from types import SimpleNamespace

from accounts.tests.matrix import CHAIR, DEPARTMENT, INSIDE, INSPECTOR, OFFICE, OTHER_UNIT, Row
from tasks.models import DayOff, SavedView
from tasks.tests.deeds import SHOT, say


def _plan(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.plan.pk}


def _task(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.tasks[0].pk}


def _row(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.plan.pk, "task_pk": world.tasks[0].pk}


def _dated(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.occurrences[1].pk}


def _unit(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.culture.pk}


def _asked(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.occurrences[0].pk}


def _update(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": say(world.occurrences[0], by=world.hung).pk}


def _evidence(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": say(world.occurrences[0], by=world.hung, files=[SHOT]).evidence.get().pk}


def _day_off(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": DayOff.objects.create(agency=world.ward, on="2024-07-27", name="Nghỉ bù").pk}


def _period(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.period.pk}


def _binding(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.plan.indicators.get(indicator__code="tin_bai").pk}


def _view(world: SimpleNamespace) -> dict[str, object]:
    view = SavedView(agency=world.ward, owner=world.lan, name="Quá hạn", query="han=qua", is_shared=True)
    view.save()
    return {"pk": view.pk}


# Work of another unit is not there for a department head.
STEERED = {OFFICE: (200, 302, 409, 422), DEPARTMENT: 403, OTHER_UNIT: 404, CHAIR: 403, INSPECTOR: 403}
OF_THE_UNIT = {**dict.fromkeys(INSIDE, 200), OTHER_UNIT: 404}
RECORDED = {OFFICE: 422, DEPARTMENT: 422, OTHER_UNIT: 404, CHAIR: 403, INSPECTOR: 403}
LED = {CHAIR: 409, OTHER_UNIT: 404}
DIRECTED = {CHAIR: 422, OFFICE: 403, DEPARTMENT: 403, OTHER_UNIT: 404, INSPECTOR: 403}

ROWS = [
    # Steering: the plan, its assignment, the list, and what the office does to one task.
    Row("tasks:plan", _plan, get=INSIDE),
    Row("tasks:activate", _plan, get={OFFICE: 302}, post=[OFFICE]),
    Row("tasks:assign", _plan, get=[OFFICE], post=[OFFICE]),
    Row("tasks:assign_row", _row, get={OFFICE: 302}),
    Row("tasks:add", _plan, get=[OFFICE], post=[OFFICE]),
    Row("tasks:list", get=INSIDE),
    Row("tasks:earlier", _plan, get=[OFFICE], post=[OFFICE]),
    Row("tasks:quiet", get=[OFFICE, CHAIR]),
    Row("tasks:bulk", get={OFFICE: 302}, post=[OFFICE]),
    Row("tasks:month", get=INSIDE),
    Row("tasks:follow_table", get=INSIDE),
    Row("tasks:excel", get=INSIDE),
    Row("tasks:keep_view", post=INSIDE),
    Row("tasks:drop_view", _view, post={OFFICE: 302, **dict.fromkeys((DEPARTMENT, CHAIR, INSPECTOR), 403)}),
    Row("tasks:cancel", _task, get=STEERED, post=STEERED),
    Row("tasks:split", _task, get=STEERED, post=STEERED),
    Row("tasks:move_deadline", _dated, get=STEERED, post=STEERED),
    # The daily work: units answer, the office checks, leaders direct.
    Row("tasks:my_unit", get=[DEPARTMENT, OFFICE]),
    Row("tasks:reminder", _unit, get=[OFFICE]),
    Row("tasks:figures", get={DEPARTMENT: 200, OFFICE: 302}, post={DEPARTMENT: 302, OFFICE: 302}),
    Row("tasks:occurrence", _asked, get=OF_THE_UNIT),
    Row("tasks:record", _asked, get=RECORDED | {OFFICE: 302, DEPARTMENT: 302}, post=RECORDED),
    Row("tasks:direct", _asked, post=DIRECTED),
    Row("tasks:evidence", _evidence, get=OF_THE_UNIT),
    Row("tasks:preview", _evidence, get=OF_THE_UNIT),
    Row("tasks:remove_evidence", _evidence, post=RECORDED | {OFFICE: 302, DEPARTMENT: 302}),
    Row("tasks:reviews", get=[OFFICE], post=[OFFICE]),
    Row("tasks:accept", _update, post=STEERED),
    Row("tasks:confirm", _update, post=dict.fromkeys((OFFICE, DEPARTMENT, INSPECTOR), 403) | LED),
    Row("tasks:return", _update, post=STEERED | LED | {CHAIR: 422}),
    Row("tasks:reopen", _update, post=STEERED),
    # What a plan counts.
    Row("tasks:indicators", _plan, get=[OFFICE, CHAIR, INSPECTOR], post=[OFFICE]),
    Row("tasks:indicator_add", _plan, get=[OFFICE], post=[OFFICE]),
    Row("tasks:indicator", _binding, get=[OFFICE], post=[OFFICE]),
    Row("tasks:indicator_take_out", _binding, post=[OFFICE]),
    # The calendar of the office.
    Row("tasks:calendar", get=[OFFICE, INSPECTOR], post=[OFFICE]),
    Row("tasks:day_off_remove", _day_off, post=[OFFICE]),
    Row("tasks:period_dates", _period, get=[OFFICE], post=[OFFICE]),
]
