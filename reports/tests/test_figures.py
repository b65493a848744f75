import datetime as dt
import itertools
import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.content import ContentMap
from reports.figures import (
    Figures,
    Tally,
    count,
    occurrences_of,
    period_figures,
    progress_rows,
    tally_of,
    worst_first,
)
from reports.tests.making import (
    MARCH_5,
    bind,
    figures_of,
    finish,
    line,
    make_dated,
    make_plan,
    make_task,
    open_quarter,
    send,
)
from tasks.models import Occurrence, Period, ProgressUpdate, Task
from tasks.services import cancel_task, confirm_update, reopen_update, return_update

ON = dt.date(2024, 3, 12)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 6, 30))


@pytest.fixture
def quarter(plan):
    return open_quarter(plan)


def counts_of(period, on=ON):
    return period_figures(period=period, on=on).counts


# --- Sums, whatever the work -------------------------------------------------------------------------------------


@st.composite
def drawn_occurrence(draw):
    """Everything that decides how one occurrence counts: place, unit and the fields that services write."""
    state = draw(st.sampled_from(Occurrence.State.values))
    dated = draw(st.booleans())
    return {
        "line": draw(st.sampled_from([1, 2, 3, 4, None])),
        "unit": draw(st.sampled_from(["culture", "justice", "bodies", None])),
        "outcome": draw(st.sampled_from([*ProgressUpdate.Outcome.values, None])),
        "state": state,
        "due_on": draw(DAYS) if dated else None,
        "completed_on": draw(st.none() | DAYS) if state in ("done", "nothing") else None,
        "cancelled_on": draw(st.none() | st.none() | DAYS),
        "opened_on": draw(DAYS),
    }


def in_memory(drawn, world, plan, period):
    """The occurrence as the database would give it, never saved: counting reads nothing else."""
    places = {number: line(plan, number) for number in (1, 2, 3, 4)}
    for serial, one in enumerate(drawn, start=1):
        unit = getattr(world, one["unit"]) if one["unit"] else None
        task = Task(pk=serial, plan=plan, item=places.get(one["line"]), lead_unit=unit)
        update = None
        if one["outcome"]:
            at = dt.datetime.combine(one["opened_on"], dt.time(9), dt.UTC)
            update = ProgressUpdate(pk=serial, outcome=one["outcome"], recorded_at=at, state=one["state"])
        yield Occurrence(
            pk=serial,
            task=task,
            period=None if one["due_on"] else period,
            latest_update=update,
            accepted_update=update if one["outcome"] == "accepted" else None,
            **{name: one[name] for name in ("state", "due_on", "completed_on", "cancelled_on", "opened_on")},
        )


BY_HYPOTHESIS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@BY_HYPOTHESIS
@given(drawn=st.lists(drawn_occurrence(), max_size=12), on=DAYS)
def test_counts_by_content_and_by_unit_sum_to_the_total(world, plan, quarter, drawn, on):
    counts = count(list(in_memory(drawn, world, plan, quarter)), ContentMap(plan), on)

    assert sum((row.tally for row in counts.by_content), Tally()) == counts.total
    assert sum((row.tally for row in counts.by_unit), Tally()) == counts.total
    assert counts.total.total + counts.total.cancelled == len(drawn)


@BY_HYPOTHESIS
@given(drawn=st.lists(drawn_occurrence(), max_size=12), on=DAYS)
def test_counts_answered_and_missing_make_the_asked(world, plan, quarter, drawn, on):
    counts = count(list(in_memory(drawn, world, plan, quarter)), ContentMap(plan), on)

    for tally in (counts.total, *(row.tally for row in counts.by_unit)):
        assert tally.answered + tally.missing == tally.asked
        assert 0 <= tally.answered <= tally.asked


@given(st.builds(Tally, *[st.integers(0, 30_000)] * 6))
def test_rate_stays_between_0_and_100_and_is_100_only_when_nothing_is_left(tally):
    if tally.rate is not None:
        assert 0 <= tally.rate <= 100
        assert (tally.rate == 100) == (tally.open_overdue == 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(st.tuples(DAYS, st.none() | DAYS, st.none() | DAYS), max_size=8, unique_by=lambda o: o[0]),
    on=DAYS,
)
def test_overdue_agrees_with_the_queryset(world, plan, drawn, on):
    """At today's date: a completion that lies after `on` is not known yet."""
    task = make_task(plan, 1, world.culture, schedule="dates")
    rows = [
        make_dated(task, due, completed_on=done if done is None or done <= on else None, cancelled_on=gone)
        for due, done, gone in drawn
    ]

    counts = count(rows, ContentMap(plan), on)

    assert counts.total.open_overdue == Occurrence.objects.filter(task=task).live().overdue(on).count()
    task.delete()


# --- The official rate -------------------------------------------------------------------------------------------


def test_rate_adds_up_as_the_governments_figures_of_2017():
    tally = Tally(done_on_time=14_068, done_late=1_983, open_in_time=5_640, open_overdue=223)

    assert tally.dated == 21_914
    assert tally.rate == Decimal("98.6")


def test_rate_is_none_while_nothing_is_due():
    assert Tally(open_in_time=22).rate is None


def test_rate_of_nearly_all_does_not_read_100():
    assert Tally(done_on_time=9_999, open_overdue=1).rate == Decimal("99.9")


# --- What belongs to a period ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "completed_on", "belongs"),
    [
        ("2024-03-14", None, True),
        ("2024-03-15", None, False),
        ("2024-04-20", "2024-03-01", True),
        ("2023-12-01", None, True),
        ("2023-12-01", "2023-12-15", True),
        ("2023-12-01", "2023-12-14", False),
    ],
)
def test_dated_work_belongs_to_the_window_it_falls_due_is_carried_or_finished_in(
    world, plan, quarter, due_on, completed_on, belongs
):
    task = make_task(plan, 1, world.culture, schedule="dates")
    completed = dt.date.fromisoformat(completed_on) if completed_on else None
    occurrence = make_dated(task, dt.date.fromisoformat(due_on), completed_on=completed)

    assert (occurrence in occurrences_of(quarter)) is belongs


def test_work_of_a_shorter_period_is_counted_in_the_longer_one(world, plan):
    make_task(plan, 1, world.culture, period_kind=Period.Kind.MONTH)
    quarter = open_quarter(plan)

    assert counts_of(quarter).total.asked == 1


def test_work_of_a_longer_period_is_not_counted_in_the_shorter_one(world, plan):
    make_task(plan, 1, world.culture, period_kind=Period.Kind.YEAR)
    quarter = open_quarter(plan)

    assert counts_of(quarter).total.asked == 0


def test_untracked_work_is_counted_nowhere(world, plan):
    make_task(plan, 1, world.culture, is_tracked=False)

    assert counts_of(open_quarter(plan)).total == Tally()


def test_work_of_another_plan_is_not_counted(world, plan, quarter):
    other = make_plan(world.ward, number="11/KH-UBND")
    make_task(other, 1, world.culture)
    open_quarter(other)

    assert counts_of(quarter).total.asked == 0


def test_content_items_without_work_keep_their_row(plan, quarter):
    assert [row.title for row in counts_of(quarter).by_content] == ["Nội dung 1", "Nội dung 2", "Nội dung 3"]


def test_section_three_and_later_letters_are_rows_of_their_own(world, plan):
    make_task(plan, 4, world.culture)
    make_task(plan, None, world.culture)

    titles = [row.title for row in counts_of(open_quarter(plan)).by_content]

    assert titles[-2:] == ["Tổ chức thực hiện", "Việc phát sinh"]


def test_work_nobody_leads_is_named_last(world, plan):
    make_task(plan, 1)
    make_task(plan, 1, world.youth)
    make_task(plan, 1, world.culture)

    titles = [row.title for row in counts_of(open_quarter(plan)).by_unit]

    assert titles == ["Bộ phận Văn hóa - Xã hội", "Đoàn Thanh niên", "Chưa phân công"]


# --- What people do to the figures --------------------------------------------------------------------------------


def test_only_an_accepted_result_counts(world, asked):
    send(asked, world.hung)
    waiting = counts_of(asked.period).total

    assert (waiting.answered, waiting.asked, waiting.waiting) == (0, 1, 1)


def test_figures_keep_the_last_accepted_result_until_the_chair_confirms(world, asked, confirming):
    asked.refresh_from_db()

    tally = tally_of(asked, MARCH_5)

    assert (tally.answered, tally.waiting) == (0, 1)


def test_figures_follow_when_a_confirmed_result_is_taken_back(world, asked, confirming):
    confirm_update(update=confirming, by=world.tam)
    asked.refresh_from_db()
    counted = tally_of(asked, MARCH_5).answered
    confirming.refresh_from_db()

    reopen_update(update=confirming, reason="Số liệu sai.", by=world.lan)
    asked.refresh_from_db()

    assert (counted, tally_of(asked, MARCH_5).answered) == (1, 0)


def test_nothing_to_report_is_a_full_answer(world, asked):
    finish(asked, world, state="nothing", text="")

    assert counts_of(asked.period).total.missing == 0


def test_returned_work_is_still_missing(world, asked):
    return_update(update=send(asked, world.hung), reason="Thiếu số liệu", by=world.lan)
    total = counts_of(asked.period).total

    assert (total.missing, total.returned) == (1, 1)


def test_returned_dated_work_still_turns_overdue(world, plan, quarter):
    occurrence = make_dated(make_task(plan, 1, world.culture, schedule="dates"), dt.date(2024, 3, 1))
    return_update(update=send(occurrence, world.hung), reason="Thiếu minh chứng", by=world.lan)

    assert counts_of(quarter).total.open_overdue == 1


def test_taking_an_acceptance_back_brings_the_figures_back(world, plan, asked):
    indicator = bind(plan, "hoi_nghi")
    update = send(asked, world.hung)
    before = period_figures(period=asked.period, on=ON)
    asked.refresh_from_db()
    update = finish(asked, world, values=figures_of((indicator, 3)))

    reopen_update(update=update, reason="Nhầm số liệu", by=world.lan)

    after = period_figures(period=asked.period, on=ON)
    assert after.counts == before.counts
    assert after.indicators == before.indicators


def test_cancelled_work_leaves_the_denominator_visibly(world, plan, asked):
    task = make_task(plan, 2, world.justice, title="Bỏ")
    open_quarter(plan)
    cancel_task(task=task, version=task.version, reason="Quận dừng", by=world.lan)

    total = counts_of(asked.period).total

    assert (total.asked, total.cancelled) == (1, 1)


def test_silence_is_counted_from_thirty_days(world, plan, quarter):
    task = make_task(plan, 1, world.culture, schedule="dates")
    make_dated(task, dt.date(2024, 3, 14), opened_on=ON - dt.timedelta(days=30))
    make_dated(task, dt.date(2024, 3, 13), opened_on=ON - dt.timedelta(days=29))

    assert counts_of(quarter).total.silent == 1


def test_worst_rows_come_first_and_empty_ones_last(world, plan, quarter):
    late = make_task(plan, 3, world.culture, schedule="dates")
    make_dated(late, dt.date(2024, 3, 1))
    make_task(plan, 2, world.culture)
    open_quarter(plan)

    rows = worst_first(counts_of(quarter).by_content)

    assert [row.title for row in rows] == ["Nội dung 3", "Nội dung 2", "Nội dung 1"]


# --- Rows of Phụ lục II, and what is kept -------------------------------------------------------------------------


def test_progress_rows_say_what_who_and_how_far(world, plan, asked):
    update = finish(asked, world, text="Tổ chức 2 hội nghị.")

    row = progress_rows(occurrences_of(asked.period), ContentMap(plan), ON)[0]

    assert (row.title, row.unit, row.words) == ("Tuyên truyền", "Bộ phận Văn hóa - Xã hội", "Đã có kết quả")
    assert (row.result, row.update_id, row.due_on) == ("Tổ chức 2 hội nghị.", update.pk, None)


def test_progress_rows_show_cancelled_work(world, plan, asked):
    cancel_task(task=asked.task, version=asked.task.version, reason="Quận dừng", by=world.lan)

    rows = progress_rows(occurrences_of(asked.period), ContentMap(plan), ON)

    assert [row.words for row in rows] == ["Đã rút"]


def test_figures_survive_json_unchanged(world, plan, asked):
    indicator = bind(plan, "hoi_nghi", yearly_target=Decimal("12.00"))
    finish(asked, world, values=figures_of((indicator, "3.5")))
    make_dated(make_task(plan, 2, schedule="dates"), dt.date(2024, 3, 1))
    figures = period_figures(period=asked.period, on=ON)

    assert Figures.from_json(json.loads(json.dumps(figures.to_json()))) == figures


def test_frozen_figures_do_not_follow_a_renamed_unit(world, asked):
    kept = period_figures(period=asked.period, on=ON).to_json()
    world.culture.name = "Phòng Văn hóa"
    world.culture.save()

    assert Figures.from_json(kept).counts.by_unit[0].title == "Bộ phận Văn hóa - Xã hội"


@pytest.mark.parametrize("copies", [1, 3])
def test_period_figures_need_six_queries(world, plan, copies, django_assert_num_queries):
    units = itertools.cycle([world.culture, world.justice, None])
    for number in range(copies):
        make_task(plan, number % 3 + 1, next(units))
        bind(plan, f"chi_tieu_{number}")
    quarter = Period.objects.get(pk=open_quarter(plan).pk)

    with django_assert_num_queries(6):
        period_figures(period=quarter, on=ON)
