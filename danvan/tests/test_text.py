import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.text import POINT_LABELS, clean, day_and_month, excerpt, fold, nfc, person_sort_key, sort_key


@pytest.mark.parametrize(
    ("on", "words"), [("2024-03-05", "05/3"), ("2024-02-12", "12/02"), ("2024-06-12", "12/6")]
)
def test_day_and_month_take_the_noughts_of_official_papers(on, words):
    assert day_and_month(dt.date.fromisoformat(on)) == words


def test_nfc_joins_letters_typed_in_parts():
    assert nfc(unicodedata.normalize("NFD", "Ủy ban")) == "Ủy ban"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dân vận", "dan van"),
        ("Đoàn", "doan"),
        ("Uỷ ban", "Ủy ban"),
        ("hoà giải", "hòa  giải"),
        ("ĐẢNG ỦY", "Đảng uỷ"),
    ],
)
def test_fold_is_blind_to_accents_case_and_spaces(one, other):
    assert fold(one) == fold(other)


def test_clean_folds_odd_spaces_and_drops_invisible_characters():
    assert clean("\ufeff Kế\u00a0 hoạch\u200b\t số\n10 ") == "Kế hoạch số 10"


@pytest.mark.parametrize(
    "in_order",
    [
        ["An", "Ăn", "Ân", "Bình"],
        ["Dũng", "Đạt"],
        ["on", "ôn", "ơn"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Hội Nông dân", "Hội Phụ nữ"],
        ["An", "An Bình", "Anh"],
        ["Tổ 2", "Tổ 10"],
        ["Mã Anh", "Ma Bình"],
    ],
)
def test_sort_key_follows_the_vietnamese_order(in_order):
    assert sorted(reversed(in_order), key=sort_key) == in_order


def test_sort_key_does_not_depend_on_where_the_tone_is_written():
    assert sort_key("hoà") == sort_key("hòa")


def test_person_sort_key_takes_the_given_name_first():
    people = ["Vũ Thanh Bình", "Nguyễn Thị Tâm", "Lê Văn An", "Bùi Văn An"]
    assert sorted(people, key=person_sort_key) == [
        "Bùi Văn An",
        "Lê Văn An",
        "Vũ Thanh Bình",
        "Nguyễn Thị Tâm",
    ]


def test_point_labels_are_the_vietnamese_alphabet():
    assert POINT_LABELS[:7] == ["a", "b", "c", "d", "đ", "e", "g"]
    assert not set("fjwz") & set(POINT_LABELS)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Thực hiện thư xin lỗi.", "Thực hiện thư xin lỗi"),
        ("Rà soát thủ tục; niêm yết công khai.", "Rà soát thủ tục"),
        ("Đạt 99,5% trở lên. Báo cáo năm.", "Đạt 99,5% trở lên"),
        ("một hai ba bốn", "một hai…"),
        ("", ""),
    ],
)
def test_excerpt_is_the_first_clause_cut_at_a_word(text, short):
    assert excerpt(text, 10 if "bốn" in text else 120) == short


@given(st.text())
def test_no_text_breaks_the_keys(text):
    assert len(excerpt(text)) <= 120
    assert fold(fold(text)) == fold(text)
    assert isinstance(person_sort_key(text), str)
