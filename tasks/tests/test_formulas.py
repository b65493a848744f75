from decimal import Decimal

import pytest

from tasks.formulas import codes, evaluate, identity_codes, mismatch, sides
from tasks.indicator_set import INDICATORS

RATE = "100 * (truoc + dung) / (truoc + dung + qua)"


def figures(**values):
    return {name: None if value is None else Decimal(value) for name, value in values.items()}


def test_formula_counts_a_rate():
    assert evaluate(RATE, figures(truoc=60, dung=39, qua=1)) == Decimal("99.00")


def test_formula_rounds_halves_up_as_people_do():
    assert evaluate("a / 8", figures(a=1)) == Decimal("0.13")


def test_formula_has_no_result_without_a_base():
    assert evaluate(RATE, figures(truoc=0, dung=0, qua=0)) is None


def test_formula_has_no_result_where_a_figure_is_missing():
    assert evaluate(RATE, figures(truoc=1, dung=None, qua=0)) is None


def test_formula_knows_a_leading_minus():
    assert evaluate(" -a + 3", figures(a=1)) == Decimal("2.00")


@pytest.mark.parametrize(
    "formula",
    [
        "a ** 9",
        "len(a)",
        "a.b",
        "'x' * 9",
        "True + 1",
        "1j",
        "99,5",
        "",
        "a +",
        "1e400",
        "9" * 600,
        "[a]",
        "a < 1",
    ],
)
def test_formula_refuses_what_is_no_arithmetic(formula):
    with pytest.raises(ValueError, match="formula|figure"):
        evaluate(formula, figures(a=2))


def test_codes_are_those_the_formula_counts_on():
    assert codes(RATE) == {"truoc", "dung", "qua"}


def test_every_seeded_formula_counts_on_seeded_indicators():
    known = {seed.code for seed in INDICATORS if not seed.formula}
    assert all(codes(seed.formula) <= known for seed in INDICATORS if seed.formula)


@pytest.mark.parametrize("identity", ["a + b", "a = b = c", "a = 2", "a + = b", ""])
def test_identity_refuses_what_has_no_two_sides_of_codes(identity):
    with pytest.raises(ValueError, match="identity|formula"):
        sides(identity)


def test_identity_tells_what_both_sides_come_to():
    assert mismatch("a + b = c", figures(a=1, b=2, c=4)) == (Decimal("3.00"), Decimal("4.00"))


def test_identity_with_a_gap_is_not_judged():
    assert mismatch("a + b = c", figures(a=1, c=4)) is None


def test_every_seeded_identity_speaks_of_seeded_indicators():
    known = {seed.code for seed in INDICATORS if not seed.formula}
    assert all(identity_codes(seed.identity) <= known for seed in INDICATORS if seed.identity)
