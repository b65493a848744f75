"""Days off and swapped days of an agency, how it reads its calendar, and the deadlines that follow from both."""

import datetime as dt
from collections.abc import Collection

import holidays
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Agency, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import clean
from plans.models import Plan
from tasks import calendar
from tasks.models import CalendarSetting, DayOff, Occurrence, Period

NAME_LENGTH = 100
MOST_DAYS = 31


def calendar_setting(agency: Agency) -> CalendarSetting:
    """The agency's setting; an unsaved one with the defaults where nothing was ever set."""
    return CalendarSetting.objects.filter(agency=agency).first() or CalendarSetting(agency=agency)


def working_days(agency: Agency) -> calendar.WorkingDays:
    """Two queries: read it once for many deadlines."""
    rows = list(DayOff.objects.filter(agency=agency))
    return calendar.WorkingDays(
        off=frozenset(row.on for row in rows if not row.is_working),
        extra=frozenset(row.on for row in rows if row.is_working),
        moves_deadlines=calendar_setting(agency).moves_deadlines,
    )


@transaction.atomic
def seed_days_off(*, agency: Agency, years: Collection[int]) -> bool:
    """Puts the public holidays of `years` into the table, each year once: what the office changed or took out stays so.

    Whether any year was new.
    """
    setting, _ = CalendarSetting.objects.get_or_create(agency=agency)
    missing = sorted(set(years) - set(setting.seeded_years))
    if not missing:
        return False
    found = holidays.country_holidays("VN", years=missing, language="vi")
    days = [DayOff(agency=agency, on=on, name=name[:NAME_LENGTH]) for on, name in found.items()]
    # The Saturdays worked in exchange, as far as the library knows them; the office adds what is announced later.
    swapped = getattr(found, "weekend_workdays", ())
    days += [DayOff(agency=agency, on=on, name="Làm bù", is_working=True) for on in swapped]
    DayOff.objects.bulk_create([day for day in days if day.on.year in missing], ignore_conflicts=True)
    setting.seeded_years = [*setting.seeded_years, *missing]
    setting.save(update_fields=["seeded_years"])
    return True


@transaction.atomic
def bring_in_holidays(*, agency: Agency, year: int, by: User) -> int:
    """The holidays of a year at the office's word; twice is once. How many deadlines moved."""
    if not seed_days_off(agency=agency, years=[year]):
        return 0
    return _after(agency, by, "add_days_off", f"{by} đưa ngày lễ năm {year} vào lịch")


@transaction.atomic
def add_days_off(
    *, agency: Agency, from_on: dt.date, to_on: dt.date, name: str, is_working: bool, by: User
) -> int:
    """Days off, or swapped days worked (`is_working`), both ends included. How many deadlines moved. Raises Problem."""
    days = _days(from_on, to_on)
    if not clean(name):
        raise Problem("Ghi tên ngày nghỉ hoặc lý do làm bù.")
    if held := DayOff.objects.filter(agency=agency, on__in=days).order_by("on").first():
        raise Problem(
            f"Ngày {held.on:%d/%m/%Y} đã có trong lịch: {held.name}. Hãy bỏ dòng ấy trước rồi thêm lại."
        )
    if is_working and (idle := next((day for day in days if day.weekday() < 5), None)):
        raise Problem(f"Ngày {idle:%d/%m/%Y} vốn là ngày làm việc nên không cần ghi làm bù.")
    rows = [
        DayOff(agency=agency, on=day, name=clean(name)[:NAME_LENGTH], is_working=is_working) for day in days
    ]
    _keep(rows)
    kind = "ngày làm bù" if is_working else "ngày nghỉ"
    span = f"{from_on:%d/%m/%Y}" + (f" đến {to_on:%d/%m/%Y}" if to_on != from_on else "")
    return _after(agency, by, "add_days_off", f"{by} thêm {kind} {span}: {clean(name)}")


def _keep(rows: list[DayOff]) -> None:
    try:
        with transaction.atomic():
            DayOff.objects.bulk_create(rows)
    except IntegrityError as error:  # two at once: the look before found nothing yet
        raise Problem("Có người vừa thêm một trong các ngày này. Hãy xem lại lịch rồi thêm lại.") from error


def _days(from_on: dt.date, to_on: dt.date) -> list[dt.date]:
    length = (to_on - from_on).days + 1
    if length < 1:
        raise Problem("Ngày cuối phải từ ngày đầu trở đi.")
    if length > MOST_DAYS:
        raise Problem(f"Mỗi lần chỉ thêm được nhiều nhất {MOST_DAYS} ngày.")
    return [from_on + dt.timedelta(days=step) for step in range(length)]


@transaction.atomic
def remove_day_off(*, day: DayOff, by: User) -> int:
    """Takes a day out of the table; pressing twice does it once. How many deadlines moved."""
    removed, _ = DayOff.objects.filter(pk=day.pk).delete()
    if not removed:
        return 0
    kind = "ngày làm bù" if day.is_working else "ngày nghỉ"
    return _after(day.agency, by, "remove_day_off", f"{by} bỏ {kind} {day.on:%d/%m/%Y}: {day.name}")


@transaction.atomic
def save_calendar(
    *, agency: Agency, version: int, moves_deadlines: bool, period_kinds: Collection[str], by: User
) -> int:
    """How deadlines on days off and periods are read from now on. How many deadlines moved. Raises Problem, Conflict."""
    kinds = [kind for kind in calendar.MONTHS if kind in period_kinds]
    if not kinds:
        raise Problem("Chọn ít nhất một loại kỳ báo cáo.")
    CalendarSetting.objects.get_or_create(agency=agency)
    changed = CalendarSetting.objects.filter(agency=agency, version=version).update(
        moves_deadlines=moves_deadlines, period_kinds=kinds, version=version + 1
    )
    if not changed:
        raise Conflict("Cách tính lịch vừa được người khác sửa. Hãy xem lại trước khi lưu.")
    moves = "chuyển sang ngày làm việc sau" if moves_deadlines else "giữ nguyên"
    names = ", ".join(Period.Kind(kind).label.lower() for kind in kinds)
    words = f"{by} đặt cách tính lịch: thời hạn rơi vào ngày nghỉ {moves}; kỳ báo cáo tự mở: {names}"
    return _after(agency, by, "save_calendar", words)


def _after(agency: Agency, by: User, verb: str, words: str) -> int:
    record_event(agency=agency, actor=by, verb=verb, about=agency, words=words)
    return follow_calendar(agency=agency, by=by)


def follow_calendar(*, agency: Agency, by: User) -> int:
    """Reads the open deadlines of the agency on its calendar as it is now; returns how many came to another day.

    What is past stays as it was judged, and no change of the calendar puts a deadline into the past.
    """
    today, days, moved = clock.today(), working_days(agency), 0
    rows = Occurrence.objects.filter(
        task__plan__agency=agency, task__plan__state=Plan.State.ACTIVE, due_on__gte=today
    )
    for one in rows.filter(completed_on=None, cancelled_on=None).select_related("task"):
        due = days.due(one.said_on)  # type: ignore[arg-type]
        if due == calendar.Due(one.due_on, one.named_on, one.workday_on) or due.due_on < today:  # type: ignore[arg-type]
            continue
        was = one.due_on
        if _brought(one, due) and due.due_on != was:
            moved += 1
            words = f"Thời hạn “{one.task.title}” từ {was:%d/%m/%Y} sang {due.due_on:%d/%m/%Y} theo lịch ngày nghỉ"
            record_event(agency=agency, actor=by, verb="follow_calendar", about=one, words=words)
    return moved


def _brought(one: Occurrence, due: calendar.Due) -> bool:
    """Whether the deadline came to `due`: not where it was moved, finished or cancelled since `one` was read."""
    still = Occurrence.objects.filter(pk=one.pk, due_on=one.due_on, completed_on=None, cancelled_on=None)
    # Counted on from what is there now, so that a form shown between the reading and the writing is told stale.
    return bool(
        still.update(
            due_on=due.due_on, named_on=due.named_on, workday_on=due.workday_on, version=F("version") + 1
        )
    )
