"""«Việc của đơn vị tôi»: the one screen that must be excellent. Hùng's unit owes two results of the quarter."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from reports.tests.browser.conftest import PHONE, card_of, press, state_of
from tasks.tests.deeds import fresh, photo, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unit_page(world_with_plan, open_window):
    """The screen of Hùng's unit on his telephone."""
    page = open_window(world_with_plan.hung, PHONE)
    page.goto("/viec-cua-don-vi/")
    return page


def fill(card: Locator, text: str) -> None:
    state_of(card, "Đang làm").click()
    card.get_by_label("Kết quả").fill(text)


def choose(card: Locator, name: str, content: bytes, field: str = "[name=attached]") -> None:
    kind = "application/pdf" if name.endswith("pdf") else "image/png"
    card.locator(field).set_input_files({"name": name, "mimeType": kind, "buffer": content})


def shot_of(card: Locator) -> str:
    return str(card.locator("[capture]").get_attribute("id"))


def cards(page: Page) -> tuple[Locator, Locator]:
    """The two cards in the order in which they stand; the first is open."""
    first, second = (card.get_attribute("id") for card in page.locator(".work-card").all())
    return page.locator(f"#{first}"), page.locator(f"#{second}")


def test_sent_card_folds_and_focus_goes_to_the_next(unit_page):
    first, second = cards(unit_page)
    fill(first, "Đã phát 6 bài.")
    press(first, "Gửi")
    expect(first).to_contain_text("Đã gửi")
    expect(first.get_by_label("Kết quả")).to_be_hidden()
    expect(second.get_by_role("radio", name="Chưa làm")).to_be_focused()
    expect(unit_page.locator("#top-line")).to_contain_text("Còn 1/2 việc")


def test_nothing_to_report_is_one_press(unit_page):
    _, second = cards(unit_page)
    press(second, "Không phát sinh")
    expect(second).to_contain_text("Đã gửi")
    expect(second).to_contain_text("Không phát sinh")
    expect(unit_page.locator("#top-line")).to_contain_text("Còn 1/2 việc")


def test_photo_goes_with_the_result(unit_page, world_with_plan):
    card, picture = card_of(unit_page, world_with_plan.occurrences[0]), photo("Ảnh hội nghị.png")
    fill(card, "Đã họp 3 tổ dân phố.")
    choose(card, picture.name, picture.read())
    expect(card.locator(".filepick__names")).to_have_text("Ảnh hội nghị.png")
    press(card, "Gửi")
    expect(card).to_contain_text("Đã gửi")
    assert fresh(world_with_plan.occurrences[0]).latest_update.evidence.get().file_name == "Ảnh hội nghị.png"


def test_files_chosen_one_after_another_add_up_and_can_be_dropped(unit_page):
    card, _ = cards(unit_page)
    names = card.locator(".filepick__names")
    choose(card, "mot.png", photo().read())
    choose(card, "hai.pdf", b"%PDF-")
    choose(card, "mot.png", photo().read(), field="#" + shot_of(card))  # what the camera gives
    expect(names).to_have_text(re.compile(r"^3 tệp \(.* MB\): mot.png, hai.pdf, mot.png$"))
    press(card, "Bỏ các tệp đã chọn")
    expect(names).to_have_text("")
    assert card.locator("[name=attached]").evaluate("input => input.files.length") == 0


@pytest.mark.parametrize("touch", [True, False])
def test_camera_is_offered_where_there_is_a_finger(world_with_plan, open_window, touch):
    page = open_window(world_with_plan.hung, PHONE, has_touch=touch, is_mobile=touch)
    page.goto("/viec-cua-don-vi/")
    card, _ = cards(page)
    assert card.get_by_text("Chụp ảnh").is_visible() is touch
    expect(card.get_by_text("Chọn tệp")).to_be_visible()


def test_large_file_shows_how_far_it_has_gone_up(unit_page):
    card, _ = cards(unit_page)
    fill(card, "Đã họp.")
    choose(card, "lon.pdf", b"%PDF-" + b"x" * 400_000)
    wire = unit_page.context.new_cdp_session(unit_page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
    wire.send("Network.emulateNetworkConditions", slow)
    press(card, "Gửi")
    expect(card.get_by_role("progressbar", name="Tải tệp lên")).to_be_visible()
    expect(card.locator(".upload")).to_contain_text("Đang tải tệp lên…")
    expect(card).to_contain_text("Không nhận tệp “lon.pdf”")


def test_card_works_without_javascript(world_with_plan, open_window):
    page = open_window(world_with_plan.hung, PHONE, java_script_enabled=False)
    page.goto("/viec-cua-don-vi/")
    first, second = cards(page)
    fill(first, "Đã phát 6 bài.")
    press(first, "Gửi")
    expect(page).to_have_url(re.compile(r"/viec-cua-don-vi/.*#viec-\d+$"))
    expect(first).to_contain_text("Đã gửi")
    fill(second, "Đã họp 1 lần.")
    press(second, "Gửi")
    expect(page.locator("#top-line")).to_contain_text("Đã gửi đủ 2/2 việc")


def test_second_of_two_people_sees_both_and_loses_nothing(unit_page, world_with_plan):
    world, card = world_with_plan, card_of(unit_page, world_with_plan.occurrences[0])
    say(world.occurrences[0], "in_progress", "Văn phòng ghi: đã gửi giấy mời.", by=world.lan)
    fill(card, "Đơn vị ghi: đã chốt danh sách.")
    press(card, "Gửi")
    told = card.locator("[role=alert]")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Nguyễn Thị Lan gửi")
    expect(told).to_contain_text("Văn phòng ghi: đã gửi giấy mời.")
    expect(card.get_by_label("Kết quả")).to_have_value("Đơn vị ghi: đã chốt danh sách.")
    press(card, "Gửi")
    expect(told).to_have_count(0)
    assert fresh(world.occurrences[0]).latest_update.text == "Đơn vị ghi: đã chốt danh sách."


def test_chosen_files_outlive_a_press_that_failed(unit_page, world_with_plan):
    work = world_with_plan.occurrences[0]
    card = card_of(unit_page, work)
    say(work, "in_progress", "Văn phòng ghi: đã gửi giấy mời.", by=world_with_plan.lan)
    fill(card, "Đơn vị ghi: đã họp.")
    choose(card, "anh.png", photo().read())
    press(card, "Gửi")
    expect(card.locator(".filepick__again")).to_contain_text("Các tệp đã chọn vẫn còn")
    press(card, "Gửi")
    expect(card.locator("[role=alert]")).to_have_count(0)
    assert fresh(work).latest_update.evidence.get().file_name == "anh.png"


def walk_to(page: Page, place: Locator, key: str = "Tab") -> None:
    """Goes on with the keyboard until `place` has the focus; the focus is never out of sight on the way."""
    for _ in range(60):
        page.keyboard.press(key)
        assert page.evaluate(FOCUS_IS_VISIBLE), page.evaluate("document.activeElement.outerHTML")
        if place.evaluate("place => place === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {place}")


# An outline around the element itself, or around the label that stands for a covered radio or file field.
FOCUS_IS_VISIBLE = """() => {
  const at = document.activeElement;
  if (at === document.body) return true;
  const shown = [at, at.nextElementSibling].filter(Boolean).map((one) => getComputedStyle(one));
  const box = at.getBoundingClientRect();
  return shown.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
    && box.bottom > 0 && box.top < innerHeight;
}"""


def test_card_is_filled_and_sent_with_the_keyboard_alone(unit_page, world_with_plan):
    first, second = cards(unit_page)
    walk_to(unit_page, first.get_by_role("radio", name="Chưa làm"))
    unit_page.keyboard.press("ArrowRight")
    expect(first.get_by_role("radio", name="Đang làm")).to_be_checked()
    walk_to(unit_page, first.get_by_label("Kết quả"))
    unit_page.keyboard.type("Đã phát 6 bài.")
    walk_to(unit_page, first.get_by_role("button", name="Gửi", exact=True))
    unit_page.keyboard.press("Enter")
    expect(first).to_contain_text("Đã gửi")
    expect(second.get_by_role("radio", name="Chưa làm")).to_be_focused()
    assert fresh(world_with_plan.occurrences[0]).latest_update.text == "Đã phát 6 bài."
