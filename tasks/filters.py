"""The filters of the task list. They live in its address, which numbers on other pages point to:

`ke-hoach` plan · `ky` period · `don-vi` unit id, or `chua` for work nobody leads · `noi-dung` key of a content item ·
`tinh-trang` one of `KEEPS` · `han` one of `DUE` · `tu`, `den` first and last day of the deadline · `lanh-dao` id of the
leader who oversees it, or `chua` · `im-lang` days without news · `tim` words, accents and case aside.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Unit, User
from danvan.text import fold
from plans.content import ContentItem
from tasks import status
from tasks.forms.assignment import dress
from tasks.models import Occurrence, Period
from tasks.overview import Line
from tasks.status import Cell, Standing

NOBODY = "chua"


def _live(line: Line) -> bool:
    return line.standing is not Standing.CANCELLED


def _in_cell(cell: Cell) -> Callable[[Line], bool]:
    return lambda line: _live(line) and status.cell_of(line.occurrence, line.on) is cell


def _stands(standing: Standing) -> Callable[[Line], bool]:
    return lambda line: line.standing is standing


# What each word keeps; the sums of the dashboards count by the same rules.
KEEPS: dict[str, tuple[str, Callable[[Line], bool]]] = {
    "missing": (
        "Còn thiếu kết quả kỳ này",
        lambda line: (
            _live(line) and bool(line.occurrence.period_id) and not status.has_result(line.occurrence)
        ),
    ),
    "answered": (
        "Đã có kết quả kỳ này",
        lambda line: _live(line) and bool(line.occurrence.period_id) and status.has_result(line.occurrence),
    ),
    "overdue": ("Quá hạn", _in_cell(Cell.OPEN_OVERDUE)),
    "due_soon": ("Sắp đến hạn", _stands(Standing.DUE_SOON)),
    "open_in_time": ("Chưa hoàn thành, trong hạn", _in_cell(Cell.OPEN_IN_TIME)),
    "done_late": ("Hoàn thành quá hạn", _in_cell(Cell.DONE_LATE)),
    "done_on_time": ("Hoàn thành đúng hạn", _in_cell(Cell.DONE_ON_TIME)),
    "waiting": ("Chờ kiểm tra", lambda line: _live(line) and status.is_waiting(line.occurrence)),
    "confirming": (
        "Chờ lãnh đạo xác nhận",
        lambda line: _live(line) and status.is_confirming(line.occurrence),
    ),
    "returned": ("Bị trả lại", lambda line: _live(line) and status.is_returned(line.occurrence)),
    "silent": (f"Không có tin từ {status.SILENT_DAYS} ngày", lambda line: line.is_silent),
    "cancelled": ("Đã rút", _stands(Standing.CANCELLED)),
}
ALIASES = {Cell.OPEN_OVERDUE.value: "overdue"}


def _open_within(days: int) -> Callable[[Line], bool]:
    return lambda line: line.is_open and 0 <= (line.occurrence.shown_due_on - line.on).days <= days


# What each choice of «Hạn» keeps: open work only. Here the deadline of a period counts like any other.
DUE: dict[str, tuple[str, Callable[[Line], bool]]] = {
    "qua": ("Đã qua hạn", lambda line: line.is_open and line.occurrence.shown_due_on < line.on),
    "7-ngay": ("Trong 7 ngày tới", _open_within(7)),
    "30-ngay": ("Trong 30 ngày tới", _open_within(30)),
}
# Names in the address are Vietnamese, as all visible paths are; names of fields are English, as all code is.
NAMES = {
    "period": "ky",
    "unit": "don-vi",
    "content": "noi-dung",
    "standing": "tinh-trang",
    "words": "tim",
    "due": "han",
    "from_on": "tu",
    "to_on": "den",
    "overseer": "lanh-dao",
    "silence": "im-lang",
}


def address_of(asked: Mapping[str, str], *, without: Sequence[str] = ()) -> str:
    """The part of the address after the «?» that says which plan and which filters, in a steady order."""
    kept = {key: asked.get(key, "") for key in ("ke-hoach", *NAMES.values()) if key not in without}
    return urlencode({key: value for key, value in kept.items() if value})


def tail_of(asked: Mapping[str, str]) -> str:
    """«?…» with what `address_of` says, or nothing: to hang on the path of another page that reads the same filters."""
    address = address_of(asked)
    return f"?{address}" if address else ""


@dataclass(frozen=True)
class Chip:
    """One chosen filter in words; `rest` is the address without it."""

    label: str
    words: str
    rest: str


class AddressForm(forms.Form):
    use_required_attribute = False

    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)


class DayFilter(django_filters.DateFilter):
    """A day as people here write it: dd/mm/yyyy."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})
        wrong = {"invalid": "Ngày chưa đúng. Hãy ghi như 30/06/2024."}
        super().__init__(method="leave", widget=widget, error_messages=wrong, **kwargs)


class DaysFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField


class TaskFilter(django_filters.FilterSet):
    """Searching and narrowing the rows of one plan. What Python alone can tell is kept by `keeps`."""

    words = django_filters.CharFilter(label="Tìm việc", method="search")
    unit = django_filters.ChoiceFilter(label="Đơn vị chủ trì", method="led_by", empty_label="Tất cả đơn vị")
    standing = django_filters.ChoiceFilter(label="Tình trạng", method="leave", empty_label="Mọi tình trạng")
    due = django_filters.ChoiceFilter(label="Hạn", method="leave", empty_label="Mọi thời hạn")
    content = django_filters.ChoiceFilter(label="Nội dung", method="leave", empty_label="Tất cả nội dung")
    overseer = django_filters.ChoiceFilter(
        label="Lãnh đạo phụ trách", method="overseen_by", empty_label="Mọi lãnh đạo"
    )
    from_on = DayFilter(label="Hạn từ ngày")
    to_on = DayFilter(label="Hạn đến ngày")
    silence = DaysFilter(
        label="Chưa có tin (ngày)",
        method="leave",
        min_value=1,
        max_value=999,
        error_messages={
            "invalid": "Ghi số ngày, ví dụ 14.",
            "min_value": "Ghi từ 1 ngày trở lên.",
            "max_value": "Ghi nhiều nhất 999 ngày.",
        },
    )
    period = django_filters.ChoiceFilter(
        label="Kỳ", method="leave", empty_label="Kỳ đang mở và việc có thời hạn"
    )

    class Meta:
        model = Occurrence
        form = AddressForm
        fields: list[str] = []

    def __init__(
        self,
        data: Any,
        queryset: QuerySet[Occurrence],
        *,
        units: Sequence[Unit],
        contents: Sequence[ContentItem],
        periods: Sequence[Period],
        leaders: Sequence[User],
    ) -> None:
        self._asked = _known(data)
        super().__init__(self._asked, queryset)
        self._chosen: dict[str, Any] | None = None
        fields = self.form.fields
        _offer(fields["unit"], [(str(unit.pk), unit.name) for unit in units] + [(NOBODY, "Chưa phân công")])
        _offer(fields["content"], [(place.key, _short(place)) for place in contents])
        _offer(fields["standing"], [(key, words) for key, (words, _) in KEEPS.items()])
        _offer(fields["due"], [(key, words) for key, (words, _) in DUE.items()])
        _offer(fields["overseer"], [(str(user.pk), str(user)) for user in leaders] + [(NOBODY, "Chưa có")])
        _offer(fields["period"], [(str(period.pk), period.title) for period in periods])
        fields["words"].widget.input_type = "search"
        dress(self.form)

    def search(self, rows: QuerySet[Occurrence], _name: str, value: str) -> QuerySet[Occurrence]:
        for word in fold(value).split():
            rows = rows.filter(Q(task__folded__contains=word) | Q(task__lead_unit__folded__contains=word))
        return rows

    def led_by(self, rows: QuerySet[Occurrence], _name: str, value: str) -> QuerySet[Occurrence]:
        return rows.filter(task__lead_unit=None if value == NOBODY else int(value))

    def overseen_by(self, rows: QuerySet[Occurrence], _name: str, value: str) -> QuerySet[Occurrence]:
        return rows.filter(task__overseer=None if value == NOBODY else int(value))

    def leave(self, rows: QuerySet[Occurrence], _name: str, _value: str) -> QuerySet[Occurrence]:
        return rows

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and understood; a word nobody offers is as good as none."""
        if self._chosen is None:
            self.is_valid()
            self._chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        return self._chosen

    def chips(self) -> list[Chip]:
        """The chosen filters in the order of the form, each with the address that takes it away."""
        return [
            Chip(
                self.form.fields[name].label or "",
                self._words(name),
                address_of(self._asked, without=[NAMES[name]]),
            )
            for name in self.form.fields
            if name in self.chosen
        ]

    def _words(self, name: str) -> str:
        value = self.chosen[name]
        if isinstance(value, dt.date):
            return f"{value:%d/%m/%Y}"
        choices = getattr(self.form.fields[name], "choices", ())
        return str(dict(choices).get(value, value))

    def keeps(self, line: Line) -> bool:
        """Cancelled work is shown only to who asks for it."""
        chosen = self.chosen
        standing, due, silence = chosen.get("standing"), chosen.get("due"), chosen.get("silence")
        first, last = chosen.get("from_on", dt.date.min), chosen.get("to_on", dt.date.max)
        return (
            (KEEPS[standing][1](line) if standing else _live(line))
            and (not due or DUE[due][1](line))
            and (not silence or line.is_silent_for(silence))
            and first <= line.occurrence.shown_due_on <= last
        )


def _known(data: Any) -> dict[str, str]:
    """The address as a plain form; whatever is not there is as good as empty."""
    known = {name: data.get(name, "") for name in ("ke-hoach", *NAMES.values())}
    known["tinh-trang"] = ALIASES.get(known["tinh-trang"], known["tinh-trang"])
    return known


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    field.choices = [("", field.empty_label), *choices]  # type: ignore[attr-defined]


def _short(place: ContentItem) -> str:
    words = str(place)
    return words if len(words) <= 60 else f"{words[:59]}…"
