import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks import calendar
from tasks.calendar import WorkingDays

DAY = dt.timedelta(days=1)
TILING = ("month", "quarter", "half_year", "year")
years = st.integers(2000, 2100)
days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
calendars = st.builds(
    WorkingDays,
    off=st.frozensets(st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), max_size=12),
    extra=st.frozensets(st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), max_size=4),
)


@pytest.mark.parametrize(
    ("kind", "ordinal", "covers_from", "covers_to"),
    [
        ("month", 1, "2023-12-15", "2024-01-14"),
        ("month", 3, "2024-02-15", "2024-03-14"),
        ("quarter", 1, "2023-12-15", "2024-03-14"),
        ("quarter", 4, "2024-09-15", "2024-12-14"),
        ("half_year", 1, "2023-12-15", "2024-06-14"),
        ("half_year", 2, "2024-06-15", "2024-12-14"),
        ("nine_months", 1, "2023-12-15", "2024-09-14"),
        ("year", 1, "2023-12-15", "2024-12-14"),
    ],
)
def test_window_follows_the_decree(kind, ordinal, covers_from, covers_to):
    window = calendar.window(kind, 2024, ordinal)
    assert (window.covers_from.isoformat(), window.covers_to.isoformat()) == (covers_from, covers_to)


@given(years, st.sampled_from(TILING))
def test_windows_of_a_year_tile_it_without_gap_or_overlap(year, kind):
    windows = [calendar.window(kind, year, ordinal) for ordinal in range(1, calendar.count(kind) + 1)]
    assert windows[0].covers_from == dt.date(year - 1, 12, 15)
    assert all(
        after.covers_from == before.covers_to + DAY
        for before, after in zip(windows, windows[1:], strict=False)
    )
    assert windows[-1].covers_to + DAY == calendar.window(kind, year + 1, 1).covers_from


@given(days, st.sampled_from(TILING))
def test_position_names_the_window_that_holds_the_day(day, kind):
    window = calendar.window(kind, *calendar.position(kind, day))
    assert window.covers_from <= day <= window.covers_to


@given(days)
def test_position_of_nine_months_is_the_year_that_is_reported(day):
    year, ordinal = calendar.position("nine_months", day)
    assert ordinal == 1
    assert calendar.window("year", year).covers_from <= day <= calendar.window("year", year).covers_to


@pytest.mark.parametrize(
    ("kind", "ordinal"), [("quarter", 0), ("quarter", 5), ("nine_months", 2), ("month", 13)]
)
def test_window_refuses_a_period_that_is_none(kind, ordinal):
    with pytest.raises(ValueError, match="no period"):
        calendar.window(kind, 2024, ordinal)


@pytest.mark.parametrize(
    ("kind", "ordinal", "words"),
    [
        ("month", 9, "tháng 9 năm 2024"),
        ("quarter", 1, "quý I năm 2024"),
        ("half_year", 2, "6 tháng cuối năm 2024"),
        ("nine_months", 1, "9 tháng năm 2024"),
        ("year", 1, "năm 2024"),
    ],
)
def test_title_is_as_reports_are_called(kind, ordinal, words):
    assert calendar.title(kind, 2024, ordinal) == words


@given(days.filter(lambda day: day.weekday() < 5), st.integers(-40, 40))
def test_shift_there_and_back_is_where_it_began(day, count):
    ordinary = WorkingDays()
    assert ordinary.shift(ordinary.shift(day, count), -count) == day


@given(calendars, st.dates(dt.date(2024, 3, 1), dt.date(2024, 10, 31)), st.integers(1, 20))
def test_shift_counts_working_days_only(working, day, count):
    end = working.shift(day, count)
    passed = [day + DAY * step for step in range(1, (end - day).days + 1)]
    assert working.is_working(end)
    assert sum(map(working.is_working, passed)) == count


def test_swapped_weekend_day_is_worked_on():
    saturday = dt.date(2024, 5, 4)
    assert WorkingDays(extra={saturday}).shift(dt.date(2024, 5, 3), 1) == saturday


@given(calendars, st.integers(1, 4))
def test_a_working_day_lies_between_closing_and_sending(working, quarter):
    covers_to = calendar.window("quarter", 2024, quarter).covers_to
    due = calendar.deadlines(covers_to, working)
    assert due.unit_due_on < covers_to < due.office_due_on == due.chair_due_on < due.due_on
    assert working.is_working(due.office_due_on)


def test_deadlines_of_the_first_quarter_of_2024():
    due = calendar.deadlines(dt.date(2024, 3, 14), WorkingDays())
    assert due.unit_due_on == dt.date(2024, 3, 12)
    assert due.due_on == dt.date(2024, 3, 18)


@pytest.mark.parametrize(
    ("due", "bound", "last"),
    [
        ("2024-06-15", "before", "2024-06-14"),
        ("2024-06-15", "by", "2024-06-15"),
        ("2024-06-15", None, "2024-06-15"),
        ("2024-06-15", "", "2024-06-15"),
        ("2024-02", None, "2024-02-29"),
        ("2024-06", "before", "2024-05-31"),
        ("2024-Q2", None, "2024-06-30"),
        ("2024-Q2", "before", "2024-03-31"),
        ("2024-Q1", "before", "2023-12-31"),
        ("2024", None, "2024-12-31"),
        ("2024", "before", "2023-12-31"),
    ],
)
def test_last_day_in_time_of_the_words(due, bound, last):
    assert calendar.last_day_in_time(due, bound).isoformat() == last


@pytest.mark.parametrize("due", ["15/6", "2024-13", "2024-Q5", "2024-02-30", "", "quý II"])
def test_last_day_in_time_refuses_other_shapes(due):
    with pytest.raises(ValueError):
        calendar.last_day_in_time(due, None)


@given(years, st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"]))
def test_recurrence_falls_due_on_closing_days(year, word):
    dates = calendar.dates_of(calendar.RULES[word], dt.date(year, 1, 1), dt.date(year, 12, 31))
    kind = {"monthly": "month", "quarterly": "quarter", "half_yearly": "half_year", "yearly": "year"}[word]
    assert dates == [calendar.window(kind, year, n).covers_to for n in range(1, calendar.count(kind) + 1)]


@given(days, st.integers(0, 700), st.sampled_from(sorted(calendar.RULES)))
def test_dates_of_lie_within_their_bounds(since, length, word):
    until = min(since + DAY * length, dt.date(2100, 12, 31))
    dates = calendar.dates_of(calendar.RULES[word], since, until)
    assert dates == sorted(set(dates))
    assert all(since <= day <= until for day in dates)


def test_dates_of_several_lines_name_a_shared_day_once():
    rules = f"{calendar.RULES['monthly']}\n\n{calendar.RULES['quarterly']}"
    dates = calendar.dates_of(rules, dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert len(dates) == 12


@pytest.mark.parametrize("rules", ["hằng tháng", "FREQ=OFTEN", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX"])
def test_dates_of_refuses_what_is_no_rule(rules):
    with pytest.raises(ValueError):
        calendar.dates_of(rules, dt.date(2024, 1, 1), dt.date(2024, 12, 31))
