import pytest
from django.urls import reverse

from reports.figures import period_figures
from reports.models import Report
from reports.tests.making import MARCH_5, bind, figures_of, finish, make_task, open_quarter, send
from tasks.models import Indicator, IndicatorValue, PlanIndicator
from tasks.services import close_period


@pytest.fixture
def card(world, plan):
    make_task(plan, 1, world.culture)
    return open_quarter(plan).occurrences.get()


def page(browse, world, card) -> str:
    return browse(world.lan).get(reverse("reports:indicators", args=[card.period_id])).content.decode()


def test_page_shows_the_figure_and_its_share_of_the_target(world, plan, card, browse):
    indicator = bind(plan, "hoi_nghi", yearly_target=8)
    finish(card, world, values=figures_of((indicator, 2)))
    assert '<td class="num" data-title="% kế hoạch">25</td>' in page(browse, world, card)


def test_page_says_that_figures_wait_to_be_checked(world, plan, card, browse):
    indicator = bind(plan, "hoi_nghi")
    send(card, world.hung, values=figures_of((indicator, 2)))
    assert "1 lần gửi có số liệu đang chờ kiểm tra" in page(browse, world, card)


def test_page_of_a_plan_without_indicators_says_what_to_do(world, card, browse):
    assert "chưa có chỉ tiêu nào" in page(browse, world, card)


def test_a_period_closed_without_a_report_shows_what_counts(world, plan, card, browse):
    indicator = bind(plan, "hoi_nghi")
    finish(card, world, values=figures_of((indicator, 1234)))
    close_period(period=card.period, version=card.period.version, by=world.lan)
    assert "1.234" in page(browse, world, card)


def test_closed_period_shows_what_its_newest_report_froze(world, plan, card, browse):
    indicator = bind(plan, "hoi_nghi")
    finish(card, world, values=figures_of((indicator, 1234)))
    close_period(period=card.period, version=card.period.version, by=world.lan)
    first = frozen(card, version=9)
    IndicatorValue.objects.filter(indicator=indicator).update(value=4321)
    frozen(card, version=1, corrects=first)

    assert "4.321" in page(browse, world, card)


def frozen(card, **fields) -> Report:
    figures = period_figures(period=card.period, on=MARCH_5).to_json()
    return Report.objects.create(
        agency=card.period.agency, period=card.period, subject="Quý I", figures=figures, **fields
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_queries_whatever_it_holds(
    world, plan, card, browse, rows, django_assert_num_queries
):
    for number in range(rows):
        indicator = Indicator.objects.create(
            agency=plan.agency, code=f"a{number}", name=f"A{number}", measure="cái"
        )
        PlanIndicator.objects.create(plan=plan, indicator=indicator)
    client = browse(world.lan)
    with django_assert_num_queries(9):
        client.get(reverse("reports:indicators", args=[card.period_id]))
