import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from accounts.tests.vietnamese import foreign_words, visible_text
from accounts.urls import sign_in

PASSWORD = "mat-khau-rat-dai"
LOGIN = "/tai-khoan/dang-nhap/"
NEW = {"password1": "gạch-ngói-vôi-cát", "password2": "gạch-ngói-vôi-cát"}


def enter(client, username="hung", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password, **more})


def reset_link(client, world) -> str:
    User.objects.filter(pk=world.hung.pk).update(email="hung@vidu.vn")
    client.post("/tai-khoan/quen-mat-khau/", {"email": "Hung@vidu.vn"})
    return re.search(r"/tai-khoan/quen-mat-khau/\S+", mail.outbox[0].body)[0]


def test_exactly_these_pages_of_the_library_are_open():
    assert {pattern.name: "/tai-khoan/" + str(pattern.pattern) for pattern in sign_in} == {
        "account_login": "/tai-khoan/dang-nhap/",
        "account_logout": "/tai-khoan/thoat/",
        "account_inactive": "/tai-khoan/bi-khoa/",
        "account_signup": "/tai-khoan/dang-ky/",
        "account_change_password": "/tai-khoan/doi-mat-khau/",
        "account_set_password": "/tai-khoan/dat-mat-khau/",
        "account_reset_password": "/tai-khoan/quen-mat-khau/",
        "account_reset_password_done": "/tai-khoan/quen-mat-khau/da-gui/",
        "account_reset_password_from_key": r"/tai-khoan/^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "account_reset_password_from_key_done": "/tai-khoan/quen-mat-khau/xong/",
    }


@pytest.mark.parametrize("username", ["hung", "HUNG", " hung "])
def test_sign_in_leads_home(client, world, username):
    answer = enter(client, username)

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client, world):
    asked = client.get("/don-vi/")

    assert asked["Location"] == f"{LOGIN}?next=/don-vi/"
    assert enter(client, next="/don-vi/")["Location"] == "/don-vi/"


def test_sign_in_leads_to_no_other_site(client, world):
    assert enter(client, next="https://vidu.vn/")["Location"] == "/"


def test_wrong_password_and_unknown_name_give_the_same_answer(client, world):
    answers = {
        visible_text(enter(client, name, "sai hẳn rồi").content.decode()) for name in ("hung", "khong-co")
    }

    assert len(answers) == 1
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answers.pop()


def test_sixth_wrong_password_in_five_minutes_is_told_to_wait(client, world):
    codes = [enter(client, password=f"sai {n}").status_code for n in range(6)]

    assert codes == [200] * 5 + [429]
    assert "Hãy đợi 5 phút" in enter(client).content.decode()


def test_throttling_one_name_leaves_the_others_alone(client, world):
    for n in range(6):
        enter(client, password=f"sai {n}")

    assert enter(client, "mai").status_code == 302


def test_locked_account_is_told_so(client, world):
    User.objects.filter(pk=world.hung.pk).update(is_active=False)

    assert enter(client)["Location"] == "/tai-khoan/bi-khoa/"


def test_nobody_signs_up(client, world):
    people = User.objects.count()

    answer = client.post("/tai-khoan/dang-ky/", {"username": "ke-la", **NEW})

    assert "Tài khoản do Văn phòng cơ quan lập" in answer.content.decode()
    assert User.objects.count() == people


def test_leaving_takes_a_press_not_a_link(world, browse):
    client = browse(world.hung)

    assert client.get("/tai-khoan/thoat/").status_code == 200
    assert client.post("/tai-khoan/thoat/")["Location"] == LOGIN
    assert client.get("/don-vi/").status_code == 302


def test_password_is_changed_and_the_session_goes_on(world, browse):
    client = browse(world.hung)

    client.post("/tai-khoan/doi-mat-khau/", {"oldpassword": PASSWORD, **NEW})

    world.hung.refresh_from_db()
    assert world.hung.check_password(NEW["password1"])
    assert client.get("/tai-khoan/doi-mat-khau/").status_code == 200


def test_reset_by_mail_sets_a_new_password(client, world):
    form = client.get(reset_link(client, world), follow=True).redirect_chain[-1][0]

    client.post(form, NEW)

    world.hung.refresh_from_db()
    assert world.hung.check_password(NEW["password1"])


def test_reset_mail_is_vietnamese_and_names_the_user(client, world):
    reset_link(client, world)

    (letter,) = mail.outbox
    assert letter.subject == "Đặt lại mật khẩu"
    assert "Trần Văn Hùng" in letter.body and "“hung”" in letter.body
    assert foreign_words(letter.body) == set()


def test_reset_tells_nobody_who_has_an_account(client, world):
    answer = client.post("/tai-khoan/quen-mat-khau/", {"email": "ai-do@vidu.vn"})

    assert answer["Location"] == "/tai-khoan/quen-mat-khau/da-gui/"
    assert mail.outbox == []


def test_reset_goes_on_when_the_mail_server_is_down(client, world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    User.objects.filter(pk=world.hung.pk).update(email="hung@vidu.vn")

    answer = client.post("/tai-khoan/quen-mat-khau/", {"email": "hung@vidu.vn"})

    assert answer["Location"] == "/tai-khoan/quen-mat-khau/da-gui/"


def test_used_reset_link_says_how_to_get_another(client, world):
    page = client.get("/tai-khoan/quen-mat-khau/1-khong-co/").content.decode()

    assert "Đường dẫn không còn dùng được" in page


# --- No English ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Password", "Sign in", "This field is required.", "You have signed out.", "Try again later"]
)
def test_search_for_english_finds_it(text):
    assert foreign_words(text) != set()


OPEN_PAGES = [
    p.name for p in sign_in if p.name not in ("account_reset_password_from_key", "account_change_password")
]


@pytest.mark.parametrize("name", [*OPEN_PAGES, "accounts:help"])
def test_open_page_has_no_english(client, world, name):
    page = client.get(reverse(name), follow=True).content.decode()

    assert foreign_words(visible_text(page)) == set()


TYPED = [
    (LOGIN, {}),
    (LOGIN, {"login": "hung", "password": "sai"}),
    (LOGIN, {"login": "h\0ung", "password": "x" * 200}),
    (LOGIN, {"login": "x" * 200, "password": "x"}),
    ("/tai-khoan/quen-mat-khau/", {}),
    ("/tai-khoan/quen-mat-khau/", {"email": "không phải thư"}),
    ("/tai-khoan/quen-mat-khau/1-khong-co/", {}),
]


@pytest.mark.parametrize(("url", "typed"), TYPED)
def test_refused_form_has_no_english(client, world, url, typed):
    page = client.post(url, typed).content.decode()

    assert foreign_words(visible_text(page)) == set()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"oldpassword": "sai", "password1": "abc", "password2": "khác"},
        {"oldpassword": PASSWORD, "password1": "password123", "password2": "password123"},
        {"oldpassword": PASSWORD, "password1": "tran van hung", "password2": "trần văn"},
        {"oldpassword": PASSWORD, **NEW},
    ],
)
def test_changing_a_password_speaks_no_english(world, browse, typed):
    page = browse(world.hung).post("/tai-khoan/doi-mat-khau/", typed, follow=True).content.decode()

    assert foreign_words(visible_text(page)) == set()


def test_throttled_page_has_no_english(client, world):
    for n in range(6):
        answer = enter(client, password=f"sai {n}")

    assert foreign_words(visible_text(answer.content.decode())) == set()


def test_leaving_and_resetting_speak_no_english(client, world):
    form = client.get(reset_link(client, world), follow=True)
    refused = client.post(form.redirect_chain[-1][0], {"password1": "abc", "password2": "x"})
    done = client.post(form.redirect_chain[-1][0], NEW, follow=True)
    enter(client, password=NEW["password1"])
    left = client.post("/tai-khoan/thoat/", follow=True)

    for answer in (form, refused, done, left):
        assert foreign_words(visible_text(answer.content.decode())) == set()
