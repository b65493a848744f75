"""The shapes of what the office types about units and people."""

from typing import Any

from django import forms

from accounts.models import INSIDE, Agency, Role, Unit, User
from danvan import clock


class UnitForm(forms.Form):
    kind = forms.ChoiceField(
        label="Loại", choices=Unit.Kind, initial=Unit.Kind.UNIT, widget=forms.RadioSelect
    )
    name = forms.CharField(label="Tên đơn vị", max_length=200)
    aliases = forms.CharField(
        label="Tên gọi khác",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một tên, như kế hoạch hay viết. Nhờ đó kế hoạch đưa vào tự nhận ra đơn vị.",
    )
    members = forms.ModelMultipleChoiceField(
        label="Thành viên của nhóm",
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ chọn khi loại là “Nhóm đơn vị”.",
    )

    def __init__(self, *args: Any, agency: Agency, unit: Unit | None = None, **kwargs: Any) -> None:
        if unit is not None:
            kwargs["initial"] = {
                "kind": unit.kind,
                "name": unit.name,
                "aliases": unit.aliases,
                "members": unit.members.all(),
            }
        super().__init__(*args, **kwargs)
        members = Unit.objects.filter(agency=agency).exclude(kind=Unit.Kind.GROUP).valid(clock.today())
        self.fields["members"].queryset = members.exclude(pk=unit.pk if unit else 0)  # type: ignore[attr-defined]

    def clean_aliases(self) -> list[str]:
        return self.cleaned_data["aliases"].splitlines()


class EndUnitForm(forms.Form):
    on = forms.DateField(
        label="Ngày hoạt động cuối cùng",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Trưởng đơn vị hết quyền cùng ngày. Việc và kết quả đã ghi vẫn còn.",
    )


class PersonForm(forms.Form):
    full_name = forms.CharField(label="Họ và tên", max_length=150)
    position = forms.CharField(
        label="Chức vụ",
        max_length=150,
        required=False,
        help_text="Như ghi khi ký văn bản, ví dụ “Phó Chủ tịch”.",
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        required=False,
        help_text="Viết liền, không dấu. Để trống thì đặt theo họ tên.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Không bắt buộc. Dùng để tự đặt lại mật khẩu khi quên."
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs["initial"] = {
                name: getattr(person, name) for name in self.base_fields if hasattr(person, name)
            }
        super().__init__(*args, **kwargs)
        if person is not None:
            self.fields["username"].required = True
            self.fields["username"].help_text = "Viết liền, không dấu."


class MembershipForm(forms.Form):
    role = forms.ChoiceField(label="Vai trò", choices=())
    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không thuộc đơn vị nào",
        help_text="Chỉ chọn khi vai trò là “Trưởng đơn vị”.",
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [*INSIDE, Role.RECEIVER] if agency.inferiors.exists() else [*INSIDE]
        choices = [("", "Chọn vai trò"), *((role.value, role.label) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        units = Unit.objects.filter(agency=agency).exclude(kind=Unit.Kind.GROUP).valid(clock.today())
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class NewPersonForm(MembershipForm, PersonForm):
    field_order = ["full_name", "position", "role", "unit", "username", "email"]
