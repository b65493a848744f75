"""A Word file with automatic numbers and an annex table becomes a draft, is mended, and becomes work of its units."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from plans.models import Item
from plans.services import import_plan
from reports.tests.browser.conftest import PHONE, press
from tasks.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The words of script/make_shapes.py; the last row says a time that nobody can be sure of.
WORDS = """\
!make docx
!auto roman:%1. decimal:%2. bullet:-
!head table
!foot table
!superior UBND QUẬN KIẾN AN
!issuer UBND PHƯỜNG LÃM HÀ
!number Số: 21/KH-UBND
!place Lãm Hà, ngày 27 tháng 02 năm 2024
!title Công tác dân vận chính quyền năm 2024
!opening Ủy ban nhân dân phường Lãm Hà ban hành Kế hoạch như sau:
!closing Trên đây là Kế hoạch thực hiện công tác dân vận chính quyền năm 2024./.
!recipient Lưu: VT.
!sign CHỦ TỊCH
!signer Nguyễn Văn Mẫu
I|MỤC ĐÍCH, YÊU CẦU
  -|Nâng cao nhận thức của cán bộ, công chức về công tác dân vận.
II|NỘI DUNG
  1|Công tác tuyên truyền
    -|Tư pháp - Hộ tịch chủ trì tổ chức hội nghị phổ biến pháp luật, xong trước ngày 31/5/2024.
    -|In lại trang 3.
  2|Nhiệm vụ cụ thể theo Phụ lục ban hành kèm theo Kế hoạch này.
A|Phụ lục|PHÂN CÔNG NHIỆM VỤ
T|STT|Nội dung nhiệm vụ|Đơn vị chủ trì|Đơn vị phối hợp|Thời gian hoàn thành|Sản phẩm
R|1|Phát động phong trào khuyến học|Hội Khuyến học phường|Đoàn Thanh niên|Trước ngày 15/4|Kế hoạch
R|2|Trao học bổng cho học sinh nghèo|"|"|Khoảng giữa năm|Danh sách
"""


@pytest.fixture
def word_file(tmp_path) -> Path:
    words = tmp_path / "words"
    words.mkdir()
    (words / "ke-hoach.plan").write_text(WORDS, "utf-8")
    maker = settings.BASE_DIR / "script/make_shapes.py"
    subprocess.run([sys.executable, maker, tmp_path, words], check=True)
    return tmp_path / "ke-hoach.docx"


@pytest.fixture
def draft(word_file, world):
    return import_plan(agency=world.ward, name=word_file.name, content=word_file.read_bytes(), by=world.lan)


def line(page: Page, words: str) -> Locator:
    return page.locator(".plan-line", has_text=words).last


def mend_deadline(page: Page) -> None:
    """In the form of the doubted line, which is open."""
    form = page.locator(".plan-form")
    form.locator("summary", has_text="Cổng hiểu dòng này").click()
    form.get_by_label("Thời hạn").fill("30/06/2024")
    press(form, "Lưu")


def delete_and_take_back(page: Page) -> None:
    mistake = line(page, "In lại trang 3.")
    mistake.get_by_role("link", name="Khác").click()
    page.get_by_role("button", name="Xóa").first.click()
    gone = page.locator(".plan-removed", has_text="In lại trang 3.").first
    expect(gone).to_be_visible()
    expect(page.locator(".plan-line", has_text="In lại trang 3.")).to_have_count(0)
    press(gone, "Hoàn tác")
    expect(mistake).to_be_visible()


def test_word_file_becomes_a_draft_and_the_draft_becomes_work(word_file, world, open_window):
    page = open_window(world.lan)
    page.goto("/ke-hoach/tai-len/")
    page.get_by_label("Tệp").set_input_files(word_file)
    press(page, "Đưa vào và đọc")
    overview = page.locator("#tong-quan")
    expect(overview).to_contain_text("1 chỗ cần xem lại")
    expect(page.get_by_role("heading", name="II. NỘI DUNG")).to_be_visible()
    expect(line(page, "1. Công tác tuyên truyền")).to_be_visible()

    overview.get_by_role("link", name="Chưa đọc được thời gian").click()
    doubted = page.locator(".plan-line:target")
    expect(doubted).to_be_in_viewport()
    doubted.locator(".plan-doubt").get_by_role("link", name="Sửa").click()
    mend_deadline(page)
    expect(line(page, "Trao học bổng")).to_contain_text("30/06/2024")
    expect(overview).to_contain_text("không còn chỗ nào cần xem lại")
    delete_and_take_back(page)

    overview.get_by_role("link", name="Đơn vị trong kế hoạch").click()
    unknown = page.locator(".plan-unit", has_text="Chưa có trong danh sách đơn vị")
    expect(unknown).to_have_count(1)
    press(unknown, "Thêm đơn vị")
    expect(page.get_by_text("Đã thêm đơn vị “Hội Khuyến học phường”.")).to_be_visible()

    page.get_by_role("link", name="Bản nháp").click()
    page.get_by_role("link", name="Kích hoạt kế hoạch").first.click()
    press(page, "Kích hoạt kế hoạch")
    expect(page.get_by_text("đã được kích hoạt")).to_be_visible()
    led = Task.objects.filter(lead_unit__name="Hội Khuyến học phường").order_by("pk")
    assert [task.item.text for task in led] == [
        "Phát động phong trào khuyến học",
        "Trao học bổng cho học sinh nghèo",
    ]
    assert [list(task.supporting_units.all()) for task in led] == [[world.youth]] * 2


def test_draft_is_mended_on_a_telephone_without_javascript(draft, world, open_window):
    page = open_window(world.lan, size=PHONE, java_script_enabled=False)
    page.goto(reverse("plans:draft", args=[draft.pk]))
    page.locator("#tong-quan").get_by_role("link", name="Chưa đọc được thời gian").click()
    page.locator(".plan-line:target .plan-doubt").get_by_role("link", name="Sửa").click()
    mend_deadline(page)
    expect(page.locator(".plan-line:target")).to_contain_text("30/06/2024")
    expect(page.locator("#tong-quan")).to_contain_text("không còn chỗ nào cần xem lại")
    assert Item.objects.get(text="Trao học bổng cho học sinh nghèo").due == ["2024-06-30"]

    delete_and_take_back(page)
    expect(page.locator(".plan-line:target")).to_contain_text("In lại trang 3.")
