"""Digests: few, never twice, never lost, and only to whom they still concern."""

import datetime as dt

import pytest
from django.core import mail as sent
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import Mail
from accounts.services import end_membership
from accounts.services.mail import OUTDATED
from conftest import make_user
from reports import digests, jobs
from reports.bell import notices
from reports.models import Reminder, ReminderLine
from reports.services import reminding
from reports.services.reminding import make_digests
from reports.stages import escalation_of, stages_of
from reports.tests.making import make_dated, make_plan, make_task, open_quarter, send
from tasks.models import Occurrence
from tasks.services import return_update

MARCH_12 = dt.date(2024, 3, 12)  # a Tuesday


@pytest.fixture
def office(world, settings, at_once):
    """Everybody has an address; the portal sends mail."""
    settings.MAIL_IS_SET_UP = True
    for user in (world.hung, world.mai, world.tam, world.lan):
        user.email = f"{user.username}@lamha.example"
        user.save()
    world.plan = make_plan(world.ward)
    return world


def dated(world, due_on, unit=None, **fields) -> Occurrence:
    task = make_task(world.plan, 1, unit or world.culture, **fields)
    return make_dated(task, dt.date.fromisoformat(due_on))


def run(world, on: dt.date = MARCH_12) -> list[Mail]:
    return list(Mail.objects.filter(pk__in=make_digests(agency=world.ward, on=on)).order_by("to"))


def days(first: str, count: int) -> list[dt.date]:
    begin = dt.date.fromisoformat(first)
    return [begin + dt.timedelta(days=step) for step in range(count)]


def stages() -> list[str]:
    return list(ReminderLine.objects.order_by("pk").values_list("stage", flat=True))


def on_day(days_left: int) -> list[str]:
    one = Occurrence(due_on=MARCH_12 + dt.timedelta(days=days_left), task_id=1, pk=1)
    return stages_of(one, MARCH_12)


# --- Stages --------------------------------------------------------------------------------------------------------


def test_stages_come_seven_three_one_and_no_days_before_then_weekly():
    assert [on_day(left) for left in (8, 7, 4, 3, 2, 1, 0)] == [
        [], ["due_7"], ["due_7"], ["due_3"], ["due_3"], ["due_1"], ["due_0"],
    ]  # fmt: skip
    assert [on_day(-late) for late in (1, 7, 8, 15)] == [["late_1"], ["late_1"], ["late_8"], ["late_15"]]


def test_overseer_is_told_from_the_set_day_on_and_weekly():
    one = Occurrence(due_on=MARCH_12, task_id=1, pk=1)
    told = [escalation_of(one, MARCH_12 + dt.timedelta(days=late), 7) for late in (6, 7, 13, 14)]

    assert told == ["", "up_7", "up_7", "up_14"]


# --- One mail a person and day -------------------------------------------------------------------------------------


def test_one_mail_a_person_with_overdue_work_first(office):
    dated(office, "2024-03-15", title="Họp dân")
    dated(office, "2024-03-10", title="Niêm yết")

    (mail,) = run(office)

    assert mail.to == "hung@lamha.example"
    assert mail.subject == "Nhắc việc: 2 việc cần gửi kết quả, 1 việc đã quá hạn"
    assert mail.body.index("Niêm yết — quá hạn 2 ngày") < mail.body.index("Họp dân — còn 3 ngày")


def test_mail_is_short_enough_for_a_telephone(office):
    for _ in range(10):
        dated(office, "2024-03-13")

    (mail,) = run(office)

    assert len([line for line in mail.body.splitlines() if line]) <= 15
    assert "… và 4 việc nữa: http" in mail.body
    assert len(stages()) == 10


def test_year_of_mornings_tells_each_stage_once(office):
    dated(office, "2024-03-20")

    for day in days("2024-03-01", 40):
        run(office, day)

    assert stages() == ["due_7", "due_3", "due_1", "due_0", "late_1", "late_8", "late_15"]


def test_repeated_and_second_runs_make_nothing_twice(office):
    dated(office, "2024-03-15")
    run(office)

    assert run(office) == []
    assert Mail.objects.count() == 1


def test_log_itself_forbids_a_second_mail_a_day(office):
    dated(office, "2024-03-15")
    run(office)
    reminder = Reminder.objects.get()
    reminder.pk = reminder.mail = None

    with pytest.raises(IntegrityError), transaction.atomic():
        reminder.save()


def test_scheduler_that_was_slower_writes_nothing(office):
    dated(office, "2024-03-15")
    read_before = digests.digests_of(office.ward, MARCH_12)
    run(office)

    with pytest.raises(IntegrityError), transaction.atomic():
        reminding._make(read_before)
    assert Mail.objects.count() == Reminder.objects.count() == 1


def test_missed_days_lose_nothing(office):
    dated(office, "2024-03-15")
    run(office, dt.date(2024, 3, 8))

    run(office, dt.date(2024, 3, 13))  # nobody looked on the 12th, three days before

    assert stages() == ["due_7", "due_3"]


def test_nobody_is_written_to_on_a_day_off(office):
    dated(office, "2024-03-17")

    assert run(office, dt.date(2024, 3, 16)) == []
    assert run(office, dt.date(2024, 3, 17)) == []
    assert len(run(office, dt.date(2024, 3, 18))) == 1


def test_returned_work_is_told_once_and_still_turns_late(office):
    one = dated(office, "2024-03-25")
    update = send(one, office.hung)
    return_update(update=update, reason="Thiếu số liệu", by=office.lan)

    first, *_ = run(office)
    for day in days("2024-03-13", 15):
        run(office, day)

    assert "Văn phòng trả lại, cần bổ sung" in first.body
    assert stages() == [f"back_{update.pk}", "due_7", "due_3", "due_0", "late_1"]


def test_sent_work_is_not_reminded(office):
    send(dated(office, "2024-03-15"), office.hung)

    assert run(office) == []


def test_period_asks_by_its_own_day(office):
    make_task(office.plan, 1, office.justice)
    open_quarter(office.plan)  # units answer by 12/3

    (mail,) = run(office)

    assert mail.to == "mai@lamha.example"
    assert "đến hạn hôm nay" in mail.body


def test_work_of_a_group_is_told_to_the_heads_of_its_members(office):
    dated(office, "2024-03-15", unit=office.bodies)

    assert [mail.to for mail in run(office)] == ["hung@lamha.example"]


def test_overseer_gets_a_mail_of_their_own(office):
    dated(office, "2024-03-05", overseer=office.tam)

    overseer, head = sorted(run(office), key=lambda mail: mail.subject)

    assert (head.to, overseer.to) == ("hung@lamha.example", "tam@lamha.example")
    assert "Bộ phận Văn hóa - Xã hội: Tuyên truyền — quá hạn 7 ngày" in overseer.body


def test_who_heads_a_unit_and_oversees_gets_one_mail_with_both(office):
    dated(office, "2024-03-15", title="Họp dân")
    dated(office, "2024-03-05", unit=office.justice, overseer=office.hung, title="Niêm yết")
    office.mai.email = ""
    office.mai.save()

    (mail,) = run(office)

    assert mail.subject.startswith("Nhắc việc: 1 việc cần gửi kết quả; Báo cáo: 1 việc")
    assert mail.body.index("Họp dân") < mail.body.index("đồng chí phụ trách") < mail.body.index("Niêm yết")
    assert mail.body.count("không cần trả lời") == 1
    assert stages() == ["due_3", "up_7"]


def test_what_turns_up_after_the_mail_of_the_day_waits_for_the_next(office):
    dated(office, "2024-03-15")
    run(office)
    late = dated(office, "2024-03-05", unit=office.justice, overseer=office.hung)

    assert [mail.to for mail in run(office)] == ["mai@lamha.example"]
    assert any(late.task.lead_unit.name in mail.body for mail in run(office, dt.date(2024, 3, 13)))


def test_people_without_address_or_role_get_none(office):
    dated(office, "2024-03-15")
    dated(office, "2024-03-15", unit=office.justice)
    office.hung.email = ""
    office.hung.save()
    end_membership(membership=office.mai.memberships.get(), actor=office.lan)

    assert run(office, dt.date(2024, 3, 13)) == []


def test_without_a_mail_server_nothing_is_made(office, settings):
    settings.MAIL_IS_SET_UP = False
    dated(office, "2024-03-15")

    assert run(office) == []
    assert not Reminder.objects.exists()


# --- At the moment it goes -----------------------------------------------------------------------------------------


@pytest.fixture
def stuck(office, stand_on):
    """Hùng's digest of 12/3 with two pieces of work, made and not sent yet."""
    stand_on("2024-03-12")
    office.first, office.second = dated(office, "2024-03-13"), dated(office, "2024-03-14", title="Họp dân")
    (office.mail,) = run(office)
    return office


def go(world) -> Mail:
    jobs.send_mail(world.mail.pk)
    world.mail.refresh_from_db()
    return world.mail


def test_digest_goes_as_it_was_made(stuck):
    assert go(stuck).state == Mail.State.SENT
    assert sent.outbox[0].body == stuck.mail.body


def test_whoever_was_unassigned_meanwhile_gets_none(stuck):
    for one in (stuck.first, stuck.second):
        one.task.lead_unit = stuck.justice
        one.task.save()

    assert go(stuck).state == Mail.State.FAILED
    assert "không còn việc phải nhắc" in stuck.mail.error
    assert sent.outbox == []


def test_what_was_sent_meanwhile_is_left_out(stuck):
    send(stuck.first, stuck.hung)

    go(stuck)

    assert "Tuyên truyền" not in sent.outbox[0].body
    assert "Họp dân" in sent.outbox[0].body


def test_digest_of_yesterday_is_not_sent_and_today_says_it(stuck, stand_on):
    stand_on("2024-03-13")

    assert go(stuck).state == Mail.State.FAILED
    (today,) = run(stuck, dt.date(2024, 3, 13))
    assert "Họp dân" in today.body


def test_digest_of_yesterday_says_why_it_is_not_sent_and_is_not_sent_again(stuck, stand_on, browse):
    stand_on("2024-03-13")
    assert go(stuck).error == OUTDATED

    Mail.objects.update(error="Máy chủ thư chưa nhận thư (451).")
    page = browse(stuck.lan).post(f"/thu/{stuck.mail.pk}/gui-lai/", follow=True).content.decode()

    assert "đã có thư mới hơn" in page and "Gửi lại<span" not in page
    assert not any("thư không gửi được" in one.words for one in notices(stuck.lan, dt.date(2024, 3, 13)))


def test_failed_mail_told_nobody(office):
    dated(office, "2024-03-08")
    (mail,) = run(office)
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.FAILED)

    assert len(run(office, dt.date(2024, 3, 13))) == 1
    assert run(office, dt.date(2024, 3, 14)) == []
    assert stages() == ["late_1"]


def test_link_opens_the_card_after_sign_in(stuck, client):
    path = f"/viec/{stuck.first.pk}/ket-qua/"
    assert path in stuck.mail.body
    sign_in = client.get(path).url

    entered = client.post(sign_in, {"login": "hung", "password": "mat-khau-rat-dai", "next": path})

    assert f"next={path}" in sign_in
    assert client.get(entered.url).url.endswith(f"lam={stuck.first.pk}#viec-{stuck.first.pk}")


# --- The morning look ----------------------------------------------------------------------------------------------


def test_morning_look_sends_and_repeats_nothing(office, stand_on):
    stand_on("2024-03-12")
    dated(office, "2024-03-15")

    for _ in range(2):
        jobs.look_at_reminders()

    assert [message.to for message in sent.outbox] == [["hung@lamha.example"]]


def test_command_shows_first_and_then_sends_once(office, stand_on, capsys):
    stand_on("2024-03-12")
    dated(office, "2024-03-15")

    call_command("send_digests", "--dry-run")
    assert "hung@lamha.example" in capsys.readouterr().out
    assert not Mail.objects.exists()
    for _ in range(2):
        call_command("send_digests")
    assert len(sent.outbox) == 1


@pytest.mark.parametrize("people", [1, 3])
def test_run_takes_the_same_queries_for_any_number_of_people(office, people, django_assert_num_queries):
    units = [office.culture, office.justice, office.youth][:people]
    minh = make_user("minh", "Đỗ Minh", office.ward, "department", office.youth)
    minh.email = "minh@lamha.example"
    minh.save()
    for unit in units:
        for day in ("2024-03-05", "2024-03-15"):
            dated(office, day, unit=unit, overseer=office.tam)

    with django_assert_num_queries(RUN_QUERIES):
        made = run_only(office)

    assert len(made) == people + 1


# A savepoint and its end, days off and setting, work, people, groups, told, made; then mails, reminders, room, lines.
RUN_QUERIES = 13


def run_only(world) -> list[int]:
    return make_digests(agency=world.ward, on=MARCH_12)
