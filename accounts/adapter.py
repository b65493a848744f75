"""Where the sign-in library asks us."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up: the office keeps the people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many failures are answered by the page that says how long to wait, with its code 429."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise ImmediateHttpResponse(respond_429(request)) from None

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """The project's validators alone; the library's own shorter minimum would name another number."""
        validate_password(password, user)  # type: ignore[arg-type]
        return password

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that is down must not turn the reset page into an error, nor tell who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # SMTP errors are OSErrors
            logger.exception("Mail %s was not sent", template_prefix)
