import datetime as dt

import pytest

from tasks.models import Occurrence, Period, ProgressUpdate
from tasks.services import accept_update, return_update
from tasks.status import (
    Cell,
    Standing,
    cell_of,
    has_result,
    is_silent,
    owes_answer,
    silent_days,
    standing_of,
    unit_progress,
)
from tasks.tests.deeds import fresh, say

ON = dt.date(2024, 3, 5)
DAY = dt.timedelta(days=1)
Outcome = ProgressUpdate.Outcome


def dated(due_on=ON, completed_on=None, **fields) -> Occurrence:
    return Occurrence(due_on=due_on, completed_on=completed_on, opened_on=ON - 40 * DAY, **fields)


def asked(latest=None, **fields) -> Occurrence:
    """A piece of work that a period asks for; `latest` = (state, outcome) of the unit's last word."""
    one = Occurrence(period=Period(pk=1), period_id=1, opened_on=ON - 40 * DAY, **fields)
    if latest:
        one.latest_update = ProgressUpdate(
            pk=7, state=latest[0], outcome=latest[1], recorded_at=dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
        )
    return one


@pytest.mark.parametrize(
    ("due_on", "completed_on", "cell"),
    [
        (ON, None, Cell.OPEN_IN_TIME),
        (ON - DAY, None, Cell.OPEN_OVERDUE),
        (ON, ON, Cell.DONE_ON_TIME),
        (ON - DAY, ON, Cell.DONE_LATE),
        (ON, ON + DAY, Cell.OPEN_IN_TIME),
    ],
)
def test_cell_follows_the_day_and_the_due_day_is_in_time(due_on, completed_on, cell):
    assert cell_of(dated(due_on, completed_on), ON) is cell


def test_work_without_a_deadline_has_no_cell():
    assert cell_of(asked(), ON) is None


def test_cancelled_work_has_no_cell_and_owes_nothing():
    cancelled = dated(ON - DAY, cancelled_on=ON)

    assert cell_of(cancelled, ON) is None
    assert not owes_answer(cancelled)
    assert standing_of(cancelled, ON) is Standing.CANCELLED


@pytest.mark.parametrize(
    ("latest", "owes"),
    [
        (None, True),
        (("done", Outcome.WAITING), False),
        (("in_progress", Outcome.ACCEPTED), False),
        (("nothing", Outcome.WAITING), False),
        (("not_started", Outcome.ACCEPTED), True),
        (("done", Outcome.RETURNED), True),
    ],
)
def test_unit_owes_an_answer_until_it_has_sent_one_that_stands(latest, owes):
    assert owes_answer(asked(latest)) is owes


def test_dated_work_is_owed_until_it_is_finished():
    one = dated()
    one.latest_update = ProgressUpdate(pk=7, state="in_progress", outcome=Outcome.ACCEPTED)

    assert owes_answer(one)


def test_nothing_arose_is_a_full_result():
    assert has_result(asked(accepted_update_id=7, state=Occurrence.State.NOTHING))


def test_not_begun_is_no_result_even_if_accepted():
    assert not has_result(asked(accepted_update_id=7, state=Occurrence.State.NOT_STARTED))


@pytest.mark.parametrize("outcome", [Outcome.WAITING, Outcome.RETURNED])
def test_a_check_never_hides_that_the_day_has_passed(outcome):
    late = dated(ON - DAY)
    late.latest_update = ProgressUpdate(pk=7, state="done", outcome=outcome)

    assert standing_of(late, ON) is Standing.OVERDUE


@pytest.mark.parametrize(("days", "standing"), [(7, Standing.DUE_SOON), (8, Standing.NOT_STARTED)])
def test_a_week_before_the_day_it_is_soon(days, standing):
    assert standing_of(dated(ON + days * DAY), ON) is standing


def test_silence_counts_from_the_last_word():
    assert silent_days(asked(), ON) == 40
    assert silent_days(asked(("in_progress", Outcome.WAITING)), ON) == 4


def test_accepted_beginning_of_dated_work_does_not_end_silence():
    begun = dated(ON + 60 * DAY, accepted_update_id=7, state=Occurrence.State.IN_PROGRESS)

    assert is_silent(begun, ON)


def test_answered_period_is_not_silent():
    assert not is_silent(asked(accepted_update_id=7, state=Occurrence.State.DONE), ON)


def test_unit_progress_counts_what_is_owed_of_all_but_the_cancelled():
    rows = [asked(), asked(("done", Outcome.WAITING)), asked(cancelled_on=ON)]

    assert unit_progress(rows) == (1, 2)


def test_rows_and_words_agree_on_what_is_overdue(world_with_plan, stand_on):
    first, second = world_with_plan.occurrences[1], world_with_plan.occurrences[0]
    accept_update(update=say(second, by=world_with_plan.hung), by=world_with_plan.lan)
    on = dt.date(2024, 4, 1)

    by_words = {one.pk for one in Occurrence.objects.all() if cell_of(one, on) is Cell.OPEN_OVERDUE}

    assert set(Occurrence.objects.overdue(on).values_list("pk", flat=True)) == by_words == {first.pk}


def test_rows_and_words_agree_on_what_waits(world_with_plan):
    say(world_with_plan.occurrences[0], by=world_with_plan.hung)
    return_update(
        update=say(world_with_plan.occurrences[1], by=world_with_plan.hung),
        reason="Thiếu.",
        by=world_with_plan.lan,
    )

    waiting = Occurrence.objects.waiting().values_list("pk", flat=True)

    assert list(waiting) == [world_with_plan.occurrences[0].pk]
    assert standing_of(fresh(world_with_plan.occurrences[0]), ON) is Standing.WAITING
