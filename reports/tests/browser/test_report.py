"""From the closing of the quarter to the report in the hands of the superior agency, with a real worker building it."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Locator, Page, expect

from reports.tests.browser.conftest import press
from reports.tests.conftest import record
from reports.tests.processes import Engine

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def engine(tmp_path, settings):
    """A real worker, which keeps its files where real ones are kept. `engine.start()` starts it."""
    settings.MEDIA_ROOT = django_settings.VAR / "files"
    engine = Engine(tmp_path)
    yield engine
    engine.kill()


@pytest.fixture
def closing_day(world_with_plan, stand_on):
    """14/3/2024: one result has been accepted, two are missing."""
    record(
        world_with_plan.occurrences[0],
        world_with_plan.hung,
        text="Đã tổ chức 02 hội nghị",
        accepted_by=world_with_plan.lan,
    )
    stand_on("2024-03-14")
    return world_with_plan


def close_period(office: Page) -> None:
    office.goto("/")
    office.get_by_role("link", name="Chốt số liệu").click()
    press(office, "Vẫn chốt, thiếu 2 việc")
    expect(office.get_by_text("Đã chốt số liệu")).to_be_visible()


def fill_gaps(office: Page) -> None:
    """Writes into every place that the page names as empty."""
    empty = office.locator(".para", has_text="Chưa có nội dung")
    while count := empty.count():
        empty.first.get_by_role("link", name="Sửa").click()
        form = office.locator("form.para--form")
        form.get_by_label("Nội dung").fill("Không có.")
        press(form, "Lưu đoạn này")
        expect(empty).to_have_count(count - 1)


def submit(office: Page) -> None:
    office.reload()
    press(office, "Trình lãnh đạo duyệt")
    expect(office.get_by_text("Đã trình lãnh đạo duyệt.")).to_be_visible()


def return_with_reason(chair: Page, reason: str) -> None:
    chair.goto("/cho-duyet/")
    chair.get_by_role("link", name="Xem và duyệt").click()
    chair.locator("summary", has_text="Trả lại Văn phòng").click()
    chair.get_by_label("Lý do trả lại").fill(reason)
    press(chair, "Trả lại")
    expect(chair.get_by_text("Đã trả lại Văn phòng.")).to_be_visible()


def approve(chair: Page) -> None:
    chair.reload()
    press(chair, "Duyệt báo cáo")
    expect(chair.get_by_text("Đã duyệt. Văn thư sẽ lấy số")).to_be_visible()


def take_number(office: Page) -> None:
    office.reload()
    office.get_by_label("Số văn bản").fill("37")
    press(office, "Lấy số", exact=False)


def downloaded(link: Locator) -> bytes:
    with link.page.expect_download() as coming:
        link.click()
    return Path(coming.value.path()).read_bytes()


def test_report_travels_from_closing_to_the_receiver(closing_day, open_window, engine):
    office, chair, receiver = (
        open_window(one) for one in (closing_day.lan, closing_day.tam, closing_day.dung)
    )
    close_period(office)
    fill_gaps(office)
    submit(office)
    return_with_reason(chair, "Bổ sung kiến nghị về kinh phí")
    office.reload()
    expect(office.get_by_text("Bổ sung kiến nghị về kinh phí")).to_be_visible()
    submit(office)
    approve(chair)
    take_number(office)

    expect(office.locator("#files progress")).to_be_visible()
    office.evaluate("window.isTheSamePage = true")
    engine.start()
    expect(office.get_by_role("link", name="Tải về")).to_be_visible(timeout=75_000)
    assert office.evaluate("window.isTheSamePage"), "the page was reloaded"
    document = downloaded(office.get_by_role("link", name="Tải về"))
    assert document.startswith(b"%PDF-")

    receiver.goto("/bao-cao/")
    expect(receiver.get_by_text("Chưa có báo cáo nào.")).to_be_visible()
    office.get_by_label("Lý do chưa có bản đã ký").fill("Đã ký bản giấy, chưa quét")
    press(office, "Ban hành")
    expect(office.get_by_text("Đã ban hành. Cơ quan nhận")).to_be_visible()
    receiver.reload()
    receiver.get_by_role("row", name="37/BC-UBND").get_by_role("link").click()
    assert downloaded(receiver.get_by_role("link", name="Tải bản chính")) == document


def test_draft_is_built_as_pdf_and_word(closing_day, open_window, engine):
    office = open_window(closing_day.lan)
    engine.start()
    close_period(office)
    press(office, "dự thảo PDF", exact=False)
    press(office, "dự thảo Word", exact=False)
    links = office.get_by_role("link", name="Tải về")
    expect(links).to_have_count(2, timeout=75_000)
    assert {downloaded(link)[:2] for link in links.all()} == {b"%P", b"PK"}
