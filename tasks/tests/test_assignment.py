import datetime as dt
import uuid
from dataclasses import replace

import pytest

from accounts.models import Event
from danvan.problems import Conflict, Problem
from tasks import calendar
from tasks.models import Occurrence, Task
from tasks.services import (
    Assignment,
    Progress,
    assign_task,
    assign_tasks,
    assignment_of,
    move_deadline,
    record_progress,
)

DATES, RULES, EVERY_PERIOD = Task.Schedule.DATES, Task.Schedule.RULES, Task.Schedule.EVERY_PERIOD
JUNE, SEPTEMBER = dt.date(2024, 6, 15), dt.date(2024, 9, 30)


def assign(world, task, **changes):
    task.refresh_from_db()
    row = replace(assignment_of(task), **changes)
    return assign_task(task=task, version=task.version, assignment=row, by=world.lan)


def say(occurrence, by, state="done"):
    occurrence.refresh_from_db()
    progress = Progress(state=state, text="Đã làm.")
    return record_progress(
        occurrence=occurrence, version=occurrence.version, form_key=uuid.uuid4(), progress=progress, by=by
    )


def due_days(task):
    return [one.due_on for one in task.occurrences.filter(cancelled_on=None).order_by("due_on")]


def test_assignment_writes_lead_support_and_overseer(world_with_plan):
    world = world_with_plan
    task = assign(
        world, world.tasks[2], lead_unit=world.culture, supporting_units=[world.youth], overseer=world.tam
    )
    assert (task.lead_unit, task.overseer, task.version) == (world.culture, world.tam, 2)
    assert list(task.supporting_units.all()) == [world.youth]


def test_assignment_never_lets_the_lead_support_itself(world_with_plan):
    world = world_with_plan
    task = assign(world, world.tasks[0], supporting_units=[world.culture, world.youth])
    assert list(task.supporting_units.all()) == [world.youth]


def test_assignment_leaves_who_what_and_what_was_before(world_with_plan):
    world = world_with_plan
    assign(world, world.tasks[0], lead_unit=world.justice)
    words = Event.objects.about(world.tasks[0]).first().words
    assert "Nguyễn Thị Lan" in words
    assert f"chủ trì {world.culture} → {world.justice}" in words


def test_stale_assignment_is_refused_and_writes_nothing(world_with_plan):
    world = world_with_plan
    task = world.tasks[0]
    with pytest.raises(Conflict):
        assign_task(
            task=task, version=task.version - 1, assignment=Assignment(lead_unit=world.justice), by=world.lan
        )
    task.refresh_from_db()
    assert task.lead_unit == world.culture


def test_assignment_to_a_foreign_unit_is_refused(world_with_plan):
    world = world_with_plan
    with pytest.raises(Problem, match="đơn vị của cơ quan này"):
        assign(world, world.tasks[0], lead_unit=world.stranger_unit)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [(DATES, "Chưa có ngày"), (RULES, "cách lặp lại"), (EVERY_PERIOD, "kỳ báo kết quả")],
)
def test_assignment_refuses_a_schedule_that_says_nothing(world_with_plan, schedule, words):
    world = world_with_plan
    with pytest.raises(Problem, match=words):
        assign(world, world.tasks[0], schedule=schedule, period_kind="topic")


def test_dates_replace_the_question_of_the_period(world_with_plan):
    world = world_with_plan
    assign(world, world.tasks[0], schedule=DATES, dates=[SEPTEMBER, JUNE])
    assert due_days(world.tasks[0]) == [JUNE, SEPTEMBER]


def test_answered_period_stays_when_dates_come(world_with_plan):
    world = world_with_plan
    say(world.occurrences[0], world.hung)
    assign(world, world.tasks[0], schedule=DATES, dates=[JUNE])
    assert world.tasks[0].occurrences.count() == 2


def test_same_assignment_again_makes_no_second_occurrence(world_with_plan):
    world = world_with_plan
    assign(world, world.tasks[0], schedule=DATES, dates=[JUNE])
    kept = world.tasks[0].occurrences.get()
    assign(world, world.tasks[0], lead_unit=world.justice)
    assert world.tasks[0].occurrences.get() == kept


def test_changed_date_makes_no_second_occurrence(world_with_plan):
    world = world_with_plan
    assign(world, world.tasks[1], dates=[JUNE])
    assert due_days(world.tasks[1]) == [JUNE]
    assert world.tasks[1].occurrences.count() == 1


@pytest.mark.parametrize("deed", ["say", "move"])
def test_date_somebody_spoke_of_is_not_replaced_by_a_second_one(world_with_plan, deed):
    world = world_with_plan
    begun = world.tasks[1].occurrences.get()
    if deed == "say":
        say(begun, world.hung, state="in_progress")
    else:
        moved = {"to_on": SEPTEMBER, "reason": "Chờ kinh phí.", "document": ""}
        move_deadline(occurrence=begun, version=begun.version, by=world.lan, **moved)

    with pytest.raises(Problem, match="Gia hạn"):
        assign(world, world.tasks[1], dates=[JUNE])
    assert world.tasks[1].occurrences.get() == begun


def test_overdue_date_taken_back_is_cancelled_in_sight_of_all(world_with_plan, stand_on):
    world = world_with_plan
    stand_on("2024-04-02")
    assign(world, world.tasks[1], dates=[JUNE])
    overdue = world.tasks[1].occurrences.get(first_due_on=dt.date(2024, 3, 29))
    assert overdue.cancelled_on == dt.date(2024, 4, 2)
    assert due_days(world.tasks[1]) == [JUNE]


def test_date_taken_back_and_set_again_is_asked_again(world_with_plan, stand_on):
    world = world_with_plan
    stand_on("2024-04-02")
    assign(world, world.tasks[1], dates=[JUNE])
    assign(world, world.tasks[1], dates=[dt.date(2024, 3, 29), JUNE])
    assert due_days(world.tasks[1]) == [dt.date(2024, 3, 29), JUNE]


def test_recurrence_makes_what_is_left_of_the_year(world_with_plan):
    world = world_with_plan
    assign(world, world.tasks[0], schedule=RULES, rules=calendar.RULES["quarterly"])
    assert due_days(world.tasks[0]) == [dt.date(2024, month, 14) for month in (3, 6, 9, 12)]


def test_changed_recurrence_leaves_its_past_alone(world_with_plan, stand_on):
    world = world_with_plan
    assign(world, world.tasks[0], schedule=RULES, rules=calendar.RULES["quarterly"])
    stand_on("2024-06-20")
    assign(world, world.tasks[0], schedule=RULES, rules=calendar.RULES["half_yearly"])
    assert due_days(world.tasks[0]) == [dt.date(2024, month, 14) for month in (3, 6, 12)]


def test_saving_a_recurrence_again_keeps_overdue_work_overdue(world_with_plan, stand_on):
    world = world_with_plan
    assign(world, world.tasks[0], schedule=RULES, rules=calendar.RULES["monthly"])
    stand_on("2024-05-20")
    assign(world, world.tasks[0], overseer=None)
    overdue = Occurrence.objects.overdue(dt.date(2024, 5, 20)).filter(task=world.tasks[0])
    assert overdue.count() == 3


def test_recurrence_without_a_day_left_is_refused(world_with_plan, stand_on):
    world = world_with_plan
    stand_on("2024-12-20")
    with pytest.raises(Problem, match="không còn lần nào"):
        assign(world, world.tasks[0], schedule=RULES, rules=calendar.RULES["yearly"])
    world.tasks[0].refresh_from_db()
    assert world.tasks[0].schedule == EVERY_PERIOD


def test_other_period_kind_asks_in_that_period(world_with_plan):
    world = world_with_plan
    assign(world, world.tasks[0], period_kind="month")
    assert [one.period.title for one in world.tasks[0].occurrences.all()] == ["tháng 3 năm 2024"]


def test_many_rows_are_saved_though_one_is_stale(world_with_plan):
    world = world_with_plan
    rows = [
        (task, task.version, replace(assignment_of(task), lead_unit=world.youth)) for task in world.tasks[:3]
    ]
    rows[1] = (rows[1][0], 99, rows[1][2])
    results = assign_tasks(rows=rows, by=world.lan)
    assert [type(results[task.pk]).__name__ for task in world.tasks[:3]] == [
        "NoneType",
        "Conflict",
        "NoneType",
    ]
    assert list(world.youth.led_tasks.all()) == [world.tasks[0], world.tasks[2]]
