import datetime as dt
import uuid
from decimal import Decimal

import pytest

from accounts.models import Event
from danvan.problems import Conflict, Problem
from tasks.models import IndicatorValue, Occurrence, ProgressUpdate
from tasks.services import (
    Progress,
    accept_update,
    cancel_task,
    close_period,
    record_progress,
    return_update,
    write_directive,
)
from tasks.tests.deeds import PHOTO, fresh, say

Outcome = ProgressUpdate.Outcome


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
