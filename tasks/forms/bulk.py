"""What is asked before one act on many pieces of work."""

from typing import Any

from django import forms

from tasks.forms.assignment import KEEP, Choices, dress
from tasks.forms.changes import DeadlineForm


class BulkAssignForm(forms.Form):
    lead = forms.ChoiceField(label="Đơn vị chủ trì", required=False)
    overseer = forms.ChoiceField(label="Lãnh đạo phụ trách", required=False)

    def __init__(self, data: Any = None, *, choices: Choices) -> None:
        super().__init__(data, use_required_attribute=False)
        self.choices = choices
        fields: dict[str, Any] = self.fields
        fields["lead"].choices = [KEEP, *choices.unit_choices()]
        fields["overseer"].choices = [KEEP, *choices.leader_choices()]
        dress(self)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and not any(found.values()):
            self.add_error("lead", "Chưa chọn gì. Hãy chọn đơn vị chủ trì hoặc lãnh đạo phụ trách.")
        return found

    def said(self) -> dict[str, Any]:
        lead, overseer = self.cleaned_data["lead"], self.cleaned_data["overseer"]
        return {
            "lead_unit": self.choices.units[int(lead)] if lead else None,
            "overseer": self.choices.leaders[int(overseer)] if overseer else None,
        }


class BulkDeadlineForm(DeadlineForm):
    """The same questions as for one; each row brings its own version."""

    version = None  # type: ignore[assignment]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        dress(self)

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NothingToAsk(forms.Form):
    def said(self) -> dict[str, Any]:
        return {}
