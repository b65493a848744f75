import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from accounts.models import Membership, User
from reports.dashboard import bar_of, needs_of, screen_of
from reports.desk import period_at_hand
from reports.figures import Tally, period_figures, tally_of
from reports.models import Report
from reports.services.approval import submit_report
from reports.tests.making import finish, make_dated, make_plan, make_task, open_quarter, send
from tasks.models import Occurrence, Period, Task
from tasks.services import accept_update, confirm_update, reopen_update, return_update, write_directive
from tasks.task_list import task_list

MARCH_5 = dt.date(2024, 3, 5)


@pytest.fixture
def plan(world):
    return make_plan(world.ward)


@pytest.fixture
def asked(world, plan):
    """One open-ended task of culture, asked for in quarter I."""
    make_task(plan, 1, world.culture)
    open_quarter(plan)
    return Occurrence.objects.get()


@pytest.fixture
def overdue(world, plan):
    """Work of culture that fell due on 1/3, four days ago."""
    open_quarter(plan)
    task = make_task(plan, 2, world.culture, title="Rà soát thủ tục", schedule="dates")
    return make_dated(task, dt.date(2024, 3, 1))


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def submitted(world) -> Report:
    period = Period.objects.get(kind="quarter")
    return Report.objects.create(
        agency=world.ward,
        period=period,
        state=Report.State.SUBMITTED,
        subject="Kết quả quý I",
        drafted_by=world.lan,
    )


# --- By role -------------------------------------------------------------------------------------------------------


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

    assert "Mở trang quản trị" in text_of(response)


def test_home_of_somebody_whose_role_has_ended_says_whom_to_ask(world, browse):
    Membership.objects.filter(user=world.hung).update(to_on=dt.date(2024, 3, 4))

    assert "nhờ Văn phòng của cơ quan" in text_of(browse(world.hung).get("/"))


@pytest.mark.parametrize(
    ("who", "words"), [("lan", "Đưa kế hoạch vào"), ("tam", "Chưa có kế hoạch"), ("binh", "Chưa có kế hoạch")]
)
def test_home_before_any_plan_says_what_comes_first(world, browse, who, words):
    assert words in text_of(browse(getattr(world, who)).get("/"))


def test_home_of_the_office_leads_to_a_draft_plan(world, browse):
    draft = make_plan(world.ward, state="draft")

    assert f"/ke-hoach/{draft.pk}/ban-nhap/" in text_of(browse(world.lan).get("/"))


# --- What needs the chairman ---------------------------------------------------------------------------------------


def test_chair_with_nothing_to_do_reads_so(world, browse, asked):
    assert "<h1>Không có việc nào chờ đồng chí.</h1>" in text_of(browse(world.tam).get("/"))


def test_chair_reads_first_how_much_needs_them(world, browse, overdue):
    submitted(world)

    assert "<h1>2 việc cần đồng chí</h1>" in text_of(browse(world.tam).get("/"))


def test_report_to_approve_comes_before_stuck_work(world, overdue):
    report = submitted(world)

    needs = needs_of(world.ward, [report], MARCH_5)

    assert [need.report for need in needs] == [report, None]


def test_stuck_work_can_be_directed_from_the_first_page(world, browse, overdue):
    page = text_of(browse(world.tam).get("/"))

    assert f'action="/viec/{overdue.pk}/chi-dao/"' in page
    assert "Quá hạn 4 ngày" in page


def test_directed_work_no_longer_needs_the_chair(world, overdue):
    write_directive(occurrence=overdue, text="Xong trước 10/3.", by=world.tam)

    assert needs_of(world.ward, [], MARCH_5) == []


def test_work_needs_the_chair_again_when_the_unit_has_spoken_and_it_is_still_late(world, overdue, stand_on):
    write_directive(occurrence=overdue, text="Xong trước 10/3.", by=world.tam)
    stand_on("2024-03-07")
    send(overdue, world.hung, state="in_progress")

    assert len(needs_of(world.ward, [], dt.date(2024, 3, 12))) == 1


def test_directed_work_comes_back_when_nothing_happened_for_a_week(world, overdue):
    write_directive(occurrence=overdue, text="Xong trước 10/3.", by=world.tam)

    assert needs_of(world.ward, [], dt.date(2024, 3, 11)) == []
    assert len(needs_of(world.ward, [], dt.date(2024, 3, 12))) == 1


def test_directed_work_comes_back_when_its_deadline_passes(world, plan):
    dated = make_dated(make_task(plan, 2, world.culture, schedule="dates"), dt.date(2024, 3, 7))
    write_directive(occurrence=dated, text="Nhớ hạn 7/3.", by=world.tam)

    assert needs_of(world.ward, [], dt.date(2024, 3, 7)) == []
    assert [need.words for need in needs_of(world.ward, [], dt.date(2024, 3, 8))] == ["quá hạn 1 ngày"]


def test_second_directive_gives_another_week(world, overdue, stand_on):
    write_directive(occurrence=overdue, text="Xong trước 10/3.", by=world.tam)
    stand_on("2024-03-12")
    write_directive(occurrence=overdue, text="Báo cáo tôi ngay.", by=world.tam)

    assert needs_of(world.ward, [], dt.date(2024, 3, 18)) == []


@pytest.fixture
def confirming(world, asked):
    """Done says the unit, taken says the office; a leader is to confirm."""
    Task.objects.update(needs_chair=True)
    update = send(asked, world.hung)
    accept_update(update=update, by=world.lan)
    return update


def test_result_to_confirm_needs_the_chair(world, browse, confirming):
    page = text_of(browse(world.tam).get("/"))

    assert "<h1>1 việc cần đồng chí</h1>" in page
    assert f'href="/cho-duyet/#cap-nhat-{confirming.pk}"' in page


def test_result_to_confirm_stands_among_what_waits_for_the_chair(world, browse, confirming):
    page = text_of(browse(world.tam).get("/cho-duyet/"))

    assert f'action="/cap-nhat/{confirming.pk}/xac-nhan/"' in page
    assert "Đã tổ chức 2 hội nghị." in page


def test_figures_keep_the_last_accepted_result_until_the_chair_confirms(world, asked, confirming):
    asked.refresh_from_db()

    tally = tally_of(asked, MARCH_5)

    assert (tally.answered, tally.waiting) == (0, 1)


def test_figures_follow_when_a_confirmed_result_is_taken_back(world, asked, confirming):
    confirm_update(update=confirming, by=world.tam)
    asked.refresh_from_db()
    counted = tally_of(asked, MARCH_5).answered
    confirming.refresh_from_db()

    reopen_update(update=confirming, reason="Số liệu sai.", by=world.lan)
    asked.refresh_from_db()

    assert (counted, tally_of(asked, MARCH_5).answered) == (1, 0)


def test_chair_reads_how_long_the_office_lets_results_wait(world, browse, asked, stand_on):
    send(asked, world.hung)
    stand_on("2024-03-07")

    assert "Chờ kiểm tra lâu nhất: 2 ngày làm việc" in text_of(browse(world.tam).get("/cho-duyet/"))


def test_returned_work_needs_the_chair(world, asked):
    return_update(update=send(asked, world.hung), reason="Thiếu số liệu", by=world.lan)

    assert [need.words for need in needs_of(world.ward, [], MARCH_5)] == ["bị trả lại 0 ngày, chưa bổ sung"]


def test_silent_work_needs_the_chair(world, asked):
    later = MARCH_5 + dt.timedelta(days=30)

    assert [need.words for need in needs_of(world.ward, [], later)] == ["30 ngày chưa có tin mới"]


def test_work_of_a_closed_period_needs_nobody(world, asked):
    Period.objects.update(closed_at="2024-03-14T17:00:00+07:00")

    assert needs_of(world.ward, [], MARCH_5 + dt.timedelta(days=60)) == []


def test_finished_and_cancelled_work_needs_nobody(world, plan, overdue):
    finish(overdue, world)
    make_dated(make_task(plan, 1, world.culture, schedule="dates"), dt.date(2024, 3, 1), cancelled_on=MARCH_5)

    assert needs_of(world.ward, [], MARCH_5) == []


def test_work_of_another_agency_needs_others(world, overdue):
    assert needs_of(world.other, [], MARCH_5) == []


# --- The leaders' screen -------------------------------------------------------------------------------------------


def test_screen_leads_with_the_periods_answer_where_nothing_has_a_deadline(world, browse, asked):
    page = text_of(browse(world.tam).get("/"))

    assert "0/1</strong> việc đã có kết quả kỳ này" in page
    assert "Việc có thời hạn" not in page


def test_screen_shows_the_four_cells_and_the_rate_of_dated_work(world, browse, overdue):
    page = text_of(browse(world.tam).get("/"))

    assert "<strong>1</strong> <span>Chưa hoàn thành, quá hạn</span>" in page
    assert "tỷ lệ hoàn thành việc đến hạn 0 %" in page


@pytest.fixture
def mixed(world, plan):
    """Quarter I with work of every sort: answered, waiting, returned, missing, late, early, cancelled, unassigned."""
    units = [world.culture, world.culture, world.culture, world.justice, None]
    for number, unit in enumerate(units):
        make_task(plan, number % 4 + 1, unit)
    period = open_quarter(plan)
    answered, waiting, returned, *_ = period.occurrences.order_by("task_id")
    finish(answered, world)
    send(waiting, world.hung)
    return_update(update=send(returned, world.hung), reason="Thiếu", by=world.lan)
    dated = make_task(plan, 2, world.justice, schedule="dates")
    for day, fields in ((1, {}), (14, {}), (2, {"completed_on": MARCH_5}), (4, {"cancelled_on": MARCH_5})):
        make_dated(dated, dt.date(2024, 3, day), **fields)
    make_task(plan, None, world.culture)
    open_quarter(plan)
    return period


def test_numbers_open_exactly_the_rows_they_count(world, mixed):
    screen = screen_of(period_figures(period=mixed, on=MARCH_5).counts, mixed)
    lines = [screen.whole, *screen.by_content, *screen.by_unit]
    links = [
        link
        for line in lines
        for link in (line.answered, line.missing, line.overdue, line.waiting, line.silent)
    ]
    links += [link for _, _, link in screen.cells]

    opened = {
        link: len(task_list(user=world.tam, asked=QueryDict(urlsplit(link.url).query), on=MARCH_5).lines)
        for link in links
        if link.number
    }

    assert len(opened) > 15
    assert {link: rows for link, rows in opened.items() if rows != link.number} == {}


def test_numbers_of_the_first_page_are_links(browse, world, asked):
    address = f"/nhiem-vu/?ky={asked.period_id}&amp;don-vi={world.culture.pk}&amp;tinh-trang=missing"

    assert address in text_of(browse(world.tam).get("/"))


def test_screen_of_a_closed_period_keeps_its_frozen_figures(draft_report, browse):
    world = draft_report
    before = world.report.figures["counts"]["total"]
    world.culture.name = "Phòng mới"
    world.culture.save()

    page = text_of(browse(world.tam).get(f"/?ky={world.period.pk}"))

    assert f"{before['answered']}/{before['asked']}</strong> việc" in page
    assert "Bộ phận Văn hóa - Xã hội</a>" in page


def test_screen_falls_back_on_the_period_at_hand_for_a_foreign_one(world, browse, asked):
    foreign = open_quarter(make_plan(world.other))

    assert "0/1</strong> việc" in text_of(browse(world.tam).get(f"/?ky={foreign.pk}"))


def test_screen_shows_what_falls_due_next(world, browse, plan):
    open_quarter(plan)
    task = make_task(plan, 2, world.culture, title="Đối thoại với Nhân dân", schedule="dates")
    make_dated(task, MARCH_5 + dt.timedelta(days=10), opened_on=MARCH_5)

    assert "Đối thoại với Nhân dân" in text_of(browse(world.tam).get("/"))


def test_inspector_sees_the_same_screen_without_acts(world, browse, overdue):
    page = text_of(browse(world.binh).get("/"))

    assert "Chưa hoàn thành, quá hạn" in page
    assert "Cho ý kiến" not in page


def test_bar_is_as_wide_as_its_shares():
    parts = bar_of(Tally(answered=1, asked=3, open_overdue=1))

    assert [(part.tone, part.x, part.width) for part in parts] == [
        ("good", "0.00", "25.00"),
        ("bad", "25.00", "25.00"),
        ("none", "50.00", "50.00"),
    ]


@pytest.mark.parametrize("who", ["tam", "lan", "binh"])
def test_pages_carry_no_inline_style_or_script(world, browse, overdue, who):
    page = text_of(browse(getattr(world, who)).get("/"))

    assert "style=" not in page
    assert "<script>" not in page


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


# --- Which period is at hand ---------------------------------------------------------------------------------------


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


# --- Waiting for the leader's word ---------------------------------------------------------------------------------


def test_to_approve_lists_what_was_submitted_and_since_when(draft_report, browse):
    world = draft_report
    submit_report(report=world.report, version=world.report.version, by=world.lan)

    page = text_of(browse(world.tam).get("/cho-duyet/"))

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
    assert "Không có báo cáo hay kết quả nào chờ đồng chí" in text_of(browse(world.tam).get("/cho-duyet/"))

    submit_report(report=world.report, version=world.report.version, by=world.lan)

    assert "Không có báo cáo hay kết quả nào chờ đồng chí" in text_of(
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


def test_two_plans_are_told_apart_by_their_numbers(world, browse, asked):
    open_quarter(make_plan(world.ward, number="11/KH-UBND"))

    page = text_of(browse(world.tam).get("/"))

    assert "Quý I năm 2024 (10/KH-UBND)" in page
    assert "Quý I năm 2024 (11/KH-UBND)" in page


def test_needs_beyond_the_first_five_are_folded_away(world, browse, plan):
    open_quarter(plan)
    for day in range(1, 5):
        make_dated(make_task(plan, 1, world.culture, schedule="dates"), dt.date(2024, 3, day))
        make_dated(make_task(plan, 2, world.justice, schedule="dates"), dt.date(2024, 2, day + 20))

    page = text_of(browse(world.tam).get("/"))

    assert "<h1>8 việc cần đồng chí</h1>" in page
    assert "<summary>Xem 3 việc nữa</summary>" in page
