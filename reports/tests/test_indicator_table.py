import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from reports.indicator_table import Given, disjoint, indicator_rows, months_of
from reports.tests.making import bind, figures_of, finish, make_plan, make_task, open_quarter, send
from tasks import calendar
from tasks.models import Occurrence, Period
from tasks.services import assign_task, assignment_of

QUARTER_2 = dt.date(2024, 4, 2)


@pytest.fixture
def cards(world, plan):
    """Two units, each with one card of quarter I."""
    make_task(plan, 1, world.culture)
    make_task(plan, 1, world.justice)
    open_quarter(plan)
    return list(Occurrence.objects.order_by("task_id"))


def row_of(period, code):
    return next(row for row in indicator_rows(period=period) if row.code == code)


def bind_letters(plan):
    identity = "don_ton + don_nhan = don_giai_quyet + don_chuyen"
    first = bind(plan, "don_ton", identity=identity)
    return [first, *(bind(plan, code) for code in ("don_nhan", "don_giai_quyet", "don_chuyen"))]


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
    codes = bind_letters(plan)
    answer(cards[0], world, *zip(codes, (2, 5, 4, 1), strict=True))

    assert row_of(cards[0].period, "don_ton").warning == "Chưa khớp: một bên 7, một bên 5"


def test_an_identity_that_holds_is_left_alone(world, plan, cards):
    codes = bind_letters(plan)
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


# --- What flows where ---------------------------------------------------------------------------------------------


def test_an_accepted_correction_that_blanks_a_figure_takes_it_away(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 2))
    answer(cards[0], world)

    assert row_of(cards[0].period, "hoi_nghi").in_period is None


def test_a_correction_that_waits_leaves_the_accepted_figure(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    answer(cards[0], world, (indicator, 2))
    send(cards[0], world.hung, values=figures_of((indicator, 9)))

    assert row_of(cards[0].period, "hoi_nghi").in_period == 2


def test_what_was_typed_before_there_was_a_formula_does_not_count(world, plan, cards):
    bind(plan, "a"), bind(plan, "b")
    rate = bind(plan, "ty_le", measure="%", formula="100 * a / b")
    answer(cards[0], world, (rate, 50))

    assert row_of(cards[0].period, "ty_le").in_period is None


def test_share_of_the_yearly_target_is_of_the_year_so_far(world, plan, cards):
    indicator = bind(plan, "hoi_nghi", yearly_target=Decimal(8))
    answer(cards[0], world, (indicator, 2))

    assert row_of(cards[0].period, "hoi_nghi").of_target == Decimal("25.0")


def past_quarter(world, value, indicator, **fields):
    before = make_plan(world.ward, year=2023, **fields)
    make_task(before, 1, world.culture)
    card = open_quarter(before, dt.date(2023, 3, 1)).occurrences.get()
    answer(card, world, (indicator, value))


def test_last_year_is_that_of_the_plan_of_the_same_name(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    plan.title = "Công tác dân vận năm 2024"
    plan.save()
    past_quarter(world, 5, indicator, title="Công tác dân vận năm 2023")
    past_quarter(world, 40, indicator, title="Phổ biến pháp luật năm 2023")

    assert row_of(cards[0].period, "hoi_nghi").last_year == 5


def test_without_a_plan_of_the_same_name_last_year_is_that_of_all(world, plan, cards):
    indicator = bind(plan, "hoi_nghi")
    past_quarter(world, 5, indicator, title="Công tác thi đua")
    past_quarter(world, 40, indicator, title="Phổ biến pháp luật")

    assert row_of(cards[0].period, "hoi_nghi").last_year == 45


def given(kind, ordinal, value):
    return Given(Decimal(value), 1, Period(kind=kind, year=2024, ordinal=ordinal), 1)


SLOTS = [(kind, n) for kind in calendar.MONTHS for n in range(1, calendar.count(kind) + 1)]


@given_any(st.lists(st.integers(0, 99), min_size=12, max_size=12), st.sets(st.sampled_from(SLOTS)))
def test_longer_periods_that_agree_with_their_months_change_no_sum(months, longer):
    ones = [given("month", n, value) for n, value in enumerate(months, start=1)]
    for kind, n in longer - {("month", n) for n in range(1, 13)}:
        begin, end = months_of(Period(kind=kind, ordinal=n))
        ones.append(given(kind, n, sum(months[begin:end])))

    assert sum(one.value for one in disjoint(ones)) == sum(months)


@given_any(st.sets(st.sampled_from(SLOTS), min_size=1))
def test_no_month_is_counted_twice(slots):
    found = disjoint(given(kind, n, 1) for kind, n in sorted(slots))
    counted = [month for one in found for month in range(*months_of(one.period))]

    assert len(counted) == len(set(counted))
    assert len(counted) >= max(calendar.MONTHS[kind] for kind, _ in slots)


@pytest.mark.parametrize(
    ("slots", "kept"),
    [
        ([("quarter", 1), ("month", 4), ("month", 5)], 3),  # the months of a quarter that nobody summed
        ([("nine_months", 1), ("quarter", 2), ("quarter", 4)], 2),
        ([("nine_months", 1), ("half_year", 1), ("half_year", 2)], 2),
        ([("year", 1), ("quarter", 1), ("quarter", 2), ("quarter", 3), ("quarter", 4)], 1),
    ],
)
def test_periods_of_many_lengths_make_up_the_year(slots, kept):
    assert len(disjoint(given(kind, n, 1) for kind, n in slots)) == kept
