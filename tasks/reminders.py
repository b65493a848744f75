"""Words that remind a unit, for its Zalo group: reminding happens there. Pure but for the address of the portal."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from accounts.models import Unit
from tasks import status
from tasks.models import Occurrence


def reminder_text(*, unit: Unit, occurrences: Iterable[Occurrence], on: dt.date) -> str:
    """What `unit` still owes among `occurrences` (with task, period and latest_update loaded), ready to send."""
    owed = sorted(filter(status.owes_answer, occurrences), key=lambda one: (one.shown_due_on, one.task.order))
    address = f"{settings.PUBLIC_URL}{reverse('tasks:my_unit')}?don-vi={unit.pk}"
    if not owed:
        return f"{unit}: đã gửi đủ kết quả, không còn việc nào phải nhắc."
    head = f"Văn phòng nhắc {unit}: còn {len(owed)} việc chưa có kết quả{_period_words(owed)}."
    lines = [f"{number}. {_line(one, on)}" for number, one in enumerate(owed, start=1)]
    return "\n".join([head, *lines, f"Ghi kết quả tại: {address}"])


def _period_words(owed: list[Occurrence]) -> str:
    titles = {one.period.title for one in owed if one.period}
    return f" {titles.pop()}" if len(titles) == 1 else ""


def _line(occurrence: Occurrence, on: dt.date) -> str:
    due_on = occurrence.shown_due_on
    words = f"{occurrence.task.title} — hạn {occurrence.due_words}, {days_words(due_on, on)}"
    return f"{words}; Văn phòng đã trả lại, cần bổ sung" if status.is_returned(occurrence) else words


def days_words(due_on: dt.date, on: dt.date) -> str:
    """«hôm nay», «còn 3 ngày», «quá 2 ngày»."""
    days = (due_on - on).days
    if days == 0:
        return "đến hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"
