"""What is odd about the days of a period: told to the office, never forbidden. Pure."""

import datetime as dt
from collections.abc import Iterator

from tasks.calendar import WorkingDays
from tasks.models import Period

DAY = dt.timedelta(days=1)
DEADLINES = (
    ("unit_due_on", "Hạn đơn vị gửi"),
    ("office_due_on", "Hạn Văn phòng trình"),
    ("chair_due_on", "Hạn lãnh đạo duyệt"),
    ("due_on", "Hạn gửi cấp trên"),
)


def hints(
    period: Period, days: WorkingDays, *, before: Period | None = None, after: Period | None = None
) -> list[str]:
    """Sentences for the office; `before` and `after` are the neighbours of the same kind."""
    found = [*on_days_off(period, days), *_out_of_order(period, days)]
    if before is not None:
        found += _between(before, period)
    if after is not None:
        found += _between(period, after)
    return found


def on_days_off(period: Period, days: WorkingDays) -> Iterator[str]:
    """Deadlines of the period that fall on a day off, each with the working day after it."""
    for name, words in DEADLINES:
        on = getattr(period, name)
        if not days.is_working(on):
            yield f"{words} {on:%d/%m/%Y} là ngày nghỉ; ngày làm việc sau đó: {days.shift(on, 1):%d/%m/%Y}."


def _out_of_order(period: Period, days: WorkingDays) -> Iterator[str]:
    if period.unit_due_on > period.covers_to:
        yield "Hạn đơn vị gửi sau ngày chốt số liệu: kết quả gửi sau khi chốt không vào được báo cáo của kỳ."
    if period.office_due_on > period.chair_due_on:
        yield "Hạn Văn phòng trình sau hạn lãnh đạo duyệt."
    if period.chair_due_on > period.due_on:
        yield "Hạn lãnh đạo duyệt sau hạn gửi cấp trên."
    if days.shift(period.covers_to, 1) >= period.due_on:
        yield (
            "Giữa ngày chốt số liệu và hạn gửi cấp trên cần có ít nhất một ngày làm việc "
            "(Nghị định 09/2019/NĐ-CP, Điều 8)."
        )


def _between(earlier: Period, later: Period) -> Iterator[str]:
    if later.covers_from > earlier.covers_to + DAY:
        until = later.covers_from - DAY
        yield f"Từ {earlier.covers_to + DAY:%d/%m/%Y} đến {until:%d/%m/%Y} không thuộc {earlier} và cũng không thuộc {later}."
    if later.covers_from <= earlier.covers_to:
        yield f"Từ {later.covers_from:%d/%m/%Y} đến {earlier.covers_to:%d/%m/%Y} được tính ở cả {earlier} và {later}."
