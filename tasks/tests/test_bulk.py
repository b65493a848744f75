"""One act on many pieces of work: what is shown before, what comes of each."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from conftest import markup_of
from tasks.models import Extension, Occurrence, ProgressUpdate, Task
from tasks.services import cancel_task
from tasks.tests.deeds import fresh, say

BULK, LIST = reverse("tasks:bulk"), reverse("tasks:list")


def preview(client, world, act, *numbers, **more):
    return client.get(BULK, {"viec": act, "chon": [world.occurrences[n].pk for n in numbers], **more})


def carry_out(client, world, act, *numbers, **said):
    """Presses the button of the page that was shown, with its versions."""
    shown = preview(client, world, act, *numbers).context["able"]
    pks = [world.occurrences[n].pk for n in numbers]
    versions = {f"v-{row.occurrence.pk}": row.version for row in shown}
    return client.post(BULK, {"viec": act, "chon": pks, **versions, **said})


def titles(pairs):
    return [one.task.title for one, _ in pairs]


EXTENSION = {"to_on": "14/06/2024", "reason": "Chờ hướng dẫn của quận", "document": "CV 45"}


def test_preview_says_how_many_and_why_not_the_others(world_with_plan, browse):
    response = preview(browse(world_with_plan.lan), world_with_plan, "gia-han", 0, 1)
    page = markup_of(response)
    assert "Sẽ làm với <strong>1 việc</strong>" in page
    assert "1 việc không làm được" in page
    assert "Vì không có thời hạn riêng" in page
    assert not Extension.objects.exists()


def test_many_are_assigned_and_keep_the_rest_of_their_row(world_with_plan, browse):
    world = world_with_plan
    carry_out(browse(world.lan), world, "giao", 0, 2, lead=world.youth.pk)
    leads = Task.objects.filter(pk__in=[world.tasks[0].pk, world.tasks[2].pk]).values_list(
        "lead_unit", "overseer"
    )
    assert list(leads) == [(world.youth.pk, world.tam.pk), (world.youth.pk, None)]


def test_leader_is_set_for_many(world_with_plan, browse):
    world = world_with_plan
    carry_out(browse(world.lan), world, "giao", 2, 3, overseer=world.tam.pk)
    assert Task.objects.filter(overseer=world.tam).count() == 4


def test_deadline_of_many_moves_with_reason_and_document(world_with_plan, browse):
    world = world_with_plan
    response = carry_out(browse(world.lan), world, "gia-han", 0, 1, **EXTENSION)
    made = Extension.objects.get()
    assert (made.occurrence_id, made.to_on, made.reason, made.document) == (
        world.occurrences[1].pk,
        dt.date(2024, 6, 14),
        "Chờ hướng dẫn của quận",
        "CV 45",
    )
    assert "đã xong 1 việc" in markup_of(response)
    assert "Vì không có thời hạn riêng" in markup_of(response)


def test_later_deadline_is_never_shortened(world_with_plan, browse):
    world = world_with_plan
    response = carry_out(browse(world.lan), world, "gia-han", 1, **EXTENSION | {"to_on": "10/03/2024"})
    assert "muộn hơn thời hạn mới" in markup_of(response)
    assert fresh(world.occurrences[1]).due_on == dt.date(2024, 3, 29)


@pytest.mark.parametrize(
    ("act", "said", "words"),
    [
        ("gia-han", {"to_on": "31/02/2024", "reason": "Chờ"}, "Ngày chưa đúng"),
        ("gia-han", {"to_on": "14/06/2024", "reason": " "}, "Ghi lý do gia hạn"),
        ("giao", {}, "Chưa chọn gì"),
        ("giao", {"lead": "77777"}, "77777"),
    ],
)
def test_form_that_is_not_clear_changes_nothing_and_keeps_the_words(
    world_with_plan, browse, act, said, words
):
    world = world_with_plan
    response = carry_out(browse(world.lan), world, act, 1, **said)
    assert response.status_code == 422
    assert words in markup_of(response)
    assert fresh(world.occurrences[1]).version == world.occurrences[1].version


def test_stale_row_is_told_and_leaves_the_others_done(world_with_plan, browse):
    world = world_with_plan
    client = browse(world.lan)
    shown = preview(client, world, "giao", 0, 2).context["able"]
    Task.objects.filter(pk=world.tasks[0].pk).update(version=9)
    versions = {f"v-{row.occurrence.pk}": row.version for row in shown}
    pks = [row.occurrence.pk for row in shown]
    response = client.post(BULK, {"viec": "giao", "chon": pks, "lead": world.youth.pk, **versions})
    assert titles(response.context["failed"]) == [world.tasks[0].title]
    assert [one.task.title for one in response.context["done"]] == [world.tasks[2].title]
    assert "vừa được người khác sửa" in markup_of(response)


def test_what_failed_is_shown_again_with_what_was_typed(world_with_plan, browse):
    world, lan = world_with_plan, browse(world_with_plan.lan)
    dated = fresh(world.occurrences[1])
    said = {"viec": "gia-han", "chon": [dated.pk], f"v-{dated.pk}": dated.version + 1, **EXTENSION}
    page = lan.post(BULK, said).content.decode()

    typed = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    again = lan.post(BULK, typed)

    assert again.status_code == 200 and not Extension.objects.exists()
    assert again.context["form"].data["reason"] == EXTENSION["reason"]
    assert f'value="{EXTENSION["to_on"]}"' in again.content.decode()
    assert [row.version for row in again.context["able"]] == [dated.version]


def test_pressing_twice_extends_once(world_with_plan, browse):
    world = world_with_plan
    client = browse(world.lan)
    said = {
        "viec": "gia-han",
        "chon": world.occurrences[1].pk,
        f"v-{world.occurrences[1].pk}": 1,
        **EXTENSION,
    }
    said[f"v-{world.occurrences[1].pk}"] = world.occurrences[1].version
    client.post(BULK, said)
    client.post(BULK, said)
    assert Extension.objects.count() == 1


def test_waiting_results_are_taken_and_the_others_told(world_with_plan, browse):
    world = world_with_plan
    say(world.occurrences[0], by=world.hung)
    say(world.occurrences[2], by=world.mai)
    response = carry_out(browse(world.lan), world, "nhan", 0, 1, 2)
    assert ProgressUpdate.objects.filter(outcome="accepted").count() == 2
    assert "Vì không có kết quả chờ kiểm tra" in markup_of(response)


def test_result_sent_since_is_not_taken_unseen(world_with_plan, browse):
    world = world_with_plan
    say(world.occurrences[0], by=world.hung)
    client = browse(world.lan)
    seen = preview(client, world, "nhan", 0).context["able"][0].version
    say(world.occurrences[0], text="Khác hẳn.", by=world.hung)
    pk = world.occurrences[0].pk
    response = client.post(BULK, {"viec": "nhan", "chon": pk, f"v-{pk}": seen})
    assert "Đơn vị vừa gửi bản khác" in markup_of(response)
    assert not ProgressUpdate.objects.filter(outcome="accepted").exists()


def test_own_words_are_not_taken_by_who_wrote_them(world_with_plan, browse):
    world = world_with_plan
    say(world.occurrences[0], by=world.lan)
    assert "Vì do chính đồng chí ghi" in markup_of(preview(browse(world.lan), world, "nhan", 0))


def test_reminder_has_one_text_per_unit_with_the_chosen_work_only(world_with_plan, browse):
    world = world_with_plan
    reminders = dict(preview(browse(world.lan), world, "nhac", 0, 2).context["reminders"])
    assert set(reminders) == {world.culture, world.justice}
    assert world.tasks[0].title in reminders[world.culture]
    assert world.tasks[1].title not in reminders[world.culture]


def test_cancelled_work_takes_no_act(world_with_plan, browse):
    world = world_with_plan
    cancel_task(task=world.tasks[0], version=world.tasks[0].version, reason="Thôi", by=world.lan)
    for act in ("giao", "gia-han", "nhac", "nhan"):
        assert preview(browse(world.lan), world, act, 0).context["able"] == []


def test_two_occurrences_of_one_task_are_assigned_once(world_with_plan, browse):
    world = world_with_plan
    more = Occurrence.objects.create(
        task=world.tasks[1],
        due_on=dt.date(2024, 9, 30),
        first_due_on=dt.date(2024, 9, 30),
        opened_on=dt.date(2024, 3, 5),
    )
    response = browse(world.lan).get(BULK, {"viec": "giao", "chon": [world.occurrences[1].pk, more.pk]})
    assert len(response.context["able"]) == 1


def test_foreign_work_is_not_there(world_with_plan, browse):
    response = preview(browse(world_with_plan.stranger), world_with_plan, "giao", 0)
    assert response["Location"] == LIST


def test_way_back_keeps_the_filters_and_nothing_else(world_with_plan, browse):
    response = preview(browse(world_with_plan.lan), world_with_plan, "nhac", 0, loc="han=qua&next=//x.vn")
    assert response.context["back"] == f"{LIST}?han=qua"


@pytest.mark.parametrize("numbers", [(1,), (0, 1, 2, 3)])
@pytest.mark.parametrize(("act", "count"), [("giao", 6), ("gia-han", 4), ("nhac", 4), ("nhan", 4)])
def test_preview_takes_the_same_queries_for_one_and_for_many(
    world_with_plan, browse, act, count, numbers, django_assert_num_queries
):
    client = browse(world_with_plan.lan)
    with django_assert_num_queries(count):
        preview(client, world_with_plan, act, *numbers)
