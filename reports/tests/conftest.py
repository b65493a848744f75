"""A quarter that was lived: one result with figures accepted, one «Không phát sinh», the rest missing. Beside it an
empty plan (`plan`) and single pieces of work in it."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan.celery import app
from reports.services.composing import close_and_compose
from reports.tests.making import make_dated, make_plan, make_task, open_quarter, send
from tasks.models import Occurrence, Task
from tasks.services import accept_update, indicators_on_cards


def record(occurrence, by, state="done", accepted_by=None, **words):
    """What a unit sends; accepted at once if `accepted_by` is given."""
    update = send(occurrence, by, **{"state": state, "text": "", **words})
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


@pytest.fixture
def plan(world):
    return make_plan(world.ward)


@pytest.fixture
def asked(world, plan):
    """One open-ended task of culture, asked for in quarter I."""
    make_task(plan, 1, world.culture)
    open_quarter(plan)
    return Occurrence.objects.get()


@pytest.fixture
def overdue(world, plan):
    """Work of culture that fell due on 1/3, four days ago."""
    open_quarter(plan)
    task = make_task(plan, 2, world.culture, title="Rà soát thủ tục", schedule="dates")
    return make_dated(task, dt.date(2024, 3, 1))


@pytest.fixture
def confirming(world, asked):
    """Done says the unit, taken says the office; a leader is to confirm."""
    Task.objects.update(needs_chair=True)
    update = send(asked, world.hung)
    accept_update(update=update, by=world.lan)
    return update
