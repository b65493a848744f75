"""Small forms beside the task list: keeping a view."""

from django import forms

from tasks.forms.assignment import dress


class SaveViewForm(forms.Form):
    """A name for the present filters; `q` is the part of the address after the «?»."""

    name = forms.CharField(label="Tên", required=False)
    is_shared = forms.BooleanField(label="Cả cơ quan cùng dùng", required=False)
    q = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, prefix="luu", **kwargs)  # type: ignore[arg-type]
        dress(self)
