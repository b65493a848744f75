"""Small forms of the office: work by letter, cancelling, moving a deadline. Each carries the version it was shown at."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Row
from django import forms

from plans.models import Plan
from tasks.forms.assignment import DATES, NO_LEAD, TIMES, Choices, TimeForm
from tasks.services import Assignment


def _helper(*fields: object) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields)
    return helper


class AddForm(TimeForm):
    """Work ordered by a later letter. Five questions."""

    source = forms.CharField(
        label="Theo văn bản",
        max_length=300,
        help_text="Số, ngày và cơ quan ban hành, ví dụ: Công văn số 45/UBND-NV ngày 04/3/2024 của UBND quận.",
        error_messages={"required": "Ghi rõ văn bản giao việc: số, ngày, cơ quan ban hành."},
    )
    title = forms.CharField(
        label="Việc phải làm",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi tên việc."},
    )
    lead = forms.ChoiceField(label="Chủ trì", required=False)

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"time": DATES}, use_required_attribute=False)
        self.choices = Choices(plan)
        fields: dict[str, Any] = self.fields
        fields["lead"].choices = [NO_LEAD, *self.choices.unit_choices()]
        fields["time"].choices = TIMES
        fields["dates"].year = plan.year
        fields[
            "dates"
        ].help_text = "Ví dụ 15/6; 30/9, hoặc ngày 10 và 25 hằng tháng. Bỏ trống nếu chọn thời hạn khác."
        self.helper = _helper(
            "source",
            "title",
            "lead",
            Row(Field("time", wrapper_class="col-md"), Field("dates", wrapper_class="col-md")),
        )

    def assignment(self) -> Assignment:
        lead = self.cleaned_data["lead"]
        return Assignment(lead_unit=self.choices.units[int(lead)] if lead else None, **self.timing())


class CancelForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do rút",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lý do được ghi vào nhật ký của việc này.",
        error_messages={"required": "Ghi lý do rút việc này khỏi kế hoạch."},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("version", "reason")


class DeadlineForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    to_on = forms.DateField(
        label="Thời hạn mới",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}),
        error_messages={
            "required": "Ghi thời hạn mới.",
            "invalid": "Ngày chưa đúng. Hãy ghi như 30/06/2024.",
        },
    )
    reason = forms.CharField(
        label="Lý do",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do gia hạn."},
    )
    document = forms.CharField(
        label="Văn bản cho phép (nếu có)",
        required=False,
        max_length=200,
        help_text="Ví dụ: Thông báo số 12/TB-UBND.",
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("version", "to_on", "reason", "document")
