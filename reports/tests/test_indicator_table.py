import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.indicator_table import indicator_rows
from reports.tests.making import bind, figures_of, finish, make_plan, make_task, open_quarter, send
from tasks.models import Occurrence, Period
from tasks.services import assign_task, assignment_of

QUARTER_2 = dt.date(2024, 4, 2)


@pytest.fixture
def plan(world):
    return make_plan(world.ward)


@pytest.fixture
def cards(world, plan):
    """Two units, each with one card of quarter I."""
    make_task(plan, 1, world.culture)
    make_task(plan, 1, world.justice)
    open_quarter(plan)
    return list(Occurrence.objects.order_by("task_id"))


def row_of(period, code):
    return next(row for row in indicator_rows(period=period) if row.code == code)


def answer(card, world, *pairs):
    return finish(card, world, values=figures_of(*pairs))


def test_figures_of_units_are_summed(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 2))
    answer(cards[1], world, (indicator, 3))

    row = row_of(cards[0].period, "hoi_nghi")

    assert (row.in_period, row.cumulative) == (Decimal("5.00"), Decimal("5.00"))


def test_nothing_entered_is_no_figure(plan, cards):
    bind(plan, "hoi_nghi")

    row = row_of(cards[0].period, "hoi_nghi")

    assert (row.in_period, row.cumulative, row.last_year, row.note) == (None, None, None, "chưa có số liệu")


def test_a_typed_nought_is_a_figure(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 0))

    assert row_of(cards[0].period, "hoi_nghi").in_period == 0


def test_a_figure_waiting_for_the_office_does_not_count(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    send(cards[0], world.hung, values=figures_of((indicator, 2)))

    assert row_of(cards[0].period, "hoi_nghi").in_period is None


def test_the_last_accepted_figure_replaces_the_one_before(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 2))
    last = answer(cards[0], world, (indicator, 7))

    row = row_of(cards[0].period, "hoi_nghi")

    assert (row.in_period, row.updates) == (7, (last.pk,))


def test_percentages_are_averaged_and_say_so(world, plan, cards):
    indicator = bind(plan, "hai_long", measure="%")
    answer(cards[0], world, (indicator, 90))
    answer(cards[1], world, (indicator, 95))

    row = row_of(cards[0].period, "hai_long")

    assert (row.in_period, row.note) == (Decimal("92.50"), "bình quân các đơn vị có báo cáo")


def test_formulas_are_computed_from_sums(world, plan, cards):
    kept, late = bind(plan, "dung_han"), bind(plan, "qua_han")
    bind(plan, "ty_le", measure="%", formula="100 * dung_han / (dung_han + qua_han)")
    answer(cards[0], world, (kept, 90), (late, 0))
    answer(cards[1], world, (kept, 0), (late, 10))

    assert row_of(cards[0].period, "ty_le").in_period == Decimal("90.00")


def test_formula_with_an_empty_base_gives_no_figure(world, plan, cards):
    kept, late = bind(plan, "dung_han"), bind(plan, "qua_han")
    bind(plan, "ty_le", measure="%", formula="100 * dung_han / (dung_han + qua_han)")
    answer(cards[0], world, (kept, 0), (late, 0))

    assert row_of(cards[0].period, "ty_le").in_period is None


def test_the_year_so_far_sums_its_quarters(world, plan, cards, stand_on):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 2))
    stand_on("2024-04-02")
    second = open_quarter(plan, QUARTER_2)
    answer(second.occurrences.first(), world, (indicator, 3))

    row = row_of(second, "hoi_nghi")

    assert (row.in_period, row.cumulative) == (3, 5)
    assert row_of(cards[0].period, "hoi_nghi").cumulative == 2


def test_stocks_are_not_summed_over_quarters(world, plan, cards, stand_on):
    opening, closing = bind(plan, "don_ton"), bind(plan, "don_chuyen")
    answer(cards[0], world, (opening, 4), (closing, 6))
    stand_on("2024-04-02")
    second = open_quarter(plan, QUARTER_2)
    answer(second.occurrences.first(), world, (opening, 6), (closing, 1))

    rows = {row.code: row.cumulative for row in indicator_rows(period=second)}

    assert rows == {"don_ton": 4, "don_chuyen": 1}


def test_figures_of_months_flow_into_the_quarter(world, plan):
    indicator = bind(plan, "hoi_nghi")
    make_task(plan, 1, world.culture, period_kind=Period.Kind.MONTH)
    for day in (dt.date(2024, 2, 1), dt.date(2024, 3, 1)):
        open_quarter(plan, day)
    for card in Occurrence.objects.all():
        answer(card, world, (indicator, 2))

    quarter = Period.objects.get(kind="quarter")

    assert row_of(quarter, "hoi_nghi").in_period == 4


def test_same_period_of_last_year_is_compared(world, plan, cards, stand_on):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 4))
    before = make_plan(world.ward, year=2023)
    make_task(before, 1, world.culture)
    past = open_quarter(before, dt.date(2023, 3, 1))
    answer(past.occurrences.get(), world, (indicator, 5))

    row = row_of(cards[0].period, "hoi_nghi")

    assert (row.last_year, row.comparison) == (5, Decimal("80.0"))


def test_figures_of_another_agency_stay_out(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    elsewhere = make_plan(world.other)
    bind(elsewhere, "hoi_nghi")
    make_task(elsewhere, 1, world.stranger_unit)
    card = open_quarter(elsewhere).occurrences.get()
    answer(card, world, (indicator, 9))

    assert row_of(cards[0].period, "hoi_nghi").in_period is None


def test_an_identity_that_does_not_hold_is_pointed_out(world, plan, cards):
    codes = [bind(plan, code) for code in ("don_ton", "don_nhan", "don_giai_quyet", "don_chuyen")]
    answer(cards[0], world, *zip(codes, (2, 5, 4, 1), strict=True))

    assert row_of(cards[0].period, "don_ton").warning == "Chưa khớp: một bên 7, một bên 5"


def test_an_identity_that_holds_is_left_alone(world, plan, cards):
    codes = [bind(plan, code) for code in ("don_ton", "don_nhan", "don_giai_quyet", "don_chuyen")]
    answer(cards[0], world, *zip(codes, (2, 5, 4, 3), strict=True))

    assert {row.warning for row in indicator_rows(period=cards[0].period)} == {""}


def test_work_taken_over_by_another_unit_is_counted_once(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 5))
    task = cards[0].task
    row = replace(assignment_of(task), lead_unit=world.justice)
    assign_task(task=task, version=task.version, assignment=row, by=world.lan)
    card = Occurrence.objects.get(pk=cards[0].pk)
    answer(card, world, (indicator, 6))

    assert row_of(card.period, "hoi_nghi").in_period == 6
