"""The filters of the task list. They live in its address, which numbers on other pages point to:

`ke-hoach` plan · `ky` period · `don-vi` unit id, or `chua` for work nobody leads · `noi-dung` key of a content item ·
`tinh-trang` one of `KEEPS` · `tim` words, accents and case aside.
"""

from collections.abc import Callable, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Unit
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
    "returned": ("Bị trả lại", lambda line: _live(line) and status.is_returned(line.occurrence)),
    "silent": (f"Không có tin từ {status.SILENT_DAYS} ngày", lambda line: line.is_silent),
    "cancelled": ("Đã rút", _stands(Standing.CANCELLED)),
}
ALIASES = {Cell.OPEN_OVERDUE.value: "overdue"}
# Names in the address are Vietnamese, as all visible paths are; names of fields are English, as all code is.
NAMES = {"period": "ky", "unit": "don-vi", "content": "noi-dung", "standing": "tinh-trang", "words": "tim"}


class AddressForm(forms.Form):
    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)


class TaskFilter(django_filters.FilterSet):
    """Searching and narrowing the rows of one plan. What Python alone can tell is kept by `keeps`."""

    words = django_filters.CharFilter(label="Tìm việc", method="search")
    unit = django_filters.ChoiceFilter(label="Đơn vị chủ trì", method="led_by", empty_label="Tất cả đơn vị")
    content = django_filters.ChoiceFilter(label="Nội dung", method="leave", empty_label="Tất cả nội dung")
    standing = django_filters.ChoiceFilter(label="Tình trạng", method="leave", empty_label="Mọi tình trạng")
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
    ) -> None:
        super().__init__(_known(data), queryset)
        self._chosen: dict[str, str] | None = None
        fields = self.form.fields
        _offer(fields["unit"], [(str(unit.pk), unit.name) for unit in units] + [(NOBODY, "Chưa phân công")])
        _offer(fields["content"], [(place.key, _short(place)) for place in contents])
        _offer(fields["standing"], [(key, words) for key, (words, _) in KEEPS.items()])
        _offer(fields["period"], [(str(period.pk), period.title) for period in periods])
        fields["words"].widget.input_type = "search"
        dress(self.form)

    def search(self, rows: QuerySet[Occurrence], _name: str, value: str) -> QuerySet[Occurrence]:
        for word in fold(value).split():
            rows = rows.filter(Q(task__folded__contains=word) | Q(task__lead_unit__folded__contains=word))
        return rows

    def led_by(self, rows: QuerySet[Occurrence], _name: str, value: str) -> QuerySet[Occurrence]:
        return rows.filter(task__lead_unit=None if value == NOBODY else int(value))

    def leave(self, rows: QuerySet[Occurrence], _name: str, _value: str) -> QuerySet[Occurrence]:
        return rows

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for and understood; a word nobody offers is as good as none."""
        if self._chosen is None:
            self.is_valid()
            self._chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        return self._chosen

    def keeps(self, line: Line) -> bool:
        """Cancelled work is shown only to who asks for it."""
        standing = self.chosen.get("standing")
        return KEEPS[standing][1](line) if standing else _live(line)


def _known(data: Any) -> dict[str, str]:
    """The address as a plain form; whatever is not there is as good as empty."""
    known = {name: data.get(name, "") for name in NAMES.values()}
    known["tinh-trang"] = ALIASES.get(known["tinh-trang"], known["tinh-trang"])
    return known


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    field.choices = [("", field.empty_label), *choices]  # type: ignore[attr-defined]


def _short(place: ContentItem) -> str:
    words = str(place)
    return words if len(words) <= 60 else f"{words[:59]}…"
