"""Small forms beside the task list: keeping a view."""

from typing import Any

from django import forms

from tasks.forms.assignment import dress


class SaveViewForm(forms.Form):
    """A name for the present filters; `q` is the part of the address after the «?»."""

    name = forms.CharField(label="Tên", required=False)
    is_shared = forms.BooleanField(label="Cả cơ quan cùng dùng", required=False)
    q = forms.CharField(required=False, widget=forms.HiddenInput)

    prefix = "luu"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
