"""The field in which days are typed, or how often: «15/6; 30/9», «ngày 10 và 25 hằng tháng»."""

import datetime as dt
import re
from typing import Any

from django import forms

from danvan.problems import Problem
from danvan.text import clean
from plans import wording as reading
from tasks import calendar, recurrence

_SHORT_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})[/.-](\d{1,2})", re.IGNORECASE)


class Repetition(str):
    """RFC 5545 lines, typed in words where days could have been typed."""


class DatesField(forms.CharField):
    """«15/6; 30/9/2024», a month, quarter or year for its last day: a sorted list of days. Needs `year`.

    «ngày 10 và 25 hằng tháng» is a `Repetition` instead.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label="Các ngày", **kwargs)
        self.year = 0

    def clean(self, value: Any) -> list[dt.date] | Repetition:
        words = super().clean(value)
        if recurrence.is_meant(words):
            return self._repetition(words)
        parts = filter(None, map(clean, re.split(r"[;,\n]", words)))
        return sorted({self._day(part) for part in parts})

    def _repetition(self, words: str) -> Repetition:
        try:
            return Repetition(recurrence.read(words))
        except ValueError:
            raise forms.ValidationError(
                f"Chưa hiểu cách lặp lại “{clean(words)}”. Ví dụ: {recurrence.EXAMPLE}."
            )

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
