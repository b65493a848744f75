import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied, server_error

from accounts.models import Membership, Role, User
from accounts.tests.vietnamese import foreign_words, visible_text


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (None, "Quét mã trên phiếu, tự đặt mật khẩu."),
        ("lan", "Văn phòng giữ nhịp"),
        ("hung", "ghi kết quả từng việc của đơn vị"),
        ("tam", "việc nào đang cần đồng chí"),
        ("binh", "không sửa gì"),
        ("dung", "Báo cáo của cơ quan cấp dưới"),
    ],
)
def test_help_speaks_to_each_role(world, browse, client, who, words):
    reader = browse(getattr(world, who)) if who else client

    assert words in reader.get("/tro-giup/").content.decode()


def test_office_sees_five_ways_and_where_it_stands(world, browse):
    page = browse(world.lan).get("/nguoi-dung/").content.decode()

    ways = page[page.index('aria-label="Mục chính"') : page.index("</nav>")]
    assert ways.count("<a ") == 5
    assert 'href="/don-vi/" aria-current="page"' in ways


@pytest.mark.parametrize("who", ["hung", "tam"])
def test_heads_and_chairs_see_three_ways(world, browse, who):
    page = browse(getattr(world, who)).get("/tro-giup/").content.decode()

    assert page[page.index('aria-label="Mục chính"') : page.index("</nav>")].count("<a ") == 3


def test_missing_page_says_what_to_do(world, browse):
    answer = browse(world.lan).get("/khong-co-trang-nay/")

    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()


def test_forbidden_page_says_what_to_do(world, browse):
    answer = browse(world.hung).get("/don-vi/")

    assert answer.status_code == 403
    assert "hãy nhờ Văn phòng" in answer.content.decode()


def test_forbidden_page_tells_the_reason_it_was_given(db):
    request = RequestFactory().get("/")

    page = permission_denied(request, PermissionDenied("Hãy nhờ người quản trị.")).content.decode()

    assert "Hãy nhờ người quản trị." in page


def test_error_page_needs_nothing_that_may_be_broken():
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Cổng gặp lỗi" in answer.content.decode()


def test_expired_form_says_that_nothing_typed_is_lost(world):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/tai-khoan/dang-nhap/", {"login": "lan"})

    assert answer.status_code == 403
    assert "vẫn còn ở trang trước" in answer.content.decode()


def test_address_of_a_button_says_what_to_do_when_it_is_opened(world, browse):
    answer = browse(world.lan).get(f"/nguoi-dung/{world.hung.pk}/phieu/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Việc vừa bấm chưa được thực hiện" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["403.html", "404.html", "405.html", "429.html", "500.html", "csrf_failed.html"]
)
def test_error_page_has_no_english(name):
    assert foreign_words(visible_text(render_to_string(name))) == set()


def test_expired_session_sends_htmx_to_the_sign_in_page(client, db):
    answer = client.get("/don-vi/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == "/tai-khoan/dang-nhap/?next=/don-vi/"


def test_vice_chairwoman_who_heads_a_unit_reaches_both(world, browse):
    Membership.objects.create(user=world.tam, agency=world.ward, role=Role.DEPARTMENT, unit=world.youth)
    page = browse(world.tam).get("/tro-giup/").content.decode()
    assert "Chờ tôi duyệt" in page
    assert "Việc của đơn vị" in page


def test_pages_are_arranged_for_the_role_that_steers_most(world):
    Membership.objects.create(user=world.hung, agency=world.ward, role=Role.OFFICE)
    assert User.objects.get(pk=world.hung.pk).main_role == Role.OFFICE
