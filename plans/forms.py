"""The shape of what the office types: a file, one line of the plan, its heading."""

import base64
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Agency, Unit
from danvan.problems import Problem
from danvan.text import clean
from plans import wording
from plans.header import PLAN_FIELDS, Header
from plans.models import Item, Plan, Recipient, Section


class LinesField(forms.CharField):
    """Several short texts, one on each line: a tuple of cleaned lines."""

    widget = forms.Textarea

    def __init__(self, *, longest: int | None = None, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.longest = longest

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = tuple(filter(None, map(clean, super().clean(value).splitlines())))
        for line in lines:
            if self.longest and len(line) > self.longest:
                raise forms.ValidationError(
                    f"Dòng “{line[:40]}…” dài quá {self.longest} ký tự. Hãy ghi ngắn lại."
                )
        return lines


MAX_KEPT = (
    1_500_000  # bytes; in base64 within what Django reads of a form's fields (DATA_UPLOAD_MAX_MEMORY_SIZE)
)


class UploadForm(forms.Form):
    """One file. Who works in several agencies also says for which.

    A document that is no plan comes back with the page, in `kept`, to be sent again with `insist`: nothing of a
    refused file is kept on the server.
    """

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan", empty_label=None)
    file = forms.FileField(
        label="Tệp kế hoạch",
        allow_empty_file=True,  # an empty file is refused with the border's own sentence
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.md,.txt"}),
        error_messages={"required": "Chưa chọn tệp. Hãy bấm vào ô bên trên và chọn tệp kế hoạch."},
    )

    insist = forms.BooleanField(label="Vẫn nhập dù không phải kế hoạch", required=False)
    kept = forms.CharField(required=False, strip=False)
    kept_name = forms.CharField(required=False, max_length=255)

    def __init__(self, *args: Any, agency_ids: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("kept")
        self.agencies = Agency.objects.filter(pk__in=agency_ids)
        self.only = self.agencies.first() if len(agency_ids) == 1 else None
        if self.only:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = self.agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kept") and not cleaned.get("file"):
            try:
                content = base64.b64decode(cleaned["kept"], validate=True)
            except ValueError:
                self.add_error("file", "Tệp gửi lại không còn nguyên vẹn. Hãy chọn lại tệp kế hoạch.")
            else:
                cleaned["file"] = SimpleUploadedFile(cleaned.get("kept_name") or "van-ban", content)
        return cleaned

    def offer(self, content: bytes) -> dict[str, str]:
        """What the page needs to send the same file again; without `kept` the file must be chosen anew."""
        kept = base64.b64encode(content).decode() if len(content) <= MAX_KEPT else ""
        return {"kept": kept, "kept_name": self.cleaned_data["file"].name}

    @property
    def chosen_agency(self) -> Agency:
        return self.only or self.cleaned_data["agency"]


class ItemForm(forms.Form):
    """The words of one item; what was read of it stands behind «Cổng hiểu dòng này»."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        error_messages={"required": "Nội dung đang để trống. Hãy ghi lại lời văn của dòng này."},
    )
    label = forms.CharField(
        label="Ký hiệu đầu dòng",
        required=False,
        max_length=10,
        help_text="Như 1, a hoặc -. Để trống nếu không có.",
    )
    is_task = forms.BooleanField(label="Là việc phải làm", required=False)
    lead = LinesField(label="Chủ trì", help_text="Mỗi đơn vị một dòng.")
    coordinating = LinesField(label="Phối hợp", help_text="Mỗi đơn vị một dòng.")
    due = forms.CharField(
        label="Thời hạn",
        required=False,
        help_text="Như 15/06/2024, tháng 6/2024 hoặc quý II/2024; cách nhau bằng dấu phẩy.",
    )
    due_bound = forms.ChoiceField(
        label="Cách tính hạn",
        required=False,
        choices=[("", "Trong thời gian đó"), ("by", "Chậm nhất"), ("before", "Trước")],
    )
    frequency = forms.MultipleChoiceField(
        label="Lặp lại",
        required=False,
        choices=wording.FREQUENCIES.items(),
        widget=forms.CheckboxSelectMultiple,
    )
    target = forms.CharField(label="Mức giao", required=False, max_length=300)
    deliverable = forms.CharField(label="Sản phẩm", required=False, max_length=500)

    READ_FIELDS = ("lead", "coordinating", "due", "due_bound", "frequency", "target", "deliverable")

    def clean_text(self) -> str:
        return clean(self.cleaned_data["text"])

    def clean_due(self) -> list[str]:
        try:
            return wording.due_codes(clean(self.cleaned_data["due"]))
        except Problem as problem:
            raise forms.ValidationError(str(problem))

    @property
    def words(self) -> dict[str, Any]:
        """What `plans.services.mend_item` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def read_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.READ_FIELDS]

    @property
    def has_read_errors(self) -> bool:
        return any(self[name].errors for name in self.READ_FIELDS)

    @staticmethod
    def initial_of(item: Item) -> dict[str, Any]:
        return {
            "version": item.version,
            "text": item.text,
            "label": item.label,
            "is_task": item.is_task,
            "lead": "\n".join(item.lead),
            "coordinating": "\n".join(item.coordinating),
            "due": ", ".join(map(wording.due_words, item.due)),
            "due_bound": item.due_bound,
            "frequency": item.frequency,
            "target": item.target,
            "deliverable": item.deliverable,
        }


class SplitForm(forms.Form):
    """One line of the plan, divided by line breaks where the reading ran two together."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = LinesField(
        label="Nội dung của dòng",
        rows=6,
        help_text="Đặt con trỏ vào chỗ cần tách rồi xuống dòng. Không thêm bớt chữ; mỗi dòng ở đây thành một dòng của kế hoạch.",
    )


class AddForm(forms.Form):
    """A line that the reading lost."""

    text = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text="Chép đúng lời văn bản. Ký hiệu đầu dòng tự đặt theo các dòng bên cạnh.",
        error_messages={"required": "Nội dung đang để trống. Hãy chép lời của dòng này từ văn bản."},
    )
    is_task = forms.BooleanField(label="Là việc phải làm", required=False)


class UnitNameForm(forms.Form):
    """What a name of the plan means: one of the agency's units. The view gives the choices."""

    name = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    unit = forms.ChoiceField(
        label="Là tên gọi khác của", error_messages={"required": "Hãy chọn một đơn vị trong danh sách."}
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *units]  # type: ignore[attr-defined]


class NewUnitForm(forms.Form):
    """A unit that the plan names and the agency lacks."""

    read_as = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="Tên đơn vị mới",
        max_length=200,
        error_messages={"required": "Hãy ghi tên đơn vị."},
    )
    kind = forms.ChoiceField(label="Loại", choices=Unit.Kind.choices)


class MembersForm(forms.Form):
    """Who belongs to a group. The view gives the choices."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    members = forms.MultipleChoiceField(
        label="Thành viên của nhóm", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = units  # type: ignore[attr-defined]


class HeaderForm(forms.ModelForm):
    """Everything above and below the sections. `mark` tells which version of it was shown."""

    mark = forms.CharField(widget=forms.HiddenInput)
    legal_bases = LinesField(label="Căn cứ", rows=4, help_text="Mỗi căn cứ một dòng.")
    recipients = LinesField(
        label="Nơi nhận",
        rows=7,
        longest=Recipient._meta.get_field("text").max_length,
        help_text="Mỗi nơi một dòng, kể cả dòng “Lưu”.",
    )

    class Meta:
        model = Plan
        fields = PLAN_FIELDS
        widgets = {
            "dated_on": forms.DateInput(attrs={"placeholder": "27/02/2024", "inputmode": "numeric"}),
            "year": forms.TextInput(attrs={"inputmode": "numeric"}),
            "title": forms.Textarea(attrs={"rows": 3}),
            "opening": forms.Textarea(attrs={"rows": 4}),
            "closing": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "title": {
                "required": "Trích yếu đang để trống. Hãy ghi tên kế hoạch, không kèm hai chữ “Kế hoạch”."
            },
            "dated_on": {"invalid": "Ngày ban hành chưa đúng. Hãy ghi như 27/02/2024."},
            "year": {
                "required": "Chưa có năm. Hãy ghi năm của kế hoạch, như 2024.",
                "invalid": "Hãy ghi năm bằng bốn chữ số.",
            },
        }

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 1990 <= year <= 2100:
            raise forms.ValidationError("Hãy ghi năm bằng bốn chữ số, như 2024.")
        return year

    @property
    def header(self) -> Header:
        """What was typed, one line each but for the opening and closing words."""
        typed = {name: self.cleaned_data[name] for name in (*PLAN_FIELDS, "legal_bases", "recipients")}
        for name, value in typed.items():
            if isinstance(value, str):
                kept = value.splitlines() if name in ("opening", "closing") else [value]
                typed[name] = "\n".join(filter(None, map(clean, kept)))
        return Header(**typed)

    @staticmethod
    def initial_of(header: Header) -> dict[str, Any]:
        lists = {"legal_bases": "\n".join(header.legal_bases), "recipients": "\n".join(header.recipients)}
        return lists | {"mark": header.mark}


class SectionForm(forms.ModelForm):
    shown = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    class Meta:
        model = Section
        fields = ("numeral", "title")
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"title": {"required": "Tên phần đang để trống. Hãy ghi tên của phần này."}}
