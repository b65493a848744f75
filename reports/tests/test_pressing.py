"""*Đôn đốc*: exactly those who are missing, once a press, in the log, by mail and as a công văn."""

import datetime as dt
import io

import pdfplumber
import pytest
from django.core import mail as sent

from accounts.models import Event, Mail
from accounts.services import end_membership
from conftest import make_user, markup_of
from reports import jobs
from reports.models import Reminder
from reports.pressing import missing_in, pressed_in
from reports.services.pressing import press
from reports.services.reminding import wording_now
from reports.tests.making import (
    MARCH_5,
    ask_for_three,
    finish,
    make_dated,
    make_plan,
    make_task,
    open_quarter,
    send,
)
from tasks.models import Task
from tasks.services import close_period
from tasks.services.periods import period_of


@pytest.fixture
def quarter(world, settings, at_once):
    """Quarter I: culture is asked for two results, justice for one. Hùng has an address, Mai has none."""
    settings.MAIL_IS_SET_UP = True
    world.hung.email = "hung@lamha.example"
    world.hung.save()
    world.tam.position = "Phó Chủ tịch"
    world.tam.save()
    return ask_for_three(world)


@pytest.fixture
def cards(quarter):
    return list(quarter.occurrences.order_by("pk"))


def address(quarter) -> str:
    return f"/ky-bao-cao/{quarter.pk}/don-doc/"


def pressed() -> list[str]:
    return [row.unit.name for row in Reminder.objects.order_by("unit__sort_key")]


def test_one_press_reaches_exactly_those_who_are_missing(world, browse, quarter, cards):
    send(cards[2], world.mai)

    response = browse(world.lan).post(address(quarter), {"seen": 0}, follow=True)

    assert pressed() == ["Bộ phận Văn hóa - Xã hội"]
    assert "Đã đôn đốc 1 đơn vị" in markup_of(response)


def test_press_keeps_its_words_work_and_deed(world, browse, quarter):
    browse(world.lan).post(address(quarter), {"seen": 0, "don-vi": world.culture.pk})

    row = Reminder.objects.get()
    assert (row.channel, row.made_by, row.period) == ("press", world.lan, quarter)
    assert row.words.startswith("Văn phòng nhắc Bộ phận Văn hóa - Xã hội: còn 2 việc")
    assert row.lines.count() == 2
    assert "đôn đốc 1 đơn vị" in Event.objects.get(verb="press").words


def test_same_press_twice_makes_one_row(world, browse, quarter):
    office = browse(world.lan)
    for _ in range(2):
        response = office.post(address(quarter), {"seen": 0}, follow=True)

    assert len(pressed()) == 2
    assert "Vừa được đôn đốc rồi nên không làm lại" in markup_of(response)


def test_later_press_is_a_second_one_and_is_counted(world, browse, quarter, stand_on):
    office = browse(world.lan)
    office.post(address(quarter), {"seen": 0})
    stand_on("2024-03-12T08:10")
    office.post(address(quarter), {"seen": Reminder.objects.latest("pk").pk})

    assert "Đã đôn đốc 2 lần, gần nhất 08:10 ngày 12/3" in markup_of(office.get("/"))


@pytest.mark.django_db(transaction=True)
def test_press_writes_to_those_who_have_an_address(world, browse, quarter):
    browse(world.lan).post(address(quarter), {"seen": 0})

    assert [message.to for message in sent.outbox] == [["hung@lamha.example"]]
    assert Reminder.objects.get(unit=world.culture).mail.state == Mail.State.SENT
    assert Reminder.objects.get(unit=world.justice).mail is None


def test_press_that_came_too_late_is_not_mailed(world, quarter, cards):
    press(period=quarter, seen=0, by=world.lan)
    for card in cards[:2]:
        send(card, world.hung)

    mail = Mail.objects.get()
    jobs.send_mail(mail.pk)
    mail.refresh_from_db()

    assert mail.state == Mail.State.FAILED
    assert sent.outbox == []


def go(mail: Mail) -> Mail:
    jobs.send_mail(mail.pk)
    mail.refresh_from_db()
    return mail


def test_every_head_has_a_row_and_all_are_one_time(world, quarter):
    minh = make_user("minh", "Đỗ Minh", world.ward, "department", world.culture)
    minh.email = "minh@lamha.example"
    minh.save()

    done = press(period=quarter, seen=0, by=world.lan, unit_id=world.culture.pk)

    assert {row.user for row in done.reminders} == {world.hung, minh}
    assert (done.units, pressed_in(quarter)[world.culture.pk].times) == (1, 1)
    assert all(mail.reminder.lines.count() == 2 for mail in Mail.objects.all())


def test_press_leaves_out_work_that_another_unit_leads_now(world, quarter, cards):
    press(period=quarter, seen=0, by=world.lan)
    Task.objects.filter(pk=cards[0].task_id).update(lead_unit=world.justice)

    assert "còn 1 việc" in go(Mail.objects.get()).body
    Task.objects.filter(pk=cards[1].task_id).update(lead_unit=world.justice)
    assert wording_now(Mail.objects.get()) is None


def test_press_is_not_mailed_to_who_speaks_for_the_unit_no_more(world, quarter):
    press(period=quarter, seen=0, by=world.lan)
    end_membership(membership=world.hung.memberships.get(), actor=world.lan)

    assert go(Mail.objects.get()).state == Mail.State.FAILED


def test_without_a_mail_server_the_press_is_logged_and_the_office_is_told(world, browse, quarter, settings):
    settings.MAIL_IS_SET_UP = False
    page = browse(world.lan).post(address(quarter), {"seen": 0}, follow=True)

    assert len(pressed()) == 2
    assert "chưa được nối với máy chủ thư" in markup_of(page)


def test_nobody_missing_is_said(world, browse, quarter, cards):
    for card in cards:
        finish(card, world)

    response = browse(world.lan).post(address(quarter), {"seen": 0})

    assert response.status_code == 422
    assert "Không còn đơn vị nào thiếu kết quả." in markup_of(response)


def test_work_whose_day_is_ahead_is_not_missing_yet(world, browse, quarter):
    make_dated(make_task(quarter.plan, 2, world.youth), dt.date(2024, 3, 12))

    assert world.youth not in missing_in(quarter, MARCH_5)
    assert world.youth in missing_in(quarter, dt.date(2024, 3, 12))
    assert "Đôn đốc 2 đơn vị còn thiếu" in markup_of(browse(world.lan).get("/"))


def test_month_that_was_closed_is_not_missing_in_its_quarter(world, quarter, cards):
    month = period_of(quarter.plan, "month", 1)
    cards[2].period = month
    cards[2].save()
    assert world.justice in missing_in(quarter, MARCH_5)

    close_period(period=month, version=month.version, by=world.lan)

    assert world.justice not in missing_in(quarter, MARCH_5)


def test_desk_offers_one_press_for_all_and_one_for_each(world, browse, quarter):
    page = markup_of(browse(world.lan).get("/"))

    assert "Đôn đốc 2 đơn vị còn thiếu" in page
    assert f'form="don-doc" name="don-vi" value="{world.justice.pk}"' in page
    assert "Đôn đốc 2" not in markup_of(browse(world.tam).get(f"/ky-bao-cao/{quarter.pk}/"))


@pytest.mark.parametrize("copies", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_units(
    world, browse, django_assert_num_queries, copies
):
    plan = make_plan(world.ward)
    for unit in (world.culture, world.justice, world.youth)[:copies]:
        make_task(plan, 1, unit)
    quarter = open_quarter(plan)
    visitor = browse(world.lan)

    with django_assert_num_queries(8):  # session, user, roles, period, pressed, missing, leaders, log
        visitor.get(address(quarter))


# --- The công văn --------------------------------------------------------------------------------------------------


def letter_of(world, browse, quarter) -> list[str]:
    response = browse(world.lan).get(f"{address(quarter)}cong-van/")
    assert response["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_letter_has_the_form_of_a_letter(world, browse, quarter):
    first, *_ = letter_of(world, browse, quarter)

    assert "/UBND-VP Lãm Hà, ngày" in first
    assert "V/v đôn đốc gửi kết quả" in first
    assert "Kính gửi:" in first
    assert "KT. CHỦ TỊCH" in first
    assert "- Như trên;" in first
    assert "- Lưu: VT, VP." in first
    assert "CÔNG VĂN" not in first
    assert "DỰ THẢO" not in first


def test_letter_names_those_who_are_missing_and_their_work(world, browse, quarter, cards):
    send(cards[2], world.mai)

    text = "\n".join(letter_of(world, browse, quarter))

    assert "còn 2 việc chưa gửi kết quả" in text
    assert "VIỆC CHƯA GỬI KẾT QUẢ QUÝ I NĂM 2024" in text
    assert "Tư pháp" not in text


def test_letter_without_a_leader_says_what_is_missing(world, browse, quarter):
    world.tam.memberships.all().delete()

    response = browse(world.lan).get(f"{address(quarter)}cong-van/")

    assert response.status_code == 422
    assert "chưa có họ tên người ký" in markup_of(response)
