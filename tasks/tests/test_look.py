"""The look of the calendar: a fake clock over years, days without a worker, two schedulers."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import make_plan
from plans.models import Plan
from tasks import calendar
from tasks.jobs import look_at_calendar
from tasks.models import CalendarSetting, Occurrence, Period, Task
from tasks.services import activate_plan, add_task
from tasks.services.assignment import Assignment
from tasks.services.periods import open_due_periods

KINDS = list(calendar.MONTHS)


def use(agency, kinds):
    CalendarSetting.objects.update_or_create(agency=agency, defaults={"period_kinds": kinds})


def plan_of(world, year):
    plan = make_plan(world.ward)
    Plan.objects.filter(pk=plan.pk).update(year=year, number=f"{year}/KH-UBND")
    plan.refresh_from_db()
    return activate_plan(plan=plan, version=plan.version, by=world.lan)


def opened(plan):
    return sorted(plan.periods.values_list("kind", "ordinal"))


def every_period():
    return sorted((kind, n) for kind in KINDS for n in range(1, calendar.count(kind) + 1))


def test_three_years_open_every_period_exactly_once(world, stand_on):
    use(world.ward, KINDS)
    plans = []
    for year in (2024, 2025, 2026):
        stand_on(f"{year - 1}-12-20")
        plans.append(plan_of(world, year))
        for month in range(1, 13):  # the worker ran on few days of the year, twice on each
            if month not in (2, 3, 4, 8):
                stand_on(f"{year}-{month:02d}-{3 * month - 2:02d}")
                look_at_calendar()
                look_at_calendar()
        stand_on(f"{year}-12-14")
        look_at_calendar()
    assert [opened(plan) for plan in plans] == [every_period()] * 3


def test_three_years_ask_every_task_once_per_period(world, stand_on):
    for year in (2024, 2025, 2026):
        stand_on(f"{year}-01-03")
        plan = plan_of(world, year)
        stand_on(f"{year}-12-01")  # eleven months without a worker
        look_at_calendar()
        look_at_calendar()
        asked = Occurrence.objects.filter(period__plan=plan, task__plan=plan)
        every = plan.tasks.filter(schedule=Task.Schedule.EVERY_PERIOD)
        assert asked.count() == 4 * every.count()


def test_recurrences_of_a_year_exist_once_whatever_days_were_missed(world, stand_on):
    stand_on("2024-01-02")
    plan = plan_of(world, 2024)
    twice = Assignment(lead_unit=world.culture, schedule="rules", rules="FREQ=MONTHLY;BYMONTHDAY=10,25")
    task = add_task(plan=plan, source="Công văn 5", title="Giao ban", assignment=twice, by=world.lan)
    for day in ("2024-02-01", "2024-02-01", "2024-07-25", "2024-12-31"):
        stand_on(day)
        look_at_calendar()
    dates = list(task.occurrences.order_by("due_on").values_list("due_on", flat=True))
    assert dates == [dt.date(2024, month, day) for month in range(1, 13) for day in (10, 25)]


def test_look_makes_a_date_that_a_rule_lacks_but_none_that_was_moved(world_with_plan, stand_on):
    world = world_with_plan
    twice = Assignment(lead_unit=world.culture, schedule="rules", rules="FREQ=MONTHLY;BYMONTHDAY=10")
    task = add_task(plan=world.plan, source="Công văn 5", title="Giao ban", assignment=twice, by=world.lan)
    task.occurrences.filter(due_on="2024-05-10").delete()
    task.occurrences.filter(due_on="2024-06-10").update(due_on="2024-06-20")
    look_at_calendar()
    dates = (
        task.occurrences.filter(due_on__month__in=(5, 6)).order_by("due_on").values_list("due_on", flat=True)
    )
    assert list(dates) == [dt.date(2024, 5, 10), dt.date(2024, 6, 20)]


def test_work_that_came_later_is_not_asked_for_in_a_missed_period(world_with_plan, stand_on):
    world = world_with_plan
    stand_on("2024-07-01")
    task = add_task(
        plan=world.plan,
        source="Công văn 9",
        title="Việc mới",
        assignment=Assignment(world.culture),
        by=world.lan,
    )
    Period.objects.filter(plan=world.plan, ordinal=3).update(ordinal=4)
    open_due_periods(plan=world.plan, on=dt.date(2024, 10, 1))
    assert not task.occurrences.filter(period__ordinal=2).exists()


def test_look_stays_away_from_drafts_and_brings_next_years_holidays(world_with_plan, stand_on):
    world = world_with_plan
    draft = make_plan(world.ward)
    stand_on("2025-12-01")
    look_at_calendar()
    assert not draft.periods.exists()
    assert world.ward.days_off.filter(on="2026-01-01").exists()


def test_trouble_of_one_plan_does_not_keep_the_others_waiting(world_with_plan, stand_on):
    world = world_with_plan
    Task.objects.filter(plan=world.plan).update(schedule="rules", rules="không phải quy tắc")
    other = plan_of(world, 2024)
    stand_on("2024-06-20")
    look_at_calendar()
    assert other.periods.filter(ordinal=3).exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(looks=st.lists(st.dates(dt.date(2024, 3, 5), dt.date(2025, 2, 1)), max_size=6))
def test_looks_in_any_order_never_open_a_period_twice_nor_leave_a_gap(world_with_plan, looks):
    plan = world_with_plan.plan
    Occurrence.objects.filter(period__plan=plan).delete()
    plan.periods.all().delete()
    use(plan.agency, KINDS)
    for on in sorted(looks):
        open_due_periods(plan=plan, on=on)
        open_due_periods(plan=plan, on=on)
    found = opened(plan)
    assert len(found) == len(set(found))
    for kind in KINDS:
        ordinals = [n for k, n in found if k == kind]
        assert ordinals == list(range(min(ordinals, default=0), max(ordinals, default=-1) + 1))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_open_each_period_once(world_with_plan, stand_on):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time anyway")
    plan = world_with_plan.plan
    use(plan.agency, KINDS)
    both = threading.Barrier(2)

    def look():
        both.wait()
        look_at_calendar()
        connections.close_all()

    stand_on("2024-12-01")
    threads = [threading.Thread(target=look) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    found = opened(plan)
    assert len(found) == len(set(found))
    asked = list(Occurrence.objects.filter(period__plan=plan).values_list("task_id", "period_id"))
    assert len(asked) == len(set(asked)) >= 4 * 3
