from decimal import Decimal

import pytest

from tasks.figure_hints import figure_hints, identity_in_words, jump_words
from tasks.models import Indicator

LETTERS = Indicator(code="ton", identity="ton + nhan = xong + chuyen")


def figures(**values):
    return {code: Decimal(value) for code, value in values.items()}


def test_an_identity_that_does_not_hold_stands_at_its_indicator():
    found = figure_hints([LETTERS], figures(ton=1000, nhan=5, xong=4, chuyen=1), {})
    assert found == {"ton": ["Chưa khớp: một bên 1.005, một bên 5"]}


@pytest.mark.parametrize(
    "values",
    [figures(ton=2, nhan=5, xong=4, chuyen=3), figures(ton=2, nhan=5, xong=4), {}],
)
def test_an_identity_that_holds_or_has_a_gap_is_no_hint(values):
    assert figure_hints([LETTERS], values, {}) == {}


def test_an_identity_that_nobody_can_read_is_no_hint():
    assert figure_hints([Indicator(code="ton", identity="ton = = 2")], figures(ton=2), {}) == {}


@pytest.mark.parametrize(("value", "previous", "words"), [(120, 12, "Gấp 10"), (1, 12, "Chưa bằng")])
def test_a_tenfold_jump_is_pointed_out(value, previous, words):
    assert jump_words(Decimal(value), Decimal(previous)).startswith(words)


@pytest.mark.parametrize(("value", "previous"), [(119, 12), (2, 12), (50, 0), (0, 50), (5, None), (None, 5)])
def test_smaller_steps_and_noughts_are_no_jump(value, previous):
    was = None if previous is None else Decimal(previous)
    assert jump_words(None if value is None else Decimal(value), was) == ""


def test_an_identity_reads_in_names():
    assert identity_in_words("a + b = c", {"a": "Tồn", "b": "Nhận", "c": "Xong"}) == "Tồn + Nhận = Xong"
