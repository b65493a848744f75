"""«Thư đã gửi»: what became of every mail of the agency, and sending a failed one again."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Mail, Role
from accounts.requests import SignedInRequest
from accounts.services.mail import NOT_SET_UP, OVER, retry_mail
from danvan import clock
from reports import jobs
from reports.digests import is_past
from tasks.status import Sign

State = Mail.State
PAGE = 50
SIGNS = {
    State.QUEUED: Sign("Chờ gửi", "going", "hourglass-split"),
    State.SENDING: Sign("Đang gửi", "going", "send"),
    State.SENT: Sign("Đã gửi", "good", "check-circle"),
    State.FAILED: Sign("Không gửi được", "bad", "x-circle"),
}
NOT_ANY_MORE = Sign("Thôi không gửi", "plain", "dash-circle")


@require_safe
def mails(request: SignedInRequest) -> HttpResponse:
    """GET `chi=loi`: only those that failed; `trang`: further back."""
    if not request.user.agency_ids(Role.OFFICE, Role.INSPECTOR):
        raise PermissionDenied
    visible = Mail.objects.visible_to(request.user)
    past = is_past(clock.today())
    failed = visible.filter(state=State.FAILED).exclude(past)
    visible = visible.annotate(is_past=Case(When(past, then=Value(True)), default=Value(False)))
    only_failed = request.GET.get("chi") == "loi"
    page = Paginator((failed if only_failed else visible).order_by("-pk"), PAGE).get_page(
        request.GET.get("trang")
    )
    rows = [
        {"mail": mail, "sign": sign_of(mail), "is_over": mail.is_past}  # type: ignore[attr-defined]
        for mail in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "only_failed": only_failed,
        "failed": failed.count(),
        "not_set_up": "" if settings.MAIL_IS_SET_UP else NOT_SET_UP,
        "is_office": bool(request.user.agency_ids(Role.OFFICE)),
    }
    return render(request, "reports/mails.html", context)


def sign_of(mail: Mail) -> Sign:
    return NOT_ANY_MORE if mail.error in OVER else SIGNS[State(mail.state)]


@require_POST
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail.objects.visible_to(request.user), pk=pk)
    if not request.user.has_role(Role.OFFICE, mail.agency_id):
        raise PermissionDenied
    if Mail.objects.filter(is_past(clock.today()), pk=pk).exists():
        messages.warning(
            request, "Thư này không cần gửi lại: đã có thư mới hơn, hoặc không còn việc phải nhắc."
        )
    elif retry_mail(mail=mail):
        transaction.on_commit(lambda: jobs.send_mail.delay(pk), robust=True)
        messages.success(request, f"Đang gửi lại thư cho {mail.to}.")
    else:
        messages.warning(request, "Thư này không còn ở tình trạng “Không gửi được”.")
    return redirect("reports:mails")
