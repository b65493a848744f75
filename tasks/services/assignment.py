"""Who does it and by when: the rows of the assignment table."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import models, transaction
from django.db.models.functions import Coalesce

from accounts.models import Unit, User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import clean, fold
from plans.models import Plan
from tasks import calendar, telling
from tasks.models import Occurrence, Period, Task
from tasks.services.activation import TITLE_LENGTH
from tasks.services.dated import dates_by_rules, make_dated_occurrences
from tasks.services.periods import open_periods
from tasks.wording import dates_words, schedule_words

Schedule = Task.Schedule
# The day that was said: rules and rows of the table speak of it, whatever days off made of it.
SAID = Coalesce("named_on", "due_on")
MOST_NAMED = 4


@dataclass(frozen=True)
class Assignment:
    """What one row of the assignment table says. `dates` belong to DATES, `rules` to RULES, `period_kind` to EVERY_PERIOD."""

    lead_unit: Unit | None
    supporting_units: Sequence[Unit] = ()
    overseer: User | None = None
    schedule: str = Task.Schedule.EVERY_PERIOD
    dates: Sequence[dt.date] = ()
    rules: str = ""
    period_kind: str = Period.Kind.QUARTER
    is_tracked: bool = True
    needs_chair: bool = False
    title: str = field(default="")


def assignment_of(task: Task) -> Assignment:
    """The row as it stands. Two queries."""
    return row_of(task, task.supporting_units.all(), [day for _, day in asked_dates(task=task)])


def row_of(task: Task, supporting: Iterable[Unit], dates: Iterable[dt.date]) -> Assignment:
    """The row of a task whose supporting units and dates were read together with those of others."""
    return Assignment(
        lead_unit=task.lead_unit,
        supporting_units=tuple(supporting),
        overseer=task.overseer,
        schedule=task.schedule,
        dates=tuple(dates) if task.schedule == Schedule.DATES else (),
        rules=task.rules,
        period_kind=task.period_kind,
        is_tracked=task.is_tracked,
        needs_chair=task.needs_chair,
        title=task.title,
    )


def asked_dates(**of: Task | Plan) -> list[tuple[int, dt.date]]:
    """Task id and day of what has a date of its own and still counts, by day: the one said, before days off moved it."""
    rows = Occurrence.objects.filter(cancelled_on=None, due_on__isnull=False, **of)  # type: ignore[arg-type]
    return list(rows.annotate(said=SAID).order_by("said").values_list("task_id", "said"))


@transaction.atomic
def assign_tasks(*, rows: Sequence[tuple[Task, int, Assignment]], by: User) -> dict[int, Problem | None]:
    """Writes many rows, each given with the version it was shown at: task id → what stood in its way, or None.

    A row that fails leaves the others alone. A Conflict says that the row was stale.
    """
    results: dict[int, Problem | None] = {}
    for task, version, assignment in rows:
        try:
            assign_task(task=task, version=version, assignment=assignment, by=by)
            results[task.pk] = None
        except Problem as problem:
            results[task.pk] = problem
    return results


@transaction.atomic
def assign_task(*, task: Task, version: int, assignment: Assignment, by: User) -> Task:
    """Writes one row of the assignment table. Raises Conflict (stale version) or Problem (contradictory schedule)."""
    _check(assignment, task.plan)
    timing = _timing(task)
    dates = asked_dates(task=task) if task.schedule == Schedule.DATES else []
    before = row_of(task, task.supporting_units.all(), [day for _, day in dates])
    _write(task, version, assignment)
    after = replace(assignment, supporting_units=_set_supporting(task, assignment, before), title=task.title)
    given_up: list[dt.date] = []
    has_occurrence = bool(task.occurrences.all())  # type: ignore[attr-defined]
    if assignment.schedule == Schedule.DATES or timing != _timing(task) or not has_occurrence:
        given_up = reschedule(task=task, dates=assignment.dates)
    words = _words(by, before, after) + _given_up_words(given_up)
    record_event(agency=task.plan.agency, actor=by, verb="assign", about=task, words=words)
    return task


def _write(task: Task, version: int, assignment: Assignment) -> None:
    title = clean(assignment.title)[:TITLE_LENGTH] or task.title
    values = {
        "lead_unit": assignment.lead_unit,
        "overseer": assignment.overseer,
        "schedule": assignment.schedule,
        "rules": assignment.rules if assignment.schedule == Schedule.RULES else "",
        "period_kind": assignment.period_kind,
        "is_tracked": assignment.is_tracked,
        "needs_chair": assignment.needs_chair,
        "title": title,
        "folded": fold(f"{title} {task.item.text if task.item else ''} {task.source}"),
        "version": version + 1,
    }
    if not Task.objects.filter(pk=task.pk, version=version, cancelled_on=None).update(**values):
        raise Conflict("Việc này vừa được người khác sửa. Hãy xem lại trước khi lưu.")
    for name, value in values.items():
        setattr(task, name, value)


def _set_supporting(task: Task, assignment: Assignment, before: Assignment) -> tuple[Unit, ...]:
    wanted = {unit for unit in assignment.supporting_units if unit != assignment.lead_unit}
    if set(before.supporting_units) != wanted:
        task.supporting_units.set(wanted)
    return tuple(sorted(wanted, key=lambda unit: unit.sort_key))


def _timing(task: Task) -> tuple[str, str, str]:
    return task.schedule, task.rules, task.period_kind


def _check(assignment: Assignment, plan: Plan) -> None:
    if plan.state != Plan.State.ACTIVE:
        raise Problem("Chỉ phân công việc của kế hoạch đang thực hiện.")
    if assignment.schedule == Schedule.DATES and not assignment.dates:
        raise Problem("Chưa có ngày: ghi ít nhất một thời hạn, hoặc chọn “mỗi kỳ”.")
    if assignment.schedule == Schedule.RULES and not assignment.rules:
        raise Problem(
            "Chưa chọn cách lặp lại: hằng tuần, hằng tháng, hằng quý, 6 tháng, hằng năm hay cách khác."
        )
    if assignment.schedule == Schedule.EVERY_PERIOD and assignment.period_kind not in calendar.MONTHS:
        raise Problem("Chọn kỳ báo kết quả: mỗi tháng, mỗi quý, mỗi 6 tháng hay mỗi năm.")
    units = [assignment.lead_unit, *assignment.supporting_units]
    if any(unit and unit.agency_id != plan.agency_id for unit in units):
        raise Problem("Chỉ phân công cho đơn vị của cơ quan này.")


def _words(by: User, before: Assignment, after: Assignment) -> str:
    """What became of the row: each part that changed, from what to what."""
    changed = telling.changes(list(zip(_told(before), _told(after), strict=True)))
    deed = "sửa phân công" if before.lead_unit else "phân công"
    return f"{by} {deed} “{after.title}”: {changed or 'không đổi gì'}"


def _told(row: Assignment) -> list[tuple[str, str]]:
    """A row of the table as pairs of name and words, in the order people ask."""
    due = schedule_words(schedule=row.schedule, dates=row.dates, rules=row.rules, period_kind=row.period_kind)
    units = sorted(row.supporting_units, key=lambda unit: unit.sort_key)
    return [
        ("tên việc", f"“{row.title}”"),
        ("chủ trì", str(row.lead_unit or "chưa phân công")),
        ("phối hợp", ", ".join(map(str, units)) or "không"),
        ("lãnh đạo phụ trách", str(row.overseer or "chưa có")),
        ("thời hạn", due),
        ("theo dõi", "có" if row.is_tracked else "không"),
        ("lãnh đạo xác nhận hoàn thành", "có" if row.needs_chair else "không"),
    ]


def _given_up_words(dates: Sequence[dt.date]) -> str:
    if not dates:
        return ""
    more = f" và {len(dates) - MOST_NAMED} lần khác" if len(dates) > MOST_NAMED else ""
    return f"; thôi các lần chưa ai ghi gì: {dates_words(dates[:MOST_NAMED])}{more}"


def reschedule(*, task: Task, dates: Sequence[dt.date]) -> list[dt.date]:
    """Makes the occurrences that the schedule asks for; whatever was recorded stays. Returns the days given up.

    Untouched ones that are no longer asked for give way; one that is overdue already is cancelled instead, in sight
    of all. A recurrence leaves its past alone. Raises Problem if nothing is asked for at all.
    """
    untouched = _untouched(task)
    if task.schedule == Schedule.EVERY_PERIOD:
        given_up = _give_way(untouched.filter(period=None))
        untouched.exclude(period=None).exclude(period__kind=task.period_kind).delete()
        open_periods(plan=task.plan, on=clock.today())
    else:
        untouched.exclude(period=None).delete()
        given_up = _ask_on_dates(task, dates)
    if not Occurrence.objects.filter(task=task).exists():
        raise Problem("Thời hạn này không còn lần nào trong năm của kế hoạch. Hãy chọn thời hạn khác.")
    return given_up


def _ask_on_dates(task: Task, dates: Sequence[dt.date]) -> list[dt.date]:
    wanted = set(dates)
    left = _untouched(task).filter(period=None)
    if task.schedule == Schedule.RULES:
        wanted = set(dates_by_rules(rules=task.rules, year=task.plan.year))
        left = left.filter(due_on__gte=clock.today())
    given_up = _give_way(left.annotate(said=SAID).exclude(said__in=wanted))
    if task.schedule == Schedule.DATES:
        _leave_nothing_behind(task, wanted)
    held = Occurrence.objects.filter(task=task, period=None).annotate(said=SAID)
    held.filter(said__in=wanted).exclude(cancelled_on=None).update(cancelled_on=None)
    make_dated_occurrences(task=task, dates=sorted(wanted - set(held.values_list("said", flat=True))))
    return given_up


def _leave_nothing_behind(task: Task, wanted: set[dt.date]) -> None:
    """Unfinished work that was spoken of moves by an extension: a new date beside it would ask for it twice."""
    unfinished = Occurrence.objects.filter(task=task, period=None, completed_on=None, cancelled_on=None)
    if left := unfinished.annotate(said=SAID).exclude(said__in=wanted).order_by("said").first():
        raise Problem(
            f"Việc có hạn {left.said_on:%d/%m/%Y} đã có người ghi kết quả hoặc ý kiến. "
            "Muốn đổi ngày này, hãy mở việc ấy rồi bấm “Gia hạn”."
        )


def _give_way(occurrences: models.QuerySet[Occurrence]) -> list[dt.date]:
    today = clock.today()
    days = sorted(occurrences.filter(cancelled_on=None).values_list(SAID, flat=True))
    if days:
        occurrences.filter(due_on__lt=today, cancelled_on=None).update(cancelled_on=today)
        occurrences.filter(due_on__gte=today).delete()
    return days


def _untouched(task: Task) -> models.QuerySet[Occurrence]:
    """Nothing was ever said of them, and no figures of theirs are closed."""
    every = Occurrence.objects.filter(task=task)
    return every.filter(updates=None, extensions=None, directives=None, period__closed_at=None)
