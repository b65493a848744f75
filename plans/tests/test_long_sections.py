"""A section of thousands of lines stands on the draft a part at a time; every way to a line leads to its part."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from plans.document import part_of
from plans.models import Doubt, Item, Removal
from plans.tests.test_views_mending import HTMX, at
from plans.tests.test_views_reshaping import press


@pytest.fixture(autouse=True)
def _three_lines_are_long(monkeypatch):
    """The draft has five lines: 1, «Việc thứ 1», «Việc thứ 2» | 2, «Niêm yết thủ tục»."""
    monkeypatch.setattr("plans.document.LONG_SECTION", 3)


@pytest.fixture
def lan(world, browse):
    return browse(world.lan)


@pytest.fixture
def last(draft) -> Item:
    return Item.objects.get(section__plan=draft, text="Niêm yết thủ tục")


@pytest.mark.parametrize(
    ("at_line", "shown", "earlier", "later"),
    [(None, (0, 3), None, "Cải cách hành chính"), ("Niêm yết thủ tục", (3, 5), "Tuyên truyền", None)],
)
def test_part_shows_the_lines_around_the_one_asked_for(at_line, shown, earlier, later, draft):
    item = Item.objects.filter(section__plan=draft, text=at_line).first()

    part = part_of(draft.sections.get(), at=item.pk if item else 0)

    assert (part.start, part.end) == shown
    assert [one and one.text for one in (part.earlier, part.later)] == [earlier, later]


def test_draft_begins_with_the_first_lines_and_leads_to_the_next(draft, last, lan):
    page = lan.get(at("draft", draft))

    following = Item.objects.get(text="Cải cách hành chính").pk
    assertContains(page, "Dòng 1 đến 3 trong 5 dòng")
    assertContains(page, f'href="?dong={following}#muc-{following}"', count=2)
    assertNotContains(page, last.text)


def test_draft_opens_at_the_line_asked_for(draft, item, last, lan):
    page = lan.get(at("draft", draft), {"dong": last.pk})

    assertContains(page, f'id="muc-{last.pk}"')
    assertNotContains(page, f'id="muc-{item.pk}"')


@pytest.mark.parametrize("asked", ["0", "999999", "x", "-1", "9" * 40])
def test_line_that_is_not_there_opens_the_first_lines(asked, draft, item, lan):
    assertContains(lan.get(at("draft", draft), {"dong": asked}), f'id="muc-{item.pk}"')


def test_doubt_list_leads_to_the_part_with_its_line(draft, last, lan):
    Doubt.objects.create(plan=draft, item=last, line=last.line, text=last.text, reason="Chưa rõ.")

    page = lan.get(at("draft", draft))

    assertContains(page, f'<a href="?dong={last.pk}#muc-{last.pk}">Chưa rõ.</a>', html=True)


def test_press_without_javascript_returns_to_the_part_with_the_line(draft, last, lan):
    answer = press(lan, "mark_task", last, is_tracked="0")

    assertRedirects(answer, f"{at('draft', draft)}?dong={last.pk}#muc-{last.pk}")


@pytest.mark.parametrize(("name", "posted"), [("move_item", {"direction": "up"}), ("shift_item", {})])
def test_answer_in_place_holds_the_line_that_was_pressed(name, posted, last, lan):
    answer = press(lan, name, last, htmx=True, **posted)

    body = answer.content.decode()
    assert f'id="muc-{last.pk}"' in body
    assert "Việc thứ 1" not in body


def test_deleted_line_is_offered_again_where_it_stood(last, lan):
    answer = press(lan, "remove_item", last, htmx=True)

    assertContains(answer, f'id="xoa-{Removal.objects.get().pk}"', count=1)


def test_answer_about_no_line_shows_the_part_that_was_open(draft, item, last, lan):
    press(lan, "remove_item", item)
    removal = Removal.objects.get()
    lan.post(at("restore", removal))

    answer = lan.post(at("restore", removal), HTTP_HX_CURRENT_URL=f"http://x/?dong={last.pk}", **HTMX)

    assertContains(answer, f'id="muc-{last.pk}"', status_code=422)


def test_document_shows_every_line(draft, last, lan):
    assertContains(lan.get(at("document", draft)), last.text)


def test_draft_asks_as_much_for_the_last_lines_as_for_the_first(
    draft, last, lan, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        lan.get(at("draft", draft), {"dong": last.pk})
