import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Event
from danvan.problems import Conflict, Problem
from plans.models import Item
from tasks.models import Task
from tasks.services import activate_plan, propose_tasks

EVERY_PERIOD, DATES, RULES = Task.Schedule.EVERY_PERIOD, Task.Schedule.DATES, Task.Schedule.RULES


def line(plan, words):
    return Item.objects.get(section__plan=plan, text__contains=words)


def say(item, **read):
    Item.objects.filter(pk=item.pk).update(**read)


def task_of(plan, words):
    return plan.tasks.get(item=line(plan, words))


def activate(plan, by):
    return activate_plan(plan=plan, version=plan.version, by=by)


def test_activation_makes_one_task_of_every_task_line(world, draft_plan):
    activate(draft_plan, world.lan)
    titles = [task.title for task in draft_plan.tasks.all()]
    assert len(titles) == 5
    assert titles[0] == "Phổ biến Quy chế dân chủ ở cơ sở đến các tổ dân phố"


def test_activation_gives_every_task_an_occurrence(world, draft_plan):
    activate(draft_plan, world.lan)
    assert not draft_plan.tasks.filter(occurrences=None).exists()


def test_activation_asks_every_quarter_where_the_plan_names_no_day(world, draft_plan):
    activate(draft_plan, world.lan)
    occurrence = task_of(draft_plan, "Phổ biến").occurrences.get()
    assert (occurrence.period.title, occurrence.due_on) == ("quý I năm 2024", None)
    assert occurrence.shown_due_on == dt.date(2024, 3, 12)


def test_activation_reads_the_last_day_in_time(world, draft_plan):
    activate(draft_plan, world.lan)
    task = task_of(draft_plan, "Chỉ thị số 33")
    occurrence = task.occurrences.get()
    assert task.schedule == DATES
    assert occurrence.due_on == occurrence.first_due_on == dt.date(2024, 3, 29)


def test_activation_invents_no_lead(world, draft_plan):
    activate(draft_plan, world.lan)
    assert task_of(draft_plan, "Phổ biến").lead_unit is None


def test_activation_finds_the_lead_by_the_words_of_the_plan(world, draft_plan):
    say(line(draft_plan, "Niêm yết"), lead=["TƯ PHÁP - hộ tịch"])
    activate(draft_plan, world.lan)
    assert task_of(draft_plan, "Niêm yết").lead_unit == world.justice


def test_activation_proposes_the_first_of_several_leads_and_lets_the_others_support(world, draft_plan):
    say(
        line(draft_plan, "Niêm yết"),
        lead=["Tư pháp - Hộ tịch", "Đoàn Thanh niên"],
        coordinating=["Tư pháp - Hộ tịch"],
    )
    activate(draft_plan, world.lan)
    task = task_of(draft_plan, "Niêm yết")
    assert task.lead_unit == world.justice
    assert list(task.supporting_units.all()) == [world.youth]


def test_activation_keeps_a_direction_untracked(world, draft_plan):
    activate(draft_plan, world.lan)
    assert not task_of(draft_plan, "Đề cao").is_tracked


def test_activation_turns_a_frequency_into_closing_days(world, draft_plan):
    say(line(draft_plan, "Phổ biến"), frequency=["quarterly"])
    activate(draft_plan, world.lan)
    task = task_of(draft_plan, "Phổ biến")
    dates = [one.due_on for one in task.occurrences.order_by("due_on")]
    assert task.schedule == RULES
    assert dates == [dt.date(2024, month, 14) for month in (3, 6, 9, 12)]


def test_activation_prefers_dates_to_a_frequency(world, draft_plan):
    say(line(draft_plan, "Chỉ thị số 33"), frequency=["monthly"])
    activate(draft_plan, world.lan)
    task = task_of(draft_plan, "Chỉ thị số 33")
    assert (task.schedule, task.rules, task.occurrences.count()) == (DATES, "", 1)


def test_activation_asks_once_per_period_where_no_recurrence_is_left_in_the_year(world, draft_plan, stand_on):
    stand_on("2024-12-20")
    say(line(draft_plan, "Phổ biến"), frequency=["monthly"])
    activate(draft_plan, world.lan)
    task = task_of(draft_plan, "Phổ biến")
    assert task.schedule == EVERY_PERIOD
    assert task.occurrences.get().period.title == "quý IV năm 2024"


def test_activation_twice_changes_nothing(world, draft_plan):
    activate(draft_plan, world.lan)
    with pytest.raises(Problem, match="đã được kích hoạt"):
        activate(draft_plan, world.lan)
    assert draft_plan.tasks.count() == 5


def test_activation_of_a_stale_draft_makes_no_task(world, draft_plan):
    with pytest.raises(Conflict):
        activate_plan(plan=draft_plan, version=draft_plan.version - 1, by=world.lan)
    assert not draft_plan.tasks.exists()


def test_activation_says_which_deadline_it_cannot_read(world, draft_plan):
    say(line(draft_plan, "Chỉ thị số 33"), due=["2024-02-30"])
    with pytest.raises(Problem, match="thời hạn"):
        activate(draft_plan, world.lan)
    assert not draft_plan.tasks.exists()


def test_activation_leaves_a_trace(world, draft_plan):
    activate(draft_plan, world.lan)
    assert Event.objects.about(draft_plan).get().actor == world.lan


def test_activation_binds_indicators_to_the_content_they_speak_of(world, draft_plan):
    activate(draft_plan, world.lan)
    bound = draft_plan.indicators.get(indicator__code="hoi_nghi")
    assert bound.item == line(draft_plan, "Công tác tuyên truyền")


def test_proposal_names_units_the_agency_does_not_have(world, draft_plan):
    say(line(draft_plan, "Niêm yết"), lead=["Bộ phận Một cửa"])
    proposal = next(one for one in propose_tasks(plan=draft_plan) if "Niêm yết" in one.title)
    assert proposal.lead is None
    assert proposal.unknown == ("Bộ phận Một cửa",)


def test_proposals_take_the_same_queries_whatever_the_plan(world, draft_plan, django_assert_num_queries):
    with django_assert_num_queries(2):
        propose_tasks(plan=draft_plan)


def test_activation_keeps_the_days_that_a_monthly_line_names(world, draft_plan):
    said = line(draft_plan, "Phổ biến")
    said.text = "Báo cáo kết quả phổ biến Quy chế trước ngày 20 hằng tháng"
    said.save()
    say(said, frequency=["monthly"])
    activate(draft_plan, world.lan)
    assert {one.due_on.day for one in task_of(draft_plan, "Báo cáo kết quả").occurrences.all()} == {19}


def test_activation_with_a_version_longer_than_any_number_is_a_stale_one(world, draft_plan, browse):
    address = reverse("tasks:activate", args=[draft_plan.pk])
    page = browse(world.lan).post(address, {"version": "1" * 4400})
    assert "Trang này đã cũ" in page.content.decode()
