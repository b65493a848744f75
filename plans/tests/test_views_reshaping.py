import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from plans import services
from plans.models import Doubt, Item, Plan, Removal
from plans.tests.test_services_reshaping import outline
from plans.tests.test_views_mending import HTMX, at


def press(client, name: str, row, htmx: bool = False, **posted):
    posted = {"version": getattr(row, "version", 0)} | posted
    return client.post(at(name, row), posted, **(HTMX if htmx else {}))


@pytest.fixture
def lan(world, browse):
    return browse(world.lan)


@pytest.fixture
def lower(draft, item) -> Item:
    return Item.objects.get(section=item.section, text="Việc thứ 2")


def test_tools_of_a_line_open_in_place(item, lan):
    answer = lan.get(at("item_tools", item), **HTMX)

    assertContains(answer, "Thụt vào")
    assert b"<html" not in answer.content


def test_tools_of_a_line_are_a_page_without_javascript(lower, lan):
    answer = lan.get(at("item_tools", lower))

    assertContains(answer, "Dòng trên: - Việc thứ 1")
    assertContains(answer, "Nhập vào dòng trên")


def test_indent_answers_with_the_section_and_keeps_the_tools_open(draft, lower, lan):
    answer = press(lan, "shift_item", lower, htmx=True, direction="in")

    assertContains(answer, f'id="phan-{lower.section_id}"')
    assertContains(answer, f'id="vao-{lower.pk}"', count=1)
    assertContains(answer, 'hx-swap-oob="true"')
    assert outline(draft)[2] == "    + Việc thứ 2"


def test_outdent_returns_to_the_line_without_javascript(draft, item, lan):
    answer = press(lan, "shift_item", item, direction="out")

    assertRedirects(answer, f"{at('draft', draft)}#muc-{item.pk}")


def test_shift_of_a_stale_line_shows_what_stands_now(item, lan):
    press(lan, "shift_item", item, direction="out")

    answer = press(lan, "shift_item", item, htmx=True, direction="out")

    assertContains(answer, "vừa có người khác sửa", status_code=409)
    assertContains(answer, f'id="phan-{item.section_id}"', status_code=409)


def test_shift_at_the_edge_is_told_in_words(item, lan):
    assertContains(press(lan, "shift_item", item, direction="in"), "không thụt vào được", status_code=422)


def test_split_form_comes_in_place_and_as_a_page(item, lan):
    assertContains(lan.get(at("split_item", item), **HTMX), "Việc thứ 1")
    assertContains(lan.get(at("split_item", item)), "<h1>Tách một dòng đọc dính</h1>", html=True)


def test_split_saves_and_returns_to_the_line(draft, item, lan):
    answer = press(lan, "split_item", item, text="Việc\r\nthứ 1")

    assertRedirects(answer, f"{at('draft', draft)}#muc-{item.pk}")
    assert outline(draft)[1:3] == ["  - Việc", "  - thứ 1"]


def test_split_that_changes_words_loses_nothing(draft, item, lan):
    answer = press(lan, "split_item", item, text="Việc\r\nkhác hẳn")

    assertContains(answer, "không thêm bớt chữ", status_code=422)
    assertContains(answer, "khác hẳn", status_code=422)


def test_split_of_a_stale_line_shows_both_versions(item, lan):
    Item.objects.filter(pk=item.pk).update(text="Lời của người kia", version=2)

    answer = press(lan, "split_item", item, text="Việc\r\nthứ 1")

    assertContains(answer, "Lời của người kia", status_code=409)
    assertContains(answer, "Việc\r\nthứ 1", status_code=409)
    assertContains(answer, 'name="version" value="2"', status_code=409)


def test_merge_answers_with_the_line_above_in_focus(item, lower, lan):
    answer = press(lan, "merge_item", lower, htmx=True, above=item.pk)

    assertContains(answer, f'id="muc-{item.pk}" tabindex="-1" data-focus')
    assertContains(answer, "Việc thứ 1 - Việc thứ 2")


def test_add_form_says_where_the_line_will_stand(item, lan):
    assertContains(lan.get(at("add_below", item)), "Đứng dưới dòng: <q>- Việc thứ 1</q>")
    assertContains(lan.get(at("add_line", item.section)), "Đứng cuối phần <q>II. NỘI DUNG</q>")


def test_add_saves_and_leads_to_the_new_line(draft, item, lan):
    answer = lan.post(at("add_below", item), {"text": "Việc mới", "is_task": "on"})

    added = Item.objects.get(text="Việc mới")
    assertRedirects(answer, f"{at('draft', draft)}#muc-{added.pk}")
    assert (added.label, added.is_task, added.order) == ("-", True, 3)


def test_add_asks_for_words(item, lan):
    assertContains(lan.post(at("add_below", item), {"text": " "}), "đang để trống", status_code=422)


def test_add_takes_the_words_of_a_line_without_a_place(draft, item, lan):
    doubt = Doubt.objects.create(plan=draft, line=13, text="Lời lạc chỗ", reason="Chưa rõ chỗ.")
    address = f"{at('add_below', item)}?cho={doubt.pk}"

    assertContains(lan.get(at("draft", draft)), f'href="{address}"')
    assertContains(lan.get(address), "Lời lạc chỗ")
    lan.post(address, {"text": "Lời lạc chỗ"})

    doubt.refresh_from_db()
    assert doubt.settled_at and doubt.item.text == "Lời lạc chỗ"


def test_delete_offers_to_take_it_back_at_its_place(item, lan):
    answer = press(lan, "remove_item", item.parent, htmx=True)

    page = answer.content.decode()
    assert "Đã xóa “Tuyên truyền” và 2 dòng bên dưới" in page
    assert page.index("Hoàn tác") < page.index("Cải cách hành chính")


def test_delete_without_javascript_leads_to_the_deleted_lines(draft, item, lan):
    answer = press(lan, "remove_item", item)

    removal = Removal.objects.get()
    assertRedirects(answer, f"{at('draft', draft)}#xoa-{removal.pk}")
    assertContains(lan.get(at("draft", draft)), f'id="xoa-{removal.pk}"')


@pytest.mark.parametrize("htmx", [True, False])
def test_restore_brings_the_line_back(htmx, draft, item, lan):
    before = outline(draft)
    press(lan, "remove_item", item)

    press(lan, "restore", Removal.objects.get(), htmx=htmx)

    assert outline(draft) == before
    assert f'id="xoa-{Removal.objects.get().pk}"' not in lan.get(at("draft", draft)).content.decode()


def test_form_of_a_line_that_was_deleted_meanwhile_loses_nothing(item, world, lan):
    services.remove_item(item=item, version=1, by=world.tam)

    answer = lan.post(at("edit_item", item), {"text": "Lời tôi đang gõ", "version": 1})

    assertContains(answer, f"{world.tam} vừa xóa dòng này", status_code=409)
    assertContains(answer, "Lời tôi đang gõ", status_code=409)
    assertContains(answer, "Lấy lại dòng này", status_code=409)


def test_form_of_a_line_that_was_merged_meanwhile_says_where_it_went(item, lower, world, lan):
    services.merge_item(item=lower, version=1, above=item.pk, by=world.tam)

    answer = lan.get(at("edit_item", lower), **HTMX)

    assertContains(answer, "nhập dòng này vào dòng phía trên", status_code=409)
    assertContains(answer, f"#muc-{item.pk}", status_code=409)


def test_line_deleted_in_another_agency_is_not_found(item, world, browse):
    services.remove_item(item=item, version=1, by=world.lan)

    assert browse(world.stranger).get(at("edit_item", item)).status_code == 404
    assert press(browse(world.stranger), "restore", Removal.objects.get()).status_code == 404


@pytest.mark.parametrize("name", ["shift_item", "merge_item", "remove_item", "split_item", "add_below"])
def test_press_on_an_activated_plan_is_told_in_words(name, item, lower, lan):
    Plan.objects.update(state=Plan.State.ACTIVE)

    answer = press(lan, name, lower, above=item.pk, text="Việc\nthứ 2")

    assertContains(answer, "đã được kích hoạt", status_code=409)


def test_settled_doubt_leads_on_to_the_next(draft, item, doubt, lower, lan):
    Doubt.objects.create(plan=draft, item=lower, line=13, reason="Chưa chắc hạn.")

    page = lan.get(at("draft", draft))
    answer = lan.post(at("settle_doubt", doubt), **HTMX)

    assertContains(page, f'href="#muc-{lower.pk}">Chỗ tiếp theo')
    assertContains(answer, f'<a href="#muc-{lower.pk}" data-focus>Đến chỗ cần xem tiếp theo</a>', html=True)


def test_settled_doubt_leads_on_without_javascript(draft, doubt, lower, lan):
    Doubt.objects.create(plan=draft, item=lower, line=13, reason="Chưa chắc hạn.")

    answer = lan.post(at("settle_doubt", doubt))

    assertRedirects(answer, f"{at('draft', draft)}#muc-{lower.pk}")


@pytest.fixture
def imported(small_file, world) -> Plan:
    plan = services.import_plan(agency=world.ward, name="ke-hoach.md", content=small_file, by=world.lan)
    line = Item.objects.get(section__plan=plan, text__startswith="Báo cáo").line
    Doubt.objects.create(plan=plan, line=line, text="x", reason="Chưa rõ.")
    return plan


def test_original_stands_beside_the_draft_line_by_line(imported, lan):
    page = lan.get(f"{at('draft', imported)}?goc=1")

    report = Item.objects.get(section__plan=imported, text__startswith="Báo cáo")
    assertContains(page, f'<li id="dong-{report.line}" value="{report.line}"')
    assertContains(page, f'data-line="{report.line}"')
    assertContains(page, "CỘNG HÒA", count=1)


def test_original_marks_the_lines_in_doubt(imported, lan):
    page = lan.get(reverse("plans:source", args=[imported.pk])).content.decode()

    assert page.count("plan-source--doubt") == 1
    assert f"{at('draft', imported)}?dong=" in page


def test_original_that_is_gone_is_said(imported, lan):
    imported.imports.get().file.delete(save=False)

    assertContains(lan.get(reverse("plans:source", args=[imported.pk])), "Không đọc lại được tệp gốc")


def test_press_with_the_original_beside_returns_to_both(imported, lan):
    item = Item.objects.filter(section__plan=imported, label="-")[1]
    page = f"{at('draft', imported)}?goc=1"

    answer = lan.post(
        at("shift_item", item), {"version": 1, "direction": "out"}, headers={"referer": f"http://x{page}"}
    )

    assertRedirects(answer, f"{page}#muc-{item.pk}")


@pytest.mark.parametrize("bullets", [2, 12])
def test_shift_asks_as_much_for_twelve_lines_as_for_two(
    bullets, make_plan, world, lan, django_assert_num_queries
):
    plan = make_plan(bullets)
    item = Item.objects.get(section__plan=plan, text="Cải cách hành chính")

    with django_assert_num_queries(SHIFT_QUERIES):
        press(lan, "shift_item", item, htmx=True, direction="in")


SHIFT_QUERIES = 19


@pytest.mark.parametrize("name", ["item_tools", "split_item"])
def test_page_of_one_line_works_where_the_draft_is_not_around_it(name, item, lan):
    assertContains(lan.get(at(name, item)), "hx-disable")
