"""The office takes, returns or reopens; where it is marked a leader confirms; nobody takes their own words."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.problems import Conflict, Problem
from tasks import status
from tasks.models import Occurrence, ProgressUpdate, Review, Task
from tasks.services import accept_update, close_period, confirm_update, reopen_update, return_update
from tasks.tests.deeds import fresh, say

Outcome = ProgressUpdate.Outcome


def test_accepted_result_counts_from_the_day_the_unit_names(world_with_plan, work):
    update = say(work, by=world_with_plan.hung, happened_on=dt.date(2024, 3, 1))

    accept_update(update=update, by=world_with_plan.lan)

    assert fresh(work).state == Occurrence.State.DONE
    assert fresh(work).completed_on == dt.date(2024, 3, 1)
    assert fresh(work).accepted_update == update


def test_return_keeps_the_deadline_and_the_reason(world_with_plan, work):
    dated = world_with_plan.occurrences[1]
    update = say(dated, by=world_with_plan.hung)

    return_update(update=update, reason="Thiếu số liệu.", by=world_with_plan.lan)

    assert fresh(dated).due_on == dt.date(2024, 3, 29)
    assert update.reviews.get().reason == "Thiếu số liệu."
    assert fresh(dated).latest_update.outcome == Outcome.RETURNED


@pytest.mark.parametrize("deed", [return_update, reopen_update])
def test_return_without_reason_is_refused(world_with_plan, work, deed):
    update = say(work, by=world_with_plan.hung)

    with pytest.raises(Problem, match="lý do"):
        deed(update=update, reason="  ", by=world_with_plan.lan)

    assert not update.reviews.exists()


def test_result_replaced_meanwhile_cannot_be_accepted(world_with_plan, work):
    first = say(work, by=world_with_plan.hung)
    say(work, by=world_with_plan.hung)

    with pytest.raises(Conflict):
        accept_update(update=first, by=world_with_plan.lan)


def test_two_reviewers_of_one_result_leave_one_review(world_with_plan, work):
    update = say(work, by=world_with_plan.hung)
    accept_update(update=update, by=world_with_plan.lan)

    with pytest.raises(Conflict):
        return_update(update=update, reason="Muộn.", by=world_with_plan.lan)

    assert update.reviews.count() == 1


def test_reopened_result_stops_counting(world_with_plan, work):
    update = say(work, by=world_with_plan.hung)
    accept_update(update=update, by=world_with_plan.lan)

    reopen_update(update=update, reason="Nhầm.", by=world_with_plan.lan)

    assert fresh(work).accepted_update is None
    assert fresh(work).completed_on is None
    assert fresh(work).latest_update.outcome == Outcome.WAITING


def test_only_the_last_word_is_reopened(world_with_plan, work):
    first = say(work, by=world_with_plan.hung)
    accept_update(update=first, by=world_with_plan.lan)
    say(work, by=world_with_plan.hung)

    with pytest.raises(Problem, match="bản mới hơn"):
        reopen_update(update=ProgressUpdate.objects.get(pk=first.pk), reason="Nhầm.", by=world_with_plan.lan)


def test_word_that_came_while_the_page_stood_open_keeps_the_earlier_one_taken(world_with_plan, work):
    first = say(work, by=world_with_plan.hung)
    accept_update(update=first, by=world_with_plan.lan)
    say(work, by=world_with_plan.hung)  # `first` was read before

    with pytest.raises(Problem, match="bản mới hơn"):
        reopen_update(update=first, reason="Nhầm.", by=world_with_plan.lan)


@pytest.mark.parametrize("deed", ["take", "return", "reopen"])
def test_closed_period_takes_no_answers_to_what_was_sent(world_with_plan, work, deed):
    lan, update = world_with_plan.lan, say(work, by=world_with_plan.hung)
    if deed == "reopen":
        accept_update(update=update, by=lan)
    close_period(period=world_with_plan.period, version=world_with_plan.period.version, by=lan)

    answers = {
        "take": lambda: accept_update(update=update, by=lan),
        "return": lambda: return_update(update=update, reason="Thiếu.", by=lan),
        "reopen": lambda: reopen_update(update=update, reason="Nhầm.", by=lan),
    }
    with pytest.raises(Problem, match="kỳ đang mở"):
        answers[deed]()


def test_review_takes_the_occurrence_before_the_update(world_with_plan, work):
    """The same order as recording: otherwise PostgreSQL ends one of the two, and a unit's words with it."""
    update = say(work, by=world_with_plan.hung)

    with CaptureQueriesContext(connection) as asked:
        accept_update(update=update, by=world_with_plan.lan)
    written = [one["sql"].split('"')[1] for one in asked.captured_queries if one["sql"].startswith("UPDATE")]
    assert written[:2] == ["tasks_occurrence", "tasks_progressupdate"]


def test_returned_work_goes_on_turning_overdue(world_with_plan):
    dated = world_with_plan.occurrences[1]
    update = say(dated, by=world_with_plan.hung)

    return_update(update=update, reason="", code="unclear", by=world_with_plan.lan)

    assert status.cell_of(fresh(dated), dt.date(2024, 3, 30)) is status.Cell.OPEN_OVERDUE
    assert status.standing_of(fresh(dated), dt.date(2024, 3, 30)) is status.Standing.OVERDUE


# --- A leader's confirmation ----------------------------------------------------------------------------------------


def test_confirmed_work_counts_only_after_both(world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)

    accept_update(update=update, by=world_with_plan.lan)
    before = fresh(confirmed).accepted_update
    confirm_update(update=update, by=world_with_plan.tam)

    assert before is None
    assert fresh(confirmed).accepted_update == update
    assert list(update.reviews.values_list("stage", "outcome")) == [
        ("office", "accepted"),
        ("chair", "accepted"),
    ]


def test_last_accepted_result_stands_while_a_leader_looks(world_with_plan, confirmed):
    first = say(confirmed, "in_progress", by=world_with_plan.hung)
    accept_update(update=first, by=world_with_plan.lan)

    accept_update(update=say(confirmed, by=world_with_plan.hung), by=world_with_plan.lan)

    assert fresh(confirmed).accepted_update == first
    assert status.is_waiting(fresh(confirmed)) and status.is_confirming(fresh(confirmed))


def test_only_done_needs_a_leader(world_with_plan, confirmed):
    update = say(confirmed, "nothing", by=world_with_plan.hung)

    accept_update(update=update, by=world_with_plan.lan)

    assert update.reviews.count() == 1 and fresh(confirmed).accepted_update == update


def test_nothing_arose_by_a_date_needs_a_leader_because_it_finishes_the_work(world_with_plan):
    dated = Occurrence.objects.get(task=world_with_plan.tasks[1], period=None)
    Task.objects.filter(pk=dated.task_id).update(needs_chair=True)

    accept_update(update=say(dated, "nothing", by=world_with_plan.hung), by=world_with_plan.lan)

    assert fresh(dated).latest_update.outcome == Outcome.CONFIRMING
    assert fresh(dated).completed_on is None


def test_leader_returns_what_the_office_has_taken(world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)
    accept_update(update=update, by=world_with_plan.lan)

    return_update(update=update, reason="", code="no_evidence", by=world_with_plan.tam, as_chair=True)

    assert fresh(confirmed).latest_update.outcome == Outcome.RETURNED
    assert status.owes_answer(fresh(confirmed))


def test_nothing_is_confirmed_before_the_office_has_looked(world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)

    with pytest.raises(Conflict):
        confirm_update(update=update, by=world_with_plan.tam)

    assert not update.reviews.exists()


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_reopening_takes_back_both_words(world_with_plan, confirmed, is_confirmed):
    update = say(confirmed, by=world_with_plan.hung)
    accept_update(update=update, by=world_with_plan.lan)
    if is_confirmed:
        confirm_update(update=update, by=world_with_plan.tam)

    reopen_update(update=update, reason="Nhầm.", by=world_with_plan.lan)
    accept_update(update=update, by=world_with_plan.lan)

    assert fresh(confirmed).latest_update.outcome == Outcome.CONFIRMING
    assert fresh(confirmed).completed_on is None


def test_new_words_of_the_unit_replace_what_a_leader_looks_at(world_with_plan, confirmed):
    first = say(confirmed, by=world_with_plan.hung)
    accept_update(update=first, by=world_with_plan.lan)

    say(confirmed, by=world_with_plan.hung)

    with pytest.raises(Conflict):
        confirm_update(update=first, by=world_with_plan.tam)


# --- Nobody takes their own words -----------------------------------------------------------------------------------


def test_author_does_not_take_their_own_words(world_with_plan, work):
    update = say(work, by=world_with_plan.lan)

    with pytest.raises(Problem, match="không tự nhận"):
        accept_update(update=update, by=world_with_plan.lan)

    assert not update.reviews.exists()


def test_leaders_taking_for_the_office_is_their_confirmation_too(world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.lan)

    accept_update(update=update, by=world_with_plan.tam, as_chair=True)

    assert fresh(confirmed).accepted_update == update
    assert set(update.reviews.values_list("stage", flat=True)) == set(Review.Stage.values)


def test_leader_does_not_take_in_place_of_the_office_what_a_unit_sent(world_with_plan, work):
    update = say(work, by=world_with_plan.hung)

    with pytest.raises(Problem, match="Văn phòng kiểm tra trước"):
        accept_update(update=update, by=world_with_plan.tam, as_chair=True)
