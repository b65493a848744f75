"""A quarter that was lived: one result with figures accepted, one «Không phát sinh», the rest missing."""

import uuid
from decimal import Decimal

import pytest

from danvan.celery import app
from reports.services.composing import close_and_compose
from tasks.models import Occurrence
from tasks.services import Progress, accept_update, indicators_on_cards, record_progress


def record(occurrence, by, state="done", accepted_by=None, **words):
    """What a unit sends; accepted at once if `accepted_by` is given."""
    occurrence.refresh_from_db()
    update = record_progress(
        occurrence=occurrence,
        version=occurrence.version,
        form_key=uuid.uuid4(),
        progress=Progress(state=state, **words),
        by=by,
    )
    if accepted_by:
        accept_update(update=update, by=accepted_by)
    return update


@pytest.fixture
def at_once():
    """What is published to the worker is done in place, before `delay` comes back."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def draft_report(world_with_plan, stand_on):
    """Quarter I closed on 14/3/2024 by Lan; `world.report` is its draft, with all gaps filled."""
    world = world_with_plan
    stand_on("2024-03-08")
    every_quarter = [one for one in world.occurrences if one.period_id and one.task.is_tracked]
    first, second = every_quarter[:2]
    cards = indicators_on_cards(plan=world.plan, occurrences=every_quarter)
    values = {binding.indicator_id: Decimal(3) for binding in cards.get(first.pk, [])}
    record(
        first, world.hung, text="Tổ chức 02 hội nghị, 120 lượt người dự", accepted_by=world.lan, values=values
    )
    record(second, world.mai, Occurrence.State.NOTHING, accepted_by=world.lan)
    stand_on("2024-03-14")
    world.period.refresh_from_db()
    world.report = close_and_compose(period=world.period, version=world.period.version, by=world.lan)
    world.report.paragraphs.filter(text="").update(text="Không có.")
    return world
