"""The life of a draft: held while it is mended, activated once, or thrown away."""

from functools import partial

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.services import record_event
from danvan import clock
from danvan.problems import Conflict, Problem
from plans.models import Plan

NO_LONGER_A_DRAFT = "Kế hoạch này đã được kích hoạt nên không sửa bản nháp được nữa."


def hold_draft(plan_id: int) -> None:
    """First statement of every change to a draft, inside its transaction.

    The row stays locked until the end, so a change and an activation never cross, and whoever is about to activate
    what they read before the change is told. Raises `Problem` once the plan is no draft.
    """
    changed = Plan.objects.filter(pk=plan_id, state=Plan.State.DRAFT).update(version=F("version") + 1)
    if not changed:
        raise Problem(NO_LONGER_A_DRAFT)


@transaction.atomic
def activate(*, plan: Plan, version: int, by: User | None) -> Plan:
    """DRAFT → ACTIVE, exactly once, and only what `version` showed. The tasks are made by whoever calls this.

    Raises `Problem` if the plan is no draft any more, `Conflict` if the draft changed since `version` was read.
    """
    asked = Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT, version=version)
    done = asked.update(state=Plan.State.ACTIVE, activated_at=clock.now(), version=version + 1)
    plan.refresh_from_db()
    if not done and plan.state != Plan.State.DRAFT:
        raise Problem("Kế hoạch này đã được kích hoạt trước đó.")
    if not done:
        raise Conflict("Bản nháp vừa được sửa sau khi đồng chí mở trang này. Hãy xem lại rồi kích hoạt.")
    record_event(agency=plan.agency, actor=by, verb="plan.activated", about=plan, words=f"Kích hoạt {plan}")
    return plan


@transaction.atomic
def delete_draft(*, plan: Plan, by: User | None) -> None:
    """The draft, its reading and the uploaded file go for good. Raises `Problem` if the plan is no draft."""
    hold_draft(plan.pk)
    kept = [(record.file.storage, record.file.name) for record in plan.imports.all() if record.file.name]
    record_event(agency=plan.agency, actor=by, verb="plan.deleted", about=plan, words=f"Xóa bản nháp {plan}")
    plan.delete()
    transaction.on_commit(partial(_delete_files, kept))


def _delete_files(kept: list[tuple[Storage, str]]) -> None:
    for storage, name in kept:
        storage.delete(name)
