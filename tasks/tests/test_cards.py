import datetime as dt
from dataclasses import replace

import pytest

from plans.models import Plan
from tasks.cards import main_periods, unit_page
from tasks.models import Occurrence, Period, Task
from tasks.services import accept_update, assign_task, assignment_of, close_period, open_periods
from tasks.tests.deeds import say

ON = dt.date(2024, 3, 5)


def period(pk: int, kind="quarter", months=(12, 3), plan=None, **fields) -> Period:
    begin, end = months
    return Period(
        pk=pk,
        kind=kind,
        plan=plan or Plan(pk=1, state=Plan.State.ACTIVE),
        covers_from=dt.date(2023 if begin > end else 2024, begin, 15),
        covers_to=dt.date(2024, end, 14),
        **fields,
    )


def shown(page) -> list[Occurrence]:
    return [card.occurrence for card in page.cards]


def again(task: Task, by, **changes) -> None:
    task.refresh_from_db()
    assign_task(task=task, version=task.version, assignment=replace(assignment_of(task), **changes), by=by)


# --- Which period -------------------------------------------------------------------------------------------------


def test_earliest_unclosed_quarter_is_asked_for():
    late, now = period(1), period(2, months=(3, 6))

    assert main_periods([now, late], dt.date(2024, 3, 20)) == [late]


def test_period_that_has_not_begun_asks_nothing():
    assert main_periods([period(1, months=(3, 6))], ON) == []


def test_closed_period_asks_nothing():
    assert main_periods([period(1, closed_at=dt.datetime(2024, 3, 4, tzinfo=dt.UTC))], ON) == []


def test_quarter_goes_before_the_month_and_another_kind_serves_without_it():
    month, quarter = period(1, "month", (2, 3)), period(2)

    assert main_periods([month, quarter], ON) == [quarter]
    assert main_periods([month], ON) == [month]


def test_each_active_plan_has_its_own_period():
    ended = Plan(pk=3, state=Plan.State.CLOSED)
    first, second = period(1), period(2, plan=Plan(pk=2, state=Plan.State.ACTIVE))

    assert main_periods([first, second, period(3, plan=ended)], ON) == [first, second]


# --- Which cards --------------------------------------------------------------------------------------------------


def test_month_beside_the_quarter_has_its_cards(world_with_plan):
    task = world_with_plan.tasks[0]
    again(task, world_with_plan.lan, period_kind=Period.Kind.MONTH)

    page = unit_page(unit=world_with_plan.culture, on=ON)

    assert task.pk in [one.task_id for one in shown(page)]
    assert page.period == world_with_plan.period


def test_half_year_waits_under_coming(world_with_plan):
    task = world_with_plan.tasks[0]
    again(task, world_with_plan.lan, period_kind=Period.Kind.HALF_YEAR)

    page = unit_page(unit=world_with_plan.culture, on=ON)

    assert task.pk in [one.task_id for one in page.coming]


@pytest.mark.parametrize("due_on", [ON - dt.timedelta(days=90), dt.date(2024, 3, 14)])
def test_dated_work_overdue_or_due_in_the_period_has_a_card(world_with_plan, due_on):
    Occurrence.objects.filter(pk=world_with_plan.occurrences[1].pk).update(due_on=due_on)

    assert world_with_plan.occurrences[1] in shown(unit_page(unit=world_with_plan.culture, on=ON))


def test_dated_work_finished_in_the_period_stays_on_its_card(world_with_plan):
    later = world_with_plan.occurrences[1]
    accept_update(update=say(later, by=world_with_plan.hung), by=world_with_plan.lan)

    page = unit_page(unit=world_with_plan.culture, on=ON)

    assert later in shown(page) and later in [card.occurrence for card in page.sent]


def test_dated_work_finished_before_the_period_is_gone(world_with_plan):
    Occurrence.objects.filter(pk=world_with_plan.occurrences[1].pk).update(
        due_on=dt.date(2023, 11, 1), completed_on=dt.date(2023, 11, 1)
    )

    assert world_with_plan.occurrences[1] not in shown(unit_page(unit=world_with_plan.culture, on=ON))


def test_recurring_work_shows_only_its_next_day_under_coming(world_with_plan):
    dates = [dt.date(2024, 4, 5), dt.date(2024, 4, 12), dt.date(2024, 4, 19)]
    again(world_with_plan.tasks[1], world_with_plan.lan, schedule=Task.Schedule.DATES, dates=dates)

    page = unit_page(unit=world_with_plan.culture, on=ON)

    assert [one.due_on for one in page.coming] == dates[:1]


def test_closed_period_keeps_its_own_cards(world_with_plan):
    close_period(period=world_with_plan.period, version=1, by=world_with_plan.lan)
    open_periods(plan=world_with_plan.plan, on=dt.date(2024, 3, 20))

    page = unit_page(
        unit=world_with_plan.culture, on=dt.date(2024, 3, 20), period_id=world_with_plan.period.pk
    )

    assert {one.period_id for one in shown(page)} == {world_with_plan.period.pk}
    assert all(card.is_read_only for card in page.cards)


def test_without_a_period_dated_work_is_still_there(world_with_plan):
    close_period(period=world_with_plan.period, version=1, by=world_with_plan.lan)

    page = unit_page(unit=world_with_plan.culture, on=dt.date(2024, 3, 20))

    assert page.period is None and shown(page) == [world_with_plan.occurrences[1]]


def test_figures_begin_with_what_the_last_word_said(world_with_plan):
    work = world_with_plan.occurrences[0]
    indicator = world_with_plan.plan.indicators.filter(item__isnull=False).first().indicator
    say(work, by=world_with_plan.hung, values={indicator.pk: 6})

    figures = unit_page(unit=world_with_plan.culture, on=ON).card(work.pk).figures

    assert {figure.binding.indicator_id: figure.value for figure in figures}[indicator.pk] == 6


def test_quarter_closed_late_hides_nothing_that_has_fallen_due_since(world_with_plan):
    late = world_with_plan.occurrences[1]
    Occurrence.objects.filter(pk=late.pk).update(due_on=dt.date(2024, 3, 18))

    page = unit_page(unit=world_with_plan.culture, on=dt.date(2024, 3, 20))

    assert page.period == world_with_plan.period
    assert late in shown(page) and late not in page.coming
