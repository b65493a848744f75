import datetime as dt

import pytest

from accounts.models import Event, SignInSlip, User
from accounts.services import find_slip, make_slip, use_slip
from danvan.problems import Problem

GOOD = {"password1": "gạch-ngói-vôi-cát", "password2": "gạch-ngói-vôi-cát"}


@pytest.fixture
def token(world) -> str:
    return make_slip(user=world.hung, made_by=world.lan)


def test_slip_keeps_only_the_hash_of_its_token(token):
    slip = SignInSlip.objects.get()

    assert token not in slip.token_hash
    assert slip.expires_at - slip.made_at == dt.timedelta(days=7)


def test_slip_is_found_however_its_letters_are_typed(token):
    assert find_slip(token=token.upper()) == SignInSlip.objects.get()


def test_new_slip_withdraws_the_old_one(world, token):
    newer = make_slip(user=world.hung, made_by=world.lan)

    assert find_slip(token=token) is None
    assert find_slip(token=newer) is not None


def test_slip_ends_after_seven_days(token):
    SignInSlip.objects.update(expires_at=SignInSlip.objects.get().made_at)

    assert find_slip(token=token) is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": True}, {"is_superuser": True}])
def test_slip_lets_in_neither_maintainers_nor_the_locked_out(world, token, change):
    User.objects.filter(pk=world.hung.pk).update(**change)

    assert find_slip(token=token) is None


def test_use_slip_sets_the_password_and_leaves_an_event(world, token):
    user = use_slip(token=token, password="gạch-ngói-vôi-cát")

    assert user.check_password("gạch-ngói-vôi-cát")
    assert Event.objects.about(user).filter(verb="use_slip", agency=world.ward).exists()


def test_use_slip_works_once(token):
    use_slip(token=token, password="gạch-ngói-vôi-cát")

    with pytest.raises(Problem, match="không còn dùng được"):
        use_slip(token=token, password="kẻ-đến-sau-cùng")


def test_person_without_a_role_gets_no_slip_from_nobody(world):
    world.hung.memberships.all().delete()
    world.lan.memberships.all().delete()

    with pytest.raises(Problem, match="chưa có vai trò"):
        make_slip(user=world.hung, made_by=world.lan)


# --- The pages ----------------------------------------------------------------------------------------------------


def test_printed_slip_names_the_person_and_carries_link_and_code(world, browse, settings):
    settings.PUBLIC_URL = "https://danvan.vidu.vn"

    answer = browse(world.lan).post(f"/nguoi-dung/{world.hung.pk}/phieu/")

    page = answer.content.decode()
    assert "Trần Văn Hùng" in page and "Ủy ban nhân dân phường Lãm Hà" in page
    assert "https://danvan.vidu.vn/vao/" in page
    assert 'src="data:image/svg+xml' in page
    assert "no-store" in answer["Cache-Control"]


def test_printed_slip_cannot_be_fetched_by_its_address(world, browse):
    assert browse(world.lan).get(f"/nguoi-dung/{world.hung.pk}/phieu/").status_code == 405


def test_office_prints_no_slip_for_a_maintainer(world, browse):
    User.objects.filter(pk=world.hung.pk).update(is_superuser=True)

    assert browse(world.lan).post(f"/nguoi-dung/{world.hung.pk}/phieu/").status_code == 403
    assert not SignInSlip.objects.exists()


def test_opening_the_link_spends_nothing(client, token):
    for _ in range(3):
        page = client.get(f"/vao/{token}/").content.decode()

    assert "Chào Trần Văn Hùng" in page
    assert SignInSlip.objects.get().used_at is None


def test_link_sets_the_password_and_signs_in(client, world, token):
    answer = client.post(f"/vao/{token}/", GOOD)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(world.hung.pk)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Mật khẩu: Hãy điền ô này."),
        ({"password1": "ngắn", "password2": "ngắn"}, "cần ít nhất 10 ký tự"),
        ({"password1": "tran-van-hung", "password2": "khác hẳn mà"}, "chưa giống nhau"),
        ({"password1": "trần văn hùng", "password2": "trần văn hùng"}, "quá giống họ và tên"),
    ],
)
def test_link_says_what_is_wrong_with_a_password(client, token, typed, words):
    answer = client.post(f"/vao/{token}/", typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert find_slip(token=token) is not None


def test_unknown_used_and_expired_links_give_the_same_answer(client, world, token):
    use_slip(token=token, password="gạch-ngói-vôi-cát")
    expired = make_slip(user=world.mai, made_by=world.lan)
    SignInSlip.objects.filter(user=world.mai).update(expires_at=SignInSlip.objects.last().made_at)

    pages = [client.get(f"/vao/{each}/").content.decode() for each in (token, expired, "khong-co")]

    answers = {page[page.index("<main") :] for page in pages}
    assert len(answers) == 1
    assert "Phiếu này không dùng được" in answers.pop()


def test_guessing_links_is_slowed_down(client, world):
    codes = [client.get(f"/vao/doan-{n}/").status_code for n in range(21)]

    assert codes == [404] * 20 + [429]
