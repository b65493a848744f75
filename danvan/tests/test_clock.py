"""Where the portal stands in time: the machine's own clock, a day told to it, or a moment told to it."""

import datetime as dt

import pytest

from danvan import clock


def test_told_day_keeps_the_real_time_of_day(stand_on):
    stand_on("2024-03-20")
    before, told, after = clock.real_now(), clock.now(), clock.real_now()
    assert told.date() == clock.today() == dt.date(2024, 3, 20)
    assert before.time() <= told.time() <= after.time() or after.date() > before.date()


def test_told_moment_is_taken_as_it_is(stand_on):
    stand_on("2024-03-05T09:15")
    assert clock.now() == dt.datetime(2024, 3, 5, 9, 15, tzinfo=clock.ZONE)
    assert clock.today() == dt.date(2024, 3, 5)


def test_told_moment_with_an_offset_is_shown_in_vietnamese_time(stand_on):
    stand_on("2024-03-05T20:00+00:00")
    assert clock.now().isoformat() == "2024-03-06T03:00:00+07:00"


def test_machine_clock_counts_where_nothing_is_told(stand_on):
    stand_on("")
    assert abs(clock.now() - clock.real_now()) < dt.timedelta(seconds=5)


def test_leases_never_follow_the_story(stand_on):
    stand_on("2024-03-05T09:15")
    assert clock.real_now().year > 2024


@pytest.mark.parametrize("told", ["hôm qua", "2024-13-01", "2024-03-05T25:00"])
def test_moment_that_is_none_is_refused(stand_on, told):
    stand_on(told)
    with pytest.raises(ValueError):
        clock.now()
