import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from danvan.problems import Conflict, Problem
from tasks.models import Occurrence, Task
from tasks.services import (
    Assignment,
    Progress,
    add_task,
    assign_task,
    assignment_of,
    cancel_task,
    close_period,
    move_deadline,
    record_progress,
    split_among_members,
)

DATES = Task.Schedule.DATES
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


def test_work_by_letter_names_its_source_and_is_asked_for(world_with_plan):
    world = world_with_plan
    row = Assignment(lead_unit=world.culture, schedule=DATES, dates=[JUNE])
    task = add_task(
        plan=world.plan, source="Công văn 45/UBND-NV", title="Rà soát mô hình", assignment=row, by=world.lan
    )
    assert (task.item, task.lead_unit, due_days(task)) == (None, world.culture, [JUNE])


@pytest.mark.parametrize(("source", "title"), [(" ", "Rà soát"), ("Công văn 45", " ")])
def test_work_by_letter_needs_source_and_title(world_with_plan, source, title):
    world = world_with_plan
    row = Assignment(lead_unit=None)
    with pytest.raises(Problem, match="Ghi"):
        add_task(plan=world.plan, source=source, title=title, assignment=row, by=world.lan)


def test_cancelled_task_leaves_the_count_but_stays_in_sight(world_with_plan):
    world = world_with_plan
    cancel_task(task=world.tasks[0], version=world.tasks[0].version, reason="Trùng việc khác", by=world.lan)
    assert world.occurrences[0] not in Occurrence.objects.live()
    assert world.tasks[0].occurrences.get().cancelled_on == dt.date(2024, 3, 5)


def test_cancelling_leaves_a_closed_period_as_it_was(world_with_plan):
    world = world_with_plan
    close_period(period=world.period, version=world.period.version, by=world.lan)
    cancel_task(task=world.tasks[0], version=world.tasks[0].version, reason="Thôi", by=world.lan)
    assert world.tasks[0].occurrences.get(period=world.period).cancelled_on is None


def test_cancelling_needs_a_reason(world_with_plan):
    world = world_with_plan
    with pytest.raises(Problem, match="lý do"):
        cancel_task(task=world.tasks[0], version=world.tasks[0].version, reason=" ", by=world.lan)


def test_cancelled_task_is_assigned_no_more(world_with_plan):
    world = world_with_plan
    cancel_task(task=world.tasks[0], version=world.tasks[0].version, reason="Thôi", by=world.lan)
    with pytest.raises(Conflict):
        assign(world, world.tasks[0], lead_unit=world.justice)


def move(world, occurrence, to_on=JUNE, reason="Chờ hướng dẫn"):
    return move_deadline(
        occurrence=occurrence,
        version=occurrence.version,
        to_on=to_on,
        reason=reason,
        document="CV 12",
        by=world.lan,
    )


def test_moved_deadline_keeps_the_first_one(world_with_plan):
    world = world_with_plan
    moved = move(world, world.occurrences[1])
    extension = moved.extensions.get()
    assert (moved.due_on, moved.first_due_on) == (JUNE, dt.date(2024, 3, 29))
    assert (extension.from_on, extension.to_on, extension.approved_by) == (
        dt.date(2024, 3, 29),
        JUNE,
        world.lan,
    )


def test_moved_deadline_survives_the_next_assignment(world_with_plan):
    world = world_with_plan
    move(world, world.occurrences[1])
    assign(world, world.tasks[1], lead_unit=world.justice)
    assert due_days(world.tasks[1]) == [JUNE]


@pytest.mark.parametrize(("to_on", "reason"), [(JUNE, " "), (dt.date(2024, 3, 29), "Như cũ")])
def test_moving_a_deadline_needs_a_reason_and_another_day(world_with_plan, to_on, reason):
    with pytest.raises(Problem):
        move(world_with_plan, world_with_plan.occurrences[1], to_on, reason)


def test_deadline_of_a_period_is_not_moved_here(world_with_plan):
    with pytest.raises(Problem, match="không có thời hạn riêng"):
        move(world_with_plan, world_with_plan.occurrences[0])


def test_stale_move_of_a_deadline_is_refused(world_with_plan):
    world = world_with_plan
    move(world, world.occurrences[1])
    world.occurrences[1].version -= 1
    with pytest.raises(Conflict):
        move(world, world.occurrences[1], SEPTEMBER)


def test_group_work_is_divided_among_its_members(world_with_plan):
    world = world_with_plan
    task = world.tasks[3]
    made = split_among_members(task=task, version=task.version, by=world.lan)
    assert {one.lead_unit for one in made} == {world.culture, world.youth}
    assert all(one.item == task.item and one.occurrences.count() == 1 for one in made)
    task.refresh_from_db()
    assert task.cancelled_on


def test_dividing_group_work_cancels_nothing_that_has_records(world_with_plan):
    world = world_with_plan
    say(world.occurrences[3], world.hung)
    task = world.tasks[3]
    split_among_members(task=task, version=task.version, by=world.lan)
    task.refresh_from_db()
    assert task.cancelled_on is None


def test_only_group_work_is_divided(world_with_plan):
    world = world_with_plan
    with pytest.raises(Problem, match="nhóm"):
        split_among_members(task=world.tasks[0], version=world.tasks[0].version, by=world.lan)


def test_version_longer_than_any_number_is_a_stale_one(world_with_plan, browse):
    address = reverse("tasks:split", args=[world_with_plan.tasks[0].pk])
    assert browse(world_with_plan.lan).post(address, {"version": "1" * 4400}).status_code in (409, 422)
