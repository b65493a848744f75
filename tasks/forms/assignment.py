"""The shape of one row of the assignment table, of the bar that sets many rows at once, and of work by letter."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms

from accounts.models import Role, Unit, User
from danvan import clock
from danvan.problems import Problem
from danvan.text import clean
from plans import wording as reading
from plans.models import Plan
from tasks import calendar
from tasks.models import Task
from tasks.services import Assignment, assignment_of
from tasks.wording import dates_words, rules_words

EVERY, DATES, RULE, OWN = "moi", "ngay", "lap", "lap-rieng"
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
        ),
    ),
)
_SHORT_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})[/.-](\d{1,2})", re.IGNORECASE)
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


class DatesField(forms.CharField):
    """«15/6; 30/9/2024», a month, quarter or year for its last day: a sorted list of days. Needs `year`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label="Các ngày", **kwargs)
        self.year = 0

    def clean(self, value: Any) -> list[dt.date]:
        parts = filter(None, map(clean, re.split(r"[;,\n]", super().clean(value))))
        return sorted({self._day(part) for part in parts})

    def _day(self, words: str) -> dt.date:
        try:
            if found := _SHORT_DAY.fullmatch(words):
                return dt.date(self.year, int(found[2]), int(found[1]))
            return calendar.last_day_in_time(reading.due_code(words), None)
        except ValueError:
            raise forms.ValidationError(f"Không có ngày “{words}”. Hãy xem lại lịch.")
        except Problem:
            raise forms.ValidationError(
                f"Ngày “{words}” chưa đúng. Hãy ghi như 15/6 hoặc 15/6/2024; cách nhau bằng dấu ;"
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
        if kind == RULE and measure in calendar.RULES:
            return {"schedule": Task.Schedule.RULES, "rules": calendar.RULES[measure], "dates": ()}
        return {}

    def clean(self) -> dict[str, Any]:
        """Days that were typed are meant, unless another time was chosen in their place."""
        found = super().clean() or self.cleaned_data
        if found.get("dates") and "dates" in self.changed_data and "time" not in self.changed_data:
            found["time"] = DATES
        if found.get("time") == DATES and "dates" in found and not found["dates"]:
            self.add_error("dates", "Chưa có ngày. Hãy ghi ít nhất một ngày, ví dụ 15/6.")
        return found


def time_of(row: Assignment) -> str:
    """The choice that says what the row says."""
    if row.schedule == Task.Schedule.EVERY_PERIOD:
        return f"{EVERY}-{row.period_kind}"
    if row.schedule == Task.Schedule.DATES:
        return DATES
    words = [word for word, rule in calendar.RULES.items() if rule == row.rules]
    return f"{RULE}-{words[0]}" if words else OWN


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

    def __init__(self, data: Any = None, *, task: Task, choices: Choices) -> None:
        self.task, self.choices, self.row = task, choices, assignment_of(task)
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
            "dates": dates_words(row.dates),
            "is_tracked": row.is_tracked,
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
            **self.timing(),
        )

    def renewed(self, task: Task) -> "RowForm":
        """The same words typed, over the row as it is saved now: «Lưu» then overwrites knowingly."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("version")] = str(task.version)
        return RowForm(typed, task=task, choices=self.choices)


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
        return replace(row, **changes)
