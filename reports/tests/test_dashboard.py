"""The leaders' screen: what needs them, and the numbers below with the rows they open."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from conftest import markup_of
from reports.dashboard import bar_of, needs_of, screen_of
from reports.figures import Tally, period_figures
from reports.models import Report
from reports.tests.making import MARCH_5, finish, make_dated, make_plan, make_task, open_quarter, send
from tasks.models import Period
from tasks.services import return_update, write_directive
from tasks.task_list import task_list


def submitted(world) -> Report:
    period = Period.objects.get(kind="quarter")
    return Report.objects.create(
        agency=world.ward,
        period=period,
        state=Report.State.SUBMITTED,
        subject="Kết quả quý I",
        drafted_by=world.lan,
    )


# --- What needs them ---------------------------------------------------------------------------------------------


def test_chair_with_nothing_to_do_reads_so(world, browse, asked):
    assert "<h1>Không có việc nào chờ đồng chí.</h1>" in markup_of(browse(world.tam).get("/"))


def test_chair_reads_first_how_much_needs_them(world, browse, overdue):
    submitted(world)

    assert "<h1>2 việc cần đồng chí</h1>" in markup_of(browse(world.tam).get("/"))


def test_report_to_approve_comes_before_stuck_work(world, overdue):
    report = submitted(world)

    needs = needs_of(world.ward, [report], MARCH_5)

    assert [need.report for need in needs] == [report, None]


def test_stuck_work_can_be_directed_from_the_first_page(world, browse, overdue):
    page = markup_of(browse(world.tam).get("/"))

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


def test_result_to_confirm_needs_the_chair(world, browse, confirming):
    page = markup_of(browse(world.tam).get("/"))

    assert "<h1>1 việc cần đồng chí</h1>" in page
    assert f'href="/cho-duyet/#cap-nhat-{confirming.pk}"' in page


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


def test_needs_beyond_the_first_five_are_folded_away(world, browse, plan):
    open_quarter(plan)
    for day in range(1, 5):
        make_dated(make_task(plan, 1, world.culture, schedule="dates"), dt.date(2024, 3, day))
        make_dated(make_task(plan, 2, world.justice, schedule="dates"), dt.date(2024, 2, day + 20))

    page = markup_of(browse(world.tam).get("/"))

    assert "<h1>8 việc cần đồng chí</h1>" in page
    assert "<summary>Xem 3 việc nữa</summary>" in page


# --- What stands below -------------------------------------------------------------------------------------------


def test_screen_leads_with_the_periods_answer_where_nothing_has_a_deadline(world, browse, asked):
    page = markup_of(browse(world.tam).get("/"))

    assert "0/1</strong> việc đã có kết quả kỳ này" in page
    assert "Việc có thời hạn" not in page


def test_screen_shows_the_four_cells_and_the_rate_of_dated_work(world, browse, overdue):
    page = markup_of(browse(world.tam).get("/"))

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

    assert address in markup_of(browse(world.tam).get("/"))


def test_screen_of_a_closed_period_keeps_its_frozen_figures(draft_report, browse):
    world = draft_report
    before = world.report.figures["counts"]["total"]
    world.culture.name = "Phòng mới"
    world.culture.save()

    page = markup_of(browse(world.tam).get(f"/?ky={world.period.pk}"))

    assert f"{before['answered']}/{before['asked']}</strong> việc" in page
    assert "Bộ phận Văn hóa - Xã hội</a>" in page


def test_screen_falls_back_on_the_period_at_hand_for_a_foreign_one(world, browse, asked):
    foreign = open_quarter(make_plan(world.other))

    assert "0/1</strong> việc" in markup_of(browse(world.tam).get(f"/?ky={foreign.pk}"))


def test_screen_shows_what_falls_due_next(world, browse, plan):
    open_quarter(plan)
    task = make_task(plan, 2, world.culture, title="Đối thoại với Nhân dân", schedule="dates")
    make_dated(task, MARCH_5 + dt.timedelta(days=10), opened_on=MARCH_5)

    assert "Đối thoại với Nhân dân" in markup_of(browse(world.tam).get("/"))


def test_inspector_sees_the_same_screen_without_acts(world, browse, overdue):
    page = markup_of(browse(world.binh).get("/"))

    assert "Chưa hoàn thành, quá hạn" in page
    assert "Cho ý kiến" not in page


def test_bar_is_as_wide_as_its_shares():
    parts = bar_of(Tally(answered=1, asked=3, open_overdue=1))

    assert [(part.tone, part.x, part.width) for part in parts] == [
        ("good", "0.00", "25.00"),
        ("bad", "25.00", "25.00"),
        ("none", "50.00", "50.00"),
    ]
