"""What stands above and below the sections of a plan, as one value: it is read, typed over and saved as a whole."""

import hashlib
from dataclasses import astuple, dataclass, fields
from datetime import date

from plans.models import Plan


@dataclass(frozen=True)
class Header:
    """Texts are one line each, but `opening` and `closing`, which keep their lines."""

    number: str
    dated_on: date | None
    year: int
    title: str
    place: str
    superior: str
    issuer: str
    opening: str
    legal_bases: tuple[str, ...]
    closing: str
    recipients: tuple[str, ...]
    authority: str
    position: str
    signer: str

    @property
    def mark(self) -> str:
        """Sixteen characters that change when any of these words does; the header's version in a form."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]


PLAN_FIELDS = tuple(field.name for field in fields(Header) if field.name not in ("legal_bases", "recipients"))


def header_of(plan: Plan) -> Header:
    """Two queries, for the legal bases and the recipients."""
    return Header(
        legal_bases=tuple(plan.legal_bases.values_list("text", flat=True)),
        recipients=tuple(plan.recipients.values_list("text", flat=True)),
        **{name: getattr(plan, name) for name in PLAN_FIELDS},
    )
