"""Through the door: everybody lands where their work is, and a session that ends takes no words with it."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from reports.tests.browser.conftest import card_of, press, sign_in, state_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOMES = [
    ("lan", "/", "Quý I năm 2024: 0/3 việc đã có kết quả"),
    ("hung", "/viec-cua-don-vi/", "Bộ phận Văn hóa - Xã hội"),
    ("tam", "/", "Không có việc nào chờ đồng chí."),
    ("binh", "/", "UBND phường Lãm Hà"),
    ("dung", "/bao-cao/", "Báo cáo"),
]


@pytest.mark.parametrize(("username", "path", "heading"), HOMES, ids=[home[0] for home in HOMES])
def test_sign_in_leads_to_the_home_of_the_role(
    username, path, heading, world_with_plan, open_window, live_server
):
    page = open_window()
    page.goto("/")
    sign_in(page, username)
    expect(page).to_have_url(live_server + path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def test_wrong_password_is_told_and_the_name_stays(world, open_window):
    page = open_window()
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("hung")
    page.get_by_label("Mật khẩu").fill("khong-phai")
    press(page, "Đăng nhập")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("hung")


def test_words_typed_before_the_session_ended_are_there_after_signing_in(world_with_plan, open_window):
    page = open_window(world_with_plan.hung)
    page.goto("/viec-cua-don-vi/")
    card = card_of(page, world_with_plan.occurrences[0])
    state_of(card, "Đang làm").click()
    card.get_by_label("Kết quả").fill("Đã phát 6 bài trên loa phường.")
    Session.objects.all().delete()
    press(card, "Gửi")
    sign_in(page, "hung")
    expect(card.get_by_label("Kết quả")).to_have_value("Đã phát 6 bài trên loa phường.")
    expect(card.get_by_role("radio", name="Đang làm")).to_be_checked()
