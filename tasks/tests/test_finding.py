"""Filters of the task list and the views that people keep."""

import pytest
from django.urls import reverse

from tasks.models import Occurrence, SavedView, Task
from tasks.tests.deeds import say

LIST, KEEP = reverse("tasks:list"), reverse("tasks:keep_view")


def rows(client, **query):
    """Which occurrences the list shows."""
    return {line.occurrence.pk for line in client.get(LIST, query).context["page"]}


def pks(world, *numbers):
    return {world.occurrences[number].pk for number in numbers}


@pytest.mark.parametrize(
    ("day", "due", "shown"),
    [
        ("2024-03-05", "qua", []),
        ("2024-03-05", "7-ngay", [0, 2, 3]),
        ("2024-03-05", "30-ngay", [0, 1, 2, 3]),
        ("2024-03-20", "qua", [0, 2, 3]),
        ("2024-04-02", "qua", [0, 1, 2, 3]),
    ],
)
def test_filter_by_deadline(world_with_plan, browse, stand_on, day, due, shown):
    stand_on(day)
    assert rows(browse(world_with_plan.lan), han=due) == pks(world_with_plan, *shown)


def test_finished_work_is_past_no_deadline(world_with_plan, browse, stand_on):
    world = world_with_plan
    say(world.occurrences[0], by=world.hung)
    stand_on("2024-03-20")
    assert world.occurrences[0].pk in rows(browse(world.lan), han="qua"), "it still waits to be checked"
    Occurrence.objects.filter(pk=world.occurrences[1].pk).update(completed_on="2024-03-19", state="done")
    stand_on("2024-04-02")
    assert world.occurrences[1].pk not in rows(browse(world.lan), han="qua")


def test_range_of_deadlines_has_both_ends(world_with_plan, browse):
    client = browse(world_with_plan.lan)
    assert rows(client, tu="29/03/2024", den="29/03/2024") == pks(world_with_plan, 1)
    assert rows(client, den="28/03/2024") == pks(world_with_plan, 0, 2, 3)


def test_wrong_day_is_told_and_filters_nothing(world_with_plan, browse):
    response = browse(world_with_plan.lan).get(LIST, {"tu": "31/02/2024"})
    assert "Ngày chưa đúng" in response.content.decode()
    assert len(response.context["page"]) == 4


def test_filter_by_leader(world_with_plan, browse):
    world = world_with_plan
    assert rows(browse(world.lan), **{"lanh-dao": world.tam.pk}) == pks(world, 0, 1)
    assert rows(browse(world.lan), **{"lanh-dao": "chua"}) == pks(world, 2, 3)


def test_filter_by_silence_counts_from_the_last_word(world_with_plan, browse, stand_on):
    world = world_with_plan
    stand_on("2024-03-12")
    say(world.occurrences[0], "in_progress", by=world.hung)
    stand_on("2024-03-15")
    assert rows(browse(world.lan), **{"im-lang": "10"}) == pks(world, 1, 2, 3)
    assert rows(browse(world.lan), **{"im-lang": "11"}) == set()


def test_each_chosen_filter_has_the_way_to_drop_it(world_with_plan, browse):
    world = world_with_plan
    page = browse(world.lan).get(LIST, {"don-vi": world.culture.pk, "tim": "quy che", "trang": "1"})
    chips = page.context["shown"].chips
    assert [(chip.label, chip.words) for chip in chips] == [
        ("Tìm việc", "quy che"),
        ("Đơn vị chủ trì", "Bộ phận Văn hóa - Xã hội"),
    ]
    assert [chip.rest for chip in chips] == [f"don-vi={world.culture.pk}", "tim=quy+che"]
    assert "Lọc (2)" in " ".join(page.content.decode().split())


def test_words_of_the_address_are_text_on_the_page(world_with_plan, browse):
    page = browse(world_with_plan.lan).get(LIST, {"tim": "<b>&amp;</b>"}).content.decode()
    assert "<b>&" not in page


def keep(client, name="Việc của Văn hóa", query="han=qua", **more):
    return client.post(KEEP, {"luu-name": name, "luu-q": query, **more})


def test_view_is_kept_under_a_name_and_stands_on_top(world_with_plan, browse):
    client = browse(world_with_plan.lan)
    response = keep(client, query=f"trang=2&don-vi={world_with_plan.culture.pk}&han=qua&la=1")
    view = SavedView.objects.get()
    assert view.query == f"don-vi={world_with_plan.culture.pk}&han=qua"
    assert response["Location"] == f"{LIST}?{view.query}"
    assert (
        f'href="{LIST}?don-vi={world_with_plan.culture.pk}&amp;han=qua"' in client.get(LIST).content.decode()
    )


def test_pressing_twice_keeps_one_view(world_with_plan, browse):
    client = browse(world_with_plan.lan)
    assert [keep(client).status_code, keep(client).status_code] == [302, 302]
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": " "}, "Đặt tên cho cách xem này"),
        ({"name": "x" * 81}, "dài quá 80 ký tự"),
        ({"query": ""}, "Chưa chọn điều kiện lọc nào"),
        ({"query": "la=1"}, "Chưa chọn điều kiện lọc nào"),
        ({"query": "tim=" + "a" * 600}, "Điều kiện lọc dài quá"),
        ({"name": "việc CỦA văn hóa", "query": "han=7-ngay"}, "Đồng chí đã có cách xem tên"),
    ],
)
def test_view_that_cannot_be_kept_says_why_and_keeps_the_name(world_with_plan, browse, said, words):
    client = browse(world_with_plan.lan)
    keep(client)
    response = keep(client, **said)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert SavedView.objects.count() == 1


def test_own_view_is_nobody_elses_and_a_shared_one_is_everybodys(world_with_plan, browse):
    world = world_with_plan
    keep(browse(world.lan), name="Của Lan")
    keep(browse(world.lan), name="Cả phường", **{"luu-is_shared": "on"})
    page = browse(world.hung).get(LIST).content.decode()
    assert "Cả phường" in page
    assert "Của Lan" not in page
    assert "Cả phường" not in browse(world.stranger_head).get(LIST).content.decode()


def test_name_that_somebody_shares_is_taken_for_sharing_only(world_with_plan, browse):
    world = world_with_plan
    keep(browse(world.lan), **{"luu-is_shared": "on"})
    refused = keep(browse(world.tam), **{"luu-is_shared": "on"})
    assert "Nguyễn Thị Lan đã có cách xem tên" in refused.content.decode()
    assert keep(browse(world.tam)).status_code == 302


def test_own_view_is_deleted_and_the_work_stays(world_with_plan, browse):
    world = world_with_plan
    keep(browse(world.lan))
    view = SavedView.objects.get()
    assert "Xóa cách xem này" in browse(world.lan).get(f"{LIST}?{view.query}").content.decode()
    browse(world.lan).post(reverse("tasks:drop_view", args=[view.pk]))
    assert not SavedView.objects.exists()
    assert Task.objects.count() == 5
