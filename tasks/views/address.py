"""What addresses and forms carry: numbers, and the way back."""

from django.utils.http import url_has_allowed_host_and_scheme

from accounts.requests import SignedInRequest


def number(text: str | None) -> int | None:
    """The number of a row, None for anything else; longer than any database counts is none either."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def back_to(request: SignedInRequest, otherwise: str) -> str:
    """The page the form names in `next`, if it is one of ours."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
