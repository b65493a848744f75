import datetime as dt

import pytest

from accounts.models import Event, Membership, Role, Unit
from accounts.services import add_alias, end_unit, reopen_unit, save_unit, version_of
from conftest import make_unit
from danvan.problems import Conflict, Problem


def test_save_unit_keeps_names_in_one_spelling(world):
    unit = save_unit(
        agency=world.ward, actor=world.lan, name="  Hội  Nông dân ", aliases=["HND", "", "hội nông dân"]
    )

    assert unit.names() == ["Hội Nông dân", "HND"]
    assert unit.folded == "hoi nong dan"


def test_save_unit_leaves_an_event(world):
    unit = save_unit(agency=world.ward, actor=world.lan, name="Hội Nông dân")

    event = Event.objects.about(unit).get()
    assert (event.actor, event.agency, event.words) == (world.lan, world.ward, "Thêm đơn vị “Hội Nông dân”")


@pytest.mark.parametrize("name", ["Tu phap - Ho tich", "TƯ PHÁP HỘ TỊCH", "Tư pháp"])
def test_save_unit_says_whose_name_it_already_is(world, name):
    save_unit(
        agency=world.ward, actor=world.lan, name="Tư pháp - Hộ tịch", aliases=["Tư pháp"], unit=world.justice
    )

    with pytest.raises(Problem, match=f"“{name}” đã dùng cho đơn vị “Tư pháp - Hộ tịch”"):
        save_unit(agency=world.ward, actor=world.lan, name=name)


def test_save_unit_refuses_an_alias_that_another_unit_bears(world):
    with pytest.raises(Problem, match="“Đoàn Thanh niên” đã dùng"):
        save_unit(agency=world.ward, actor=world.lan, name="Đoàn phường", aliases=["Đoàn Thanh niên"])


def test_save_unit_allows_a_name_that_another_agency_uses(world):
    unit = save_unit(agency=world.other, actor=world.stranger, name="Đoàn Thanh niên")

    assert unit.agency == world.other


def test_save_unit_refuses_members_unless_it_is_a_group(world):
    with pytest.raises(Problem, match="Chỉ nhóm đơn vị"):
        save_unit(agency=world.ward, actor=world.lan, name="Khối vận", members=[world.youth])


def test_save_unit_refuses_foreign_members_and_groups_of_groups(world):
    for member in (world.stranger_unit, world.bodies):
        with pytest.raises(Problem, match="không thể là thành viên"):
            save_unit(
                agency=world.ward, actor=world.lan, name="Khối vận", kind=Unit.Kind.GROUP, members=[member]
            )


def test_save_unit_refuses_a_stale_edit_and_says_who_was_faster(world):
    opened = version_of(world.culture)
    save_unit(agency=world.ward, actor=world.lan, name="Văn hóa", unit=world.culture)

    with pytest.raises(Conflict, match="Nguyễn Thị Lan vừa sửa"):
        save_unit(agency=world.ward, actor=world.lan, name="Văn xã", unit=world.culture, version=opened)
    world.culture.refresh_from_db()
    assert world.culture.name == "Văn hóa"


def test_end_unit_ends_the_roles_of_its_heads_the_same_day(world):
    end_unit(unit=world.culture, actor=world.lan, on=dt.date(2024, 3, 4))

    assert Membership.objects.get(user=world.hung).to_on == dt.date(2024, 3, 4)
    assert not Unit.objects.valid(dt.date(2024, 3, 5)).filter(pk=world.culture.pk).exists()


def test_end_unit_refuses_a_day_before_it_began(world):
    unit = make_unit(world.ward, "Tổ mới", valid_from=dt.date(2024, 3, 1))

    with pytest.raises(Problem, match="từ 01/03/2024"):
        end_unit(unit=unit, actor=world.lan, on=dt.date(2024, 2, 1))


def test_reopen_unit_brings_it_back_without_its_heads(world):
    end_unit(unit=world.culture, actor=world.lan, on=dt.date(2024, 3, 4))
    reopen_unit(unit=world.culture, actor=world.lan)

    assert world.culture.valid_to is None
    assert not world.hung.memberships.active(dt.date(2024, 3, 5)).exists()


# --- The page -----------------------------------------------------------------------------------------------------


def test_units_page_finds_names_typed_without_accents(world, browse):
    save_unit(
        agency=world.ward, actor=world.lan, name="Đoàn Thanh niên", aliases=["Đoàn TNCS"], unit=world.youth
    )

    page = browse(world.lan).get("/don-vi/?tim=doan tncs").content.decode()

    assert "Đoàn Thanh niên" in page
    assert "Tư pháp" not in page


@pytest.mark.parametrize("more", [0, 3])
def test_units_page_asks_the_database_as_often_for_any_number_of_rows(
    world, browse, django_assert_num_queries, more
):
    for n in range(more):
        make_unit(world.ward, f"Tổ {n}")
    client = browse(world.lan)

    with django_assert_num_queries(6):  # session, user, roles, units, members, heads
        client.get("/don-vi/")


def test_unit_page_saves_what_was_typed(world, browse):
    typed = {"name": "Hội Nông dân", "kind": "unit", "aliases": "HND\nNông dân"}

    answer = browse(world.lan).post("/don-vi/them/", typed, follow=True)

    assert Unit.objects.get(folded="hoi nong dan").names() == ["Hội Nông dân", "HND", "Nông dân"]
    assert "Đã lưu đơn vị “Hội Nông dân”" in answer.content.decode()


def test_unit_page_keeps_what_was_typed_when_it_refuses(world, browse):
    answer = browse(world.lan).post("/don-vi/them/", {"name": "", "kind": "unit", "aliases": "Một tên dài"})

    assert answer.status_code == 422
    assert "Một tên dài" in answer.content.decode()
    assert "Tên đơn vị: Hãy điền ô này." in answer.content.decode()


def test_unit_page_shows_both_versions_to_whoever_comes_second(world, browse):
    save_unit(agency=world.ward, actor=world.lan, name="Văn hóa mới", unit=world.culture)

    answer = browse(world.lan).post(
        f"/don-vi/{world.culture.pk}/", {"name": "Văn hóa khác", "kind": "unit", "version": "0"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Văn hóa mới" in page and "Văn hóa khác" in page
    assert f'name="version" value="{version_of(world.culture)}"' in page


def test_unit_page_keeps_its_version_through_an_ordinary_mistake(world, browse):
    save_unit(agency=world.ward, actor=world.lan, name="Văn hóa mới", unit=world.culture)

    answer = browse(world.lan).post(
        f"/don-vi/{world.culture.pk}/", {"name": "", "kind": "unit", "version": "0"}
    )

    assert 'name="version" value="0"' in answer.content.decode()


def test_units_page_ends_a_unit_by_its_last_day(world, browse):
    browse(world.lan).post(f"/don-vi/{world.youth.pk}/ngung/", {"on": "30/06/2024"})

    world.youth.refresh_from_db()
    assert world.youth.valid_to == dt.date(2024, 6, 30)


def test_units_page_refuses_a_last_day_that_is_no_day(world, browse):
    answer = browse(world.lan).post(f"/don-vi/{world.youth.pk}/ngung/", {"on": "31/02/2024"}, follow=True)

    assert "Hãy ghi ngày hoạt động cuối cùng" in answer.content.decode()


def test_units_page_opens_to_inspectors_without_anything_to_press(world, browse):
    page = browse(world.binh).get("/don-vi/").content.decode()

    assert "Tư pháp - Hộ tịch" in page
    assert "Thêm đơn vị" not in page


def test_empty_units_page_says_what_to_do_next(world, browse):
    Membership.objects.filter(role=Role.DEPARTMENT).delete()
    Unit.objects.all().delete()

    assert "Hãy thêm các bộ phận" in browse(world.lan).get("/don-vi/").content.decode()


def test_add_alias_lets_a_name_mean_the_unit(world):
    unit = add_alias(unit=world.youth, actor=world.lan, name="Thanh  niên", shown="")

    assert unit.names() == ["Đoàn Thanh niên", "Thanh niên"]
    assert (
        Event.objects.about(unit).get().words
        == "Ghi “Thanh niên” là tên gọi khác của đơn vị “Đoàn Thanh niên”"
    )


def test_add_alias_takes_the_name_from_the_unit_that_bore_it(world):
    add_alias(unit=world.youth, actor=world.lan, name="Khối vận", shown="")

    add_alias(unit=world.culture, actor=world.lan, name="khối vận", shown=str(world.youth.pk))

    world.youth.refresh_from_db()
    world.culture.refresh_from_db()
    assert (world.youth.aliases, world.culture.aliases) == ("", "khối vận")


def test_add_alias_leaves_a_proper_name_where_it_is(world):
    with pytest.raises(Problem, match="tên chính của đơn vị “Đoàn Thanh niên”"):
        add_alias(unit=world.culture, actor=world.lan, name="đoàn thanh niên", shown=str(world.youth.pk))


def test_add_alias_tells_who_comes_second(world):
    add_alias(unit=world.youth, actor=world.lan, name="Khối vận", shown="")

    with pytest.raises(Conflict, match="vừa được người khác"):
        add_alias(unit=world.culture, actor=world.lan, name="Khối vận", shown="")


def test_add_alias_makes_open_forms_of_the_unit_stale(world):
    before = version_of(world.youth)

    add_alias(unit=world.youth, actor=world.lan, name="Khối vận", shown="")

    assert version_of(world.youth) > before


def test_add_alias_refuses_a_unit_that_has_ended(world):
    end_unit(unit=world.youth, actor=world.lan, on=dt.date(2024, 1, 31))

    with pytest.raises(Problem, match="đang hoạt động"):
        add_alias(unit=world.youth, actor=world.lan, name="Khối vận", shown="")


def test_version_longer_than_any_number_is_none(world, browse):
    fields = {"name": "Văn hóa khác", "kind": "unit", "version": "1" * 4400}
    assert browse(world.lan).post(f"/don-vi/{world.culture.pk}/", fields).status_code < 500
