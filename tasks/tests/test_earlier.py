"""A plan taken over in July: the results of the first two quarters are entered afterwards."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from tasks.models import Occurrence, Period
from tasks.overview import reported_in
from tasks.services import (
    accept_update,
    activate_plan,
    assign_task,
    assignment_of,
    open_due_periods,
)
from tasks.services.earlier import earlier_periods, open_earlier_periods
from tasks.tests.deeds import say

JULY = dt.date(2024, 7, 10)


@pytest.fixture
def world_in_july(world, draft_plan, stand_on):
    """The plan goes live on 10/7; culture leads its first line, which asks every quarter."""
    stand_on(JULY)
    world.plan = activate_plan(plan=draft_plan, version=draft_plan.version, by=world.lan)
    world.task = world.plan.tasks.select_related("plan__agency", "item").first()
    row = replace(assignment_of(world.task), lead_unit=world.culture)
    assign_task(task=world.task, version=world.task.version, assignment=row, by=world.lan)
    world.page = reverse("tasks:earlier", args=[world.plan.pk])
    return world


def quarters(plan):
    return sorted(plan.periods.values_list("ordinal", flat=True))


def result_of(world, ordinal):
    return Occurrence.objects.get(task=world.task, period__ordinal=ordinal)


def test_plan_begun_in_july_opens_its_third_quarter_only(world_in_july):
    assert quarters(world_in_july.plan) == [3]
    assert earlier_periods(plan=world_in_july.plan, on=JULY) == [("quarter", 1), ("quarter", 2)]


def test_office_opens_the_earlier_quarters_once(world_in_july, browse):
    client = browse(world_in_july.lan)
    assert "Quý I năm 2024, Quý II năm 2024" in " ".join(
        client.get(world_in_july.page).content.decode().split()
    )
    client.post(world_in_july.page, {"viec": "mo"})
    client.post(world_in_july.page, {"viec": "mo"})
    assert quarters(world_in_july.plan) == [1, 2, 3]
    assert Occurrence.objects.filter(task=world_in_july.task).count() == 3


def test_earlier_result_counts_on_the_last_day_of_its_period(world_in_july):
    world = world_in_july
    open_earlier_periods(plan=world.plan, on=JULY, by=world.lan)
    update = say(result_of(world, 1), text="Đã họp 3 lần.", by=world.hung)
    accept_update(update=update, by=world.lan)
    assert update.happened_on == dt.date(2024, 3, 14)
    assert result_of(world, 1).completed_on == dt.date(2024, 3, 14)


def test_dated_work_of_spring_may_be_told_with_its_own_day(world_in_july):
    world = world_in_july
    dated = Occurrence.objects.select_related("task").get(due_on=dt.date(2024, 3, 29))
    row = replace(assignment_of(dated.task), lead_unit=world.culture)
    assign_task(task=dated.task, version=dated.task.version, assignment=row, by=world.lan)
    update = say(dated, happened_on=dt.date(2024, 3, 20), by=world.hung)
    accept_update(update=update, by=world.lan)
    dated.refresh_from_db()
    assert dated.completed_on == dt.date(2024, 3, 20)


def test_earlier_results_are_in_the_report_of_the_year(world_in_july):
    world = world_in_july
    open_earlier_periods(plan=world.plan, on=JULY, by=world.lan)
    year = Period(
        plan=world.plan, kind="year", covers_from=dt.date(2023, 12, 15), covers_to=dt.date(2024, 12, 14)
    )
    assert reported_in(year).filter(task=world.task).count() == 3


def test_period_taken_over_is_closed_without_a_report(world_in_july, browse):
    world = world_in_july
    first, _ = open_earlier_periods(plan=world.plan, on=JULY, by=world.lan)
    browse(world.lan).post(world.page, {"viec": "chot", "ky": first.pk, "version": first.version})
    first.refresh_from_db()
    assert first.is_closed
    assert not first.reports.exists()


def test_period_that_opened_in_time_is_not_closed_here(world_in_july, browse, stand_on):
    world = world_in_july
    third = world.plan.periods.get()
    stand_on("2024-09-20")
    response = browse(world.lan).post(world.page, {"viec": "chot", "ky": third.pk, "version": third.version})
    third.refresh_from_db()
    assert response.status_code == 409
    assert not third.is_closed


def test_look_of_the_calendar_leaves_the_earlier_periods_alone(world_in_july):
    open_due_periods(plan=world_in_july.plan, on=JULY)
    assert quarters(world_in_july.plan) == [3]


def test_list_leads_to_the_earlier_periods_until_they_are_open(world_in_july, browse):
    client = browse(world_in_july.lan)
    assert world_in_july.page in client.get(reverse("tasks:list")).content.decode()
    open_earlier_periods(plan=world_in_july.plan, on=JULY, by=world_in_july.lan)
    assert world_in_july.page not in client.get(reverse("tasks:list")).content.decode()
