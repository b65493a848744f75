"""The outbox: mail as rows, handed to the mail server by the worker, found again by the sweeper. The row is the truth.

QUEUED → SENDING → SENT | FAILED, and back to QUEUED for a later attempt. Each step is one conditional `update()`;
`attempts` names the sender, so that one which lost its lease can no longer write. Delivery cannot be exactly once: it is
at least once, every time under the same Message-ID, by which the reader's mail server knows a repeat.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import Agency, Mail
from danvan import clock
from danvan.text import clean

logger = logging.getLogger(__name__)
State = Mail.State
# Seconds to wait after each attempt that failed; after the last attempt the office decides.
DELAYS = (60, 5 * 60, 15 * 60, 3600, 4 * 3600)
MAX_ATTEMPTS = len(DELAYS) + 1
NOT_SET_UP = "Cổng chưa được nối với máy chủ thư nên không gửi thư nào."
WITHDRAWN = "Không gửi nữa: người nhận không còn việc phải nhắc trong thư này."
OUTDATED = "Không gửi nữa: đã sang ngày khác; việc còn phải nhắc nằm trong thư mới hơn."
# Mails that failed for no fault: nobody need look at them.
OVER = (WITHDRAWN, OUTDATED)
TOO_OFTEN = f"Đã thử {MAX_ATTEMPTS} lần mà chưa gửi được."


class Outdated(Exception):
    """Raised by a wording: a newer mail says it better."""


# What the mail should say now; None: it is no longer wanted.
Wording = Callable[[Mail], str | None]


def as_written(mail: Mail) -> str | None:
    return mail.body


def new_mail(*, agency: Agency, to: str, subject: str, body: str) -> Mail:
    """A row that is not saved yet, for whoever saves many at once. Its message has a moment before the sweeper looks."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return Mail(
        agency=agency,
        to=to,
        subject=clean(subject)[:200],
        body=body,
        message_id=make_msgid(domain=host),
        made_at=clock.now(),
        lease_until=_in(settings.SWEEP_SECONDS),
    )


def queue_mail(*, agency: Agency, to: str, subject: str, body: str) -> Mail | None:
    """Queues one mail inside the caller's transaction; it is sent after that. None where no mail server is set up."""
    if not settings.MAIL_IS_SET_UP or not to:
        return None
    mail = new_mail(agency=agency, to=to, subject=subject, body=body)
    mail.save()
    return mail


def deliver_mail(*, mail_id: int, wording: Wording = as_written) -> None:
    """One attempt, if it is due and nobody else makes it. Raises nothing: what went wrong stands on the row."""
    mail = _claim(mail_id)
    if mail is None:
        return
    try:
        body = wording(mail)
        if body is None:
            _end(mail, State.FAILED, WITHDRAWN)
            return
        if body != mail.body:
            mail.body = body
            _mine(mail).update(body=body)
        _hand_over(mail)
    except Outdated:
        _end(mail, State.FAILED, OUTDATED)
    except Exception as error:
        logger.warning("mail %s was not sent: %r", mail.pk, error)
        _after_failure(mail, error)


def _hand_over(mail: Mail) -> None:
    """Opens a connection for this mail alone; the row is marked before the goodbye, which may fail without harm."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers)
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([message])
        _mine(mail).update(state=State.SENT, lease_until=None, error="", sent_at=clock.now())
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _claim(mail_id: int) -> Mail | None:
    """A fresh mail may go at once; one that waits for its next attempt, or was left behind, when its time has come."""
    now = clock.real_now()
    changed = (
        _waiting(now)
        .filter(pk=mail_id, attempts__lt=MAX_ATTEMPTS)
        .update(
            state=State.SENDING,
            attempts=F("attempts") + 1,
            # No job outlives this limit: whoever still holds the row then is dead.
            lease_until=_in(settings.CELERY_TASK_TIME_LIMIT),
        )
    )
    return Mail.objects.select_related("agency").get(pk=mail_id) if changed else None


def _waiting(now: dt.datetime) -> QuerySet[Mail]:
    due = Q(state__in=[State.QUEUED, State.SENDING], lease_until__lt=now)
    return Mail.objects.filter(due | Q(state=State.QUEUED, attempts=0))


def _mine(mail: Mail) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=mail.pk, state=State.SENDING, attempts=mail.attempts)


def _end(mail: Mail, state: str, error: str) -> None:
    _mine(mail).update(state=state, lease_until=None, error=error)


def _after_failure(mail: Mail, error: Exception) -> None:
    words = _reason(error)
    if _is_final(error) or mail.attempts >= MAX_ATTEMPTS:
        _end(mail, State.FAILED, words)
        return
    later = _in(DELAYS[mail.attempts - 1])
    _mine(mail).update(state=State.QUEUED, lease_until=later, error=words)


def _in(seconds: int) -> dt.datetime:
    return clock.real_now() + dt.timedelta(seconds=seconds)


def _code(error: Exception) -> int:
    """The three digits the mail server answered, 0 if it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _is_final(error: Exception) -> bool:
    """A 5xx about this very mail. Sign-in and greeting concern all mail and are tried again: the maintainer mends them."""
    about_mail = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return isinstance(error, about_mail) and _code(error) >= 500


def _reason(error: Exception) -> str:
    """For the office: what happened and who can mend it."""
    code = _code(error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"Máy chủ thư không nhận tên hoặc mật khẩu của cổng ({code}). Hãy báo người quản trị."
    if isinstance(error, smtplib.SMTPSenderRefused) and code >= 500:
        return f"Máy chủ thư không cho địa chỉ của cổng gửi thư ({code}). Hãy báo người quản trị."
    if isinstance(error, smtplib.SMTPRecipientsRefused) and code >= 500:
        return f"Máy chủ thư không nhận địa chỉ này ({code}). Kiểm tra lại địa chỉ của người nhận."
    if isinstance(error, smtplib.SMTPDataError) and code >= 500:
        return f"Máy chủ thư từ chối thư này ({code}). Hãy báo người quản trị."
    if code:
        return f"Máy chủ thư chưa nhận thư ({code})."
    return _reason_without_answer(error)


def _reason_without_answer(error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"Máy chủ thư không trả lời trong {settings.EMAIL_TIMEOUT} giây."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "Máy chủ thư ngắt kết nối giữa chừng; có thể thư đã đến nơi."
    if isinstance(error, OSError) and not isinstance(
        error, smtplib.SMTPException
    ):  # refused, unknown name, no network, a certificate that does not fit
        return "Không kết nối được với máy chủ thư."
    return "Không gửi được thư. Hãy báo người quản trị."


@transaction.atomic
def retry_mail(*, mail: Mail) -> bool:
    """Puts a failed mail back into the queue; False if somebody else has done so."""
    return bool(
        Mail.objects.filter(pk=mail.pk, state=State.FAILED).update(
            state=State.QUEUED, attempts=0, error="", lease_until=_in(settings.SWEEP_SECONDS)
        )
    )


def mails_left_behind() -> list[int]:
    """Ids that a sender should look at. Those whose sender died too often are marked FAILED here."""
    now = clock.real_now()
    dead = Mail.objects.filter(state=State.SENDING, lease_until__lt=now, attempts__gte=MAX_ATTEMPTS)
    dead.update(state=State.FAILED, error=TOO_OFTEN, lease_until=None)
    fresh = Q(state=State.QUEUED, lease_until__gt=now)
    return list(_waiting(now).exclude(fresh).order_by("pk").values_list("pk", flat=True)[:100])
