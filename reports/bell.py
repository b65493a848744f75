"""«Nhắc việc»: what needs this person now, by urgency. Read off how things stand: nothing is kept, nothing to mark read."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Agency, Mail, Role, User
from danvan import clock
from plans.models import Plan
from reports.dashboard import Need, needs_of
from reports.desk import agency_reports, office_work
from reports.digests import is_past, near
from reports.models import Report
from reports.pressing import units_missing
from tasks import status
from tasks.models import Directive, Occurrence, Period
from tasks.queue import office_queue
from tasks.reminders import days_words
from tasks.status import Sign

LATE, SOON, WAITS = (
    Sign("Quá hạn", "bad", "exclamation-triangle"),
    Sign("Sắp đến hạn", "late", "clock"),
    Sign("Đang chờ", "going", "hourglass-split"),
)
RETURNED = Sign("Bị trả lại", "late", "arrow-counterclockwise")
DIRECTED = Sign("Có chỉ đạo", "bad", "chat-left-text")
SILENT = Sign("Chưa có tin mới", "none", "clock-history")
FAILED = Sign("Không gửi được", "bad", "x-circle")
STATE = Report.State
# How long a failed mail stays a matter for the office, in days.
MAIL_DAYS = 14


@dataclass(frozen=True)
class Notice:
    """One thing to do and the one place to do it. `left`: days until it is late, below 0 if it is."""

    words: str
    detail: str
    url: str
    sign: Sign
    left: int


def notices(user: User, on: dt.date) -> list[Notice]:
    """The most urgent first. At most ten queries in one agency."""
    found: list[Notice] = []
    if user.led_units:
        found += _to_units(user, on)
    for membership in user.active_memberships:
        if membership.role == Role.OFFICE:
            found += _to_office(membership.agency, on, user)
        elif membership.role == Role.CHAIR:
            found += _to_leaders(membership.agency, on)
    return sorted(found, key=lambda one: one.left)


def sign_of(left: int) -> Sign:
    return LATE if left < 0 else SOON


# --- Units ---------------------------------------------------------------------------------------------------------


def _to_units(user: User, on: dt.date) -> Iterator[Notice]:
    mine = {"task__lead_unit__in": user.acting_unit_ids}
    told: set[int] = set()
    for one in _spoken(user.acting_unit_ids):
        told.add(one.occurrence_id)
        yield Notice(
            one.occurrence.task.title,
            f"{one.written_by} chỉ đạo ngày {clock.local_date(one.at):%d/%m/%Y}",
            _card(one.occurrence_id),
            DIRECTED,
            (one.occurrence.shown_due_on - on).days,
        )
    for work in near(on).filter(**mine):
        if status.owes_answer(work) and work.pk not in told:
            left = (work.shown_due_on - on).days
            sign = RETURNED if status.is_returned(work) and left >= 0 else sign_of(left)
            words = days_words(work.shown_due_on, on)
            yield Notice(work.task.title, words[:1].upper() + words[1:], _card(work.pk), sign, left)


def _spoken(unit_ids: Iterable[int]) -> list[Directive]:
    """A leader's word that the unit has not answered; the newest of each piece of work."""
    open_work = Occurrence.objects.live().filter(task__lead_unit__in=unit_ids, completed_on=None)
    open_work = open_work.filter(task__plan__state=Plan.State.ACTIVE, period__closed_at=None)
    unanswered = Q(occurrence__latest_update=None) | Q(at__gt=F("occurrence__latest_update__recorded_at"))
    rows = Directive.objects.filter(unanswered, occurrence__in=open_work.values("pk")).order_by("pk")
    found = rows.select_related("occurrence__task", "occurrence__period", "written_by")
    return list({one.occurrence_id: one for one in found}.values())


def _card(pk: int) -> str:
    return reverse("tasks:record", args=[pk])


# --- The office ----------------------------------------------------------------------------------------------------


def _to_office(agency: Agency, on: dt.date, user: User) -> Iterator[Notice]:
    yield from _missing(agency, on)
    yield from _steps(agency, on)
    yield from _failed_mail(agency, on)
    work = office_work(agency)
    # Nobody takes their own words, so they are nothing this person can do.
    to_check = office_queue([agency.pk]).exclude(recorded_by=user).count() if work.to_check else 0
    if to_check:
        days = work.times.longest
        detail = f"Chờ lâu nhất {days} ngày làm việc" if days else "Gửi hôm nay"
        yield Notice(f"Kiểm tra {to_check} kết quả", detail, reverse("tasks:reviews"), WAITS, 0)
    for plan in work.unassigned:
        words = f"Phân công {plan.unassigned} việc"  # type: ignore[attr-defined]
        yield Notice(words, str(plan), reverse("tasks:assign", args=[plan.pk]), WAITS, 0)
    for plan in work.drafts:
        yield Notice("Xem bản nháp kế hoạch", str(plan), reverse("plans:draft", args=[plan.pk]), WAITS, 30)


def _missing(agency: Agency, on: dt.date) -> Iterator[Notice]:
    """Units that are late: those of a period are pressed there, work with a date stands in the list of its plan.

    Each number is that of the rows its page shows.
    """
    work = list(near(on).filter(task__plan__agency=agency))
    owed = [one for one in work if one.task.lead_unit_id and status.owes_answer(one)]
    periods = {one.period for one in owed if one.period is not None and one.shown_due_on < on}
    stuck = {one.task.plan_id for one in owed if one.period is None and one.shown_due_on < on}
    overdue: dict[int, list[int]] = {}
    for one in work:
        if one.task.plan_id in stuck and status.cell_of(one, on) is status.Cell.OPEN_OVERDUE:
            overdue.setdefault(one.task.plan_id, []).append((one.shown_due_on - on).days)
    names = _names_of({*overdue, *(period.plan_id for period in periods)})
    for period in sorted(periods, key=lambda one: one.pk):
        words = f"Đôn đốc {len(units_missing(period, owed, on))} đơn vị chưa gửi kết quả {period.title}"
        detail = f"Hạn đơn vị {period.unit_due_on:%d/%m/%Y}, {days_words(period.unit_due_on, on)}"
        url, left = reverse("reports:press", args=[period.pk]), (period.unit_due_on - on).days
        yield Notice(words, detail + names.get(period.plan_id, ""), url, LATE, left)
    for plan_id, left_days in overdue.items():
        detail = f"Lâu nhất {-min(left_days)} ngày" + names.get(plan_id, "")
        url = _list_url(plan_id, "overdue")
        yield Notice(f"{len(left_days)} việc đã quá hạn", detail, url, LATE, min(left_days))


def _names_of(plan_ids: Collection[int]) -> dict[int, str]:
    """What to say of each plan where there are several. One query, none for a single plan."""
    if len(plan_ids) < 2:
        return {}
    return {pk: f" ({plan})" for pk, plan in Plan.objects.in_bulk(plan_ids).items()}


def _list_url(plan_id: int, standing: str) -> str:
    return f"{reverse('tasks:list')}?{urlencode({'ke-hoach': plan_id, 'tinh-trang': standing})}"


def _steps(agency: Agency, on: dt.date) -> Iterator[Notice]:
    """Periods to close, and reports that lie with the office."""
    running = Period.objects.filter(agency=agency, plan__state=Plan.State.ACTIVE, closed_at=None)
    for period in running.filter(covers_to__lte=on).select_related("plan"):
        left = (period.covers_to - on).days
        url = reverse("reports:close", args=[period.pk])
        yield Notice(
            f"Chốt số liệu {period.title}", f"Ngày {period.covers_to:%d/%m/%Y}", url, sign_of(left), left
        )
    for report in agency_reports(agency).values():
        if words := REPORT_WORDS.get(report.state):
            due_on = report.period.office_due_on if report.state in Report.EDITABLE else report.period.due_on
            left, sign = (due_on - on).days, RETURNED if report.state == STATE.RETURNED else None
            detail = f"Hạn {due_on:%d/%m/%Y}, {days_words(due_on, on)}"
            url = reverse("reports:report", args=[report.pk])
            yield Notice(f"{words}: {report}", detail, url, sign or sign_of(left), left)


REPORT_WORDS: dict[str, str] = {
    STATE.DRAFT: "Trình báo cáo",
    STATE.RETURNED: "Sửa báo cáo bị trả lại",
    STATE.APPROVED: "Lấy số báo cáo",
    STATE.NUMBERED: "Ban hành báo cáo",
}


def _failed_mail(agency: Agency, on: dt.date) -> Iterator[Notice]:
    since = clock.now() - dt.timedelta(days=MAIL_DAYS)
    failed = Mail.objects.filter(agency=agency, state=Mail.State.FAILED, made_at__gte=since)
    if count := failed.exclude(is_past(on)).count():
        url = f"{reverse('reports:mails')}?chi=loi"
        yield Notice(f"{count} thư không gửi được", f"Trong {MAIL_DAYS} ngày qua", url, FAILED, 0)


# --- Leaders -------------------------------------------------------------------------------------------------------


def _to_leaders(agency: Agency, on: dt.date) -> Iterator[Notice]:
    """What is silent stands in one line: there may be as many as there are tasks.

    It tells no number: the list also holds what is silent and stands above for a weightier reason.
    """
    silent: dict[int, int] = {}
    for need in needs_of(agency, agency_reports(agency).values(), on):
        if need.occurrence is not None and need.standing is None:
            plan_id = need.occurrence.task.plan_id
            silent[plan_id] = max(need.days, silent.get(plan_id, 0))
        else:
            yield _of_need(need, on)
    names = _names_of(silent)
    for plan_id, days in silent.items():
        words = f"Có việc chưa có tin mới từ {status.SILENT_DAYS} ngày"
        detail = f"Lâu nhất {days} ngày" + names.get(plan_id, "")
        yield Notice(words, detail, _list_url(plan_id, "silent"), SILENT, 0)


def _of_need(need: Need, on: dt.date) -> Notice:
    if need.report is not None:
        due_on = need.report.period.chair_due_on
        url = reverse("reports:report", args=[need.report.pk])
        left = (due_on - on).days
        detail = f"Hạn duyệt {due_on:%d/%m/%Y}, {days_words(due_on, on)}"
        return Notice(f"Duyệt báo cáo: {need.report}", detail, url, WAITS if left >= 0 else LATE, left)
    work = need.update.occurrence if need.update else need.occurrence
    if work is None:
        raise ValueError("a need is a report, a result or a piece of work")
    task, url = work.task, reverse("tasks:occurrence", args=[work.pk])
    detail = f"{task.lead_unit or 'Chưa phân công'}: {need.words}"
    if need.update is not None:
        return Notice(task.title, detail, url, WAITS, 0)
    sign = need.standing.sign if need.standing else LATE
    return Notice(task.title, detail, url, sign, -need.days)
