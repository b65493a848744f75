"""When work is due, in the words people use. Pure."""

import datetime as dt
from collections.abc import Iterable

from tasks import recurrence
from tasks.models import Period, Task

KIND_WORDS = {
    Period.Kind.MONTH: "mỗi tháng",
    Period.Kind.QUARTER: "mỗi quý",
    Period.Kind.HALF_YEAR: "mỗi 6 tháng",
    Period.Kind.NINE_MONTHS: "9 tháng",
    Period.Kind.YEAR: "mỗi năm",
}


def dates_words(dates: Iterable[dt.date]) -> str:
    """«15/06/2024; 30/09/2024», as it can be typed back."""
    return "; ".join(f"{day:%d/%m/%Y}" for day in sorted(dates))


def rules_words(rules: str) -> str:
    """«hằng tháng; ngày 10 và 25 hằng tháng»; rules that have no such words are «lặp lại riêng»."""
    return recurrence.words(rules) or "lặp lại riêng"


def schedule_words(*, schedule: str, dates: Iterable[dt.date], rules: str, period_kind: str) -> str:
    """What a row of the assignment table says of time."""
    if schedule == Task.Schedule.DATES:
        return dates_words(dates)
    if schedule == Task.Schedule.RULES:
        return rules_words(rules)
    return KIND_WORDS.get(Period.Kind(period_kind), "mỗi kỳ")
