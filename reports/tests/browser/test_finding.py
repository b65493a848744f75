"""The office looks for work: filter, keep the view, act on many after a look, take it away."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from reports.tests.browser.conftest import DESK, PHONE, press
from tasks.models import SavedView, Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_filter_is_kept_work_is_given_and_the_list_taken_away(world_with_plan, open_window):
    world = world_with_plan
    page = open_window(world.lan, DESK, accept_downloads=True)
    page.goto("/nhiem-vu/")
    page.get_by_label("Đơn vị chủ trì").select_option(str(world.culture.pk))
    press(page, "Lọc")
    page.get_by_text("Lưu cách xem này").click()
    page.get_by_label("Tên", exact=True).fill("Việc của Văn hóa")
    press(page, "Lưu")
    expect(page.get_by_role("link", name="Việc của Văn hóa")).to_have_attribute("aria-current", "true")
    assert SavedView.objects.get().query == f"don-vi={world.culture.pk}"

    expect(page.get_by_role("button", name="Giao việc")).to_be_hidden()
    page.get_by_label("Chọn tất cả các việc ở trang này").check()
    expect(page.get_by_text("Đã chọn 2 việc.")).to_be_visible()
    press(page, "Giao việc")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giao 2 việc")
    page.get_by_label("Đơn vị chủ trì").select_option(str(world.youth.pk))
    press(page, "Giao 2 việc")
    expect(page.get_by_role("heading", level=1)).to_contain_text("đã xong 2 việc")
    assert Task.objects.filter(lead_unit=world.youth).count() == 2

    page.get_by_role("link", name="Về danh sách nhiệm vụ").click()
    page.get_by_role("link", name="Bỏ điều kiện Đơn vị chủ trì").click()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Excel").click()
    assert load_workbook(io.BytesIO(arriving.value.path().read_bytes()))["Nhiệm vụ"].max_row == 5


def test_filters_fold_on_a_phone_and_work_without_javascript(world_with_plan, open_window):
    world = world_with_plan
    page = open_window(world.lan, PHONE, java_script_enabled=False)
    page.goto(f"/nhiem-vu/?don-vi={world.culture.pk}&han=30-ngay")
    expect(page.get_by_label("Tìm việc")).to_be_hidden()
    page.locator("summary", has_text="Lọc (2)").click()
    page.get_by_label("Tìm việc").fill("quy che")
    press(page, "Lọc")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody").get_by_role("checkbox").check()
    press(page, "Nhắc")
    expect(page.get_by_label(f"Lời nhắc gửi {world.culture}")).to_contain_text(world.tasks[0].title)
