"""Phụ lục I: what units counted, summed over units and periods. Read through `reports.figures`.

The values of a piece of work are those of its last accepted update: what a correction left out is gone. Of one indicator,
unit and period the last of them is the value. Figures of shorter periods flow into a longer one where nobody typed the
longer one's: of every unit the periods that cover most months and never overlap. Nothing typed stays None: the tables say
«chưa có số liệu», never 0.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q

from danvan.text import fold
from plans.content import ContentMap
from plans.models import Plan
from tasks import calendar
from tasks.figure_hints import identity_words
from tasks.formulas import evaluate
from tasks.models import Indicator, IndicatorValue, Period, PlanIndicator

# A stock is not summed over periods: the year's opening stock is its first, the closing stock its last.
OPENING_STOCKS = frozenset({"don_ton"})
CLOSING_STOCKS = frozenset({"don_chuyen", "tthc_dang", "mo_hinh_duy_tri"})
AVERAGED = "%"
COLUMNS = ("in_period", "cumulative", "last_year")

Combine = Callable[[list[Decimal]], Decimal]


@dataclass(frozen=True)
class IndicatorRow:
    """One line of Phụ lục I: TT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm | Trong kỳ | Lũy kế | Cùng kỳ | So sánh | Ghi chú.

    Figures are Decimals to two places, None where nobody entered any. `comparison` = 100 × in_period ÷ last_year,
    `of_target` = 100 × cumulative ÷ yearly_target, both to one place. `updates` are the ids of the accepted updates behind `in_period`.
    """

    number: int
    code: str
    name: str
    measure: str
    content_key: str
    yearly_target: Decimal | None
    in_period: Decimal | None
    cumulative: Decimal | None
    last_year: Decimal | None
    comparison: Decimal | None
    note: str
    warning: str
    updates: tuple[int, ...]
    of_target: Decimal | None = None


class Given(NamedTuple):
    """A value that counts, with where it came from."""

    value: Decimal
    unit_id: int
    period: Period
    update_id: int


def indicator_rows(*, period: Period, contents: ContentMap | None = None) -> list[IndicatorRow]:
    """Every indicator of the period's plan, in its order. Two queries beside those of `ContentMap`."""
    contents = contents or ContentMap(period.plan)
    columns = _Columns(period, _given(period))
    bindings = list(PlanIndicator.objects.filter(plan=period.plan_id).select_related("indicator"))
    sums = {name: columns.sums(name, bindings) for name in COLUMNS}
    return [
        _row(number, binding, contents, sums, columns) for number, binding in enumerate(bindings, start=1)
    ]


def _row(
    number: int,
    binding: PlanIndicator,
    contents: ContentMap,
    sums: Mapping[str, Mapping[str, Decimal | None]],
    columns: "_Columns",
) -> IndicatorRow:
    indicator = binding.indicator
    in_period, cumulative, last_year = (sums[column][indicator.code] for column in COLUMNS)
    is_averaged = indicator.measure == AVERAGED
    of_target = None if is_averaged else percent_of(cumulative, binding.yearly_target)
    return IndicatorRow(
        number=number,
        code=indicator.code,
        name=indicator.name,
        measure=indicator.measure,
        content_key=contents.of(binding.item_id).key if binding.item_id else "",
        yearly_target=binding.yearly_target,
        in_period=in_period,
        cumulative=cumulative,
        last_year=last_year,
        comparison=None if is_averaged else percent_of(in_period, last_year),
        note=_note(indicator, in_period),
        warning=identity_words(indicator, sums["in_period"]),
        updates=columns.sources(indicator.pk),
        of_target=of_target,
    )


def percent_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """100 × part ÷ whole to one place; None where either is missing or the base is nought."""
    if part is None or not whole:
        return None
    return (100 * part / whole).quantize(Decimal("0.1"))


def _note(indicator: Indicator, in_period: Decimal | None) -> str:
    if in_period is None:
        return "chưa có số liệu"
    if indicator.formula:
        return "tính từ tổng các đơn vị"
    if indicator.measure == AVERAGED:
        return "bình quân các đơn vị có báo cáo"
    if indicator.code in OPENING_STOCKS:
        return "lũy kế: số đầu năm"
    return "lũy kế: số cuối kỳ" if indicator.code in CLOSING_STOCKS else ""


# --- From accepted values to columns ------------------------------------------------------------------------------


def _given(period: Period) -> dict[int, list[Given]]:
    """Indicator id → what counts, of this plan's year and of the year before. One query."""
    this_year = Q(period__plan=period.plan_id, period__year=period.year)
    year_before = Q(period__agency=period.agency_id, period__year=period.year - 1)
    rows = list(
        IndicatorValue.objects.filter(
            this_year | year_before, update__occurrence__accepted_update=F("update")
        )
        .select_related("period__plan")
        .order_by("update_id", "pk")
    )
    compared = _compared_plans(period, rows)
    last: dict[tuple[int, int, int], IndicatorValue] = {}
    for row in rows:
        if row.period.year == period.year or row.period.plan_id in compared:
            last[row.indicator_id, row.unit_id, row.period_id] = row
    given: dict[int, list[Given]] = defaultdict(list)
    for row in last.values():
        given[row.indicator_id].append(Given(row.value, row.unit_id, row.period, row.update_id))
    return given


def _compared_plans(period: Period, rows: Iterable[IndicatorValue]) -> set[int]:
    """Which plans the year before is read from: this plan itself, else the one of the same title, else all the agency's."""
    plans = {row.period.plan for row in rows if row.period.year == period.year - 1}
    same = {plan.pk for plan in plans if plan.pk == period.plan_id}
    alike = {plan.pk for plan in plans if _timeless(plan) == _timeless(period.plan)}
    return same or alike or {plan.pk for plan in plans}


def _timeless(plan: Plan) -> str:
    """The title without its year, so that next year's plan finds this one."""
    return " ".join(re.sub(r"\d+", " ", fold(plan.title)).split())


class _Columns:
    """The three columns that are sums: the period, the year up to it, the same period a year before."""

    def __init__(self, period: Period, given: Mapping[int, list[Given]]) -> None:
        self.period, self.given = period, given
        first, last = months_of(period)
        self.spans = {
            "in_period": (period.year, first, last),
            "cumulative": (period.year, 0, last),
            "last_year": (period.year - 1, first, last),
        }

    def sums(self, column: str, bindings: Iterable[PlanIndicator]) -> dict[str, Decimal | None]:
        """Code → figure; formulas are computed from the sums, so that a rate of the ward is no mean of rates."""
        typed = {b.indicator.code: self._sum(column, b.indicator) for b in bindings}
        computed = {
            b.indicator.code: _computed(b.indicator.formula, typed) for b in bindings if b.indicator.formula
        }
        return typed | computed

    def sources(self, indicator_id: int) -> tuple[int, ...]:
        found = self._parts(indicator_id, "in_period")
        return tuple(sorted({one.update_id for ones in found for one in ones}))

    def _sum(self, column: str, indicator: Indicator) -> Decimal | None:
        if indicator.formula:  # computed, never typed: also where somebody typed it before it had a formula
            return None
        over_periods, over_units = _combining(indicator)
        units = [over_periods([one.value for one in ones]) for ones in self._parts(indicator.pk, column)]
        return over_units(units).quantize(Decimal("0.01")) if units else None

    def _parts(self, indicator_id: int, column: str) -> list[list[Given]]:
        """Per unit and plan the values that make up a column, in the order of time."""
        by_unit: dict[tuple[int, int], list[Given]] = defaultdict(list)
        for one in self.given.get(indicator_id, ()):
            if self._falls_in(one.period, column):
                by_unit[one.unit_id, one.period.plan_id].append(one)
        if self.period.kind not in calendar.MONTHS:
            return list(by_unit.values())
        return [disjoint(ones) for ones in by_unit.values()]

    def _falls_in(self, period: Period, column: str) -> bool:
        if self.period.kind not in calendar.MONTHS:  # free periods stand alone
            return period.pk == self.period.pk and column != "last_year"
        year, first, last = self.spans[column]
        begin, end = months_of(period)
        return period.kind in calendar.MONTHS and period.year == year and first <= begin and end <= last


def months_of(period: Period) -> tuple[int, int]:
    """Where a period lies in its year, in months: quý II is (3, 6). Its own days may have been moved; its place not."""
    length = calendar.MONTHS.get(period.kind, 0)
    return length * (period.ordinal - 1), length * period.ordinal


def disjoint(ones: Iterable[Given]) -> list[Given]:
    """Of one unit's values those that cover most months without covering one twice; of equals the fewest, so the longest."""
    best: list[tuple[int, int, list[Given]]] = [
        (0, 0, [])
    ]  # months covered, minus how many, which: up to each month
    ending: dict[int, list[Given]] = defaultdict(list)
    for one in ones:
        ending[months_of(one.period)[1]].append(one)
    for month in range(1, 13):
        found = best[-1]
        for one in ending[month]:
            begin = months_of(one.period)[0]
            covered, fewer, before = best[begin]
            found = max(found, (covered + month - begin, fewer - 1, [*before, one]), key=lambda way: way[:2])
        best.append(found)
    return best[-1][2]


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal()) / len(values)


def _sum(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal())


def _combining(indicator: Indicator) -> tuple[Combine, Combine]:
    """How figures go together over periods and over units."""
    if indicator.measure == AVERAGED:
        return _mean, _mean
    if indicator.code in OPENING_STOCKS:
        return lambda values: values[0], _sum
    if indicator.code in CLOSING_STOCKS:
        return lambda values: values[-1], _sum
    return _sum, _sum


def _computed(formula: str, values: Mapping[str, Decimal | None]) -> Decimal | None:
    try:
        return evaluate(formula, values)
    except ValueError:  # a formula nobody can read gives no figure, never a wrong one
        return None
