import pytest

from accounts.models import Event, Membership, Unit, User
from accounts.services import save_unit


@pytest.fixture
def maintainer(world, browse):
    user = User.objects.create_superuser("quan-tri", password="mat-khau-rat-dai", full_name="Người quản trị")
    return browse(user)


def test_maintainers_pages_have_no_door_of_their_own(client, world):
    answer = client.get("/quan-tri/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/tai-khoan/dang-nhap/")


def test_maintainers_pages_refuse_the_office(world, browse):
    assert browse(world.lan).get("/quan-tri/", follow=True).status_code == 403


@pytest.mark.parametrize("model", ["agency", "unit", "user", "event"])
def test_maintainer_opens_every_list(maintainer, world, model):
    save_unit(agency=world.ward, actor=world.lan, name="Hội Nông dân")

    assert maintainer.get(f"/quan-tri/accounts/{model}/").status_code == 200


def test_maintainer_adds_a_person_with_a_role(maintainer, world):
    typed = {
        "username": "moi",
        "full_name": "Đặng Văn Ích",
        "usable_password": "false",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-agency": world.district.pk,
        "memberships-0-role": "receiver",
    }

    maintainer.post("/quan-tri/accounts/user/add/", typed)

    assert Membership.objects.get(user__folded="dang van ich").agency == world.district


def test_maintainer_finds_units_without_accents(maintainer, world):
    page = maintainer.get("/quan-tri/accounts/unit/?q=Tư Pháp").content.decode()

    assert "Tư pháp - Hộ tịch" in page
    assert "Đoàn Thanh niên" not in page


def test_renamed_unit_is_found_by_its_new_name(maintainer, world):
    unit = world.justice
    typed = {"agency": world.ward.pk, "name": "Tổ hộ tịch", "kind": "unit", "aliases": ""}

    maintainer.post(f"/quan-tri/accounts/unit/{unit.pk}/change/", typed)

    assert Unit.objects.get(pk=unit.pk).folded == "to ho tich"


def test_events_are_read_only_even_for_the_maintainer(maintainer, world):
    unit = save_unit(agency=world.ward, actor=world.lan, name="Hội Nông dân")
    event = Event.objects.about(unit).get()

    assert maintainer.post(f"/quan-tri/accounts/event/{event.pk}/delete/").status_code == 403
    assert maintainer.post(f"/quan-tri/accounts/event/{event.pk}/change/").status_code == 403
    assert maintainer.get("/quan-tri/accounts/event/add/").status_code == 403
