"""What the office types about one indicator of a plan."""

from collections.abc import Mapping
from typing import Any

from django import forms

from danvan.problems import Problem
from tasks.figure_grid import read_figure
from tasks.figure_hints import plain
from tasks.models import PlanIndicator
from tasks.services import IndicatorWords


class FigureField(forms.CharField):
    """1.234,5 as offices write it; None where nothing is typed."""

    def to_python(self, value: Any) -> Any:
        try:
            return read_figure(str(value or ""))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class IndicatorForm(forms.Form):
    name = forms.CharField(
        label="Tên chỉ tiêu",
        max_length=200,
        error_messages={"required": "Ghi tên chỉ tiêu.", "max_length": "Tên dài quá 200 ký tự: hãy rút gọn."},
    )
    measure = forms.CharField(
        label="Đơn vị tính",
        max_length=40,
        help_text="Ví dụ: cuộc, lượt người, hồ sơ, %.",
        error_messages={"required": "Ghi đơn vị tính.", "max_length": "Dài quá 40 ký tự: hãy rút gọn."},
    )
    item_id = forms.TypedChoiceField(
        label="Thuộc nội dung",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Đơn vị chủ trì việc của nội dung này sẽ được hỏi số liệu.",
        error_messages={"invalid_choice": "Chọn một nội dung của kế hoạch này."},
    )
    yearly_target = FigureField(
        label="Kế hoạch năm", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    order = forms.IntegerField(
        label="Thứ tự trong biểu",
        min_value=0,
        max_value=9999,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Thứ tự là một số nguyên từ 0 đến 9999."
        ),
    )
    formula = forms.CharField(
        label="Công thức, nếu được tính",
        required=False,
        max_length=200,
        help_text="Dùng mã chỉ tiêu, ví dụ 100 * (a + b) / c. Chỉ tiêu có công thức không phải nhập.",
        error_messages={"max_length": "Công thức dài quá 200 ký tự."},
    )
    identity = forms.CharField(
        label="Số liệu phải khớp",
        required=False,
        max_length=200,
        help_text="Ví dụ don_ton + don_nhan = don_giai_quyet + don_chuyen. Không khớp thì chỉ nhắc, không chặn.",
        error_messages={"max_length": "Đẳng thức dài quá 200 ký tự."},
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, items: list[tuple[int, str]], words: IndicatorWords | None, order: int
    ):
        initial: dict[str, Any] = {"order": order}
        if words is not None:
            target = "" if words.yearly_target is None else plain(words.yearly_target)
            initial = vars(words) | {"yearly_target": target, "stamp": words.stamp}
        super().__init__(data, initial=initial)
        self.fields["item_id"].choices = [("", "Chưa gắn (không hỏi đơn vị nào)"), *items]  # type: ignore[attr-defined]

    def words(self) -> IndicatorWords:
        """What the services take. Valid forms only."""
        return IndicatorWords(**{name: value for name, value in self.cleaned_data.items() if name != "stamp"})

    def blame(self, problem: Problem) -> None:
        """The service's sentence at the field it speaks of."""
        words = str(problem)
        field = (
            "identity"
            if words.startswith("Đẳng thức")
            else "name"
            if words.startswith("Đã có")
            else "formula"
        )
        self.add_error(field, words)


class TargetCell:
    """The yearly target of one row of the set: what the page showed, what is typed, what is wrong with it."""

    def __init__(self, binding: PlanIndicator, posted: Mapping[str, str] | None = None) -> None:
        stored = binding.yearly_target
        self.binding, self.name, self.error, self.stored = binding, f"target_{binding.pk}", "", ""
        self.shown = self.value = stored
        self.typed = "" if stored is None else plain(stored)
        if posted is not None:
            self._read(posted)

    def _read(self, posted: Mapping[str, str]) -> None:
        self.typed = posted.get(self.name, "")
        try:
            self.value = read_figure(self.typed)
            self.shown = read_figure(posted.get(f"shown_{self.binding.pk}", ""))
        except ValueError as wrong:
            self.error = str(wrong)

    @property
    def shown_words(self) -> str:
        return "" if self.shown is None else plain(self.shown)

    def settle(self, *, is_left: bool) -> None:
        """After a saving: what stands in the row now is what the next press goes by."""
        if is_left:
            self.shown = self.binding.yearly_target
            self.stored = "để trống" if self.shown is None else plain(self.shown)
        else:
            self.shown = self.value
