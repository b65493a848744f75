import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from plans.header import header_of
from plans.models import Doubt, Item, Plan
from plans.tests.conftest import typed

HTMX = {"HTTP_HX_REQUEST": "true"}


def at(name: str, row) -> str:
    return reverse(f"plans:{name}", args=[row.pk])


def test_edit_form_comes_in_place(item, world, browse):
    answer = browse(world.lan).get(at("edit_item", item), **HTMX)

    assertContains(answer, "Việc thứ 1")
    assert b"<html" not in answer.content


def test_edit_form_is_a_page_without_javascript(item, world, browse):
    assertContains(browse(world.lan).get(at("edit_item", item)), "<h1>Sửa một nội dung</h1>", html=True)


def test_edit_saves_and_returns_to_the_line(draft, item, world, browse):
    answer = browse(world.lan).post(at("edit_item", item), typed(item, text="Lời mới", due="quý II/2024"))

    assertRedirects(answer, f"{at('draft', draft)}#muc-{item.pk}")
    item.refresh_from_db()
    assert (item.text, item.due) == ("Lời mới", ["2024-Q2"])


def test_edit_in_place_answers_with_the_line_and_the_overview(item, world, browse):
    answer = browse(world.lan).post(at("edit_item", item), typed(item, text="Lời mới"), **HTMX)

    assertContains(answer, f'id="muc-{item.pk}"')
    assertContains(answer, 'hx-swap-oob="true"')
    assertContains(answer, "Lời mới")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"text": " "}, "Nội dung đang để trống"), ({"due": "sớm"}, "chưa đúng"), ({"label": "x" * 11}, "10")],
)
def test_edit_refuses_bad_input_and_loses_nothing(wrong, sentence, item, world, browse):
    posted = typed(item, target="100% hồ sơ") | wrong

    answer = browse(world.lan).post(at("edit_item", item), posted)

    assertContains(answer, sentence, status_code=422)
    assertContains(answer, "100% hồ sơ", status_code=422)
    item.refresh_from_db()
    assert (item.text, item.version) == ("Việc thứ 1", 1)


def test_edit_of_a_stale_line_shows_both_versions(item, world, browse):
    client = browse(world.lan)
    stale = typed(item, text="Lời của tôi", frequency=["monthly", "yearly"])
    client.post(at("edit_item", item), typed(item, text="Lời của người kia"))

    answer = client.post(at("edit_item", item), stale)

    assertContains(answer, "Lời của tôi", status_code=409)
    assertContains(answer, "Lời của người kia", status_code=409)
    assertContains(answer, 'name="version" value="2"', status_code=409)
    assert answer.content.decode().count(" checked") == 3


def test_edit_after_a_conflict_overwrites_knowingly(item, world, browse):
    client = browse(world.lan)
    client.post(at("edit_item", item), typed(item, text="Lời của người kia"))

    client.post(at("edit_item", item), typed(item, text="Lời của tôi", version=2))

    item.refresh_from_db()
    assert item.text == "Lời của tôi"


def test_edit_of_an_activated_plan_is_told_in_words(draft, item, world, browse):
    Plan.objects.update(state=Plan.State.ACTIVE)

    answer = browse(world.lan).post(at("edit_item", item), typed(item, text="Muộn rồi"))

    assertContains(answer, "đã được kích hoạt", status_code=409)
    assertContains(answer, "Muộn rồi", status_code=409)


@pytest.mark.parametrize("name", ["item", "edit_item", "move_item", "mark_task"])
def test_line_of_another_agency_is_not_found(name, item, world, browse):
    client = browse(world.stranger)
    ask = client.get if name in ("item", "edit_item") else client.post

    assert ask(at(name, item)).status_code == 404


@pytest.mark.parametrize("who", ["tam", "binh"])
def test_only_the_office_mends(who, item, world, browse):
    answer = browse(getattr(world, who)).post(at("edit_item", item), typed(item, text="Không phép"))

    assert answer.status_code == 403
    item.refresh_from_db()
    assert item.text == "Việc thứ 1"


def test_move_answers_with_the_whole_section(draft, item, world, browse):
    answer = browse(world.lan).post(at("move_item", item), {"direction": "down"}, **HTMX)

    page = answer.content.decode()
    assert page.index("Việc thứ 2") < page.index("Việc thứ 1")
    assert f'id="phan-{item.section_id}"' in page


def test_move_returns_to_the_line_without_javascript(draft, item, world, browse):
    answer = browse(world.lan).post(at("move_item", item), {"direction": "down"})

    assertRedirects(answer, f"{at('draft', draft)}#muc-{item.pk}")
    assert list(Item.objects.order_by("order").values_list("text", flat=True))[1:3] == [
        "Việc thứ 2",
        "Việc thứ 1",
    ]


def test_unticked_line_is_called_a_direction(item, world, browse):
    answer = browse(world.lan).post(at("mark_task", item), {"is_tracked": "0"}, **HTMX)

    assertContains(answer, "định hướng, không theo dõi", count=2)
    assertContains(answer, 'aria-checked="false"')


def test_settle_takes_the_doubt_from_the_line(item, doubt, world, browse):
    answer = browse(world.lan).post(at("settle_doubt", doubt), **HTMX)

    assertContains(answer, f'id="muc-{item.pk}"')
    assertContains(answer, "không còn chỗ nào cần xem lại")


def test_settle_of_a_doubt_without_a_line_answers_with_the_overview(draft, world, browse):
    loose = Doubt.objects.create(plan=draft, line=3, text="lạc lõng", reason="Dòng chưa rõ chỗ.")

    answer = browse(world.lan).post(at("settle_doubt", loose), **HTMX)

    assertContains(answer, 'id="tong-quan"')
    assert b"hx-swap-oob" not in answer.content


def test_settle_in_another_agency_is_not_found(doubt, world, browse):
    assert browse(world.stranger).post(at("settle_doubt", doubt)).status_code == 404


def test_single_press_on_an_activated_plan_is_told_in_words(item, doubt, world, browse):
    Plan.objects.update(state=Plan.State.ACTIVE)

    for name, row in (("mark_task", item), ("move_item", item), ("settle_doubt", doubt)):
        answer = browse(world.lan).post(at(name, row))
        assertContains(answer, "đã được kích hoạt", status_code=409)


def post_header(client, plan, **changes):
    form = client.get(at("header", plan)).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields}
    return client.post(at("header", plan), posted | changes)


def test_header_saves_lists_line_by_line(draft, world, browse):
    post_header(browse(world.lan), draft, recipients="UBND quận\n\n  Lưu: VT ", dated_on="27/02/2024")

    now = header_of(Plan.objects.get(pk=draft.pk))
    assert now.recipients == ("UBND quận", "Lưu: VT")
    assert now.dated_on.isoformat() == "2024-02-27"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Trích yếu đang để trống"),
        ({"dated_on": "32/13/2024"}, "Ngày ban hành chưa đúng"),
        ({"year": "24"}, "bốn chữ số"),
        ({"recipients": "x" * 301}, "dài quá 300 ký tự"),
    ],
)
def test_header_refuses_bad_input_and_loses_nothing(wrong, sentence, draft, world, browse):
    before = header_of(draft)

    answer = post_header(browse(world.lan), draft, signer="Nguyễn Thị Tâm", **wrong)

    assertContains(answer, sentence, status_code=422)
    assertContains(answer, "Nguyễn Thị Tâm", status_code=422)
    assert header_of(Plan.objects.get(pk=draft.pk)) == before


def test_header_that_changed_meanwhile_shows_both_versions(draft, world, browse):
    client = browse(world.lan)
    stale = header_of(draft).mark
    post_header(client, draft, signer="Người kia ghi")

    answer = post_header(client, draft, signer="Tôi ghi", mark=stale)

    assertContains(answer, "Người kia ghi", status_code=409)
    assertContains(answer, "Tôi ghi", status_code=409)
    assert Plan.objects.get(pk=draft.pk).signer == "Người kia ghi"


def test_section_title_is_mended(draft, world, browse):
    section = draft.sections.get()
    posted = {"shown": str(section), "numeral": "II", "title": "NHIỆM VỤ"}

    browse(world.lan).post(at("section", section), posted)

    assert str(draft.sections.get()) == "II. NHIỆM VỤ"


def test_section_that_changed_meanwhile_shows_both_versions(draft, world, browse):
    posted = {"shown": "II. NỘI DUNG CŨ", "numeral": "II", "title": "NHIỆM VỤ"}

    answer = browse(world.lan).post(at("section", draft.sections.get()), posted)

    assertContains(answer, "II. NỘI DUNG", status_code=409)
    assertContains(answer, "NHIỆM VỤ", status_code=409)
