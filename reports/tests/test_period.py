import datetime as dt

import pytest
from django.db import connection

from conftest import markup_of
from danvan import clock
from reports.desk import agency_reports, steps_of
from reports.models import Report
from reports.tests.making import ask_for_three, finish, make_plan, make_task, open_quarter, send
from tasks.models import Period
from tasks.services import cancel_task


@pytest.fixture
def quarter(world):
    """Quarter I of 2024: culture is asked for two results, justice for one."""
    return ask_for_three(world)


@pytest.fixture
def cards(quarter):
    return list(quarter.occurrences.order_by("pk"))


def stands(quarter, report=None, owed=3, on="2024-03-05"):
    return [step.stand.value for step in steps_of(quarter, report, owed=owed, on=dt.date.fromisoformat(on))]


# --- The desk ------------------------------------------------------------------------------------------------------


def test_desk_begins_with_where_the_period_stands(world, browse, quarter, cards):
    finish(cards[0], world)

    page = markup_of(browse(world.lan).get("/"))

    assert "Quý I năm 2024: 1/3 việc đã có kết quả, hạn đơn vị" in page
    assert "12/3 (còn 7 ngày)" in page


def test_desk_names_who_has_sent_and_who_has_not(world, browse, quarter, cards):
    send(cards[2], world.mai)

    page = markup_of(browse(world.lan).get("/"))

    assert "Các đơn vị còn 2 việc chưa gửi kết quả" in page
    assert page.index("Bộ phận Văn hóa - Xã hội") < page.index("Tư pháp - Hộ tịch")


def test_desk_has_the_reminder_ready_for_those_who_are_missing(world, browse, quarter, cards):
    send(cards[2], world.mai)

    page = markup_of(browse(world.lan).get("/"))

    assert "Văn phòng nhắc Bộ phận Văn hóa - Xã hội: còn 2 việc" in page
    assert "Văn phòng nhắc Tư pháp" not in page


def test_desk_lets_the_office_write_for_a_unit(world, browse, quarter):
    address = f"/viec-cua-don-vi/?don-vi={world.culture.pk}&amp;ky={quarter.pk}"

    assert address in markup_of(browse(world.lan).get("/"))


def test_desk_counts_what_waits_for_the_office(world, browse, quarter, cards):
    send(cards[0], world.hung)
    make_task(quarter.plan, 2)
    draft = make_plan(world.ward, state="draft", number="12/KH-UBND")
    draft.doubts.create(reason="Không rõ hạn")

    page = markup_of(browse(world.lan).get("/"))

    assert "Kiểm tra 1 kết quả" in page
    assert "Phân công 1 việc" in page
    assert "còn 1 chỗ cần xem" in page


def test_desk_without_waiting_work_says_so(world, browse, quarter):
    assert "Không có việc nào chờ." in markup_of(browse(world.lan).get("/"))


def test_cancelled_work_is_asked_of_nobody(world, browse, quarter, cards):
    task = cards[2].task
    cancel_task(task=task, version=task.version, reason="Quận dừng", by=world.lan)

    assert "Tư pháp - Hộ tịch" not in markup_of(browse(world.lan).get("/"))


def test_leaders_read_the_desk_without_acts(world, browse, quarter):
    page = markup_of(browse(world.tam).get(f"/ky-bao-cao/{quarter.pk}/"))

    assert "Sao chép lời nhắc" not in page
    assert "Ghi thay" not in page


def test_desk_leads_to_other_periods(world, browse, quarter, stand_on):
    stand_on("2024-04-02")
    second = open_quarter(quarter.plan, dt.date(2024, 4, 2))

    assert f"/ky-bao-cao/{second.pk}/" in markup_of(browse(world.lan).get("/"))


@pytest.mark.parametrize("copies", [1, 3])
def test_desk_needs_twelve_queries(world, browse, django_assert_num_queries, copies):
    plan = make_plan(world.ward)
    for number in range(copies):
        make_task(plan, number + 1, [world.culture, world.justice, world.youth][number])
    quarter = open_quarter(plan)
    visitor = browse(world.lan)

    with django_assert_num_queries(12):
        visitor.get(f"/ky-bao-cao/{quarter.pk}/")


# --- The steps -----------------------------------------------------------------------------------------------------


def test_steps_begin_with_the_units(quarter):
    assert stands(quarter) == ["now", "ahead", "ahead", "ahead", "ahead"]


def test_the_due_day_itself_is_in_time(quarter):
    assert stands(quarter, on="2024-03-12")[0] == "now"
    assert stands(quarter, on="2024-03-13")[0] == "late"


def test_when_all_have_sent_closing_comes_next(quarter):
    assert stands(quarter, owed=0)[:2] == ["done", "now"]


def test_steps_follow_the_report(quarter):
    quarter.closed_at = "closed"
    states = {state: stands(quarter, Report(state=state)).count("done") for state in Report.State.values}

    assert states == {
        "open": 2,
        "draft": 2,
        "returned": 2,
        "submitted": 3,
        "approved": 4,
        "numbered": 4,
        "issued": 5,
        "replaced": 5,
    }


def test_a_returned_report_still_turns_late(quarter):
    quarter.closed_at = "closed"

    assert stands(quarter, Report(state="returned"), on="2024-03-16")[2] == "late"


def test_period_that_is_still_to_come_stands_on_the_desk(world, browse, stand_on):
    stand_on("2024-12-10")
    make_task(plan := make_plan(world.ward, year=2025), 1, world.culture)
    open_quarter(plan, dt.date(2024, 12, 10))

    assert "Quý I năm 2025" in markup_of(browse(world.lan).get("/"))


def test_desk_leaves_frozen_documents_in_the_database(world, quarter):
    Report.objects.create(agency=world.ward, period=quarter, subject="Quý I", document={"parts": []})

    assert agency_reports(world.ward)[quarter.pk].get_deferred_fields() == {"figures", "document"}


# --- Closing -------------------------------------------------------------------------------------------------------


def test_closing_is_offered_from_the_closing_day(world, browse, quarter, stand_on):
    address = f"/ky-bao-cao/{quarter.pk}/chot/"
    stand_on("2024-03-13")
    assert address not in markup_of(browse(world.lan).get("/"))

    stand_on("2024-03-14")

    assert address in markup_of(browse(world.lan).get("/"))


def test_closing_first_lists_what_is_missing(world, browse, quarter, cards, stand_on):
    finish(cards[0], world)
    send(cards[1], world.hung)
    stand_on("2024-03-14")

    page = markup_of(browse(world.lan).get(f"/ky-bao-cao/{quarter.pk}/chot/"))

    assert "Vẫn chốt, thiếu 2 việc" in page
    assert "Chờ kiểm tra" in page
    assert "1 kết quả của kỳ này còn chờ kiểm tra" in page


def test_closing_freezes_the_period_and_leads_to_the_draft(world, browse, quarter, stand_on):
    stand_on("2024-03-14")

    response = browse(world.lan).post(f"/ky-bao-cao/{quarter.pk}/chot/", {"version": quarter.version})

    report = Report.objects.get(period=quarter)
    assert response.url == f"/bao-cao/{report.pk}/"
    assert Period.objects.get(pk=quarter.pk).is_closed


def test_closing_before_the_day_is_refused_in_words(world, browse, quarter):
    response = browse(world.lan).post(f"/ky-bao-cao/{quarter.pk}/chot/", {"version": quarter.version})

    assert response.status_code == 422
    assert "chốt số liệu từ ngày 14/03/2024" in markup_of(response)


def test_closing_on_a_stale_page_shows_the_list_again(world, browse, quarter, stand_on):
    stand_on("2024-03-14")
    Period.objects.filter(pk=quarter.pk).update(version=2)

    response = browse(world.lan).post(f"/ky-bao-cao/{quarter.pk}/chot/", {"version": 1})

    assert response.status_code == 409
    assert 'name="version" value="2"' in markup_of(response)


def test_closing_twice_makes_one_report(world, browse, quarter, stand_on):
    stand_on("2024-03-14")
    visitor = browse(world.lan)
    for _ in range(2):
        response = visitor.post(f"/ky-bao-cao/{quarter.pk}/chot/", {"version": quarter.version})

    assert response.url == f"/ky-bao-cao/{quarter.pk}/"
    assert Report.objects.count() == 1


def test_closing_at_the_same_moment_leads_to_the_closed_period(world, browse, quarter, stand_on):
    stand_on("2024-03-14")
    visitor = browse(world.lan)

    def colleague_is_faster(execute, sql, *rest):
        if sql.startswith("SAVEPOINT"):  # the page has been read, nothing is written yet
            Period.objects.filter(pk=quarter.pk, closed_at=None).update(closed_at=clock.now(), version=2)
        return execute(sql, *rest)

    with connection.execute_wrapper(colleague_is_faster):
        response = visitor.post(f"/ky-bao-cao/{quarter.pk}/chot/", {"version": 1})

    assert response.url == f"/ky-bao-cao/{quarter.pk}/"
