import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Unit
from danvan.text import fold, sort_key
from tasks.models import Occurrence, Task


def address(world):
    return reverse("tasks:assign", args=[world.plan.pk])


def post(world, browse, **said):
    return browse(world.lan).post(address(world), said)


def ticked(world, *rows):
    """What the browser sends for ticked rows: their ids, and the version of each row that is shown."""
    shown = {f"v-{task.pk}": task.version for task in world.tasks}
    return {"chon": [world.tasks[row].pk for row in rows], "viec": "nhieu", **shown}


def opened(world, row, **changes):
    """What an opened row sends."""
    task = world.tasks[row]
    said = {
        "version": task.version,
        "title": task.title,
        "lead": task.lead_unit_id or "",
        "supporting": [unit.pk for unit in task.supporting_units.all()],
        "overseer": task.overseer_id or "",
        "time": "moi-quarter",
        "dates": "",
        "is_tracked": "on",
    }
    return {f"viec-{task.pk}-{name}": value for name, value in (said | changes).items()}


def again(task):
    return Task.objects.get(pk=task.pk)


def test_table_names_what_nobody_leads(world_with_plan, browse):
    world = world_with_plan
    Task.objects.filter(pk=world.tasks[2].pk).update(lead_unit=None)
    page = browse(world.lan).get(address(world)).content.decode()
    assert "1/5 việc</strong> chưa có đơn vị chủ trì" in page


def test_table_can_show_only_what_nobody_leads(world_with_plan, browse):
    world = world_with_plan
    Task.objects.filter(pk=world.tasks[2].pk).update(lead_unit=None)
    page = browse(world.lan).get(address(world), {"loc": "chua"}).content.decode()
    assert world.tasks[2].title in page
    assert world.tasks[0].title not in page


def test_words_of_the_plan_stand_beside_the_row(world_with_plan, browse):
    page = browse(world_with_plan.lan).get(address(world_with_plan)).content.decode()
    assert "Kế hoạch ghi — Thời hạn: trước 30/03/2024" in page


def test_several_rows_get_one_lead_in_one_press(world_with_plan, browse):
    world = world_with_plan
    response = post(world, browse, **ticked(world, 0, 2), **{"nhieu-lead": world.youth.pk})
    assert response.status_code == 302
    assert [again(task).lead_unit for task in world.tasks[:3]] == [world.youth, world.culture, world.youth]


def test_rows_just_saved_are_marked(world_with_plan, browse):
    world = world_with_plan
    response = browse(world.lan).post(
        address(world), ticked(world, 0, 2) | {"nhieu-lead": world.youth.pk}, follow=True
    )
    assert response.content.decode().count("Đã lưu</span>") == 2


def test_bulk_press_leaves_alone_what_was_not_chosen(world_with_plan, browse):
    world = world_with_plan
    post(world, browse, **ticked(world, 0, 1), **{"nhieu-lead": world.justice.pk})
    assert again(world.tasks[0]).overseer == world.tam
    assert list(world.tasks[0].supporting_units.all()) == [world.youth]
    assert again(world.tasks[1]).occurrences.get().due_on == dt.date(2024, 3, 29)


def test_bulk_press_sets_dates_that_were_typed(world_with_plan, browse):
    world = world_with_plan
    post(world, browse, **ticked(world, 0), **{"nhieu-dates": "15/6; tháng 9/2024"})
    dates = [one.due_on for one in world.tasks[0].occurrences.order_by("due_on")]
    assert dates == [dt.date(2024, 6, 15), dt.date(2024, 9, 30)]


def test_bulk_press_sets_a_recurrence(world_with_plan, browse):
    world = world_with_plan
    post(world, browse, **ticked(world, 0), **{"nhieu-time": "lap-quarterly"})
    assert again(world.tasks[0]).schedule == Task.Schedule.RULES


def test_bulk_press_adds_support_and_takes_off_the_track(world_with_plan, browse):
    world = world_with_plan
    post(
        world, browse, **ticked(world, 0), **{"nhieu-supporting": world.justice.pk, "nhieu-tracked": "khong"}
    )
    assert set(world.tasks[0].supporting_units.all()) == {world.youth, world.justice}
    assert not again(world.tasks[0]).is_tracked


def test_bulk_press_saves_the_good_rows_and_names_the_stale_one(world_with_plan, browse):
    world = world_with_plan
    said = ticked(world, 0, 2) | {f"v-{world.tasks[0].pk}": 77, "nhieu-lead": world.youth.pk}
    response = post(world, browse, **said)
    page = response.content.decode()
    assert response.status_code == 409
    assert "1 việc chưa lưu được" in page
    assert again(world.tasks[2]).lead_unit == world.youth
    assert again(world.tasks[0]).lead_unit == world.culture


@pytest.mark.parametrize(
    ("rows", "said", "words"),
    [
        ([], {"nhieu-lead": ""}, "Chưa chọn việc nào"),
        ([0], {}, "Chưa chọn gì để áp dụng"),
        ([0], {"nhieu-dates": "31/2"}, "Không có ngày"),
        ([0], {"nhieu-time": "ngay"}, "Chưa có ngày"),
        ([0], {"nhieu-lead": "99999"}, "99999"),
    ],
)
def test_bulk_press_that_says_too_little_is_told(world_with_plan, browse, rows, said, words):
    response = post(world_with_plan, browse, **ticked(world_with_plan, *rows), **said)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert page.count(" checked") >= len(rows)


def test_bulk_press_keeps_what_was_typed_in_an_opened_row(world_with_plan, browse):
    world = world_with_plan
    said = ticked(world, 0) | {"nhieu-lead": world.youth.pk} | opened(world, 2, title="Đang gõ dở")
    response = post(world, browse, **said)
    assert "Đang gõ dở" in response.content.decode()
    assert again(world.tasks[0]).lead_unit == world.youth
    assert again(world.tasks[2]).title != "Đang gõ dở"


def test_row_opens_alone_for_htmx(world_with_plan, browse):
    world = world_with_plan
    row = reverse("tasks:assign_row", args=[world.plan.pk, world.tasks[0].pk])
    page = browse(world.lan).get(row, headers={"HX-Request": "true"}).content.decode()
    assert page.strip().startswith("<tr")
    assert f'name="viec-{world.tasks[0].pk}-lead"' in page


def test_row_opens_within_the_table_without_htmx(world_with_plan, browse):
    world = world_with_plan
    row = reverse("tasks:assign_row", args=[world.plan.pk, world.tasks[0].pk])
    page = browse(world.lan).get(row, follow=True).content.decode()
    assert f'name="viec-{world.tasks[0].pk}-lead"' in page


def test_opened_row_is_saved(world_with_plan, browse):
    world = world_with_plan
    said = opened(world, 0, title="Phổ biến Quy chế", lead=world.justice.pk, supporting=[world.youth.pk])
    assert post(world, browse, **said).status_code == 302
    task = again(world.tasks[0])
    assert (task.title, task.lead_unit) == ("Phổ biến Quy chế", world.justice)


def test_all_opened_rows_are_saved_by_one_press(world_with_plan, browse):
    world = world_with_plan
    said = opened(world, 0, lead=world.youth.pk) | opened(world, 2, lead=world.youth.pk)
    post(world, browse, **said)
    assert {again(world.tasks[row]).lead_unit for row in (0, 2)} == {world.youth}


def test_opened_row_that_was_left_alone_is_not_written(world_with_plan, browse):
    world = world_with_plan
    post(world, browse, **opened(world, 0))
    assert again(world.tasks[0]).version == world.tasks[0].version


def test_stale_row_shows_both_values_and_keeps_every_word(world_with_plan, browse):
    world = world_with_plan
    said = opened(world, 0, title="Tên tôi gõ", lead=world.youth.pk)
    Task.objects.filter(pk=world.tasks[0].pk).update(lead_unit=world.justice, version=9)
    response = post(world, browse, **said)
    page = response.content.decode()
    assert response.status_code == 409
    assert f"Đang lưu: chủ trì {world.justice}" in page
    assert "Tên tôi gõ" in page
    assert f'value="{world.youth.pk}" selected' in page


def test_stale_row_overwrites_when_pressed_again(world_with_plan, browse):
    world = world_with_plan
    said = opened(world, 0, lead=world.youth.pk)
    Task.objects.filter(pk=world.tasks[0].pk).update(version=9)
    page = post(world, browse, **said).content.decode()
    assert f'name="viec-{world.tasks[0].pk}-version" value="9"' in page
    post(world, browse, **said | {f"viec-{world.tasks[0].pk}-version": 9})
    assert again(world.tasks[0]).lead_unit == world.youth


def test_row_with_an_error_stays_open_while_the_others_are_saved(world_with_plan, browse):
    world = world_with_plan
    said = opened(world, 0, time="ngay", dates="32/1") | opened(world, 2, lead=world.youth.pk)
    response = post(world, browse, **said)
    page = response.content.decode()
    assert response.status_code == 422
    assert "32/1" in page
    assert again(world.tasks[2]).lead_unit == world.youth
    assert f'name="viec-{world.tasks[2].pk}-lead"' not in page


def test_changing_dates_into_every_quarter_needs_no_emptying_of_the_field(world_with_plan, browse):
    world = world_with_plan
    said = opened(world, 1, time="moi-quarter", dates="29/03/2024")
    assert post(world, browse, **said).status_code == 302
    assert again(world.tasks[1]).schedule == Task.Schedule.EVERY_PERIOD


def test_unit_that_has_ended_stays_where_it_leads_but_is_offered_nowhere_else(world_with_plan, browse):
    world = world_with_plan
    Unit.objects.filter(pk=world.culture.pk).update(valid_to=dt.date(2024, 2, 1))
    page = browse(world.lan).get(address(world), {"sua": "tat-ca"}).content.decode()
    rows = page.split('<tr id="viec-')
    assert f'<option value="{world.culture.pk}" selected>' in rows[1]
    assert f'<option value="{world.culture.pk}"' not in rows[3]


def test_foreign_unit_is_no_choice(world_with_plan, browse):
    world = world_with_plan
    response = post(world, browse, **opened(world, 0, lead=world.stranger_unit.pk))
    assert response.status_code == 422
    assert again(world.tasks[0]).lead_unit == world.culture


def test_draft_leads_to_activation(world, draft_plan, browse):
    response = browse(world.lan).get(reverse("tasks:assign", args=[draft_plan.pk]))
    assert response.url == reverse("tasks:activate", args=[draft_plan.pk])


@pytest.mark.parametrize(("copies", "query"), [(0, {}), (6, {}), (6, {"sua": "tat-ca"})])
def test_table_takes_the_same_queries_whatever_its_length(
    world_with_plan, browse, copies, query, django_assert_num_queries
):
    world = world_with_plan
    for copy in range(copies):
        name = f"Đơn vị {copy}"
        unit = Unit.objects.create(agency=world.ward, name=name, folded=fold(name), sort_key=sort_key(name))
        task = Task.objects.create(
            plan=world.plan, source="CV 5", title="Việc", lead_unit=unit, overseer=world.tam
        )
        Occurrence.objects.create(task=task, period=world.period, opened_on=dt.date(2024, 3, 5))
    client = browse(world.lan)
    with django_assert_num_queries(12):
        client.get(address(world), query)


def test_repetition_typed_in_words_becomes_rules(world_with_plan, browse):
    world = world_with_plan
    post(world, browse, **opened(world, 0, time="lap-cau", dates="ngày 10 và 25 hằng tháng"))
    assert again(world.tasks[0]).rules == "FREQ=MONTHLY;BYMONTHDAY=10,25"


def test_repetition_shows_its_words_and_stays_when_saved_again(world_with_plan, browse):
    world = world_with_plan
    post(world, browse, **opened(world, 0, time="lap-cau", dates="ngày 3 tháng đầu quý"))
    page = browse(world.lan).get(address(world), {"sua": world.tasks[0].pk})
    assert 'value="ngày 3 tháng đầu quý"' in page.content.decode()


def test_repetition_that_is_none_is_refused_with_an_example(world_with_plan, browse):
    world = world_with_plan
    page = post(world, browse, **opened(world, 0, time="lap-cau", dates="15/6"))
    assert page.status_code == 422
    assert "Chưa ghi cách lặp lại" in page.content.decode()


def test_bulk_press_knows_the_usual_repetitions(world_with_plan, browse):
    world = world_with_plan
    post(world, browse, **ticked(world, 0), **{"nhieu-time": "lap-may_october"})
    dates = [one.due_on for one in world.tasks[0].occurrences.exclude(due_on=None).order_by("due_on")]
    assert dates == [dt.date(2024, 5, 31), dt.date(2024, 10, 31)]
