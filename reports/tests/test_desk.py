"""Which period people work on."""

import datetime as dt

from reports.desk import period_at_hand
from reports.models import Report
from reports.tests.making import MARCH_5, make_task, open_quarter
from tasks.models import Period


def periods_of(plan) -> list[Period]:
    return list(plan.periods.select_related("plan"))


def test_period_at_hand_is_the_first_one_not_finished(plan):
    first = open_quarter(plan)
    open_quarter(plan, dt.date(2024, 4, 2))

    assert period_at_hand(periods_of(plan), {}, dt.date(2024, 4, 2)) == first


def test_period_stays_at_hand_until_its_report_is_issued(draft_report):
    world = draft_report
    open_quarter(world.plan, dt.date(2024, 4, 2))
    on = dt.date(2024, 4, 2)
    periods, report = periods_of(world.plan), world.report

    assert period_at_hand(periods, {report.period_id: report}, on) == report.period
    report.state = Report.State.ISSUED
    assert period_at_hand(periods, {report.period_id: report}, on).ordinal == 2


def test_a_month_does_not_stand_before_the_quarter(world, plan):
    make_task(plan, 1, world.culture, period_kind=Period.Kind.MONTH)
    quarter = open_quarter(plan)

    assert period_at_hand(periods_of(plan), {}, MARCH_5) == quarter
