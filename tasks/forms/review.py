"""The shape of what a checker answers."""

from django import forms

from tasks.forms.progress import ReasonForm
from tasks.models import Review


class ReturnForm(ReasonForm):
    """Why a result goes back: one of the usual reasons, words, or both."""

    code = forms.ChoiceField(required=False, choices=[("", ""), *Review.Code.choices])

    def chosen(self) -> str:
        """The code; one that nobody offers is as good as none."""
        self.is_valid()
        return str(self.cleaned_data.get("code", ""))
