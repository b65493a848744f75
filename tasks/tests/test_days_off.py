import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Event
from danvan.problems import Conflict, Problem
from tasks import status
from tasks.calendar import Due, WorkingDays
from tasks.models import CalendarSetting, DayOff, Occurrence
from tasks.services import (
    add_days_off,
    assign_task,
    assignment_of,
    move_deadline,
    remove_day_off,
    save_calendar,
    seed_days_off,
)
from tasks.services import days_off as service
from tasks.status import Cell
from tasks.tests.deeds import say

REUNIFICATION, LABOUR, AFTER = dt.date(2024, 4, 30), dt.date(2024, 5, 1), dt.date(2024, 5, 2)
holidays_of_2024 = st.frozensets(st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), max_size=10)


def set_calendar(world, *, moves):
    CalendarSetting.objects.update_or_create(agency=world.ward, defaults={"moves_deadlines": moves})


def due_on(world, day):
    """The second task of the plan, due on that day."""
    task = world.tasks[1]
    task.refresh_from_db()
    row = replace(assignment_of(task), schedule="dates", dates=[day])
    assign_task(task=task, version=task.version, assignment=row, by=world.lan)
    return task.occurrences.get(cancelled_on=None)


def take_off(world, day, to_on=None, name="Nghỉ theo thông báo", is_working=False):
    return add_days_off(
        agency=world.ward, from_on=day, to_on=to_on or day, name=name, is_working=is_working, by=world.lan
    )


@settings(max_examples=50)
@given(holidays_of_2024, st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 1)))
def test_deadline_that_moves_comes_to_the_first_working_day(off, named):
    days = WorkingDays(off=off, moves_deadlines=True)
    due = days.due(named)
    between = [named + dt.timedelta(days=step) for step in range((due.due_on - named).days)]
    assert days.is_working(due.due_on)
    assert not any(map(days.is_working, between))
    assert (due.named_on is None) == (due.due_on == named)


@settings(max_examples=50)
@given(holidays_of_2024, st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 1)))
def test_deadline_that_stays_tells_the_working_day_after_it(off, named):
    days = WorkingDays(off=off)
    workday = None if days.is_working(named) else days.shift(named, 1)
    assert days.due(named) == Due(named, workday_on=workday)


def test_deadline_on_a_holiday_shows_both_dates_and_moves(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = due_on(world, REUNIFICATION)
    assert one.due_words == "30/04/2024 (nghỉ) → 02/05/2024"
    assert (one.due_on, one.first_due_on) == (AFTER, REUNIFICATION)


def test_deadline_on_a_holiday_shows_both_dates_and_stays(world_with_plan):
    one = due_on(world_with_plan, REUNIFICATION)
    assert one.due_words == "30/04/2024 (nghỉ; ngày làm việc sau đó: 02/05/2024)"
    assert one.due_on == REUNIFICATION


@pytest.mark.parametrize(("moves", "cell"), [(True, Cell.OPEN_IN_TIME), (False, Cell.OPEN_OVERDUE)])
def test_status_goes_by_the_deadline_that_governs(world_with_plan, moves, cell):
    world = world_with_plan
    set_calendar(world, moves=moves)
    one = due_on(world, REUNIFICATION)
    assert status.cell_of(one, AFTER) is cell
    overdue = Occurrence.objects.overdue(AFTER).filter(pk=one.pk).exists()
    assert overdue is (cell is Cell.OPEN_OVERDUE)


def test_moved_deadline_is_no_extension_and_saves_again_unchanged(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = due_on(world, REUNIFICATION)
    assert not one.is_extended
    assert assignment_of(world.tasks[1]).dates == (REUNIFICATION,)
    assert due_on(world, REUNIFICATION) == one


def test_two_dates_that_move_to_one_day_stay_two(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    row = replace(assignment_of(world.tasks[0]), schedule="dates", dates=[REUNIFICATION, LABOUR])
    task = world.tasks[0]
    task.refresh_from_db()
    assign_task(task=task, version=task.version, assignment=row, by=world.lan)
    assert [one.due_on for one in task.occurrences.all()] == [AFTER, AFTER]


def test_extension_to_a_day_off_moves_too(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = world.tasks[1].occurrences.get()
    words = {"reason": "Chờ kinh phí.", "document": ""}
    move_deadline(occurrence=one, version=one.version, to_on=REUNIFICATION, by=world.lan, **words)
    one.refresh_from_db()
    assert (one.named_on, one.due_on, one.is_extended) == (REUNIFICATION, AFTER, True)


def test_day_off_announced_later_moves_what_is_open(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = due_on(world, dt.date(2024, 5, 10))
    assert take_off(world, dt.date(2024, 5, 10)) == 1
    one.refresh_from_db()
    assert one.due_words == "10/05/2024 (nghỉ) → 13/05/2024"
    assert Event.objects.about(one).get().words.endswith("theo lịch ngày nghỉ")


def test_day_taken_out_brings_the_deadline_back(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = due_on(world, dt.date(2024, 5, 10))
    take_off(world, dt.date(2024, 5, 10))
    remove_day_off(day=DayOff.objects.get(on="2024-05-10"), by=world.lan)
    one.refresh_from_db()
    assert (one.due_on, one.named_on) == (dt.date(2024, 5, 10), None)


def test_swapped_saturday_is_a_day_in_time(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    take_off(world, dt.date(2024, 6, 8), name="Làm bù", is_working=True)
    assert due_on(world, dt.date(2024, 6, 8)).due_words == "08/06/2024"


def test_holidays_bring_the_saturdays_worked_in_exchange(world):
    seed_days_off(agency=world.ward, years=[2024])
    assert DayOff.objects.get(agency=world.ward, on="2024-05-04").is_working


def test_what_is_past_stays_as_it_was_judged(world_with_plan, stand_on):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = due_on(world, dt.date(2024, 5, 10))
    stand_on("2024-05-11")
    assert take_off(world, dt.date(2024, 5, 10)) == 0
    one.refresh_from_db()
    assert one.due_on == dt.date(2024, 5, 10)


def test_no_change_of_the_calendar_puts_a_deadline_into_the_past(world_with_plan, stand_on):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = due_on(world, REUNIFICATION)
    stand_on("2024-05-02")
    remove_day_off(day=DayOff.objects.get(on=REUNIFICATION), by=world.lan)
    one.refresh_from_db()
    assert one.due_on == AFTER


def test_finished_work_keeps_its_deadline(world_with_plan):
    world = world_with_plan
    one = due_on(world, REUNIFICATION)
    Occurrence.objects.filter(pk=one.pk).update(completed_on="2024-03-05")
    save_calendar(agency=world.ward, version=1, moves_deadlines=True, period_kinds=["quarter"], by=world.lan)
    one.refresh_from_db()
    assert one.due_on == REUNIFICATION


def test_setting_moves_the_open_deadlines_and_keeps_their_updates(world_with_plan):
    world = world_with_plan
    one = due_on(world, REUNIFICATION)
    say(one, "in_progress", by=world.hung)
    moved = save_calendar(
        agency=world.ward, version=1, moves_deadlines=True, period_kinds=["quarter"], by=world.lan
    )
    one.refresh_from_db()
    assert (moved, one.due_on, one.updates.count()) == (1, AFTER, 1)


def test_stale_setting_is_refused(world_with_plan):
    world = world_with_plan
    said = {"agency": world.ward, "moves_deadlines": True, "period_kinds": ["quarter"], "by": world.lan}
    save_calendar(version=1, **said)
    with pytest.raises(Conflict):
        save_calendar(version=1, **said)


def test_holiday_that_was_taken_out_does_not_come_back(world):
    seed_days_off(agency=world.ward, years=[2024])
    remove_day_off(day=DayOff.objects.get(agency=world.ward, on=LABOUR), by=world.lan)
    seed_days_off(agency=world.ward, years=[2024, 2025])
    assert not DayOff.objects.filter(agency=world.ward, on=LABOUR).exists()


def test_day_is_taken_out_once_however_often_the_button_is_pressed(world):
    seed_days_off(agency=world.ward, years=[2024])
    day = DayOff.objects.get(agency=world.ward, on=LABOUR)
    remove_day_off(day=day, by=world.lan)
    remove_day_off(day=day, by=world.lan)
    assert Event.objects.filter(verb="remove_day_off").count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"day": REUNIFICATION}, "đã có trong lịch"),
        ({"day": AFTER, "is_working": True}, "vốn là ngày làm việc"),
        ({"day": AFTER, "to_on": LABOUR}, "từ ngày đầu"),
        ({"day": AFTER, "to_on": dt.date(2024, 12, 1)}, "nhiều nhất"),
        ({"day": AFTER, "name": " "}, "Ghi tên"),
    ],
)
def test_day_off_that_cannot_be_is_refused(world, said, words):
    seed_days_off(agency=world.ward, years=[2024])
    with pytest.raises(Problem, match=words):
        take_off(world, **said)


def test_days_off_of_another_agency_move_nothing_here(world_with_plan):
    world = world_with_plan
    set_calendar(world, moves=True)
    one = due_on(world, dt.date(2024, 5, 10))
    add_days_off(
        agency=world.other,
        from_on=one.due_on,
        to_on=one.due_on,
        name="Nghỉ",
        is_working=False,
        by=world.stranger,
    )
    one.refresh_from_db()
    assert one.due_on == dt.date(2024, 5, 10)


def test_calendar_counts_on_from_the_version_that_is_there(world_with_plan):
    one = due_on(world_with_plan, dt.date(2024, 5, 10))
    Occurrence.objects.filter(pk=one.pk).update(version=one.version + 3)
    service._brought(one, Due(dt.date(2024, 5, 13)))
    assert Occurrence.objects.get(pk=one.pk).version == one.version + 4


def test_calendar_leaves_work_that_was_cancelled_meanwhile(world_with_plan):
    one = due_on(world_with_plan, dt.date(2024, 5, 10))
    Occurrence.objects.filter(pk=one.pk).update(cancelled_on=dt.date(2024, 3, 5))
    assert not service._brought(one, Due(dt.date(2024, 5, 13)))


def test_day_added_by_two_at_once_is_told(world):
    day = DayOff(agency=world.ward, on=dt.date(2024, 5, 10), name="Nghỉ bù")
    day.save()
    with pytest.raises(Problem, match="vừa thêm"):
        service._keep([DayOff(agency=world.ward, on=day.on, name="Nghỉ")])
