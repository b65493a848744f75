"""Every page that a GET can show, on a telephone and on a desk: no barrier of WCAG 2.2 A/AA, nothing to scroll sideways.

The pages come from the url resolver and the permission matrix, so a new page is looked at by itself or named here.
"""

from typing import NamedTuple

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, Response, expect

from accounts.models import Role
from accounts.services import add_alias
from accounts.tests.matrix import ANONYMOUS, CHAIR, DEPARTMENT, INSPECTOR, OFFICE, RECEIVER, Row
from accounts.tests.test_permission_matrix import APPS, rows
from reports.models import Report
from reports.tests.browser.conftest import DESK, PHONE, card_of, press, state_of
from reports.tests.browser.story import DAY, NO_PAGES, PLACES, live_story
from tasks.tests.deeds import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

State = Report.State
ROLES = {
    ANONYMOUS: None,
    OFFICE: Role.OFFICE,
    DEPARTMENT: Role.DEPARTMENT,
    CHAIR: Role.CHAIR,
    INSPECTOR: Role.INSPECTOR,
    RECEIVER: Role.RECEIVER,
}
AXE = settings.BASE_DIR / "node_modules/axe-core/axe.min.js"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # the one rule of WCAG 2.2, which axe leaves off by itself
    "resultTypes": ["violations"],
}
# Reflow at 320 px (WCAG 1.4.10), the telephone, and a desk at 200 %.
WIDTHS = (320, PHONE["width"], DESK["width"] // 2)
SIDEWAYS = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth) return "";
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return wide.length ? wide.at(-1).outerHTML.slice(0, 160) : "the page itself";
}"""
OPEN_ALL = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


@pytest.fixture
def story(transactional_db, stand_on):
    stand_on(DAY)
    return live_story()


def barriers(page: Page, *, at_desk: bool = True) -> list[str]:
    """What is wrong with the page as it stands: as it opens at a desk, with everything unfolded on a telephone."""
    page.evaluate(AXE.read_text("utf-8"))
    found = []
    if at_desk:
        page.set_viewport_size(DESK)
        found += violations(page)
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        if wide := page.evaluate(SIDEWAYS):
            found.append(f"scrolls sideways at {width} px: {wide}")
    page.set_viewport_size(PHONE)
    return found + violations(page)


def violations(page: Page) -> list[str]:
    width = page.viewport_size["width"]
    found = page.evaluate("rules => axe.run(document, rules).then((all) => all.violations)", RULES)
    return [
        f"{one['id']} at {width} px: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


def all_rows() -> list[Row]:
    return [row for app in APPS for row in rows(app)]


def is_shown_to(row: Row, role: str) -> bool:
    """Pages open to all look the same to all: they are looked at as a stranger does."""
    if row.url_name in NO_PAGES or (row.open_to_all and role != ANONYMOUS):
        return False
    return row.get is not None and 200 in row.expected("GET", role)


def address(row: Row, story) -> str:
    return reverse(row.url_name, kwargs=PLACES[row.url_name](story) if row.kwargs else None)


def looked_at(page: Page, url: str, status: int = 200, *, at_desk: bool = True) -> list[str]:
    """The barriers of one page; an address that shows another page than the one asked for is a fault as well."""
    answer: Response = page.goto(url)
    if answer.status != status or not page.url.endswith(url):
        return [f"answers {answer.status} at {page.url}"]
    return barriers(page, at_desk=at_desk)


def test_every_page_has_a_place_in_the_story():
    shown = {
        row.url_name for row in all_rows() if row.kwargs and any(is_shown_to(row, role) for role in ROLES)
    }

    assert sorted(shown - set(PLACES)) == [], "pages without a row to show"


def test_pages_of_each_role_have_no_barrier(story, open_window):
    known = [row for row in all_rows() if not row.kwargs or row.url_name in PLACES]
    found: dict[str, dict[str, list[str]]] = {}  # by address, then by role
    for role in ROLES:
        page = open_window(story.people.get(ROLES[role]))
        for url in [address(row, story) for row in known if is_shown_to(row, role)]:
            seen = found.setdefault(url, {})
            # Whoever sees a page after others sees the same or less of it: once more on the telephone is enough.
            seen[role] = looked_at(page, url, at_desk=not seen)

    assert {role for seen in found.values() for role in seen} == set(ROLES)
    assert {url: seen for url, seen in found.items() if any(seen.values())} == {}


class Sight(NamedTuple):
    """A page that the rows leave out: the same address with something asked, for one role, in one state of the report."""

    role: str
    name: str
    asked: str = ""
    status: int = 200
    state: str = State.ISSUED


SIGHTS = [
    Sight(OFFICE, "plans:draft", "?goc=1"),
    Sight(OFFICE, "tasks:activate"),
    Sight(OFFICE, "tasks:assign", "?sua=tat-ca"),
    Sight(OFFICE, "tasks:my_unit", "?don-vi={unit}"),
    Sight(OFFICE, "tasks:plan", "?ky={closed}"),
    Sight(OFFICE, "tasks:list", "?tim=thu+tuc&tu=x"),
    Sight(OFFICE, "tasks:bulk", "?viec=gia-han&chon={dated}"),
    Sight(CHAIR, "reports:home", "?ky={closed}"),
    Sight(DEPARTMENT, "tasks:my_unit", "?ky={closed}"),
    Sight(RECEIVER, "reports:report"),
    Sight(INSPECTOR, "plans:upload", status=403),
    Sight(DEPARTMENT, "plans:draft", status=404),
    Sight(CHAIR, "reports:home", state=State.SUBMITTED),
    Sight(CHAIR, "reports:to_approve", state=State.SUBMITTED),
    *[
        Sight(OFFICE, "reports:report", state=state)
        for state in (State.RETURNED, State.APPROVED, State.NUMBERED)
    ],
    *[Sight(CHAIR, "reports:report", state=state) for state in (State.DRAFT, State.SUBMITTED)],
]


def test_pages_in_other_states_have_no_barrier(story, open_window):
    pages = {role: open_window(story.people[ROLES[role]]) for role in {sight.role for sight in SIGHTS}}
    words = {
        "unit": story.people[Role.DEPARTMENT].led_units[0].pk,
        "closed": story.report.period_id,
        "dated": PLACES["tasks:move_deadline"](story)["pk"],
    }
    found = {}
    for sight in SIGHTS:
        Report.objects.filter(pk=story.report.pk).update(state=sight.state)
        kwargs = PLACES[sight.name](story) if sight.name in PLACES else None
        url = reverse(sight.name, kwargs=kwargs) + sight.asked.format(**words)
        found[sight] = looked_at(pages[sight.role], url, sight.status)

    assert {sight: faults for sight, faults in found.items() if faults} == {}


def test_person_without_a_password_chooses_one_without_a_barrier(world, open_window):
    world.mai.set_unusable_password()
    world.mai.save()

    assert looked_at(open_window(world.mai), "/tai-khoan/dat-mat-khau/") == []


@pytest.mark.parametrize(
    ("person", "url"),
    [
        ("lan", "/"),
        ("lan", "/ke-hoach/"),
        ("lan", "/cho-kiem-tra/"),
        ("hung", "/viec-cua-don-vi/"),
        ("tam", "/"),
    ],
)
def test_page_before_the_first_plan_has_no_barrier(person, url, world, open_window):
    assert looked_at(open_window(getattr(world, person)), url) == []


def test_refused_sign_in_has_no_barrier(world, open_window):
    page = open_window()
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("lan")
    press(page, "Đăng nhập")
    expect(page.locator(".error-summary")).to_be_visible()

    assert barriers(page) == []


def test_refused_result_has_no_barrier(world_with_plan, open_window):
    page = open_window(world_with_plan.hung)
    page.goto("/viec-cua-don-vi/")
    press(page.locator(".work-card").first, "Gửi")
    expect(page.locator(".error-summary")).to_be_visible()

    assert barriers(page) == []


def test_conflict_on_a_card_has_no_barrier(world_with_plan, open_window):
    page = open_window(world_with_plan.hung)
    page.goto("/viec-cua-don-vi/")
    card = card_of(page, world_with_plan.occurrences[0])
    say(world_with_plan.occurrences[0], by=world_with_plan.lan)
    state_of(card, "Đang làm").click()
    card.get_by_label("Kết quả").fill("Đã họp.")
    press(card, "Gửi")
    expect(card.locator("[role=alert]")).to_be_visible()

    assert barriers(page) == []


# Forms that open where the words stand: the page, what is pressed, what opens.
IN_PLACE = [
    ("plans:draft", "a.plan-tool:has-text('Sửa')", "article form textarea"),
    ("plans:draft", "a.plan-tool:has-text('Khác')", "article form.plan-more"),
    ("plans:draft", ".plan-doubt .plan-settle button", "article [role=status]"),
    ("tasks:assign", ".assign-act a", ".assign-open"),
    ("reports:report", ".para__tools a:has-text('Sửa')", ".para--form"),
]


def test_forms_that_open_in_place_have_no_barrier(story, open_window):
    Report.objects.filter(pk=story.report.pk).update(state=State.DRAFT)
    page, found = open_window(story.people[Role.OFFICE]), {}
    for name, pressed, opens in IN_PLACE:
        page.goto(reverse(name, kwargs=PLACES[name](story)))
        page.locator(pressed).first.click()
        expect(page.locator(opens).first).to_be_visible()
        found[pressed] = barriers(page)

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_long_section_of_a_draft_has_no_barrier(story, open_window, monkeypatch):
    monkeypatch.setattr("plans.document.LONG_SECTION", 2)
    page = open_window(story.people[Role.OFFICE])

    assert looked_at(page, reverse("plans:draft", args=[story.draft.pk])) == []
    expect(page.locator(".plan-window").first).to_be_visible()


def test_choice_of_a_unit_that_came_too_late_has_no_barrier(story, open_window):
    page = open_window(story.people[Role.OFFICE])
    page.goto(reverse("plans:units", args=[story.draft.pk]))
    unknown = page.locator("#ten-hoi-khuyen-hoc")
    unknown.get_by_label("Là tên gọi khác của").select_option(index=2)
    add_alias(unit=story.draft.agency.units.first(), actor=None, name="Hội Khuyến học", shown="")
    press(unknown, "Ghi tên gọi khác")
    expect(unknown.locator(".note")).to_contain_text("Đang lưu")

    assert barriers(page) == []


def test_barriers_are_found_where_there_are_some(world, open_window):
    page = open_window()
    page.goto("/tai-khoan/dang-nhap/")
    page.evaluate(SPOIL)

    found = " ".join(barriers(page))

    for fault in ("label at 1280 px", "target-size at 360 px", "scrolls sideways at 320 px"):
        assert fault in found


# A field without a name, two buttons too small to hit, a line wider than the page.
SPOIL = """() => {
  const add = (name) => document.querySelector("main").appendChild(document.createElement(name));
  add("input");
  for (const tiny of [add("button"), add("button")]) {
    tiny.title = "x";
    Object.assign(tiny.style, {width: "9px", height: "9px", minHeight: "0", padding: "0"});
  }
  add("hr").style.width = "900px";
}"""
