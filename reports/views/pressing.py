"""*Đôn đốc*: who is missing, one press for all or for one unit, and the same as a công văn."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest
from accounts.services.mail import NOT_SET_UP
from danvan import clock
from danvan.problems import Problem
from reports import jobs, permissions
from reports.letter import leaders, pressing_letter
from reports.models import Reminder
from reports.pressing import missing_in, newest, pressed_in
from reports.rendering.document import Unprintable
from reports.rendering.pdf import render_pdf
from reports.services.pressing import Press, press
from reports.views.period import get_period
from tasks.models import Period
from tasks.reminders import reminder_text
from tasks.views.address import number


@require_http_methods(["GET", "HEAD", "POST"])
def pressing(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET: who is missing, ready words, the log. POST `seen`, `don-vi` (one unit): presses."""
    period = get_period(request, pk)
    if request.method != "POST":
        if period.agency_id not in request.user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR):
            raise PermissionDenied
        return _show(request, period)
    if not permissions.can_close(request.user, period.agency):
        raise PermissionDenied
    return _press(request, period)


def _show(request: SignedInRequest, period: Period, problem: str = "", status: int = 200) -> HttpResponse:
    on = clock.today()
    pressed = pressed_in(period)
    missing = {} if period.is_closed else missing_in(period, on)
    rows = [
        {
            "unit": unit,
            "owed": len(work),
            "words": reminder_text(unit=unit, occurrences=work, on=on),
            "pressed": pressed.get(unit.pk),
        }
        for unit, work in missing.items()
    ]
    log = Reminder.objects.filter(period=period, channel=Reminder.Channel.PRESS)
    context = {
        "period": period,
        "rows": rows,
        "seen": newest(pressed),
        "log": log.select_related("unit", "made_by", "mail")[:100],
        "leaders": leaders(period.agency, on) if rows else [],
        "is_office": permissions.can_close(request.user, period.agency),
        "not_set_up": "" if settings.MAIL_IS_SET_UP else NOT_SET_UP,
        "problem": problem,
    }
    return render(request, "reports/pressing.html", context, status=status)


def _press(request: SignedInRequest, period: Period) -> HttpResponse:
    unit_id = number(request.POST.get("don-vi"))
    try:
        done = press(
            period=period, seen=number(request.POST.get("seen")) or 0, by=request.user, unit_id=unit_id
        )
    except Problem as problem:
        return _show(request, period, str(problem), status=422)
    _tell(request, done)
    for mail in done.mails:
        transaction.on_commit(lambda pk=mail.pk: jobs.send_mail.delay(pk), robust=True)  # type: ignore[misc]
    return redirect("reports:press", period.pk)


def _tell(request: SignedInRequest, done: Press) -> None:
    if done.reminders:
        mails = f" Đang gửi {len(done.mails)} thư." if done.mails else ""
        messages.success(
            request,
            f"Đã đôn đốc {done.units} đơn vị.{mails} Sao chép lời nhắc bên dưới để gửi nhóm Zalo.",
        )
    if done.skipped:
        names = ", ".join(str(unit) for unit in done.skipped)
        messages.warning(request, f"Vừa được đôn đốc rồi nên không làm lại: {names}.")


@require_safe
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """The công văn as PDF, built at once: a page or two. GET `nguoi-ky` chooses the leader."""
    period = get_period(request, pk)
    if not permissions.can_close(request.user, period.agency):
        raise PermissionDenied
    on = clock.today()
    missing = missing_in(period, on)
    if not missing or period.is_closed:
        return _show(request, period, "Không còn đơn vị nào thiếu kết quả.", status=422)
    choice = leaders(period.agency, on)
    asked = number(request.GET.get("nguoi-ky"))
    signer = next((one for one in choice if one.pk == asked), choice[0] if choice else None)
    try:
        content = render_pdf(pressing_letter(period=period, missing=missing, signer=signer, on=on))
    except Unprintable as unprintable:
        return _show(request, period, str(unprintable), status=422)
    name = f"cong-van-don-doc-{period.year}-{period.pk}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
