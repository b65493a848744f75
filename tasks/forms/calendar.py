"""What the office types about its calendar: days off, how deadlines on them count, the days of a period."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Layout, Row
from django import forms

from tasks.models import CalendarSetting, Period
from tasks.services import PeriodDates, dates_of_period

OFF, WORKED = "nghi", "lam-bu"
KINDS = (
    (Period.Kind.MONTH, "Tháng"),
    (Period.Kind.QUARTER, "Quý"),
    (Period.Kind.HALF_YEAR, "6 tháng"),
    (Period.Kind.NINE_MONTHS, "9 tháng"),
    (Period.Kind.YEAR, "Năm"),
)


class DayField(forms.DateField):
    """dd/mm/yyyy, typed."""

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
        )
        errors = {"required": "Ghi ngày này.", "invalid": "Ngày chưa đúng. Hãy ghi như 30/04/2024."}
        super().__init__(label=label, widget=widget, error_messages=errors, **kwargs)


def _helper(*layout: object) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*layout)
    return helper


class DayOffForm(forms.Form):
    kind = forms.ChoiceField(
        label="Thêm",
        choices=((OFF, "Ngày nghỉ"), (WORKED, "Ngày làm bù (Thứ Bảy, Chủ nhật đi làm)")),
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn ngày nghỉ hay ngày làm bù."},
    )
    from_on = DayField(label="Ngày")
    to_on = DayField(label="Đến hết ngày (nếu nhiều ngày)", required=False)
    name = forms.CharField(
        label="Tên ngày nghỉ, hoặc lý do",
        max_length=100,
        error_messages={"required": "Ghi tên ngày nghỉ hoặc lý do."},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"kind": OFF})
        self.helper = _helper(
            "kind",
            Row(Field("from_on", wrapper_class="col-md"), Field("to_on", wrapper_class="col-md")),
            "name",
        )

    def said(self) -> dict[str, Any]:
        """What `add_days_off` takes."""
        found = self.cleaned_data
        return {
            "from_on": found["from_on"],
            "to_on": found["to_on"] or found["from_on"],
            "name": found["name"],
            "is_working": found["kind"] == WORKED,
        }


class SettingForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    moves_deadlines = forms.BooleanField(
        label="Thời hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc sau",
        required=False,
        help_text="Nếu không chọn, thời hạn vẫn là ngày đã ghi. Cách nào cũng hiện đủ cả hai ngày.",
    )
    period_kinds = forms.MultipleChoiceField(
        label="Các kỳ báo cáo tự mở",
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kỳ mà một việc cần để báo kết quả thì luôn được mở.",
        error_messages={"required": "Chọn ít nhất một loại kỳ báo cáo."},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, setting: CalendarSetting) -> None:
        names = ("version", "moves_deadlines", "period_kinds")
        super().__init__(data, initial={name: getattr(setting, name) for name in names})
        self.helper = _helper("version", "moves_deadlines", "period_kinds")


class PeriodForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    covers_to = DayField(label="Ngày chốt số liệu")
    unit_due_on = DayField(label="Hạn đơn vị gửi")
    office_due_on = DayField(label="Hạn Văn phòng trình")
    chair_due_on = DayField(label="Hạn lãnh đạo duyệt")
    due_on = DayField(label="Hạn gửi cấp trên")
    covers_from = DayField(label="Số liệu từ ngày")

    use_required_attribute = False

    def __init__(self, data: Any = None, *, period: Period) -> None:
        super().__init__(data, initial=vars(dates_of_period(period)) | {"version": period.version})
        shown = " open" if self.errors.get("covers_from") else ""
        self.helper = _helper(
            "version",
            *map(Field, ("covers_to", "unit_due_on", "office_due_on", "chair_due_on", "due_on")),
            HTML(f'<details class="fold mb-3"{shown}><summary>Đổi ngày bắt đầu của số liệu</summary>'),
            "covers_from",
            HTML("</details>"),
        )

    def dates(self) -> PeriodDates:
        days: dict[str, dt.date] = {name: day for name, day in self.cleaned_data.items() if name != "version"}
        return PeriodDates(**days)
