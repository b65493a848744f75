import datetime as dt

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Event, Membership, Role, User
from accounts.permissions import can_keep_person
from accounts.services import (
    add_membership,
    end_membership,
    make_slip,
    propose_username,
    save_person,
    version_of,
)
from conftest import TODAY, make_user
from danvan.problems import Conflict, Problem


def new_person(world, **fields) -> User:
    given = {"full_name": "Đặng Văn Ích", "role": Role.INSPECTOR, **fields}
    return save_person(agency=world.ward, actor=world.lan, **given)


def test_save_person_makes_a_user_with_a_role_and_no_password(world):
    person = new_person(world, role=Role.DEPARTMENT, unit=world.youth)

    assert person.memberships.get().unit == world.youth
    assert not person.has_usable_password()


def test_save_person_fills_what_lists_search_and_sort_by(world):
    person = new_person(world)

    assert person.folded == "dang van ich"
    assert person.sort_key < world.lan.sort_key


def test_save_person_leaves_an_event_for_the_person_and_one_for_the_role(world):
    person = new_person(world)

    words = Event.objects.about(person).values_list("words", flat=True)
    assert sorted(words) == [
        "Thêm người dùng Đặng Văn Ích (ichdv)",
        f"Đặng Văn Ích có vai trò Thanh tra, kiểm tra — {world.ward}",
    ]


def test_propose_username_counts_on_where_a_name_is_taken(world):
    make_user("lannt", "Nguyễn Thu Lan", world.ward, Role.CHAIR)

    assert propose_username("Nguyễn Thị Lan") == "lannt2"


def test_save_person_says_that_a_user_name_is_taken(world):
    with pytest.raises(Problem, match="“lan” đã có người dùng"):
        new_person(world, username="LAN")


@pytest.mark.parametrize("username", ["hộ tịch", "a", "ho tich", "x" * 61])
def test_save_person_refuses_user_names_that_are_hard_to_type(world, username):
    with pytest.raises(Problem, match="viết liền, không dấu"):
        new_person(world, username=username)


def test_save_person_refuses_a_stale_edit(world):
    opened = version_of(world.hung)
    save_person(agency=world.ward, actor=world.lan, person=world.hung, full_name="Trần Hùng", username="hung")

    with pytest.raises(Conflict, match="Nguyễn Thị Lan vừa sửa"):
        save_person(
            agency=world.ward,
            actor=world.lan,
            person=world.hung,
            full_name="X",
            username="hung",
            version=opened,
        )


def test_printing_a_slip_makes_no_open_form_stale(world):
    opened = version_of(world.hung)
    make_slip(user=world.hung, made_by=world.lan)

    saved = save_person(
        agency=world.ward,
        actor=world.lan,
        person=world.hung,
        full_name="Trần Hùng",
        username="hung",
        version=opened,
    )
    assert saved.full_name == "Trần Hùng"


def test_changed_mail_address_makes_the_old_one_useless(world):
    EmailAddress.objects.create(user=world.hung, email="cu@vidu.vn", verified=True)

    save_person(
        agency=world.ward,
        actor=world.lan,
        person=world.hung,
        full_name="Hùng",
        username="hung",
        email="Moi@vidu.vn",
    )

    assert world.hung.email == "moi@vidu.vn"
    assert not EmailAddress.objects.filter(email="cu@vidu.vn").exists()


@pytest.mark.parametrize(
    ("role", "unit", "words"),
    [
        (Role.DEPARTMENT, None, "Hãy chọn đơn vị"),
        (Role.CHAIR, "youth", "Chỉ trưởng đơn vị"),
        (Role.DEPARTMENT, "stranger_unit", "cơ quan khác"),
        (Role.RECEIVER, None, "không nhận báo cáo"),
    ],
)
def test_add_membership_refuses_what_fits_no_role(world, role, unit, words):
    unit = getattr(world, unit) if unit else None

    with pytest.raises(Problem, match=words):
        add_membership(person=world.hung, agency=world.ward, actor=world.lan, role=role, unit=unit)


def test_one_person_may_lead_two_units(world):
    add_membership(
        person=world.hung, agency=world.ward, actor=world.lan, role=Role.DEPARTMENT, unit=world.youth
    )

    assert {unit.pk for unit in world.hung.led_units} == {world.culture.pk, world.youth.pk}


def test_same_role_is_not_given_twice(world):
    with pytest.raises(Problem, match="đã có vai trò này"):
        add_membership(
            person=world.hung, agency=world.ward, actor=world.lan, role=Role.DEPARTMENT, unit=world.culture
        )


def test_end_membership_takes_the_right_away_at_once(world):
    end_membership(membership=world.hung.memberships.get(), actor=world.lan)

    assert world.hung.active_memberships == []
    assert world.hung.memberships.get().to_on == TODAY - dt.timedelta(days=1)


def test_role_given_by_mistake_today_leaves_only_events(world):
    membership = add_membership(person=world.hung, agency=world.ward, actor=world.lan, role=Role.CHAIR)
    end_membership(membership=membership, actor=world.lan)

    assert world.hung.memberships.count() == 1
    assert Event.objects.about(world.hung).filter(verb="end_membership").exists()


def test_end_membership_keeps_the_last_person_of_the_office(world):
    with pytest.raises(Problem, match="ít nhất một người của Văn phòng"):
        end_membership(membership=world.lan.memberships.get(), actor=world.lan)


def test_end_membership_is_done_once(world):
    membership = world.hung.memberships.get()
    end_membership(membership=membership, actor=world.lan)

    with pytest.raises(Problem, match="đã kết thúc ngày 04/03/2024"):
        end_membership(membership=membership, actor=world.lan)


def test_end_membership_withdraws_the_slip_of_who_has_no_role_left(world):
    make_slip(user=world.hung, made_by=world.lan)
    end_membership(membership=world.hung.memberships.get(), actor=world.lan)

    assert world.hung.slips.get().withdrawn_at is not None


def test_office_may_not_keep_who_also_works_elsewhere(world):
    Membership.objects.create(user=world.hung, agency=world.other, role=Role.INSPECTOR)

    assert not can_keep_person(world.lan, world.hung)


def test_office_may_not_keep_who_will_work_elsewhere(world):
    Membership.objects.create(
        user=world.hung, agency=world.other, role=Role.INSPECTOR, from_on=TODAY + dt.timedelta(days=9)
    )

    assert not can_keep_person(world.lan, world.hung)


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_office_may_not_keep_maintainers(world, flag):
    setattr(world.hung, flag, True)

    assert not can_keep_person(world.lan, world.hung)


# --- The page -----------------------------------------------------------------------------------------------------


def test_people_page_sorts_by_given_name(world, browse):
    for person in User.objects.all():
        save_person(
            agency=world.ward, actor=None, person=person, full_name=person.full_name, username=person.username
        )

    page = browse(world.lan).get("/nguoi-dung/").content.decode()

    rows = page[page.index("<tbody>") :]
    found = [rows.index(name) for name in ("Vũ Thanh Bình", "Trần Văn Hùng", "Nguyễn Thị Lan", "Lê Thị Mai")]
    assert found == sorted(found)


def test_people_page_finds_names_typed_without_accents(world, browse):
    page = browse(world.lan).get("/nguoi-dung/?tim=hùng").content.decode()

    assert "Trần Văn Hùng" in page
    assert "Lê Thị Mai" not in page


def test_people_page_shows_nobody_of_another_agency(world, browse):
    assert "Hoàng Ngoại" not in browse(world.lan).get("/nguoi-dung/").content.decode()


@pytest.mark.parametrize("more", [0, 3])
def test_people_page_asks_the_database_as_often_for_any_number_of_rows(
    world, browse, django_assert_num_queries, more
):
    for n in range(more):
        make_user(f"nguoi{n}", f"Người {n}", world.ward, Role.CHAIR)
    client = browse(world.lan)

    with django_assert_num_queries(5):  # session, user, own roles, people, their roles
        client.get("/nguoi-dung/")


def test_person_page_adds_a_person_and_offers_the_slip(world, browse):
    typed = {"full_name": "Đặng Văn Ích", "role": "department", "unit": world.youth.pk}

    page = browse(world.lan).post("/nguoi-dung/them/", typed, follow=True).content.decode()

    assert "Tên đăng nhập: ichdv" in page
    assert "In phiếu đăng nhập" in page


def test_person_page_keeps_what_was_typed_when_it_refuses(world, browse):
    answer = browse(world.lan).post("/nguoi-dung/them/", {"full_name": "Đặng Văn Ích", "role": "department"})

    assert answer.status_code == 422
    assert "Hãy chọn đơn vị mà người này phụ trách." in answer.content.decode()
    assert "Đặng Văn Ích" in answer.content.decode()


def test_person_page_offers_receiving_only_where_reports_arrive(world, browse):
    clerk = make_user("quan", "Lý Quân", world.district, Role.OFFICE)

    assert "Cơ quan cấp trên" in browse(clerk).get("/nguoi-dung/them/").content.decode()
    assert "Cơ quan cấp trên" not in browse(world.lan).get("/nguoi-dung/them/").content.decode()


def test_person_page_shows_both_versions_to_whoever_comes_second(world, browse):
    save_person(agency=world.ward, actor=world.lan, person=world.hung, full_name="Trần Hùng", username="hung")

    answer = browse(world.lan).post(
        f"/nguoi-dung/{world.hung.pk}/", {"full_name": "Trần Văn Mạnh", "username": "hung", "version": "0"}
    )

    assert answer.status_code == 409
    assert "Trần Hùng" in answer.content.decode() and "Trần Văn Mạnh" in answer.content.decode()


def test_person_page_says_why_a_role_is_not_given(world, browse):
    answer = browse(world.lan).post(f"/nguoi-dung/{world.hung.pk}/vai-tro/", {"role": "department"})

    assert answer.status_code == 422
    assert "Hãy chọn đơn vị" in answer.content.decode()


def test_person_page_ends_a_role(world, browse):
    browse(world.lan).post(f"/nguoi-dung/vai-tro/{world.hung.memberships.get().pk}/ket-thuc/")

    assert not world.hung.memberships.active(TODAY).exists()


def test_person_page_of_a_maintainer_says_whom_to_ask(world, browse):
    User.objects.filter(pk=world.hung.pk).update(is_staff=True)

    answer = browse(world.lan).get(f"/nguoi-dung/{world.hung.pk}/")

    assert answer.status_code == 403
    assert "hãy nhờ người quản trị" in answer.content.decode()
