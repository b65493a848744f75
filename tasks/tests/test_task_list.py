import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tasks import calendar
from tasks.models import Occurrence, Task
from tasks.services import (
    Assignment,
    Progress,
    accept_update,
    add_task,
    assign_task,
    cancel_task,
    record_progress,
)

LIST = reverse("tasks:list")


def titles(client, **query):
    page = client.get(LIST, query).context["page"]
    return [line.occurrence.task.title for line in page]


def report(world, occurrence, state="done"):
    occurrence.refresh_from_db()
    update = record_progress(
        occurrence=occurrence,
        version=occurrence.version,
        form_key=uuid.uuid4(),
        progress=Progress(state=state, text="Đã làm."),
        by=world.hung,
    )
    return accept_update(update=update, by=world.lan)


def test_list_shows_the_period_and_all_work_with_a_date(world_with_plan, browse):
    world = world_with_plan
    assert set(titles(browse(world.lan))) == {task.title for task in world.tasks[:4]}


def test_worst_work_comes_first(world_with_plan, browse, stand_on):
    world = world_with_plan
    report(world, world.occurrences[0])
    stand_on("2024-04-02")
    found = titles(browse(world.lan))
    assert found[0] == world.tasks[1].title
    assert found[-1] == world.tasks[0].title


def test_search_is_blind_to_accents_and_case(world_with_plan, browse):
    world = world_with_plan
    assert titles(browse(world.lan), tim="NIEM yet") == [world.tasks[2].title]


def test_search_knows_the_lead_unit(world_with_plan, browse):
    world = world_with_plan
    assert titles(browse(world.lan), tim="tu phap") == [world.tasks[2].title]


def test_filter_by_unit(world_with_plan, browse):
    world = world_with_plan
    assert set(titles(browse(world.lan), **{"don-vi": world.culture.pk})) == {
        world.tasks[0].title,
        world.tasks[1].title,
    }


def test_filter_by_nobody(world_with_plan, browse):
    world = world_with_plan
    Task.objects.filter(pk=world.tasks[2].pk).update(lead_unit=None)
    assert titles(browse(world.lan), **{"don-vi": "chua"}) == [world.tasks[2].title]


def test_filter_by_content(world_with_plan, browse):
    world = world_with_plan
    assert titles(browse(world.lan), **{"noi-dung": "organisation"}) == [world.tasks[3].title]


@pytest.mark.parametrize(
    ("standing", "rows"),
    [
        ("answered", [0]),
        ("missing", [2, 3]),
        ("overdue", [1]),
        ("open_overdue", [1]),
        ("open_in_time", []),
        ("cancelled", []),
    ],
)
def test_filter_by_standing(world_with_plan, browse, stand_on, standing, rows):
    world = world_with_plan
    report(world, world.occurrences[0])
    stand_on("2024-04-02")
    found = titles(browse(world.lan), **{"tinh-trang": standing})
    assert set(found) == {world.tasks[row].title for row in rows}


def test_filter_by_period_shows_exactly_what_the_period_reports(world_with_plan, browse):
    world = world_with_plan
    found = titles(browse(world.lan), ky=world.period.pk)
    assert world.tasks[1].title not in found
    assert len(found) == 3


def test_cancelled_work_is_there_for_who_asks(world_with_plan, browse):
    world = world_with_plan
    cancel_task(task=world.tasks[2], version=world.tasks[2].version, reason="Thôi", by=world.lan)
    assert world.tasks[2].title not in titles(browse(world.lan))
    assert titles(browse(world.lan), **{"tinh-trang": "cancelled"}) == [world.tasks[2].title]


def test_recurrence_shows_only_its_next_date(world_with_plan, browse):
    world = world_with_plan
    weekly = Assignment(lead_unit=world.culture, schedule="rules", rules=calendar.RULES["weekly"])
    assign_task(task=world.tasks[2], version=world.tasks[2].version, assignment=weekly, by=world.lan)
    assert titles(browse(world.lan)).count(world.tasks[2].title) == 1


def test_nonsense_in_the_address_is_ignored(world_with_plan, browse):
    world = world_with_plan
    query = {"ky": "x", "don-vi": "9999", "tinh-trang": "??", "noi-dung": "--", "trang": "abc"}
    assert len(titles(browse(world.lan), **query)) == 4


def test_head_of_a_unit_sees_their_own_work_only(world_with_plan, browse):
    world = world_with_plan
    assert titles(browse(world.mai)) == [world.tasks[2].title]


def test_list_without_a_plan_says_the_next_step(world, browse):
    assert "Chưa có kế hoạch nào" in browse(world.lan).get(LIST).content.decode()


def test_list_that_finds_nothing_says_the_next_step(world_with_plan, browse):
    page = browse(world_with_plan.lan).get(LIST, {"tim": "khong co"}).content.decode()
    assert "Không có việc nào khớp" in page


@pytest.mark.parametrize("copies", [0, 3])
def test_list_takes_the_same_queries_whatever_its_length(
    world_with_plan, browse, copies, django_assert_num_queries
):
    world = world_with_plan
    for _ in range(copies):
        task = Task.objects.create(plan=world.plan, source="Công văn 5", title="Việc", lead_unit=world.youth)
        Occurrence.objects.create(task=task, period=world.period, opened_on=dt.date(2024, 3, 5))
    client = browse(world.lan)
    with django_assert_num_queries(11):
        client.get(LIST)


def add(world, browse, **changes):
    said = {
        "source": "Công văn 45/UBND-NV",
        "title": "Rà soát mô hình",
        "lead": world.culture.pk,
        "time": "ngay",
        "dates": "15/6; 30/9/2024",
    }
    return browse(world.lan).post(reverse("tasks:add", args=[world.plan.pk]), said | changes)


def test_work_by_letter_is_added_with_its_dates(world_with_plan, browse):
    world = world_with_plan
    assert add(world, browse).status_code == 302
    task = world.plan.tasks.get(item=None)
    assert [one.due_on for one in task.occurrences.order_by("due_on")] == [
        dt.date(2024, 6, 15),
        dt.date(2024, 9, 30),
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"source": " "}, "Ghi rõ văn bản giao việc"),
        ({"dates": "31/2"}, "Không có ngày"),
        ({"dates": "mai"}, "chưa đúng"),
        ({"dates": ""}, "Chưa có ngày"),
        ({"lead": "77777"}, "77777"),
    ],
)
def test_work_by_letter_that_is_not_clear_comes_back_with_all_words(world_with_plan, browse, said, words):
    response = add(world_with_plan, browse, **said)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Rà soát mô hình" in page


def test_cancelling_asks_for_a_reason_and_keeps_the_task(world_with_plan, browse):
    world = world_with_plan
    address = reverse("tasks:cancel", args=[world.tasks[0].pk])
    response = browse(world.lan).post(address, {"version": world.tasks[0].version, "reason": " "})
    assert response.status_code == 422
    world.tasks[0].refresh_from_db()
    assert world.tasks[0].cancelled_on is None


def test_cancelling_takes_the_task_away(world_with_plan, browse):
    world = world_with_plan
    address = reverse("tasks:cancel", args=[world.tasks[0].pk])
    browse(world.lan).post(address, {"version": world.tasks[0].version, "reason": "Trùng việc"})
    world.tasks[0].refresh_from_db()
    assert world.tasks[0].cancelled_on == dt.date(2024, 3, 5)


def test_stale_cancelling_is_told_and_keeps_the_reason(world_with_plan, browse):
    world = world_with_plan
    response = browse(world.lan).post(
        reverse("tasks:cancel", args=[world.tasks[0].pk]), {"version": 99, "reason": "Trùng việc"}
    )
    assert response.status_code == 409
    assert "Trùng việc" in response.content.decode()


def move(world, browse, **changes):
    said = {
        "version": world.occurrences[1].version,
        "to_on": "15/06/2024",
        "reason": "Chờ hướng dẫn",
        "document": "",
    }
    address = reverse("tasks:move_deadline", args=[world.occurrences[1].pk])
    return browse(world.lan).post(address, said | changes)


def test_deadline_is_moved_and_the_first_one_kept(world_with_plan, browse):
    world = world_with_plan
    assert move(world, browse).status_code == 302
    world.occurrences[1].refresh_from_db()
    assert (world.occurrences[1].due_on, world.occurrences[1].first_due_on) == (
        dt.date(2024, 6, 15),
        dt.date(2024, 3, 29),
    )


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"reason": ""}, 422, "Ghi lý do gia hạn"),
        ({"to_on": "hôm qua"}, 422, "Ngày chưa đúng"),
        ({"to_on": "29/03/2024"}, 422, "trùng thời hạn"),
        ({"version": "88"}, 409, "vừa được người khác sửa"),
    ],
)
def test_deadline_that_cannot_be_moved_says_why(world_with_plan, browse, said, status, words):
    response = move(world_with_plan, browse, **said)
    assert response.status_code == status
    assert words in response.content.decode()


def test_group_work_is_divided_on_its_page(world_with_plan, browse):
    world = world_with_plan
    address = reverse("tasks:split", args=[world.tasks[3].pk])
    client = browse(world.lan)
    assert "Chia thành 2 việc" in client.get(address).content.decode()
    client.post(address, {"version": world.tasks[3].version})
    assert world.plan.tasks.filter(item=world.tasks[3].item, cancelled_on=None).count() == 2


def test_work_by_letter_is_found_under_its_source(world_with_plan, browse):
    world = world_with_plan
    row = Assignment(lead_unit=world.culture)
    add_task(plan=world.plan, source="Công văn 45/UBND-NV", title="Rà soát", assignment=row, by=world.lan)
    assert titles(browse(world.lan), tim="cong van 45") == ["Rà soát"]
    assert titles(browse(world.lan), **{"noi-dung": "letter"}) == ["Rà soát"]
