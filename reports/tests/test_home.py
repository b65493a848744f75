import datetime as dt

import pytest

from accounts.models import Membership, User
from conftest import markup_of
from reports.tests.making import make_dated, make_plan, make_task, open_quarter


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [("hung", "/viec-cua-don-vi/"), ("dung", "/bao-cao/")],
    ids=["department", "receiver"],
)
def test_home_leads_on(world, browse, who, leads_to):
    response = browse(getattr(world, who)).get("/")

    assert (response.status_code, response.url) == (302, leads_to)


def test_home_of_a_maintainer_without_a_role_leads_to_the_maintainers_pages(db, browse):
    response = browse(User.objects.create(username="quantri", is_staff=True)).get("/")

    assert "Mở trang quản trị" in markup_of(response)


def test_home_of_somebody_whose_role_has_ended_says_whom_to_ask(world, browse):
    Membership.objects.filter(user=world.hung).update(to_on=dt.date(2024, 3, 4))

    assert "nhờ Văn phòng của cơ quan" in markup_of(browse(world.hung).get("/"))


@pytest.mark.parametrize(
    ("who", "words"), [("lan", "Đưa kế hoạch vào"), ("tam", "Chưa có kế hoạch"), ("binh", "Chưa có kế hoạch")]
)
def test_home_before_any_plan_says_what_comes_first(world, browse, who, words):
    assert words in markup_of(browse(getattr(world, who)).get("/"))


def test_home_of_the_office_leads_to_a_draft_plan(world, browse):
    draft = make_plan(world.ward, state="draft")

    assert f"/ke-hoach/{draft.pk}/ban-nhap/" in markup_of(browse(world.lan).get("/"))


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("tam", 12), ("binh", 10), ("lan", 12)])
def test_home_needs_the_same_queries_for_any_number_of_rows(
    world, browse, plan, django_assert_num_queries, copies, who, queries
):
    for number in range(copies):
        make_dated(make_task(plan, number % 3 + 1, world.culture, schedule="dates"), dt.date(2024, 3, 1))
        make_task(plan, number % 3 + 1, world.justice)
        make_task(plan, number % 3 + 1)
    open_quarter(plan)
    visitor = browse(getattr(world, who))

    with django_assert_num_queries(queries):
        visitor.get("/")


@pytest.mark.parametrize("who", ["tam", "lan", "binh"])
def test_pages_carry_no_inline_style_or_script(world, browse, overdue, who):
    page = markup_of(browse(getattr(world, who)).get("/"))

    assert "style=" not in page
    assert "<script>" not in page


def test_two_plans_are_told_apart_by_their_numbers(world, browse, asked):
    open_quarter(make_plan(world.ward, number="11/KH-UBND"))

    page = markup_of(browse(world.tam).get("/"))

    assert "Quý I năm 2024 (10/KH-UBND)" in page
    assert "Quý I năm 2024 (11/KH-UBND)" in page
