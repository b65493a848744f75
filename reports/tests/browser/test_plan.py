"""The office brings the ward's real plan in, and makes work of it."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from reports.tests.browser.conftest import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REAL_PLAN = settings.BASE_DIR / "samples/ke-hoach-10-KH-UBND-2024.docx"


def test_plan_becomes_work_with_leads(world, open_window):
    page = open_window(world.lan)
    page.goto("/ke-hoach/")
    page.get_by_role("link", name="Đưa kế hoạch vào").first.click()
    page.get_by_label("Tệp").set_input_files(REAL_PLAN)
    press(page, "Đưa vào và đọc")

    overview = page.locator("#tong-quan")
    expect(overview).to_contain_text("3 chỗ cần xem lại")
    overview.get_by_role("link", name="Dòng này mất số thứ tự").click()
    doubted = page.locator(".plan-line--doubt").first
    press(doubted, "Đúng rồi")
    expect(overview).to_contain_text("2 chỗ cần xem lại")

    page.get_by_role("link", name="Kích hoạt kế hoạch").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kích hoạt")
    press(page, "Kích hoạt kế hoạch")
    expect(page.get_by_text("đã được kích hoạt")).to_be_visible()

    rows = page.locator("tr:has([name=chon])")
    for row in rows.all()[:3]:
        row.get_by_role("checkbox").check()
    page.locator("#nhieu").get_by_label("Chủ trì").select_option(label="Tư pháp - Hộ tịch")
    press(page, "Áp dụng cho các việc đã chọn")
    expect(page.locator("tr .status", has_text="Đã lưu")).to_have_count(3)

    page.goto("/ke-hoach/")
    page.get_by_role("link", name="10/KH-UBND").click()
    expect(page.locator(".plan-state__who", has_text="Tư pháp - Hộ tịch")).to_have_count(3)
