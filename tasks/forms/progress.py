"""The shape of what a unit sends, and of what is said about it."""

import re
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from danvan.problems import Problem
from danvan.text import nfc
from danvan.uploads import Refused, read_upload
from tasks.cards import Card, Figure
from tasks.figure_hints import figure_hints
from tasks.models import Occurrence, ProgressUpdate
from tasks.services import Progress, Upload
from tasks.services.evidence import NO_ROOM, free_bytes
from tasks.services.progress import default_day

MAX_FILES = 10
TOO_MANY = f"mỗi lần gửi nhiều nhất {MAX_FILES} tệp; hãy gửi tệp này ở lần sau."
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Words(forms.CharField):
    """Several lines of plain text, in one spelling, without invisible control characters."""

    def __init__(self, *, too_long: str, **options: Any) -> None:
        super().__init__(error_messages={"max_length": too_long}, **options)

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return nfc(_CONTROL.sub("", text)).strip()


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class ProgressForm(forms.Form):
    """One «Gửi» of one card. Refused files do not hold the rest back: see `refused`."""

    state = forms.ChoiceField(
        label="Tình trạng",
        choices=Occurrence.State.choices,
        error_messages={
            "required": "Chọn tình trạng của việc này.",
            "invalid_choice": "Chọn một trong bốn tình trạng.",
        },
    )
    text = Words(
        label="Kết quả",
        required=False,
        max_length=5000,
        too_long="Kết quả dài quá 5.000 ký tự: hãy rút gọn, phần chi tiết gửi bằng tệp.",
    )
    difficulties = Words(
        label="Khó khăn, vướng mắc",
        required=False,
        max_length=2000,
        too_long="Khó khăn dài quá 2.000 ký tự: hãy rút gọn.",
    )
    percent = forms.IntegerField(
        label="Tiến độ (%)",
        required=False,
        min_value=0,
        max_value=100,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Tiến độ là một số nguyên từ 0 đến 100."
        ),
    )
    happened_on = forms.DateField(
        label="Ngày thực hiện",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/03/2024."},
    )
    attached = forms.Field(label="Thêm ảnh/tệp", required=False, widget=FilesInput())  # judged one by one
    version = forms.IntegerField(error_messages={"required": "", "invalid": ""})
    form_key = forms.UUIDField(error_messages={"required": "", "invalid": ""})

    def __init__(self, *args: Any, card: Card, **options: Any) -> None:
        self.card = card
        self.refused: list[str] = []
        self.uploads: list[Upload] = []
        self.is_key_used = False
        self._free: int | None = None
        occurrence = card.occurrence
        super().__init__(
            *args, **{"auto_id": f"viec-{occurrence.pk}-%s", "initial": _initial(card), **options}
        )
        for figure in card.figures:
            self.fields[_name(figure)] = _value_field(figure)

    def clean_attached(self) -> None:
        for number, upload in enumerate(self.files.getlist("attached"), start=1):
            self._judge(upload, number)

    def _judge(self, upload: UploadedFile, number: int) -> None:
        name = nfc(upload.name or "")
        try:
            if number > MAX_FILES:
                raise Refused(TOO_MANY)
            if (upload.size or 0) > self._room():
                raise Refused(NO_ROOM)
            self.uploads.append(Upload.judged(name, read_upload(upload)))  # type: ignore[arg-type]
        except Refused as refused:
            self.refused.append(f"Không nhận tệp “{name}”: {_lower_first(str(refused))}")

    def _room(self) -> int:
        """In bytes, beside what this press has brought already."""
        if self._free is None:
            self._free = free_bytes(self.card.occurrence.task.plan.agency)
        return self._free - sum(len(upload.content) for upload in self.uploads)

    def clean(self) -> dict[str, Any]:
        if "version" not in self.cleaned_data or "form_key" not in self.cleaned_data:
            self.errors.pop("version", None)
            self.errors.pop("form_key", None)
            self.add_error(None, "Biểu mẫu chưa tải đủ. Nội dung vẫn còn bên dưới: hãy bấm Gửi lần nữa.")
        return self.cleaned_data

    def progress(self) -> Progress:
        """What the services take. Valid forms only."""
        said = self.cleaned_data
        values = {figure.binding.indicator_id: said[_name(figure)] for figure in self.card.figures}
        return Progress(
            state=said["state"],
            text=said["text"],
            percent=said["percent"],
            difficulties=said["difficulties"],
            happened_on=said["happened_on"],
            values={pk: value for pk, value in values.items() if value is not None},
            files=self.uploads,
        )

    # What the template asks for.

    def shown_key(self) -> uuid.UUID:
        """A key for the next press: the typed one stays while it has not been used."""
        typed = getattr(self, "cleaned_data", {}).get("form_key")
        return typed if typed and not self.is_key_used else uuid.uuid4()

    def had_files(self) -> bool:
        """Files of a press that failed are gone from the page: they must be chosen again."""
        return self.is_bound and bool(self.files)

    def figure_rows(self) -> list[tuple[forms.BoundField, Figure, list[str]]]:
        """Each field with its figure and what is odd about it."""
        hints = self.figure_hints()
        return [
            (self[_name(one)], one, hints.get(one.binding.indicator.code, [])) for one in self.card.figures
        ]

    def figure_hints(self) -> dict[str, list[str]]:
        """By code: of what was typed, before that of what is stored."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else None
        figures = self.card.figures
        return figure_hints(
            [one.binding.indicator for one in figures],
            {one.binding.indicator.code: said[_name(one)] if said else one.value for one in figures},
            {one.binding.indicator.code: one.previous for one in figures},
        )

    def oddities(self) -> list[str]:
        """The hints of what was just sent, each with the name of its figure."""
        hints, figures = self.figure_hints(), self.card.figures
        names = {one.binding.indicator.code: one.binding.indicator.name for one in figures}
        return [f"{names[code]}: {_lower_first(words)}" for code, found in hints.items() for words in found]

    def has_more(self) -> bool:
        """Whether «Thêm» holds something that should not stay folded away."""
        return any(self[name].errors or self[name].value() for name in ("percent", "difficulties")) or bool(
            self["happened_on"].errors
        )


def _initial(card: Card) -> dict[str, Any]:
    said = card.amended
    initial: dict[str, Any] = {"happened_on": default_day(card.occurrence)}
    if said is None:
        return initial
    figures = {_name(figure): figure.value for figure in card.figures}
    day = said.happened_on if _stands(said) else initial["happened_on"]
    return {
        "state": said.state,
        "text": said.text,
        "percent": said.percent,
        "difficulties": said.difficulties,
        "happened_on": day,
        **figures,
    }


def _stands(said: ProgressUpdate) -> bool:
    """A finished piece of work keeps the day it was finished, however often its words are mended."""
    return said.state in (Occurrence.State.DONE, Occurrence.State.NOTHING)


def _name(figure: Figure) -> str:
    return f"value_{figure.binding.indicator_id}"


def _value_field(figure: Figure) -> forms.DecimalField:
    wrong = "Ghi một số không âm, ví dụ 12 hoặc 1.234,5."
    is_share = figure.binding.indicator.measure == "%"
    messages = dict.fromkeys(
        ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"), wrong
    )
    return forms.DecimalField(
        label=figure.binding.indicator.name,
        required=False,
        localize=True,
        min_value=Decimal(0),
        max_value=Decimal(100) if is_share else None,
        max_digits=14,
        decimal_places=2,
        error_messages=messages | {"max_value": "Tỷ lệ không quá 100 %."},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


class ReasonForm(forms.Form):
    """A reason, or a leader's word: one box. Whether it may be empty is the service's to say."""

    reason = Words(required=False, max_length=2000, too_long="Dài quá 2.000 ký tự: hãy rút gọn.")

    def words(self) -> str:
        """What was typed, cleaned. Raises Problem if it is too long."""
        if not self.is_valid():
            raise Problem(" ".join(map(str, self.errors["reason"])))
        return str(self.cleaned_data["reason"])
