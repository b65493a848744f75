import pytest
from django.urls import reverse

from conftest import markup_of
from plans.models import Plan
from tasks.models import Occurrence, Task
from tasks.overview import reported_in, summary_of
from tasks.services import assignment_of, cancel_task, open_periods, split_among_members
from tasks.status import Cell


def open_plan(world, browse, user=None, **query):
    return browse(user or world.lan).get(reverse("tasks:plan", args=[world.plan.pk]), query)


def test_page_shows_the_document_in_its_own_words(world_with_plan, browse):
    page = markup_of(open_plan(world_with_plan, browse))
    assert "Thực hiện công tác dân vận chính quyền năm 2024" in page
    assert "Tổ chức hội nghị quán triệt Chỉ thị số 33/CT-TTg" in page
    assert "Nguyễn Thị Tâm" in page


def test_page_begins_with_what_the_period_has_and_lacks(world_with_plan, browse):
    page = markup_of(open_plan(world_with_plan, browse))
    assert "Quý I năm 2024: đã có kết quả 0/3 việc, còn thiếu" in page


def test_line_shows_standing_unit_and_days_of_its_work(world_with_plan, browse):
    world = world_with_plan
    page = markup_of(open_plan(world, browse))
    line = page.split(f'id="muc-{world.tasks[2].item_id}"')[1].split("</li>")[0]
    assert "Chưa có kết quả" in line
    assert "Tư pháp - Hộ tịch" in line
    assert "còn 7 ngày" in line


def test_direction_is_shown_as_such(world_with_plan, browse):
    world = world_with_plan
    page = markup_of(open_plan(world, browse))
    line = page.split(f'id="muc-{world.tasks[4].item_id}"')[1].split("</li>")[0]
    assert "Định hướng, không theo dõi" in line


@pytest.mark.parametrize("who", ["lan", "hung", "tam", "binh"])
def test_page_is_for_everybody_inside_in_at_most_twelve_queries(
    world_with_plan, browse, who, django_assert_max_num_queries
):
    client = browse(getattr(world_with_plan, who))
    with django_assert_max_num_queries(12):
        response = client.get(reverse("tasks:plan", args=[world_with_plan.plan.pk]))
    assert response.status_code == 200


def test_page_takes_no_more_queries_with_three_times_the_work(
    world_with_plan, browse, django_assert_max_num_queries
):
    world = world_with_plan
    for task in world.tasks[:3] * 2:
        copy = Task.objects.create(plan=world.plan, item=task.item, title=task.title, lead_unit=world.youth)
        Occurrence.objects.create(task=copy, period=world.period, opened_on=world.period.covers_from)
    client = browse(world.hung)
    with django_assert_max_num_queries(12):
        client.get(reverse("tasks:plan", args=[world.plan.pk]))


def test_head_of_a_unit_opens_only_what_is_theirs(world_with_plan, browse):
    world = world_with_plan
    page = markup_of(open_plan(world, browse, world.mai))
    assert reverse("tasks:occurrence", args=[world.occurrences[2].pk]) in page
    assert reverse("tasks:occurrence", args=[world.occurrences[0].pk]) not in page


def test_only_the_office_is_offered_to_assign(world_with_plan, browse):
    world = world_with_plan
    address = reverse("tasks:assign", args=[world.plan.pk])
    assert address in markup_of(open_plan(world, browse))
    assert address not in markup_of(open_plan(world, browse, world.tam))


def test_divided_work_stands_beside_its_line_once_per_member(world_with_plan, browse):
    world = world_with_plan
    task = world.tasks[3]
    split_among_members(task=task, version=task.version, by=world.lan)
    page = markup_of(open_plan(world, browse))
    line = page.split(f'id="muc-{task.item_id}"')[1].split("</li>")[0]
    assert "Đoàn Thanh niên" in line
    assert "Đã rút" not in line


def test_cancelled_work_is_visibly_cancelled(world_with_plan, browse):
    world = world_with_plan
    task = world.tasks[0]
    cancel_task(task=task, version=task.version, reason="Trùng", by=world.lan)
    line = markup_of(open_plan(world, browse)).split(f'id="muc-{task.item_id}"')[1].split("</li>")[0]
    assert "Đã rút" in line


def test_another_period_can_be_looked_at(world_with_plan, browse, stand_on):
    world = world_with_plan
    stand_on("2024-04-01")
    (second,) = open_periods(plan=world.plan, on=world.period.covers_to.replace(month=4))
    page = markup_of(open_plan(world, browse, ky=second.pk))
    assert "Quý II năm 2024: đã có kết quả 0/3 việc" in page


def test_draft_leads_to_its_preview(world, draft_plan, browse):
    response = browse(world.lan).get(reverse("tasks:plan", args=[draft_plan.pk]))
    assert response.url == reverse("plans:draft", args=[draft_plan.pk])


def test_summary_counts_dates_and_periods_apart(world_with_plan):
    world = world_with_plan
    summary = summary_of(reported_in(world.period).select_related("task"), world.period.covers_to)
    assert (summary.answered, summary.asked, summary.dated) == (0, 3, 0)


def test_work_that_falls_due_in_the_window_is_reported_in_it(world_with_plan):
    world = world_with_plan
    (second,) = open_periods(plan=world.plan, on=world.period.covers_to.replace(month=4))
    rows = list(reported_in(second).select_related("task", "period"))
    assert world.occurrences[1] in rows
    assert summary_of(rows, second.covers_to).cells == {Cell.OPEN_OVERDUE: 1}


def test_assignment_of_a_task_reads_back_what_was_written(world_with_plan):
    world = world_with_plan
    row = assignment_of(world.tasks[1])
    assert (row.lead_unit, row.overseer, list(row.dates)) == (
        world.culture,
        world.tam,
        [world.occurrences[1].due_on],
    )


def activation(plan):
    return reverse("tasks:activate", args=[plan.pk])


def test_activation_says_what_will_become_of_the_draft(world, draft_plan, browse):
    page = markup_of(browse(world.lan).get(activation(draft_plan)))
    assert "<strong>4 việc</strong> được theo dõi" in page
    assert "3 việc: mỗi quý báo kết quả một lần" in page
    assert "Đề cao trách nhiệm cá nhân" in page


def test_activation_leads_to_the_assignment_table(world, draft_plan, browse):
    response = browse(world.lan).post(activation(draft_plan), {"version": draft_plan.version})
    assert response.url == reverse("tasks:assign", args=[draft_plan.pk])
    assert draft_plan.tasks.count() == 5


def test_activation_of_a_draft_changed_meanwhile_is_shown_again(world, draft_plan, browse):
    Plan.objects.filter(pk=draft_plan.pk).update(version=7)
    response = browse(world.lan).post(activation(draft_plan), {"version": 1})
    assert response.status_code == 409
    assert 'name="version" value="7"' in response.content.decode()
    assert not draft_plan.tasks.exists()


def test_activation_done_by_somebody_else_says_so(world_with_plan, browse):
    world = world_with_plan
    response = browse(world.lan).post(activation(world.plan), {"version": 1})
    assert response.status_code == 409
    assert "đã được kích hoạt" in response.content.decode()


def test_activation_asks_for_nothing_where_the_draft_has_no_work(world, draft_plan, browse):
    draft_plan.sections.all().delete()
    page = markup_of(browse(world.lan).get(activation(draft_plan)))
    assert "chưa có dòng nào là việc phải làm" in page
