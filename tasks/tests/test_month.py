"""The month of deadlines. In March 2024 culture has a day of its own, 29/3; units send the quarter's results by 12/3."""

import datetime as dt

import pytest
from django.urls import reverse

from tasks.models import DayOff, Occurrence, Task
from tasks.month import Month, month_of

MONTH = reverse("tasks:month")


def days(client, **query):
    """Day of the month → the titles that fall due."""
    weeks = client.get(MONTH, query).context["weeks"]
    return {
        day.on.day: [line.occurrence.task.title for line in day.lines]
        for week in weeks
        for day in week
        if day.lines
    }


def cell(client, number, **query):
    page = " ".join(client.get(MONTH, query).content.decode().split())
    return page.split(f'id="ngay-{number}"')[1].split("</td>")[0]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("2024-12", dt.date(2024, 12, 1)),
        ("", dt.date(2024, 3, 1)),
        ("2024-13", dt.date(2024, 3, 1)),
        ("9999-01", dt.date(2024, 3, 1)),
        ("٢٠٢٤-01", dt.date(2024, 3, 1)),
    ],
)
def test_month_is_read_from_the_address(words, first):
    assert month_of(words, dt.date(2024, 3, 5)).first == first


def test_months_follow_each_other_over_the_year():
    assert Month(dt.date(2024, 12, 1)).after.key == "2025-01"
    assert Month(dt.date(2024, 1, 1)).before.key == "2023-12"
    assert Month(dt.date(2024, 2, 1)).last == dt.date(2024, 2, 29)


def test_month_shows_days_of_work_and_of_periods(world_with_plan, browse):
    world = world_with_plan
    assert days(browse(world.lan)) == {
        12: [world.tasks[number].title for number in (0, 2, 3)],
        29: [world.tasks[1].title],
    }


def test_month_keeps_the_filters_on_its_way(world_with_plan, browse):
    world = world_with_plan
    query = {"don-vi": world.justice.pk}
    assert days(browse(world.lan), **query) == {12: [world.tasks[2].title]}
    page = browse(world.lan).get(MONTH, query).content.decode()
    assert f"?thang=2024-04&amp;don-vi={world.justice.pk}" in page


def test_month_shows_every_date_of_a_recurrence(world_with_plan, browse):
    task = Task.objects.create(
        plan=world_with_plan.plan, source="Công văn 5", title="Giao ban", folded="giao ban", schedule="rules"
    )
    for day in (8, 15, 22):
        Occurrence.objects.create(task=task, due_on=dt.date(2024, 3, day), opened_on=dt.date(2024, 3, 5))
    found = days(browse(world_with_plan.lan), tim="giao ban")
    assert sorted(found) == [8, 15, 22]


def test_days_off_are_told_and_swapped_days_too(world_with_plan, browse):
    world = world_with_plan
    DayOff.objects.create(agency=world.ward, on="2024-03-29", name="Nghỉ bù")
    DayOff.objects.create(agency=world.ward, on="2024-03-30", name="Làm bù", is_working=True)
    client = browse(world.lan)
    assert "Nghỉ bù" in cell(client, 29)
    assert "Làm bù" in cell(client, 30)
    assert "Nghỉ cuối tuần" in cell(client, 31)


def test_full_day_folds_and_opens(world_with_plan, browse):
    world = world_with_plan
    for number in range(6):
        task = Task.objects.create(plan=world.plan, source="Công văn 5", title=f"Việc {number}")
        Occurrence.objects.create(task=task, period=world.period, opened_on=dt.date(2024, 3, 5))
    client = browse(world.lan)
    assert "và 5 việc nữa" in cell(client, 12)
    assert cell(client, 12, ngay="12").count("<li>") == 9


def test_month_without_a_plan_says_the_next_step(world, browse):
    assert "Chưa có kế hoạch nào đang thực hiện" in browse(world.lan).get(MONTH).content.decode()


@pytest.mark.parametrize("copies", [0, 3])
def test_month_takes_the_same_queries_whatever_it_holds(
    world_with_plan, browse, copies, django_assert_num_queries
):
    world = world_with_plan
    for number in range(copies):
        task = Task.objects.create(plan=world.plan, source="Công văn 5", title="Việc", lead_unit=world.youth)
        Occurrence.objects.create(task=task, due_on=dt.date(2024, 3, 20), opened_on=dt.date(2024, 3, 5))
        DayOff.objects.create(agency=world.ward, on=dt.date(2024, 3, 20 + number), name="Nghỉ")
    client = browse(world.lan)
    with django_assert_num_queries(11):
        client.get(MONTH)
