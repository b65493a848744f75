"""What needs whom now. Nothing is kept: a notice goes when its reason goes."""

import datetime as dt

import pytest

from accounts.models import Mail
from accounts.services.mail import WITHDRAWN
from conftest import make_user
from danvan import clock
from reports.bell import notices
from reports.models import Report
from reports.pressing import missing_in
from reports.tests.making import make_dated, make_plan, make_task, open_quarter, send
from tasks.models import Directive
from tasks.services import return_update

TODAY = dt.date(2024, 3, 5)


def dated(plan, unit, due_on: str, title: str = "Tuyên truyền", **fields):
    return make_dated(make_task(plan, 1, unit, title), dt.date.fromisoformat(due_on), **fields)


def words(user) -> list[str]:
    return [f"{one.words} [{one.sign.words}] {one.detail}" for one in notices(user, TODAY)]


def urls(user) -> list[str]:
    return [one.url for one in notices(user, TODAY)]


def mail(world, **fields) -> Mail:
    fields = {"to": "a@lamha.example", "subject": "Nhắc việc", "state": Mail.State.FAILED, **fields}
    count = Mail.objects.count()
    return Mail.objects.create(
        agency=world.ward, made_at=clock.now(), message_id=f"<{count}@lamha>", **fields
    )


# --- Notices -------------------------------------------------------------------------------------------------------


def test_head_sees_what_is_late_and_near_most_urgent_first(world, plan):
    dated(plan, world.culture, "2024-03-08", title="Họp dân")
    dated(plan, world.culture, "2024-03-01", title="Niêm yết")
    dated(plan, world.culture, "2024-05-01", title="Tập huấn")

    assert words(world.hung) == ["Niêm yết [Quá hạn] Quá hạn 4 ngày", "Họp dân [Sắp đến hạn] Còn 3 ngày"]


def test_each_notice_leads_to_its_card(world, plan):
    one = dated(plan, world.culture, "2024-03-08")

    assert urls(world.hung) == [f"/viec/{one.pk}/ket-qua/"]


def test_returned_work_stands_there_until_it_is_sent_again(world, plan):
    one = dated(plan, world.culture, "2024-05-01")
    return_update(update=send(one, world.hung), reason="Thiếu", by=world.lan)
    assert "[Bị trả lại]" in words(world.hung)[0]

    send(one, world.hung)

    assert words(world.hung) == []


def test_word_of_a_leader_stands_there_once(world, plan):
    one = dated(plan, world.culture, "2024-03-08")
    Directive.objects.create(occurrence=one, text="Làm ngay", written_by=world.tam, at=clock.now())

    assert words(world.hung) == ["Tuyên truyền [Có chỉ đạo] Nguyễn Thị Tâm chỉ đạo ngày 05/03/2024"]


def test_work_of_others_is_not_theirs(world, plan):
    dated(plan, world.culture, "2024-03-08")

    assert words(world.mai) == []


def test_office_sees_checks_units_plans_and_mail(world, plan, stand_on):
    make_task(plan, 1, world.justice)
    quarter = open_quarter(plan)
    stand_on("2024-03-14")
    send(dated(plan, world.culture, "2024-03-08"), world.hung)
    make_task(plan, 2)
    mail(world)
    found = notices(world.lan, dt.date(2024, 3, 14))

    assert [one.words for one in found] == [
        "Đôn đốc 1 đơn vị chưa gửi kết quả quý I năm 2024",
        "Chốt số liệu quý I năm 2024",
        "1 thư không gửi được",
        "Kiểm tra 1 kết quả",
        "Phân công 1 việc",
    ]
    assert f"/ky-bao-cao/{quarter.pk}/don-doc/" in [one.url for one in found]


def test_leader_sees_reports_and_stuck_work(world, plan):
    Report.objects.create(
        agency=world.ward, period=open_quarter(plan), subject="Kết quả quý I", state="submitted"
    )
    dated(plan, world.culture, "2024-03-01", title="Niêm yết")

    found = words(world.tam)

    assert "Niêm yết [Quá hạn] Bộ phận Văn hóa - Xã hội: quá hạn 4 ngày" in found
    assert any(one.startswith("Duyệt báo cáo: Kết quả quý I") for one in found)


def test_silent_work_stands_in_one_line_for_the_leader(world, plan):
    for unit in (world.culture, world.justice):
        dated(plan, unit, "2024-12-01", opened_on=dt.date(2024, 1, 5))

    assert words(world.tam) == ["Có việc chưa có tin mới từ 30 ngày [Chưa có tin mới] Lâu nhất 60 ngày"]


def test_overdue_work_is_counted_as_its_list_shows_it(world, plan, browse):
    send(dated(plan, world.culture, "2024-03-01"), world.hung)
    dated(plan, world.justice, "2024-03-01")
    other = make_plan(world.ward, number="20/KH-UBND")
    dated(other, world.culture, "2024-03-01")
    found = [one for one in notices(world.lan, TODAY) if "quá hạn" in one.words]

    shown = [len(browse(world.lan).get(one.url).context["page"].object_list) for one in found]

    assert [int(one.words.split()[0]) for one in found] == shown == [2, 1]
    assert "20/KH-UBND" in found[1].detail


def test_units_to_press_are_counted_as_the_page_shows_them(world, plan, stand_on):
    make_task(plan, 1, world.justice)
    quarter = open_quarter(plan)
    dated(plan, world.culture, "2024-03-12")
    dated(plan, world.youth, "2024-03-20")
    stand_on("2024-03-14")

    assert set(missing_in(quarter, dt.date(2024, 3, 14))) == {world.justice, world.culture}
    assert "Đôn đốc 2 đơn vị" in notices(world.lan, dt.date(2024, 3, 14))[0].words


def test_own_words_are_nothing_the_office_can_check(world, plan):
    make_user("nga", "Lê Thị Nga", world.ward, "office")
    send(dated(plan, world.culture, "2024-05-01"), world.lan)

    assert not [one for one in notices(world.lan, TODAY) if one.words.startswith("Kiểm tra")]


def test_inspector_has_nothing_to_do(world, plan, browse):
    dated(plan, world.culture, "2024-03-01")

    assert "Không có việc nào cần đồng chí" in browse(world.binh).get("/nhac-viec/").content.decode()


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("hung", 6), ("lan", 10), ("tam", 6)])
def test_page_takes_the_same_queries_for_any_number_of_rows(
    world, plan, browse, django_assert_num_queries, copies, who, queries
):
    for _ in range(copies):
        dated(plan, world.culture, "2024-03-01")
    visitor = browse(getattr(world, who))

    with django_assert_num_queries(queries):
        visitor.get("/nhac-viec/")


# --- The bell ------------------------------------------------------------------------------------------------------


def test_pages_ask_for_the_number_only_after_they_stand(world, plan, browse):
    page = browse(world.hung).get("/viec-cua-don-vi/").content.decode()

    assert 'href="/nhac-viec/"' in page
    assert 'hx-get="/nhac-viec/so/"' in page


def test_bell_tells_the_number(world, plan, browse):
    dated(plan, world.culture, "2024-03-01")

    assert ">(1<" in browse(world.hung).get("/nhac-viec/so/", headers={"HX-Request": "true"}).content.decode()


def test_receiver_has_no_bell(world, browse):
    assert "/nhac-viec/" not in browse(world.dung).get("/bao-cao/").content.decode()


# --- Mail ----------------------------------------------------------------------------------------------------------


def test_office_sees_what_became_of_each_mail(world, browse):
    mail(world, error="Máy chủ thư không nhận địa chỉ này (550).")
    mail(world, error=WITHDRAWN)

    page = browse(world.lan).get("/thu/").content.decode()

    assert "Máy chủ thư không nhận địa chỉ này (550)." in page
    assert "Thôi không gửi" in page
    assert page.count("Gửi lại<span") == 1


def test_words_of_a_mail_lead_nowhere(world, browse):
    mail(world, body="Xem http://bay.example")

    assert 'href="http://bay.example"' not in browse(world.lan).get("/thu/").content.decode()


def test_failed_mail_is_sent_again_by_one_press(world, browse):
    one = mail(world)

    browse(world.lan).post(f"/thu/{one.pk}/gui-lai/")

    one.refresh_from_db()
    assert one.state == Mail.State.QUEUED


def test_page_of_mail_says_when_none_can_be_sent(world, browse):
    assert "chưa được nối với máy chủ thư" in browse(world.lan).get("/thu/").content.decode()


@pytest.mark.parametrize("copies", [1, 3])
def test_mail_page_takes_the_same_queries_for_any_number(world, browse, django_assert_num_queries, copies):
    for _ in range(copies):
        mail(world)
    visitor = browse(world.lan)

    with django_assert_num_queries(6):  # session, user, roles, count, rows, failed
        visitor.get("/thu/")
