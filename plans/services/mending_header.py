"""Mending what stands above, between and below the items: heading, legal bases, section titles, recipients, signature."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict
from danvan.text import clean, fold
from plans.header import PLAN_FIELDS, Header, header_of
from plans.models import Doubt, LegalBasis, Plan, Recipient, Section
from plans.services.drafts import hold_draft

CHANGED_MEANWHILE = "Phần này vừa có người khác sửa."


@transaction.atomic
def mend_header(*, plan: Plan, mark: str, header: Header, by: User, settled: Doubt | None = None) -> Plan:
    """Write the header as a whole, if it still is the one whose `mark` was shown; `settled` is the doubt mended by it.

    Raises `Conflict` if somebody changed the header meanwhile, `Problem` once the plan is no draft.
    """
    hold_draft(plan.pk)
    plan.refresh_from_db()
    if header_of(plan).mark != mark:
        raise Conflict(CHANGED_MEANWHILE)
    for name in PLAN_FIELDS:
        setattr(plan, name, getattr(header, name))
    plan.folded = folded_words(plan)
    plan.save(update_fields=[*PLAN_FIELDS, "folded"])
    write_lines(plan, header.legal_bases, header.recipients)
    if settled and settled.plan_id == plan.pk:
        Doubt.objects.filter(pk=settled.pk, settled_at=None).update(settled_at=clock.now(), settled_by=by)
    words = f"Sửa phần đầu và phần cuối của bản nháp {plan}"
    record_event(agency=plan.agency, actor=by, verb="plan.mended", about=plan, words=words)
    return plan


@transaction.atomic
def mend_section(*, section: Section, shown: str, numeral: str, title: str, by: User) -> Section:
    """Number and title of a section. `shown` is `str(section)` as it stood in the form: its version.

    Raises `Conflict` if it reads differently by now, `Problem` once the plan is no draft.
    """
    hold_draft(section.plan_id)
    section.refresh_from_db()
    if str(section) != shown:
        raise Conflict(CHANGED_MEANWHILE)
    section.numeral, section.title = clean(numeral), clean(title)
    section.save(update_fields=["numeral", "title"])
    plan = section.plan
    words = f"Sửa tên phần {section.numeral} của bản nháp {plan}"
    record_event(agency=plan.agency, actor=by, verb="section.mended", about=section, words=words)
    return section


def write_lines(plan: Plan, legal_bases: Sequence[str], recipients: Sequence[str]) -> None:
    """Both short lists anew, in their order."""
    plan.legal_bases.all().delete()
    plan.recipients.all().delete()
    LegalBasis.objects.bulk_create(
        LegalBasis(plan=plan, order=order, text=text) for order, text in enumerate(legal_bases, start=1)
    )
    Recipient.objects.bulk_create(
        Recipient(plan=plan, order=order, text=text) for order, text in enumerate(recipients, start=1)
    )


def folded_words(plan: Plan) -> str:
    return fold(f"{plan.number} {plan.title} {plan.year}")
