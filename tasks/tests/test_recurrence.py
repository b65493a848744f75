import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import calendar, recurrence

YEAR = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
month_days = st.lists(st.integers(1, 31), min_size=1, max_size=4, unique=True)
month_names = st.sampled_from(
    ["hằng tháng", "tháng cuối quý", "tháng đầu quý", "tháng 5 và tháng 10", "tháng 2 hằng năm"]
)


def dates_of(words):
    return calendar.dates_of(recurrence.read(words), *YEAR)


def days(*texts):
    return [dt.date(2024, *map(int, reversed(text.split("/")))) for text in texts]


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("ngày 12 tháng cuối quý", days("12/3", "12/6", "12/9", "12/12")),
        ("tháng 5 và tháng 10", days("31/5", "31/10")),
        ("ngày 15 tháng 5, 10", days("15/5", "15/10")),
        ("hằng quý", days("14/3", "14/6", "14/9", "14/12")),
        ("6 tháng một lần", days("14/6", "14/12")),
        ("hàng năm", days("14/12")),
        ("ngày 5 tháng 6 hằng năm", days("5/6")),
        ("ngày 30 tháng 2 và tháng 4", days("29/2", "30/4")),
    ],
)
def test_read_gives_the_days_that_people_mean(words, dates):
    assert dates_of(words) == dates


def test_read_knows_the_tenth_and_the_twenty_fifth():
    found = dates_of("Ngày 10 và ngày 25 hằng tháng")
    assert found == [dt.date(2024, month, day) for month in range(1, 13) for day in (10, 25)]


def test_read_knows_the_days_of_the_week():
    found = dates_of("thứ Hai và Chủ nhật hằng tuần")
    assert {day.weekday() for day in found} == {0, 6}


@pytest.mark.parametrize(
    "words", ["", "15/6", "thường xuyên", "ngày 40 hằng tháng", "tháng 13 và tháng 14", "khi cần"]
)
def test_read_refuses_what_says_no_repetition(words):
    with pytest.raises(ValueError):
        recurrence.read(words)


@settings(max_examples=60)
@given(month_days, month_names)
def test_words_can_be_typed_back(numbers, months):
    rules = recurrence.read(f"ngày {' và '.join(map(str, numbers))} {months}")
    assert recurrence.read(recurrence.words(rules)) == rules


@settings(max_examples=60)
@given(month_days, st.integers(2000, 2100))
def test_every_month_has_each_of_its_days_once(numbers, year):
    rules = recurrence.read(f"ngày {', '.join(map(str, numbers))} hằng tháng")
    found = calendar.dates_of(rules, dt.date(year, 1, 1), dt.date(year, 12, 31))
    per_month = [sum(day.month == month for day in found) for month in range(1, 13)]
    assert per_month[0] == len(numbers)  # January lacks no day
    assert all(1 <= held <= len(numbers) for held in per_month)


@pytest.mark.parametrize("rules", [*calendar.RULES.values(), *recurrence.PRESETS.values()])
def test_words_say_every_rule_that_can_be_chosen(rules):
    assert recurrence.read(recurrence.words(rules)) == rules


@pytest.mark.parametrize("rules", ["FREQ=DAILY", "FREQ=MONTHLY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=1MO", "x"])
def test_words_are_silent_on_other_rules(rules):
    assert recurrence.words(rules) == ""


@pytest.mark.parametrize(
    ("words", "is_meant"), [("15/6; 30/9", False), ("tháng 5", False), ("quý II", False)]
)
def test_days_are_no_repetition(words, is_meant):
    assert recurrence.is_meant(words) is is_meant


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Báo cáo về UBND phường chậm nhất ngày 20 hằng tháng.", "ngày 20 hằng tháng"),
        ("Gửi trước ngày 20 hàng tháng.", "ngày 19 hằng tháng"),
        ("Gửi trước ngày 1 hằng tháng.", ""),
        ("Báo cáo ngày 12 tháng cuối mỗi quý", "ngày 12 tháng cuối quý"),
        ("Duy trì hằng tháng việc tiếp công dân", ""),
    ],
)
def test_found_in_reads_the_days_that_a_sentence_names(sentence, words):
    assert recurrence.words(recurrence.found_in(sentence)) == words


def test_rule_of_every_second_month_gives_the_same_days_whenever_asked():
    rules, until = "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5", dt.date(2024, 12, 31)
    whole = calendar.dates_of(rules, dt.date(2024, 1, 1), until)
    assert calendar.dates_of(rules, dt.date(2024, 4, 1), until) == [day for day in whole if day.month > 3]
