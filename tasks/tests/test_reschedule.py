"""Changing when work is due: only untouched future occurrences are made anew, and nothing touched is lost."""

import datetime as dt
from dataclasses import replace

import pytest

from accounts.models import Event
from tasks.models import Occurrence, Task
from tasks.services import assign_task, assignment_of, move_deadline, write_directive
from tasks.tests.deeds import PHOTO, say

DATES, RULES, EVERY = Task.Schedule.DATES, Task.Schedule.RULES, Task.Schedule.EVERY_PERIOD
MONTHLY, TWICE = "FREQ=MONTHLY;BYMONTHDAY=10", "FREQ=MONTHLY;BYMONTHDAY=10,25"
JUNE = dt.date(2024, 6, 14)


def assign(world, task, **changes):
    task.refresh_from_db()
    row = replace(assignment_of(task), **changes)
    return assign_task(task=task, version=task.version, assignment=row, by=world.lan)


def in_month(task, month):
    return task.occurrences.filter(period=None, first_due_on__month=month).order_by("first_due_on")


@pytest.fixture
def monthly(world_with_plan):
    """A task on every tenth of the month; the world is beside it."""
    return assign(world_with_plan, world_with_plan.tasks[0], schedule=RULES, rules=MONTHLY)


def test_each_date_has_its_own_deadline_updates_and_evidence(world_with_plan, monthly):
    may, june = in_month(monthly, 5).get(), in_month(monthly, 6).get()
    say(may, by=world_with_plan.hung, files=[PHOTO])
    assert (may.updates.count(), may.evidence.count()) == (1, 1)
    assert (june.updates.count(), june.evidence.count()) == (0, 0)


def test_changed_rule_keeps_the_rows_of_the_dates_it_still_has(world_with_plan, monthly):
    kept = list(in_month(monthly, 6).values_list("pk", flat=True))
    assign(world_with_plan, monthly, rules=TWICE)
    assert [one.first_due_on.day for one in in_month(monthly, 6)] == [10, 25]
    assert in_month(monthly, 6).first().pk == kept[0]


def test_changed_rule_makes_only_untouched_future_ones_anew(world_with_plan, monthly):
    world = world_with_plan
    spoken, ordered, moved = (in_month(monthly, month).get() for month in (5, 6, 7))
    say(spoken, "in_progress", by=world.hung)
    write_directive(occurrence=ordered, text="Làm sớm.", by=world.tam)
    words = {"reason": "Chờ kinh phí.", "document": ""}
    move_deadline(occurrence=moved, version=1, to_on=dt.date(2024, 7, 18), by=world.lan, **words)
    assign(world, monthly, rules="FREQ=MONTHLY;BYMONTHDAY=5")
    kept = Occurrence.objects.filter(pk__in=[spoken.pk, ordered.pk, moved.pk], cancelled_on=None)
    assert kept.count() == 3
    assert [one.first_due_on.day for one in in_month(monthly, 8)] == [5]


def test_changed_rule_leaves_what_is_past(world_with_plan, monthly, stand_on):
    stand_on("2024-05-20")
    assign(world_with_plan, monthly, rules="FREQ=MONTHLY;BYMONTHDAY=5")
    past = monthly.occurrences.filter(due_on__lt="2024-05-20", cancelled_on=None).order_by("due_on")
    assert [one.due_on.month for one in past] == [3, 4, 5]
    assert {one.due_on.day for one in past} == {10}


def test_changed_rule_says_what_it_gave_up(world_with_plan, monthly):
    assign(world_with_plan, monthly, rules="FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=10")
    words = Event.objects.about(monthly).order_by("-pk").first().words
    assert (
        "thôi các lần chưa ai ghi gì: 10/04/2024; 10/05/2024; 10/06/2024; 10/07/2024 và 5 lần khác" in words
    )


def test_date_without_a_word_gives_way_to_every_quarter_with_a_trace(world_with_plan):
    world = world_with_plan
    assign(world, world.tasks[1], schedule=EVERY)
    assert not world.tasks[1].occurrences.filter(period=None).exists()
    assert "29/03/2024" in Event.objects.about(world.tasks[1]).order_by("-pk").first().words


def test_overdue_date_without_a_word_is_withdrawn_in_sight_of_all(world_with_plan, stand_on):
    world = world_with_plan
    stand_on("2024-04-02")
    assign(world, world.tasks[1], schedule=EVERY)
    overdue = world.tasks[1].occurrences.get(period=None)
    assert overdue.cancelled_on == dt.date(2024, 4, 2)


@pytest.mark.parametrize("changes", [{"schedule": EVERY}, {"schedule": RULES, "rules": MONTHLY}])
def test_date_somebody_spoke_of_stays_as_it_is(world_with_plan, changes, stand_on):
    world = world_with_plan
    begun = world.tasks[1].occurrences.get()
    say(begun, "in_progress", by=world.hung)
    assign(world, world.tasks[1], **changes)
    begun.refresh_from_db()
    assert (begun.cancelled_on, begun.due_on) == (None, dt.date(2024, 3, 29))
    assert begun in Occurrence.objects.live().overdue(dt.date(2024, 3, 30))


def test_every_quarter_turned_into_a_rule_keeps_the_answer_of_the_quarter(world_with_plan):
    world = world_with_plan
    answered = world.occurrences[0]
    say(answered, by=world.hung)
    assign(world, world.tasks[0], schedule=RULES, rules=MONTHLY)
    assert world.tasks[0].occurrences.filter(period=world.period).get() == answered
    assert world.tasks[0].occurrences.filter(period=None).count() == 10
