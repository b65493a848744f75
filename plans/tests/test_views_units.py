import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import Unit
from accounts.services import add_alias, save_unit
from plans.models import Item, Plan
from plans.tests.test_views_mending import at


@pytest.fixture
def lan(world, browse):
    return browse(world.lan)


@pytest.fixture
def named(draft, item) -> Plan:
    """A draft that names the youth union by another name, the group, and a unit nobody knows."""
    Item.objects.filter(pk=item.pk).update(
        lead=["Đoàn TNCS Hồ Chí Minh phường"], coordinating=["Hội Khuyến học", "Các ban, ngành, đoàn thể"]
    )
    return draft


def send(client, name: str, plan: Plan, /, **posted):
    return client.post(reverse(f"plans:{name}", args=[plan.pk]), posted)


def test_draft_shows_the_match_beside_the_line(named, world, lan):
    page = lan.get(at("draft", named)).content.decode()

    assert "Chủ trì: Đoàn TNCS Hồ Chí Minh phường" in page
    assert f"<strong>{world.youth}</strong>" in page
    assert "chưa có trong danh sách" in page
    assert "<strong>1 tên đơn vị</strong>" in page


def test_page_lists_every_name_with_its_match(named, world, lan):
    page = lan.get(at("units", named)).content.decode()

    assert (
        page.index("Hội Khuyến học") < page.index("Đã nhận ra") < page.index("Đoàn TNCS Hồ Chí Minh phường")
    )
    assert 'id="ten-hoi-khuyen-hoc"' in page


def test_page_names_every_unit_that_an_unclear_name_may_mean(named, world, lan):
    for name in ("Công chức Khuyến học", "Bộ phận Khuyến học"):
        save_unit(agency=world.ward, actor=world.lan, name=name)
    Item.objects.filter(section__plan=named, text="Việc thứ 2").update(lead=["Khuyến học"])

    assertContains(
        lan.get(at("units", named)), "Tên này hợp với “Bộ phận Khuyến học” và “Công chức Khuyến học”"
    )
    assertContains(lan.get(at("draft", named)), "chưa rõ: Bộ phận Khuyến học hay Công chức Khuyến học?")


def test_unknown_name_becomes_another_name_of_a_unit(named, world, lan):
    answer = send(lan, "name_unit", named, name="Hội Khuyến học", shown="", unit=world.culture.pk)

    assertRedirects(answer, f"{at('units', named)}#ten-hoi-khuyen-hoc")
    world.culture.refresh_from_db()
    assert world.culture.aliases == "Hội Khuyến học"


def test_unknown_name_becomes_a_unit_under_the_name_that_was_typed(named, world, lan):
    posted = {"read_as": "Hội Khuyến học", "shown": "", "name": "Hội Khuyến học phường", "kind": "unit"}

    send(lan, "add_unit", named, **posted)

    unit = Unit.objects.get(name="Hội Khuyến học phường")
    assert (unit.agency, unit.aliases) == (world.ward, "Hội Khuyến học")


def test_group_is_given_members(named, world, lan):
    page = lan.get(at("units", named))
    form = next(entry.members for entry in page.context["known"] if entry.members)
    posted = {"unit": world.bodies.pk, "version": form.initial["version"], "members": [world.justice.pk]}

    send(lan, "group_members", named, **posted)

    assert list(world.bodies.members.all()) == [world.justice]


def test_match_is_changed_by_naming_another_unit(named, world, lan):
    name = "Đoàn TNCS Hồ Chí Minh phường"

    send(lan, "name_unit", named, name=name, shown=str(world.youth.pk), unit=world.culture.pk)

    page = lan.get(at("units", named))
    assert [entry.read.match.unit for entry in page.context["known"]][0] == world.culture


def test_second_of_two_people_is_told_and_loses_nothing(named, world, lan):
    add_alias(unit=world.justice, actor=world.lan, name="Hội Khuyến học", shown="")

    answer = send(
        lan, "add_unit", named, read_as="Hội Khuyến học", shown="", name="Hội Khuyến học mới", kind="unit"
    )

    assertContains(answer, "vừa được người khác xếp", status_code=409)
    assertContains(answer, "Hội Khuyến học mới", status_code=409)
    assertContains(answer, f'name="shown" value="{world.justice.pk}"', status_code=409)
    assert not Unit.objects.filter(name="Hội Khuyến học mới").exists()


def test_second_of_two_people_sees_what_the_first_chose_beside_their_own_choice(named, world, lan):
    add_alias(unit=world.justice, actor=world.lan, name="Hội Khuyến học", shown="")

    answer = send(lan, "name_unit", named, name="Hội Khuyến học", shown="", unit=world.culture.pk)

    assertContains(answer, f"Đang lưu: “Hội Khuyến học” là “{world.justice}”.", status_code=409)
    assertContains(answer, f'<option value="{world.culture.pk}" selected>', status_code=409)
    assertContains(answer, 'href="#ten-hoi-khuyen-hoc"', status_code=409)


def test_second_to_choose_members_sees_those_kept_beside_their_own(named, world, lan):
    save_unit(
        agency=world.ward,
        actor=world.tam,
        unit=world.bodies,
        name=world.bodies.name,
        kind="group",
        members=[world.justice],
    )

    posted = {"unit": world.bodies.pk, "version": 0, "members": [world.culture.pk]}
    answer = send(lan, "group_members", named, **posted)

    assertContains(answer, f"Thành viên đang lưu: {world.justice}.", status_code=409)
    (form,) = [entry.members for entry in answer.context["known"] if entry.is_open]
    assert form["members"].value() == [str(world.culture.pk)]
    assert list(world.bodies.members.all()) == [world.justice]


def test_pressing_again_after_the_newest_was_shown_replaces_it(named, world, lan):
    add_alias(unit=world.justice, actor=world.lan, name="Hội Khuyến học", shown="")
    answer = send(lan, "name_unit", named, name="Hội Khuyến học", shown="", unit=world.culture.pk)
    (form,) = [entry.alias for entry in answer.context["known"] if entry.is_open]

    send(lan, "name_unit", named, **{name: form[name].value() for name in ("name", "shown", "unit")})

    world.culture.refresh_from_db()
    assert world.culture.aliases == "Hội Khuyến học"


@pytest.mark.parametrize(
    ("name", "posted", "sentence"),
    [
        ("name_unit", {"name": "Hội Khuyến học", "unit": ""}, "Hãy chọn một đơn vị"),
        ("add_unit", {"read_as": "Hội Khuyến học", "name": "", "kind": "unit"}, "Hãy ghi tên đơn vị"),
        ("add_unit", {"read_as": "Hội Khuyến học", "name": "Đoàn Thanh niên", "kind": "unit"}, "đã dùng"),
    ],
)
def test_refused_form_says_why(name, posted, sentence, named, lan):
    assertContains(send(lan, name, named, **posted), sentence, status_code=422)


def test_unit_of_another_agency_cannot_be_chosen(named, world, lan):
    answer = send(lan, "name_unit", named, name="Hội Khuyến học", shown="", unit=world.stranger_unit.pk)

    assert answer.status_code == 422
    world.stranger_unit.refresh_from_db()
    assert world.stranger_unit.aliases == ""


def test_names_of_an_activated_plan_are_left_alone(named, world, lan):
    Plan.objects.update(state=Plan.State.ACTIVE)

    answer = send(lan, "name_unit", named, name="Hội Khuyến học", shown="", unit=world.culture.pk)

    assertContains(answer, "đã được kích hoạt", status_code=409)


def test_plan_without_names_says_so(draft, lan):
    assertContains(lan.get(at("units", draft)), "không nêu tên đơn vị nào")


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_three_names_as_for_one(count, draft, world, lan, django_assert_num_queries):
    for number, item in enumerate(Item.objects.filter(is_task=True)[:count]):
        group = save_unit(agency=world.ward, actor=world.lan, name=f"Khối số {number}", kind="group")
        Item.objects.filter(pk=item.pk).update(lead=[f"Đơn vị số {number}"], coordinating=[group.name])

    with django_assert_num_queries(UNITS_QUERIES):
        lan.get(at("units", draft))


UNITS_QUERIES = (
    8  # session, user, memberships, the plan with its agency, units, members, items, edits of groups
)
