import datetime as dt

import pytest

from danvan.problems import Problem
from plans import wording
from plans.models import Item

SHAPES = [
    ("2024-06-15", "15/06/2024"),
    ("2024-06", "tháng 6/2024"),
    ("2024-Q2", "quý II/2024"),
    ("2024", "năm 2024"),
]


@pytest.mark.parametrize(("code", "words"), SHAPES)
def test_due_is_said_in_words(code, words):
    assert wording.due_words(code) == words


@pytest.mark.parametrize(("code", "words"), SHAPES)
def test_due_words_are_read_back(code, words):
    assert wording.due_code(words) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("ngày 1.5.2024", "2024-05-01"), ("5/2024", "2024-05"), ("Quý 4/2024", "2024-Q4"), ("2025", "2025")],
)
def test_due_code_takes_what_people_type(typed, code):
    assert wording.due_code(typed) == code


@pytest.mark.parametrize("typed", ["31/02/2024", "13/2024", "quý V/2024", "sớm", "0000", "15/6"])
def test_due_code_refuses_what_is_no_date(typed):
    with pytest.raises(Problem, match="chưa đúng"):
        wording.due_code(typed)


def test_due_codes_are_parted_by_commas_and_semicolons():
    assert wording.due_codes("15/3/2024, 15/6/2024; năm 2024,") == ["2024-03-15", "2024-06-15", "2024"]


def test_said_names_only_what_the_document_says():
    item = Item(lead=["Công an phường"], due=["2024-06-15"], due_bound="before", frequency=["monthly"])

    assert wording.said(item) == ["chủ trì: Công an phường", "hạn: trước 15/06/2024", "lặp lại: hằng tháng"]


@pytest.mark.parametrize(
    ("target", "words"),
    [("ít nhất 99.5%", "ít nhất 99,5%"), ("1.000 người", "1.000 người"), ("2 mô hình", "2 mô hình")],
)
def test_targets_are_shown_with_the_decimal_comma(target, words):
    assert wording.said(Item(target=target)) == [f"mức giao: {words}"]


def test_said_is_empty_where_the_document_says_nothing():
    assert wording.said(Item(text="Nâng cao nhận thức")) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [((2024, 2, 27), "ngày 27 tháng 02 năm 2024"), ((2024, 3, 5), "ngày 05 tháng 3 năm 2024")],
)
def test_day_words_follow_the_decree(day, words):
    assert wording.day_words(dt.date(*day)) == words
