import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Event
from danvan.problems import Conflict, Problem
from tasks import status
from tasks.models import IndicatorValue, Occurrence, ProgressUpdate, Review, Task
from tasks.services import (
    Progress,
    accept_update,
    cancel_task,
    close_period,
    confirm_update,
    record_progress,
    reopen_update,
    return_update,
    write_directive,
)
from tasks.tests.deeds import PHOTO, fresh, say

Outcome = ProgressUpdate.Outcome


@pytest.fixture
def work(world_with_plan):
    """The first work of culture, asked for every quarter."""
    return world_with_plan.occurrences[0]


@pytest.fixture
def confirmed(work):
    """The same work, where a leader's word is wanted for «Đã xong»."""
    Task.objects.filter(pk=work.task_id).update(needs_chair=True)
    return fresh(work)


def send(occurrence, world, *, version=None, form_key=None, **said):
    return record_progress(
        occurrence=occurrence,
        version=occurrence.version if version is None else version,
        form_key=form_key or uuid.uuid4(),
        progress=Progress(**{"state": "done", "text": "Xong.", **said}),
        by=world.hung,
    )


def test_result_waits_and_does_not_count_before_it_is_accepted(world_with_plan, work):
    update = say(work, by=world_with_plan.hung)

    assert update.outcome == Outcome.WAITING
    assert fresh(work).state == Occurrence.State.NOT_STARTED
    assert fresh(work).completed_on is None


def test_accepted_result_counts_from_the_day_the_unit_names(world_with_plan, work):
    update = say(work, by=world_with_plan.hung, happened_on=dt.date(2024, 3, 1))

    accept_update(update=update, by=world_with_plan.lan)

    assert fresh(work).state == Occurrence.State.DONE
    assert fresh(work).completed_on == dt.date(2024, 3, 1)
    assert fresh(work).accepted_update == update


def test_same_press_twice_gives_one_row(world_with_plan, work):
    key = uuid.uuid4()
    first = send(work, world_with_plan, form_key=key)

    second = send(work, world_with_plan, form_key=key)

    assert first == second
    assert work.updates.count() == 1


@pytest.mark.parametrize(
    "added",
    [
        {"text": "Xong, 6 bài."},
        {"difficulties": "Thiếu người."},
        {"percent": 100},
        {"happened_on": dt.date(2024, 3, 1)},
        {"files": [PHOTO]},
    ],
)
def test_same_key_with_more_to_say_is_a_conflict(world_with_plan, work, added):
    key = uuid.uuid4()
    send(work, world_with_plan, form_key=key)

    with pytest.raises(Conflict, match="Lần bấm Gửi trước đã đến"):
        send(work, world_with_plan, form_key=key, **added)


def test_same_file_sent_twice_with_one_key_gives_one_row(world_with_plan, work):
    key = uuid.uuid4()
    for _ in range(2):
        send(work, world_with_plan, form_key=key, files=[PHOTO])

    assert work.evidence.count() == 1


def test_key_of_other_work_is_refused(world_with_plan, work):
    key = uuid.uuid4()
    send(work, world_with_plan, form_key=key)

    with pytest.raises(Problem, match="tải lại trang"):
        send(world_with_plan.occurrences[1], world_with_plan, form_key=key)


def test_stale_form_is_refused_and_writes_nothing(world_with_plan, work):
    stale = work.version
    say(work, by=world_with_plan.hung)

    with pytest.raises(Conflict):
        send(fresh(work), world_with_plan, version=stale, files=[PHOTO])

    assert work.updates.count() == 1
    assert work.evidence.count() == 0


def test_correction_is_a_new_row_and_replaces_the_waiting_one(world_with_plan, work):
    first = say(work, text="Sai.", by=world_with_plan.hung)

    second = say(work, text="Đúng.", by=world_with_plan.hung)

    assert list(work.updates.values_list("pk", "outcome")) == [
        (second.pk, Outcome.WAITING),
        (first.pk, Outcome.WITHDRAWN),
    ]


def test_accepted_result_stays_in_force_while_a_correction_waits(world_with_plan, work):
    first = say(work, by=world_with_plan.hung)
    accept_update(update=first, by=world_with_plan.lan)

    say(work, "in_progress", by=world_with_plan.hung)

    assert fresh(work).accepted_update == first
    assert fresh(work).state == Occurrence.State.DONE


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


def test_nothing_arose_needs_no_words(world_with_plan, work):
    update = say(work, "nothing", "", by=world_with_plan.hung)

    assert update.state == Occurrence.State.NOTHING


@pytest.mark.parametrize("state", ["in_progress", "done"])
def test_work_done_needs_a_word_a_figure_or_a_file(world_with_plan, work, state):
    with pytest.raises(Problem, match="Ghi một câu"):
        say(work, state, " ", by=world_with_plan.hung)


def test_day_after_today_is_refused(world_with_plan, work):
    with pytest.raises(Problem, match="sau hôm nay"):
        say(work, by=world_with_plan.hung, happened_on=dt.date(2024, 3, 6))


def test_closed_period_takes_nothing_more(world_with_plan, work):
    period = world_with_plan.period
    close_period(period=period, version=period.version, by=world_with_plan.lan)

    with pytest.raises(Problem, match="đã chốt số liệu"):
        say(work, by=world_with_plan.hung)


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


@pytest.mark.parametrize("deed", ["close", "cancel"])
def test_work_closed_or_cancelled_while_the_form_was_on_its_way_takes_nothing(world_with_plan, work, deed):
    seen = fresh(work)
    if deed == "close":
        period = world_with_plan.period
        close_period(period=period, version=period.version, by=world_with_plan.lan)
    else:
        cancel_task(task=seen.task, version=seen.task.version, reason="Hoãn.", by=world_with_plan.lan)
        seen.task.cancelled_on = None  # as it was read before

    with pytest.raises(Problem):
        send(seen, world_with_plan)
    assert not work.updates.exists()


def test_review_takes_the_occurrence_before_the_update(world_with_plan, work):
    """The same order as recording: otherwise PostgreSQL ends one of the two, and a unit's words with it."""
    update = say(work, by=world_with_plan.hung)

    with CaptureQueriesContext(connection) as asked:
        accept_update(update=update, by=world_with_plan.lan)
    written = [one["sql"].split('"')[1] for one in asked.captured_queries if one["sql"].startswith("UPDATE")]
    assert written[:2] == ["tasks_occurrence", "tasks_progressupdate"]


def test_day_is_the_last_of_the_period_once_it_has_ended(world_with_plan, work, stand_on):
    stand_on("2024-03-20")

    assert say(work, by=world_with_plan.hung).happened_on == dt.date(2024, 3, 14)


def test_figures_belong_to_the_lead_unit_and_the_period(world_with_plan, work):
    indicator = world_with_plan.plan.indicators.first().indicator

    say(work, by=world_with_plan.hung, values={indicator.pk: Decimal("12.5")})

    value = IndicatorValue.objects.get()
    assert (value.unit, value.period, value.value) == (
        world_with_plan.culture,
        world_with_plan.period,
        Decimal("12.5"),
    )


def test_office_writes_in_the_name_of_the_unit(world_with_plan, work):
    update = say(work, by=world_with_plan.lan)

    assert update.on_behalf_of == world_with_plan.culture
    assert "ghi thay" in Event.objects.filter(verb="record").latest("pk").words


def test_every_deed_leaves_an_event(world_with_plan, work):
    update = say(work, by=world_with_plan.hung)
    return_update(update=update, reason="Thiếu.", by=world_with_plan.lan)
    write_directive(occurrence=work, text="Làm gấp.", by=world_with_plan.tam)

    verbs = Event.objects.about(work).values_list("verb", flat=True)

    assert sorted(verbs) == ["direct", "record", "review"]


def test_directive_needs_words(world_with_plan, work):
    with pytest.raises(Problem):
        write_directive(occurrence=work, text=" ", by=world_with_plan.tam)


# --- A leader's confirmation -----------------------------------------------------------------------------------------


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


# --- Nobody takes their own words --------------------------------------------------------------------------------------


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


# --- A return grants no days -------------------------------------------------------------------------------------------


def test_returned_work_goes_on_turning_overdue(world_with_plan):
    dated = world_with_plan.occurrences[1]
    update = say(dated, by=world_with_plan.hung)

    return_update(update=update, reason="", code="unclear", by=world_with_plan.lan)

    assert status.cell_of(fresh(dated), dt.date(2024, 3, 30)) is status.Cell.OPEN_OVERDUE
    assert status.standing_of(fresh(dated), dt.date(2024, 3, 30)) is status.Standing.OVERDUE


# --- What the history says ---------------------------------------------------------------------------------------------


def test_first_words_are_told_as_they_are(world_with_plan, work):
    say(work, "in_progress", "Đã phát 2 bài.", percent=40, by=world_with_plan.hung)

    assert Event.objects.filter(verb="record").latest("pk").words == (
        f"Trần Văn Hùng ghi kết quả “{work.task.title}”: "
        "tiến độ 40 %, tình trạng Đang làm, kết quả: “Đã phát 2 bài”"
    )


def test_change_of_progress_is_told_from_what_to_what(world_with_plan, work):
    say(work, "in_progress", percent=40, by=world_with_plan.hung)
    say(work, "done", percent=60, by=world_with_plan.hung)

    words = Event.objects.filter(verb="record").latest("pk").words

    assert words.endswith("tiến độ 40 % → 60 %, tình trạng Đang làm → Đã xong")


def test_change_of_a_figure_is_told(world_with_plan, work):
    indicator = world_with_plan.plan.indicators.first().indicator
    say(work, by=world_with_plan.hung, values={indicator.pk: Decimal(12)})
    say(work, by=world_with_plan.hung, values={indicator.pk: Decimal("1205.5")})

    assert f"{indicator.name}: 12 → 1.205,5" in Event.objects.filter(verb="record").latest("pk").words


def test_same_words_sent_again_are_told_so(world_with_plan, work):
    say(work, by=world_with_plan.hung)
    say(work, by=world_with_plan.hung)

    assert "gửi lại" in Event.objects.filter(verb="record").latest("pk").words


def test_what_was_taken_away_or_moved_is_told(world_with_plan, work):
    indicator = world_with_plan.plan.indicators.first().indicator
    said = {"percent": 40, "values": {indicator.pk: Decimal(12)}, "happened_on": dt.date(2024, 3, 4)}
    say(work, by=world_with_plan.hung, **said)
    say(work, by=world_with_plan.hung, happened_on=dt.date(2024, 3, 1))

    assert (
        Event.objects.filter(verb="record")
        .latest("pk")
        .words.endswith(
            f"bỏ tiến độ 40 %, ngày thực hiện 04/03/2024 → 01/03/2024, bỏ số {indicator.name}: 12"
        )
    )
