"""What waits for the leader's word: reports, and results to confirm."""

import datetime as dt

import pytest

from accounts.models import Membership
from conftest import markup_of
from reports.models import Report
from reports.services.approval import submit_report
from reports.tests.making import MARCH_5, finish, make_dated, make_plan, make_task, open_quarter, send
from tasks.services import accept_update


def test_result_to_confirm_stands_among_what_waits_for_the_chair(world, browse, confirming):
    page = markup_of(browse(world.tam).get("/cho-duyet/"))

    assert f'action="/cap-nhat/{confirming.pk}/xac-nhan/"' in page
    assert "Đã tổ chức 2 hội nghị." in page


def test_chair_reads_how_long_the_office_lets_results_wait(world, browse, asked, stand_on):
    send(asked, world.hung)
    stand_on("2024-03-07")

    assert "Chờ kiểm tra lâu nhất: 2 ngày làm việc" in markup_of(browse(world.tam).get("/cho-duyet/"))


def test_to_approve_lists_what_was_submitted_and_since_when(draft_report, browse):
    world = draft_report
    submit_report(report=world.report, version=world.report.version, by=world.lan)

    page = markup_of(browse(world.tam).get("/cho-duyet/"))

    assert world.report.subject in page
    assert "Trình lúc" in page


def test_to_approve_counts_in_the_agency_that_is_led(world, browse):
    Membership.objects.filter(user=world.tam).update(agency=world.other, role="inspector")
    Membership.objects.create(user=world.tam, agency=world.ward, role="chair")
    finish(make_dated(make_task(make_plan(world.ward), 1, world.culture), MARCH_5), world)

    times = browse(world.tam).get("/cho-duyet/").context["times"]

    assert times.checked == 1


def test_to_approve_leaves_drafts_and_other_agencies_out(draft_report, browse):
    world = draft_report
    assert "Không có báo cáo hay kết quả nào chờ đồng chí" in markup_of(browse(world.tam).get("/cho-duyet/"))

    submit_report(report=world.report, version=world.report.version, by=world.lan)

    assert "Không có báo cáo hay kết quả nào chờ đồng chí" in markup_of(
        browse(world.stranger_chair).get("/cho-duyet/")
    )


@pytest.mark.parametrize("copies", [1, 3])
def test_to_approve_needs_ten_queries(world, browse, plan, django_assert_num_queries, copies):
    make_task(plan, 1, world.culture, needs_chair=True)
    for month in range(1, copies + 1):
        period = open_quarter(plan, dt.date(2024, 3 * month, 1))
        accept_update(update=send(period.occurrences.get(), world.hung), by=world.lan)
        Report.objects.create(
            agency=world.ward, period=period, state=Report.State.SUBMITTED, subject=f"Kỳ {month}"
        )
    visitor = browse(world.tam)

    with django_assert_num_queries(10):
        visitor.get("/cho-duyet/")
