"""«Nhập số liệu»: pasted from Excel, kept while the session ends, odd figures pointed out while one types."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from reports.tests.browser.conftest import press, sign_in
from tasks.tests.deeds import fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/so-lieu/"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def cell(page: Page, code: str):
    return page.locator(f"input[data-code={code}]")


def paste(page: Page, code: str, text: str) -> None:
    cell(page, code).focus()
    page.evaluate(PASTE, text)


def stored(work) -> dict[str, str]:
    return {one.indicator.code: str(one.value) for one in fresh(work).latest_update.values.all()}


def test_a_pasted_column_outlives_the_session_and_is_sent(world_with_plan, open_window):
    page = open_window(world_with_plan.hung)
    page.goto(PAGE)
    paste(page, "hoi_nghi", "12\r\n1.234,5\r\n7\r\n")
    expect(cell(page, "tin_bai")).to_have_value("7")
    Session.objects.all().delete()
    press(page, "Gửi số liệu")
    sign_in(page, "hung")
    expect(cell(page, "hoi_nghi_nguoi")).to_have_value("1.234,5")
    expect(page.get_by_role("status").filter(has_text="Đã giữ lại 3 ô")).to_be_visible()
    press(page, "Gửi số liệu")
    expect(page.get_by_text("Đã gửi số liệu của 1 việc")).to_be_visible()
    sent = {"hoi_nghi": "12.00", "hoi_nghi_nguoi": "1234.50", "tin_bai": "7.00"}
    assert stored(world_with_plan.occurrences[0]) == sent


def test_a_pasted_block_finds_its_rows_by_name_and_a_sum_that_is_wrong_is_pointed_out(
    world_with_plan, open_window
):
    page = open_window(world_with_plan.mai)
    page.goto(PAGE)
    rows = [
        "TT\tChỉ tiêu\tKỳ trước\tKỳ này",
        "1\tHồ sơ TTHC tiếp nhận\t9\t10",
        "2\tHồ sơ TTHC đang giải quyết\t3\t0",
    ]
    rows += [
        f"3\tHồ sơ TTHC giải quyết {kind} hạn\t1\t{n}" for kind, n in (("trước", 1), ("đúng", 2), ("quá", 3))
    ]
    paste(page, "hai_long", "\n".join(rows))
    expect(cell(page, "tthc_nhan")).to_have_value("10")
    expect(cell(page, "hai_long")).to_have_value("")
    expect(page.get_by_text("Chưa khớp: một bên 10, một bên 6")).to_be_visible()
    cell(page, "tthc_dang").fill("4")
    expect(page.get_by_text("Chưa khớp")).to_have_count(0)
