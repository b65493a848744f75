"""Phụ lục I: what units counted, summed over units and periods. Read through `reports.figures`.

A value counts once its update is accepted; the last accepted one per indicator, unit and period is the value. Figures
of shorter periods flow into a longer one where nobody typed the longer one's. Nothing typed stays None: the tables
say «chưa có số liệu», never 0.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from plans.content import ContentMap
from tasks import calendar
from tasks.formulas import evaluate
from tasks.models import Indicator, IndicatorValue, Period, PlanIndicator, ProgressUpdate

# A stock is not summed over periods: the year's opening stock is its first, the closing stock its last.
OPENING_STOCKS = frozenset({"don_ton"})
CLOSING_STOCKS = frozenset({"don_chuyen", "tthc_dang", "mo_hinh_duy_tri"})
# What must agree, left side and right side; shown as a warning, never mended.
IDENTITIES = (
    (("don_ton", "don_nhan"), ("don_giai_quyet", "don_chuyen")),
    (("tthc_nhan",), ("tthc_truoc_han", "tthc_dung_han", "tthc_qua_han", "tthc_dang")),
)
AVERAGED = "%"

Combine = Callable[[list[Decimal]], Decimal]


@dataclass(frozen=True)
class IndicatorRow:
    """One line of Phụ lục I: TT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm | Trong kỳ | Lũy kế | Cùng kỳ | So sánh | Ghi chú.

    Figures are Decimals to two places, None where nobody entered any. `comparison` = 100 × in_period ÷ last_year.
    `updates` are the ids of the accepted updates behind `in_period`.
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


class Given(NamedTuple):
    """A value that counts, with where it came from."""

    value: Decimal
    unit_id: int
    period: Period
    update_id: int


class Slot(NamedTuple):
    """A reporting period by its place in the calendar, whether or not a row exists for it."""

    kind: str
    year: int
    ordinal: int


def indicator_rows(*, period: Period, contents: ContentMap | None = None) -> list[IndicatorRow]:
    """Every indicator of the period's plan, in its order. Two queries beside those of `ContentMap`."""
    contents = contents or ContentMap(period.plan)
    given = _given(period)
    columns = _Columns(period, given)
    bindings = list(PlanIndicator.objects.filter(plan=period.plan_id).select_related("indicator"))
    sums = {name: columns.sums(name, bindings) for name in ("in_period", "cumulative", "last_year")}
    warnings = _warnings(sums["in_period"])
    return [
        _row(number, binding, contents, sums, warnings, columns)
        for number, binding in enumerate(bindings, start=1)
    ]


def _row(
    number: int,
    binding: PlanIndicator,
    contents: ContentMap,
    sums: Mapping[str, Mapping[str, Decimal | None]],
    warnings: Mapping[str, str],
    columns: "_Columns",
) -> IndicatorRow:
    indicator = binding.indicator
    in_period, last_year = sums["in_period"][indicator.code], sums["last_year"][indicator.code]
    return IndicatorRow(
        number=number,
        code=indicator.code,
        name=indicator.name,
        measure=indicator.measure,
        content_key=contents.of(binding.item_id).key if binding.item_id else "",
        yearly_target=binding.yearly_target,
        in_period=in_period,
        cumulative=sums["cumulative"][indicator.code],
        last_year=last_year,
        comparison=None if indicator.measure == AVERAGED else percent_of(in_period, last_year),
        note=_note(indicator, in_period),
        warning=warnings.get(indicator.code, ""),
        updates=columns.sources(indicator.pk),
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


def _warnings(values: Mapping[str, Decimal | None]) -> dict[str, str]:
    """Beside the first indicator of an identity that does not hold; an identity with a gap is not judged."""
    found = {}
    for left, right in IDENTITIES:
        known = [values.get(code) for code in (*left, *right)]
        if None in known:
            continue
        before, after = sum(values[code] or 0 for code in left), sum(values[code] or 0 for code in right)
        if before != after:
            found[left[0]] = f"Chưa khớp: một bên {_plain(before)}, một bên {_plain(after)}"
    return found


def _plain(number: Decimal | int) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number}"


# --- From accepted values to columns ------------------------------------------------------------------------------


def _given(period: Period) -> dict[int, list[Given]]:
    """Indicator id → what counts, of this plan's year and of the agency's year before. One query."""
    this_year = Q(period__plan=period.plan_id, period__year=period.year)
    year_before = Q(period__agency=period.agency_id, period__year=period.year - 1)
    rows = IndicatorValue.objects.filter(
        this_year | year_before, update__outcome=ProgressUpdate.Outcome.ACCEPTED
    ).select_related("period", "update")
    # On one piece of work the last value stands, also where another unit has taken the work over since.
    by_work = {(row.indicator_id, row.update.occurrence_id): row for row in rows.order_by("update_id", "pk")}
    last: dict[tuple[int, int, int], IndicatorValue] = {}
    for row in sorted(by_work.values(), key=lambda row: (row.update_id, row.pk)):
        last[row.indicator_id, row.unit_id, row.period_id] = row
    given: dict[int, list[Given]] = defaultdict(list)
    for row in last.values():
        given[row.indicator_id].append(Given(row.value, row.unit_id, row.period, row.update_id))
    return given


class _Columns:
    """The three columns that are sums: the period, the year up to it, the same period a year before."""

    def __init__(self, period: Period, given: Mapping[int, list[Given]]) -> None:
        self.period, self.given = period, given
        self.slots = {
            "in_period": [Slot(period.kind, period.year, period.ordinal)],
            "cumulative": [
                Slot(period.kind, period.year, ordinal) for ordinal in range(1, period.ordinal + 1)
            ],
            "last_year": [Slot(period.kind, period.year - 1, period.ordinal)],
        }

    def sums(self, column: str, bindings: Iterable[PlanIndicator]) -> dict[str, Decimal | None]:
        """Code → figure; formulas are computed from the sums, so that a rate of the ward is no mean of rates."""
        typed = {b.indicator.code: self._sum(column, b.indicator) for b in bindings}
        for binding in bindings:
            if binding.indicator.formula:
                typed[binding.indicator.code] = _computed(binding.indicator.formula, typed)
        return typed

    def sources(self, indicator_id: int) -> tuple[int, ...]:
        found = self._in_slot(indicator_id, self.slots["in_period"][0])
        return tuple(sorted({one.update_id for one in found}))

    def _sum(self, column: str, indicator: Indicator) -> Decimal | None:
        over_periods, over_units = _combining(indicator)
        per_slot = []
        for slot in self.slots[column]:
            by_unit: dict[int, list[Given]] = defaultdict(list)
            for one in self._in_slot(indicator.pk, slot):
                by_unit[one.unit_id].append(one)
            units = [over_periods([one.value for one in _in_time(ones)]) for ones in by_unit.values()]
            if units:
                per_slot.append(over_units(units))
        return over_periods(per_slot).quantize(Decimal("0.01")) if per_slot else None

    def _in_slot(self, indicator_id: int, slot: Slot) -> list[Given]:
        """Per unit the values of the longest periods that lie in the slot."""
        longest: dict[int, int] = {}
        inside = [one for one in self.given.get(indicator_id, ()) if self._falls_in(one.period, slot)]
        for one in inside:
            longest[one.unit_id] = max(longest.get(one.unit_id, 0), _length(one.period.kind))
        return [one for one in inside if _length(one.period.kind) == longest[one.unit_id]]

    def _falls_in(self, period: Period, slot: Slot) -> bool:
        if slot.kind not in calendar.MONTHS:  # free periods stand alone
            return period.pk == self.period.pk and slot.year == self.period.year
        if period.kind == slot.kind:
            return (period.year, period.ordinal) == (slot.year, slot.ordinal)
        if _length(period.kind) >= _length(slot.kind) or period.kind not in calendar.MONTHS:
            return False
        window = calendar.window(*slot)
        return window.covers_from <= period.covers_to <= window.covers_to


def _length(kind: str) -> int:
    return calendar.MONTHS.get(kind, 1)


def _in_time(ones: Iterable[Given]) -> list[Given]:
    def end(one: Given) -> dt.date:
        return one.period.covers_to

    return sorted(ones, key=end)


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
