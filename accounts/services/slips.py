"""Printed first-sign-in slips: a one-time link that sets a password. Only the token's hash is kept."""

import datetime as dt
import hashlib
import secrets

from django.db import models, transaction

from accounts.models import SignInSlip, User
from accounts.services.events import record_event
from danvan import clock
from danvan.problems import Problem

SLIP_DAYS = 7
# Whoever has no camera types the link: no letters that look alike. 24 of 31 signs are 118 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def make_slip(*, user: User, made_by: User) -> str:
    """A new one-time token for `/vao/<token>/`, good for `SLIP_DAYS`; earlier slips of `user` are withdrawn."""
    agency = user.agency or made_by.agency
    if agency is None or not user.is_active:
        raise Problem("Người này chưa có vai trò nào đang hiệu lực nên chưa thể đăng nhập.")
    withdraw_slips(user)
    token, made_at = _new_token(), clock.real_now()
    SignInSlip.objects.create(
        user=user,
        token_hash=_hash(token),
        made_by=made_by,
        made_at=made_at,
        expires_at=made_at + dt.timedelta(days=SLIP_DAYS),
    )
    words = f"Làm phiếu đăng nhập cho {user}"
    record_event(agency=agency, actor=made_by, verb="make_slip", about=user, words=words)
    return token


def find_slip(*, token: str) -> SignInSlip | None:
    """The slip behind `token` if it can still be used. Reading it changes nothing: mail scanners read too."""
    return _usable_slips().select_related("user").filter(token_hash=_hash(token)).first()


@transaction.atomic
def use_slip(*, token: str, password: str) -> User:
    """Set the password and spend the slip; one of two simultaneous uses wins. Problem: it cannot be used any more."""
    slip = find_slip(token=token)
    unspent = SignInSlip.objects.filter(pk=slip.pk if slip else 0, used_at=None, withdrawn_at=None)
    if slip is None or not unspent.update(used_at=clock.real_now()):
        raise Problem("Phiếu này không còn dùng được. Hãy xin Văn phòng một phiếu mới.")
    user = slip.user
    user.set_password(password)
    user.save(update_fields=["password"])
    withdraw_slips(user)
    agency = user.agency or slip.made_by.agency
    if agency is not None:
        words = f"{user} đặt mật khẩu bằng phiếu đăng nhập"
        record_event(agency=agency, actor=user, verb="use_slip", about=user, words=words)
    return user


def _usable_slips() -> models.QuerySet[SignInSlip]:
    """Whoever became a maintainer since the slip was printed is no longer let in by it."""
    return SignInSlip.objects.filter(
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.real_now(),
        user__is_active=True,
        user__is_staff=False,
        user__is_superuser=False,
    )


def withdraw_slips(user: User) -> None:
    user.slips.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=clock.real_now())


def _new_token() -> str:
    """Six groups of four signs, joined by hyphens."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(6))


def _hash(token: str) -> str:
    return hashlib.sha256(token.lower().encode()).hexdigest()
