"""«Nơi chưa có tin»: who is not heard, and the one thing to do."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Membership, User
from conftest import make_unit
from tasks.models import Occurrence, Task
from tasks.quiet_units import Silence, quiet_units
from tasks.services import accept_update
from tasks.tests.deeds import say

PAGE = reverse("tasks:quiet")


def heard(world, on="2024-03-05", days=30):
    found = quiet_units(agency=world.ward, on=dt.date.fromisoformat(on), days=days)
    return {quiet.unit.name: quiet.silence for quiet in found}


@pytest.fixture
def signed_in(world_with_plan):
    """Hùng and Mai have been here; the units of both lead work, and so does the group to which Hùng's belongs."""
    User.objects.filter(username__in=["hung", "mai"]).update(last_login="2024-03-05T08:00+07:00")
    return world_with_plan


def test_head_who_never_came_is_told_first(world_with_plan):
    assert heard(world_with_plan) == {
        "Bộ phận Văn hóa - Xã hội": Silence.NEVER_SIGNED_IN,
        "Tư pháp - Hộ tịch": Silence.NEVER_SIGNED_IN,
        "Các ban, ngành, đoàn thể phường": Silence.NEVER_SIGNED_IN,
    }


def test_unit_without_anybody_is_worst(signed_in):
    Membership.objects.filter(user=signed_in.mai).update(to_on="2024-03-04")
    assert heard(signed_in)["Tư pháp - Hộ tịch"] is Silence.NOBODY


def test_locked_account_is_nobody(signed_in):
    User.objects.filter(pk=signed_in.mai.pk).update(is_active=False)
    assert heard(signed_in)["Tư pháp - Hộ tịch"] is Silence.NOBODY


def test_who_came_but_never_spoke_is_told(signed_in):
    assert set(heard(signed_in).values()) == {Silence.NEVER_SPOKE}


def test_word_of_the_unit_ends_its_silence_and_that_of_its_group(signed_in):
    say(signed_in.occurrences[0], by=signed_in.hung)
    assert heard(signed_in) == {"Tư pháp - Hộ tịch": Silence.NEVER_SPOKE}


def test_word_of_the_office_in_its_place_is_none(signed_in):
    say(signed_in.occurrences[2], by=signed_in.lan)
    assert heard(signed_in)["Tư pháp - Hộ tịch"] is Silence.NEVER_SPOKE


def test_silence_comes_back_after_its_days_while_work_is_owed(signed_in):
    say(signed_in.occurrences[0], by=signed_in.hung)
    assert heard(signed_in, on="2024-03-18", days=14) == {"Tư pháp - Hộ tịch": Silence.NEVER_SPOKE}
    assert heard(signed_in, on="2024-03-19", days=14)["Bộ phận Văn hóa - Xã hội"] is Silence.SILENT


def test_unit_that_owes_nothing_is_not_silent(signed_in):
    accept_update(update=say(signed_in.occurrences[2], by=signed_in.mai), by=signed_in.lan)
    assert "Tư pháp - Hộ tịch" not in heard(signed_in, on="2024-06-30")


def test_unit_without_work_is_not_looked_at(signed_in):
    make_unit(signed_in.ward, "Thư viện")
    assert "Thư viện" not in heard(signed_in)
    assert "Đoàn Thanh niên" not in heard(signed_in)


def test_office_has_one_action_in_each_line(signed_in, browse):
    Membership.objects.filter(user=signed_in.mai).update(to_on="2024-03-04")
    User.objects.filter(pk=signed_in.hung.pk).update(last_login=None)
    page = browse(signed_in.lan).get(PAGE).content.decode()
    assert reverse("accounts:person_add") in page
    assert f'action="{reverse("accounts:slip_make", args=[signed_in.hung.pk])}"' in page


def test_silent_unit_leads_to_its_reminder(signed_in, browse):
    page = browse(signed_in.lan).get(PAGE).content.decode()
    assert f'href="{reverse("tasks:reminder", args=[signed_in.justice.pk])}"' in page


def test_leader_sees_the_lines_without_the_offices_tools(world_with_plan, browse):
    page = browse(world_with_plan.tam).get(PAGE).content.decode()
    assert "Lê Thị Mai chưa đăng nhập lần nào" in page
    assert "In phiếu đăng nhập" not in page
    assert "Xem các việc" in page


@pytest.mark.parametrize("copies", [0, 3])
def test_page_takes_the_same_queries_whatever_its_length(
    world_with_plan, browse, copies, django_assert_num_queries
):
    world = world_with_plan
    for number in range(copies):
        unit = make_unit(world.ward, f"Tổ {number}")
        task = Task.objects.create(plan=world.plan, source="Công văn 5", title="Việc", lead_unit=unit)
        Occurrence.objects.create(task=task, period=world.period, opened_on=dt.date(2024, 3, 5))
    client = browse(world.lan)
    with django_assert_num_queries(8):
        client.get(PAGE)
