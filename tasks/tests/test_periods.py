import datetime as dt

import pytest

from danvan.problems import Conflict
from plans.models import Plan
from tasks.models import DayOff, Period, Task
from tasks.services import close_period, open_periods, seed_days_off, working_days


def day(text):
    return dt.date.fromisoformat(text)


def kinds_and_ordinals(plan):
    return list(plan.periods.order_by("kind", "ordinal").values_list("kind", "ordinal"))


def test_first_quarter_has_the_days_of_the_law(world_with_plan):
    period = world_with_plan.period
    assert (period.covers_from, period.covers_to) == (day("2023-12-15"), day("2024-03-14"))
    assert (period.unit_due_on, period.due_on) == (day("2024-03-12"), day("2024-03-18"))


def test_opening_again_makes_nothing_twice(world_with_plan):
    world = world_with_plan
    before = world.period.occurrences.count()
    open_periods(plan=world.plan, on=day("2024-03-06"))
    assert (world.plan.periods.count(), world.period.occurrences.count()) == (1, before)


def test_next_quarter_asks_every_open_ended_task_again(world_with_plan):
    world = world_with_plan
    (period,) = open_periods(plan=world.plan, on=day("2024-03-15"))
    assert period.title == "quý II năm 2024"
    asked = {occurrence.task_id for occurrence in period.occurrences.all()}
    assert asked == {task.pk for task in world.tasks if task.schedule == Task.Schedule.EVERY_PERIOD}


def test_missed_days_of_the_scheduler_lose_no_later_period(world_with_plan):
    periods = open_periods(plan=world_with_plan.plan, on=day("2024-10-01"))
    assert [period.title for period in periods] == ["quý IV năm 2024"]


def test_task_that_answers_monthly_opens_its_month(world_with_plan):
    world = world_with_plan
    Task.objects.filter(pk=world.tasks[2].pk).update(period_kind="month")
    open_periods(plan=world.plan, on=day("2024-03-05"))
    assert kinds_and_ordinals(world.plan) == [("month", 3), ("quarter", 1)]


def test_window_begins_the_day_after_a_closing_day_the_office_moved(world_with_plan):
    world = world_with_plan
    Period.objects.filter(pk=world.period.pk).update(covers_to=day("2024-03-08"))
    (period,) = open_periods(plan=world.plan, on=day("2024-03-15"))
    assert period.covers_from == day("2024-03-09")


def test_period_closed_early_hands_new_work_to_the_next(world_with_plan):
    world = world_with_plan
    close_period(period=world.period, version=world.period.version, by=world.lan)
    (period,) = open_periods(plan=world.plan, on=day("2024-03-13"))
    assert period.title == "quý II năm 2024"


@pytest.mark.parametrize(
    ("today", "title"), [("2025-02-01", "quý IV năm 2024"), ("2023-11-30", "quý I năm 2024")]
)
def test_periods_stay_within_the_year_of_the_plan(world_with_plan, today, title):
    (period,) = open_periods(plan=world_with_plan.plan, on=day(today))
    assert period.title == title


def test_last_period_of_the_year_closes_and_nothing_opens_after_it(world_with_plan):
    world = world_with_plan
    (last,) = open_periods(plan=world.plan, on=day("2024-12-14"))
    close_period(period=last, version=last.version, by=world.lan)
    open_periods(plan=world.plan, on=day("2024-12-20"))
    assert kinds_and_ordinals(world.plan) == [("quarter", 1), ("quarter", 4)]


def test_draft_plan_opens_nothing(world, draft_plan):
    assert open_periods(plan=draft_plan, on=day("2024-03-05")) == []
    assert draft_plan.state == Plan.State.DRAFT


def test_closing_is_done_once(world_with_plan):
    world = world_with_plan
    close_period(period=world.period, version=world.period.version, by=world.lan)
    with pytest.raises(Conflict):
        close_period(period=world.period, version=world.period.version - 1, by=world.lan)


def test_closed_period_asks_nothing_more(world_with_plan):
    world = world_with_plan
    close_period(period=world.period, version=world.period.version, by=world.lan)
    held = world.period.occurrences.count()
    Task.objects.create(plan=world.plan, source="Công văn 5", title="Việc mới")
    open_periods(plan=world.plan, on=day("2024-03-05"))
    assert world.period.occurrences.count() == held


def test_days_off_know_tet_and_keep_what_the_office_changed(world):
    tet = day("2024-02-12")
    DayOff.objects.create(agency=world.ward, on=tet, name="Làm bù", is_working=True)
    seed_days_off(agency=world.ward, years=[2024])
    days = working_days(world.ward)
    assert not days.is_working(day("2024-02-09"))
    assert days.is_working(tet)


def test_deadlines_step_over_holidays(world_with_plan):
    world = world_with_plan
    DayOff.objects.create(agency=world.ward, on=day("2024-06-12"), name="Nghỉ bù")
    (period,) = open_periods(plan=world.plan, on=day("2024-06-01"))
    assert period.unit_due_on == day("2024-06-11")
