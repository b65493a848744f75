import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.models import Event
from tasks.models import CalendarSetting, DayOff, Period
from tasks.services import (
    PeriodDates,
    assign_task,
    assignment_of,
    close_period,
    dates_of_period,
    open_due_periods,
    save_period_dates,
)

PAGE = "/lich/"
NEW_DAY = {"viec": "them", "kind": "nghi", "from_on": "10/05/2024", "to_on": "", "name": "Nghỉ bù"}
SETTING = {"viec": "cach-tinh", "version": 1, "moves_deadlines": "on", "period_kinds": ["quarter", "year"]}


def words(response):
    return response.content.decode()


def dates_page(world):
    return reverse("tasks:period_dates", args=[world.period.pk])


def said(period, **changes):
    days = {name: f"{day:%d/%m/%Y}" for name, day in vars(dates_of_period(period)).items()}
    return days | {"version": period.version} | changes


def test_page_shows_the_holidays_of_the_year(world_with_plan, browse):
    page = words(browse(world_with_plan.lan).get(PAGE))
    assert "30/04/2024" in page
    assert '30/04/2024 <span class="quiet">thứ Ba</span>' in page


def test_page_of_another_year_offers_its_holidays(world_with_plan, browse):
    client = browse(world_with_plan.lan)
    assert "Đưa ngày lễ năm 2027 vào" in words(client.get(PAGE, {"nam": 2027}))
    client.post(PAGE, {"viec": "ngay-le", "nam": 2027})
    assert DayOff.objects.filter(on="2027-04-30").count() == 1


def test_office_adds_a_day_off(world_with_plan, browse):
    page = browse(world_with_plan.lan).post(PAGE, NEW_DAY, follow=True)
    assert "Đã thêm “Nghỉ bù”." in words(page)
    assert DayOff.objects.get(on="2024-05-10").name == "Nghỉ bù"


def test_office_adds_several_days_at_once(world_with_plan, browse):
    browse(world_with_plan.lan).post(PAGE, NEW_DAY | {"to_on": "12/05/2024"})
    assert DayOff.objects.filter(name="Nghỉ bù").count() == 3


def test_day_off_under_a_deadline_of_a_period_is_told_at_once(world_with_plan, browse):
    new = NEW_DAY | {"from_on": "12/03/2024"}
    page = words(browse(world_with_plan.lan).post(PAGE, new, follow=True))
    assert "Hạn đơn vị gửi 12/03/2024 là ngày nghỉ; ngày làm việc sau đó: 13/03/2024." in page
    assert "Cần xem lại" in page


@pytest.mark.parametrize("wrong", [{"from_on": "32/5"}, {"from_on": "30/04/2024"}, {"name": ""}])
def test_day_that_cannot_be_is_told_and_what_was_typed_stays(world_with_plan, browse, wrong):
    page = browse(world_with_plan.lan).post(PAGE, NEW_DAY | {"to_on": "10/05/2024"} | wrong)
    assert page.status_code == 422
    assert 'value="10/05/2024"' in words(page)


def test_office_takes_a_day_out(world_with_plan, browse):
    day = DayOff.objects.get(on="2024-05-01")
    browse(world_with_plan.lan).post(reverse("tasks:day_off_remove", args=[day.pk]))
    assert not DayOff.objects.filter(pk=day.pk).exists()


def test_office_of_another_ward_cannot_take_it_out(world_with_plan, browse):
    day = DayOff.objects.get(on="2024-05-01")
    answer = browse(world_with_plan.stranger).post(reverse("tasks:day_off_remove", args=[day.pk]))
    assert answer.status_code == 404


def test_inspector_reads_without_buttons(world_with_plan, browse):
    page = words(browse(world_with_plan.binh).get(PAGE))
    assert "30/04/2024" in page
    assert "Lưu cách tính" not in page


def test_setting_opens_the_periods_that_were_chosen(world_with_plan, browse):
    world = world_with_plan
    browse(world.lan).post(PAGE, SETTING)
    assert CalendarSetting.objects.get(agency=world.ward).moves_deadlines
    assert sorted(world.plan.periods.values_list("kind", flat=True)) == ["quarter", "year"]


def test_setting_is_kept_in_the_journal_in_plain_words(world_with_plan, browse):
    browse(world_with_plan.lan).post(PAGE, SETTING)
    words = Event.objects.get(verb="save_calendar").words
    assert words.endswith("chuyển sang ngày làm việc sau; kỳ báo cáo tự mở: quý, năm")


def test_stale_setting_is_told_and_what_was_chosen_stays(world_with_plan, browse):
    client = browse(world_with_plan.lan)
    client.post(PAGE, SETTING)
    page = client.post(PAGE, SETTING | {"period_kinds": ["month"]})
    assert page.status_code == 409
    assert page.context["setting"]["period_kinds"].value() == ["month"]


@pytest.mark.parametrize("more", [0, 2])
def test_page_takes_the_same_queries_whatever_its_length(
    world_with_plan, browse, django_assert_num_queries, more
):
    world = world_with_plan
    for number in range(more):
        DayOff.objects.create(agency=world.ward, on=f"2024-07-2{number}", name="Nghỉ")
        Period.objects.create(
            agency=world.ward,
            plan=world.plan,
            kind="topic",
            title=f"Chuyên đề {number}",
            year=2024,
            **vars(dates_of_period(world.period)),
        )
    client = browse(world.lan)
    with django_assert_num_queries(8):
        client.get(PAGE)


def test_period_page_shows_its_dates_as_they_can_be_typed(world_with_plan, browse):
    page = words(browse(world_with_plan.lan).get(dates_page(world_with_plan)))
    assert 'value="12/03/2024"' in page


def test_office_moves_the_closing_day_and_the_deadlines(world_with_plan, browse):
    world = world_with_plan
    new = said(world.period, covers_to="08/03/2024", unit_due_on="07/03/2024", due_on="12/03/2024")
    browse(world.lan).post(dates_page(world), new)
    world.period.refresh_from_db()
    assert (world.period.covers_to, world.period.unit_due_on) == (dt.date(2024, 3, 8), dt.date(2024, 3, 7))


def test_stale_dates_are_told_with_both_values(world_with_plan, browse):
    world = world_with_plan
    client = browse(world.lan)
    client.post(dates_page(world), said(world.period, due_on="20/03/2024"))
    page = client.post(dates_page(world), said(world.period, due_on="21/03/2024"))
    assert page.status_code == 409
    assert "20/03/2024" in words(page)
    assert 'value="21/03/2024"' in words(page)


def test_pressing_again_after_the_conflict_saves_knowingly(world_with_plan, browse):
    world = world_with_plan
    client = browse(world.lan)
    client.post(dates_page(world), said(world.period, due_on="20/03/2024"))
    client.post(dates_page(world), said(world.period, due_on="21/03/2024", version=world.period.version + 1))
    world.period.refresh_from_db()
    assert world.period.due_on == dt.date(2024, 3, 21)


@pytest.mark.parametrize(
    "wrong", [{"due_on": "x"}, {"due_on": ""}, {"due_on": "13/03/2024"}, {"covers_from": "15/03/2024"}]
)
def test_dates_that_cannot_be_are_refused(world_with_plan, browse, wrong):
    world = world_with_plan
    page = browse(world.lan).post(dates_page(world), said(world.period, **wrong))
    assert page.status_code == 422
    world.period.refresh_from_db()
    assert world.period.version == 1


def test_closed_period_keeps_its_dates(world_with_plan, browse):
    world = world_with_plan
    new = said(world.period, due_on="20/03/2024")
    close_period(period=world.period, version=world.period.version, by=world.lan)
    page = browse(world.lan).post(dates_page(world), new | {"version": 2})
    assert page.status_code == 409
    world.period.refresh_from_db()
    assert world.period.due_on == dt.date(2024, 3, 18)


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"unit_due_on": "2024-03-09"}, "là ngày nghỉ; ngày làm việc sau đó: 11/03/2024"),
        ({"unit_due_on": "2024-03-15"}, "sau ngày chốt"),
        ({"due_on": "2024-03-15"}, "ít nhất một ngày làm việc"),
        ({"office_due_on": "2024-03-20"}, "Hạn Văn phòng trình sau"),
    ],
)
def test_odd_dates_are_pointed_out(world_with_plan, browse, changes, hint):
    world = world_with_plan
    Period.objects.filter(pk=world.period.pk).update(**changes)
    assert hint in words(browse(world.lan).get(dates_page(world)))


def test_gap_to_the_next_period_is_pointed_out(world_with_plan, browse):
    world = world_with_plan
    open_due_periods(plan=world.plan, on=dt.date(2024, 3, 15))
    Period.objects.filter(pk=world.period.pk).update(covers_to="2024-03-10")
    assert "không thuộc quý I năm 2024" in words(browse(world.lan).get(dates_page(world)))


def test_ordinary_dates_are_not_pointed_out(world_with_plan, browse):
    assert "Cần xem lại" not in words(browse(world_with_plan.lan).get(dates_page(world_with_plan)))


def test_next_window_goes_along_with_the_closing_day(world_with_plan):
    world = world_with_plan
    open_due_periods(plan=world.plan, on=dt.date(2024, 3, 15))
    days = vars(dates_of_period(world.period)) | {"covers_to": dt.date(2024, 3, 8)}
    save_period_dates(period=world.period, version=1, dates=PeriodDates(**days), by=world.lan)
    assert world.plan.periods.get(ordinal=2).covers_from == dt.date(2024, 3, 9)


def test_year_longer_than_any_number_is_this_year(world_with_plan, browse):
    assert "30/04/2024" in words(browse(world_with_plan.lan).get(PAGE, {"nam": "2" * 4400}))


def test_holidays_brought_in_by_hand_are_told_and_move_deadlines(world_with_plan, browse):
    world = world_with_plan
    CalendarSetting.objects.filter(agency=world.ward).update(moves_deadlines=True, seeded_years=[])
    DayOff.objects.filter(agency=world.ward).delete()
    task = world.tasks[1]
    row = replace(assignment_of(task), schedule="dates", dates=[dt.date(2024, 4, 30)])
    assign_task(task=task, version=task.version, assignment=row, by=world.lan)

    page = browse(world.lan).post(PAGE, {"viec": "ngay-le", "nam": 2024}, follow=True)

    assert "1 thời hạn đã chuyển theo lịch" in words(page)
    assert "đưa ngày lễ năm 2024 vào lịch" in Event.objects.get(verb="add_days_off").words


def test_window_that_goes_along_is_told(world_with_plan):
    world = world_with_plan
    open_due_periods(plan=world.plan, on=dt.date(2024, 3, 15))
    days = vars(dates_of_period(world.period)) | {"covers_to": dt.date(2024, 3, 8)}
    save_period_dates(period=world.period, version=1, dates=PeriodDates(**days), by=world.lan)

    told = Event.objects.about(world.plan.periods.get(ordinal=2)).get(verb="dates").words
    assert "từ 15/03/2024 sang 09/03/2024 theo ngày chốt" in told
