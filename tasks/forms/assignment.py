"""The shape of one row of the assignment table, of the bar that sets many rows at once, and of work by letter."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms

from accounts.models import Role, Unit, User
from danvan import clock
from danvan.text import clean
from plans.models import Plan
from tasks import calendar, recurrence
from tasks.forms.dates import DatesField, Repetition
from tasks.models import Task
from tasks.services import Assignment
from tasks.wording import dates_words, rules_words

EVERY, DATES, RULE, OWN = "moi", "ngay", "lap", "lap-rieng"
# The repetition is written out in the field of days: «ngày 10 và 25 hằng tháng».
SAID = "lap-cau"
RULES = calendar.RULES | recurrence.PRESETS
# One choice says kind and measure together: that is how people think of it.
TIMES = (
    (
        "Báo kết quả theo kỳ, không có hạn riêng",
        (
            (f"{EVERY}-quarter", "Mỗi quý"),
            (f"{EVERY}-month", "Mỗi tháng"),
            (f"{EVERY}-half_year", "Mỗi 6 tháng"),
            (f"{EVERY}-nine_months", "9 tháng"),
            (f"{EVERY}-year", "Mỗi năm"),
        ),
    ),
    ("Có thời hạn", ((DATES, "Theo ngày"),)),
    (
        "Lặp lại, lần nào cũng có hạn",
        (
            (f"{RULE}-weekly", "Hằng tuần (thứ Sáu)"),
            (f"{RULE}-monthly", "Hằng tháng (ngày 14)"),
            (f"{RULE}-quarterly", "Hằng quý (14/3, 14/6, 14/9, 14/12)"),
            (f"{RULE}-half_yearly", "6 tháng (14/6, 14/12)"),
            (f"{RULE}-yearly", "Hằng năm (14/12)"),
            (f"{RULE}-twice_monthly", "Ngày 10 và 25 hằng tháng"),
            (f"{RULE}-quarter_12", "Ngày 12 tháng cuối quý"),
            (f"{RULE}-may_october", "Tháng 5 và tháng 10 (ngày cuối tháng)"),
            (SAID, "Cách khác, ghi ở ô “Các ngày”"),
        ),
    ),
)
KEEP = ("", "Giữ nguyên")
NO_LEAD = ("", "Chưa phân công")


class Choices:
    """Units and leaders of an agency, read once for a whole table. Two queries."""

    def __init__(self, plan: Plan) -> None:
        on = clock.today()
        self.year = plan.year
        self.units: dict[int, Unit] = {unit.pk: unit for unit in plan.agency.units.all()}  # type: ignore[attr-defined]
        self.valid = [unit for unit in self.units.values() if _is_valid(unit, on)]
        leaders = User.objects.filter(
            is_active=True,
            memberships__in=plan.agency.memberships.active(on).filter(role=Role.CHAIR),  # type: ignore[attr-defined]
        ).distinct()
        self.leaders: dict[int, User] = {user.pk: user for user in leaders}

    def unit_choices(self, kept: Iterable[Unit | None] = ()) -> list[tuple[str, str]]:
        """Units that are valid now, and those the row names already though they have ended."""
        ended = [unit for unit in kept if unit is not None and unit not in self.valid]
        return [(str(unit.pk), unit.name) for unit in [*self.valid, *ended]]

    def leader_choices(self, kept: User | None = None) -> list[tuple[str, str]]:
        gone = [kept] if kept is not None and kept.pk not in self.leaders else []
        return [(str(user.pk), str(user)) for user in [*self.leaders.values(), *gone]]


def _is_valid(unit: Unit, on: dt.date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= on) and (
        unit.valid_to is None or unit.valid_to >= on
    )


def dress(form: forms.Form) -> None:
    """Bootstrap's classes; rows are drawn by hand, because crispy layouts are slow in a table of a hundred."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.Select):
            widget.attrs["class"] = "form-select"
        elif isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
            widget.attrs["class"] = "form-check-input"
        else:
            widget.attrs["class"] = "form-control"


class TimeForm(forms.Form):
    """When: shared by all three shapes."""

    time = forms.ChoiceField(label="Thời hạn", required=False)
    dates = DatesField()

    def timing(self) -> dict[str, Any]:
        """The part of an Assignment that speaks of time; empty where nothing was chosen."""
        kind, _, measure = self.cleaned_data["time"].partition("-")
        if kind == EVERY:
            return {"schedule": Task.Schedule.EVERY_PERIOD, "period_kind": measure, "dates": (), "rules": ""}
        if kind == DATES:
            return {"schedule": Task.Schedule.DATES, "dates": self.cleaned_data["dates"], "rules": ""}
        if self.cleaned_data["time"] == SAID:
            return {"schedule": Task.Schedule.RULES, "rules": str(self.cleaned_data["dates"]), "dates": ()}
        if kind == RULE and measure in RULES:
            return {"schedule": Task.Schedule.RULES, "rules": RULES[measure], "dates": ()}
        return {}

    def clean(self) -> dict[str, Any]:
        """Days that were typed are meant, unless another time was chosen in their place."""
        found = super().clean() or self.cleaned_data
        typed = found.get("dates")
        is_chosen = "time" in self.changed_data and found.get("time") != DATES
        if typed and "dates" in self.changed_data and not is_chosen:
            found["time"] = SAID if isinstance(typed, Repetition) else DATES
        if found.get("time") == DATES and "dates" in found and not typed:
            self.add_error("dates", "Chưa có ngày. Hãy ghi ít nhất một ngày, ví dụ 15/6.")
        if found.get("time") == SAID and "dates" in found and not isinstance(typed, Repetition):
            self.add_error("dates", f"Chưa ghi cách lặp lại. Ví dụ: {recurrence.EXAMPLE}.")
        return found


def time_of(row: Assignment) -> str:
    """The choice that says what the row says."""
    if row.schedule == Task.Schedule.EVERY_PERIOD:
        return f"{EVERY}-{row.period_kind}"
    if row.schedule == Task.Schedule.DATES:
        return DATES
    words = [word for word, rule in RULES.items() if rule == row.rules]
    if words:
        return f"{RULE}-{words[0]}"
    return SAID if recurrence.words(row.rules) else OWN


class RowForm(TimeForm):
    """One row, opened. `version` is that of the task as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Tên việc",
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Ghi tên việc.",
            "max_length": "Tên việc dài quá 120 ký tự. Hãy ghi ngắn lại.",
        },
    )
    lead = forms.ChoiceField(label="Chủ trì", required=False)
    supporting = forms.MultipleChoiceField(
        label="Phối hợp", required=False, widget=forms.CheckboxSelectMultiple
    )
    overseer = forms.ChoiceField(label="Lãnh đạo phụ trách", required=False)
    is_tracked = forms.BooleanField(label="Theo dõi", required=False)
    needs_chair = forms.BooleanField(label="Lãnh đạo xác nhận hoàn thành", required=False)

    def __init__(self, data: Any = None, *, task: Task, row: Assignment, choices: Choices) -> None:
        self.task, self.choices, self.row = task, choices, row
        super().__init__(
            data, prefix=f"viec-{task.pk}", initial=self._initial(), use_required_attribute=False
        )
        fields: dict[str, Any] = self.fields
        named = [self.row.lead_unit, *self.row.supporting_units]
        fields["lead"].choices = [NO_LEAD, *choices.unit_choices(named)]
        fields["supporting"].choices = choices.unit_choices(named)
        fields["overseer"].choices = [("", "Chưa có"), *choices.leader_choices(self.row.overseer)]
        fields["time"].choices = [*self._own_rule(), *TIMES]
        fields["dates"].year = choices.year
        dress(self)

    def _initial(self) -> dict[str, Any]:
        row = self.row
        return {
            "version": self.task.version,
            "title": row.title,
            "lead": str(row.lead_unit.pk) if row.lead_unit else "",
            "supporting": [str(unit.pk) for unit in row.supporting_units],
            "overseer": str(row.overseer.pk) if row.overseer else "",
            "time": time_of(row),
            "dates": recurrence.words(row.rules) if time_of(row) == SAID else dates_words(row.dates),
            "is_tracked": row.is_tracked,
            "needs_chair": row.needs_chair,
        }

    def _own_rule(self) -> list[tuple[str, str]]:
        return [(OWN, f"Như kế hoạch: {rules_words(self.row.rules)}")] if time_of(self.row) == OWN else []

    @property
    def boxes(self) -> list[tuple[str, str, bool]]:
        """The units that may support, each with whether it is ticked: drawn by hand, a hundred rows have a thousand."""
        ticked = set(self["supporting"].value() or [])
        return [(pk, name, pk in ticked) for pk, name in self.fields["supporting"].choices]  # type: ignore[attr-defined]

    def assignment(self) -> Assignment:
        said = self.cleaned_data
        who = {
            unit.pk: unit for unit in [self.row.lead_unit, *self.row.supporting_units] if unit
        } | self.choices.units
        leaders = self.choices.leaders | (
            {self.row.overseer.pk: self.row.overseer} if self.row.overseer else {}
        )
        return replace(
            self.row,
            title=clean(said["title"]),
            lead_unit=who[int(said["lead"])] if said["lead"] else None,
            supporting_units=[who[int(pk)] for pk in said["supporting"]],
            overseer=leaders[int(said["overseer"])] if said["overseer"] else None,
            is_tracked=said["is_tracked"],
            needs_chair=said["needs_chair"],
            **self.timing(),
        )

    def renewed(self, task: Task, row: Assignment) -> "RowForm":
        """The same words typed, over the row as it is saved now: «Lưu» then overwrites knowingly."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("version")] = str(task.version)
        return RowForm(typed, task=task, row=row, choices=self.choices)


class BulkForm(TimeForm):
    """What is set for all rows that were ticked; what is left empty stays as it is in each."""

    lead = forms.ChoiceField(label="Chủ trì", required=False)
    supporting = forms.ChoiceField(label="Thêm phối hợp", required=False)
    overseer = forms.ChoiceField(label="Lãnh đạo phụ trách", required=False)
    tracked = forms.ChoiceField(
        label="Theo dõi",
        required=False,
        choices=[KEEP, ("co", "Có theo dõi"), ("khong", "Không theo dõi (định hướng)")],
    )
    confirmed = forms.ChoiceField(
        label="Lãnh đạo xác nhận hoàn thành",
        required=False,
        choices=[KEEP, ("co", "Có, sau khi Văn phòng nhận"), ("khong", "Không cần")],
    )

    def __init__(self, data: Any = None, *, choices: Choices) -> None:
        super().__init__(data, prefix="nhieu", use_required_attribute=False)
        self.choices = choices
        fields: dict[str, Any] = self.fields
        fields["lead"].choices = [KEEP, *choices.unit_choices()]
        fields["supporting"].choices = [("", "Không thêm"), *choices.unit_choices()]
        fields["overseer"].choices = [KEEP, *choices.leader_choices()]
        fields["time"].choices = [KEEP, *TIMES]
        fields["dates"].year = choices.year
        dress(self)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(
                "Chưa chọn gì để áp dụng. Hãy chọn đơn vị chủ trì, thời hạn hoặc lãnh đạo phụ trách."
            )
        return found

    def over(self, row: Assignment) -> Assignment:
        """The row with what was chosen."""
        said, units = self.cleaned_data, self.choices.units
        changes = self.timing()
        if said["lead"]:
            changes["lead_unit"] = units[int(said["lead"])]
        if said["supporting"]:
            changes["supporting_units"] = list(
                dict.fromkeys([*row.supporting_units, units[int(said["supporting"])]])
            )
        if said["overseer"]:
            changes["overseer"] = self.choices.leaders[int(said["overseer"])]
        if said["tracked"]:
            changes["is_tracked"] = said["tracked"] == "co"
        if said["confirmed"]:
            changes["needs_chair"] = said["confirmed"] == "co"
        return replace(row, **changes)
