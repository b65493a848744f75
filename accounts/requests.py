from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view receives unless it is open to everybody: the middleware has turned all others away.

    For annotations only; at run time it is Django's own request.
    """

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
