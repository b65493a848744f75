"""The printed table and the Excel file hold exactly what the list has found."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from conftest import markup_of
from tasks.models import Occurrence, Task
from tasks.services import accept_update, move_deadline, return_update
from tasks.tests.deeds import fresh, say

TABLE, EXCEL = reverse("tasks:follow_table"), reverse("tasks:excel")


def sheet_of(client, **query):
    content = b"".join(client.get(EXCEL, query).streaming_content)
    return load_workbook(io.BytesIO(content))["Nhiệm vụ"]


def row_of(client, title):
    """The cells of one task by the words above them."""
    head, *rows = sheet_of(client).iter_rows()
    names = [cell.value for cell in head]
    return next(
        found
        for row in rows
        if (found := dict(zip(names, row, strict=True)))["Nội dung công việc"].value == title
    )


def shown(client, **query):
    return markup_of(client.get(TABLE, query))


def test_excel_holds_what_is_filtered_in_the_order_of_the_plan(world_with_plan, browse):
    world = world_with_plan
    sheet = sheet_of(browse(world.lan), **{"don-vi": world.culture.pk})
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        world.tasks[0].title,
        world.tasks[1].title,
    ]
    assert sheet.freeze_panes == "A2"


def test_excel_has_real_dates_and_numbers(world_with_plan, browse, stand_on):
    world = world_with_plan
    stand_on("2024-03-09")
    row = row_of(browse(world.lan), world.tasks[1].title)
    assert row["Thời hạn"].value == dt.datetime(2024, 3, 29)
    assert row["Thời hạn"].number_format == "dd/mm/yyyy"
    assert (row["STT"].value, row["Số ngày chưa có tin mới"].value) == (2, 4)
    assert row["Lãnh đạo phụ trách"].value == "Nguyễn Thị Tâm"


@pytest.mark.parametrize("title", ["=1+1", "+84 90", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_in_excel_stays_text(world_with_plan, browse, title):
    world = world_with_plan
    Task.objects.filter(pk=world.tasks[0].pk).update(title=title)
    assert row_of(browse(world.lan), title)["Nội dung công việc"].data_type == "s"


def test_signs_that_excel_cannot_hold_spoil_nothing(world_with_plan, browse):
    world = world_with_plan
    update = say(world.occurrences[0], text="Đã\x0bphát\x00 6 bài.".replace("\x00", "\x01"), by=world.hung)
    accept_update(update=update, by=world.lan)
    assert row_of(browse(world.lan), world.tasks[0].title)["Kết quả"].value == "Đã phát  6 bài."


def test_table_shows_the_accepted_result_while_another_waits(world_with_plan, browse):
    world = world_with_plan
    accept_update(update=say(world.occurrences[0], text="Đã phát 6 bài.", by=world.hung), by=world.lan)
    say(world.occurrences[0], text="Đã phát 9 bài.", by=world.hung)
    page = shown(browse(world.lan))
    assert "Đã phát 6 bài." in page
    assert "Đã phát 9 bài." not in page
    assert "Có kết quả mới, chờ kiểm tra." in page


def test_table_tells_a_return_and_a_moved_deadline(world_with_plan, browse):
    world = world_with_plan
    move_deadline(
        occurrence=world.occurrences[1],
        version=1,
        to_on=dt.date(2024, 6, 14),
        reason="Chờ",
        document="",
        by=world.lan,
    )
    return_update(update=say(world.occurrences[0], by=world.hung), reason="Thiếu số liệu", by=world.lan)
    page = shown(browse(world.lan))
    assert "Gia hạn; thời hạn ban đầu 29/03/2024." in page
    assert "Kết quả đã gửi bị trả lại, chờ bổ sung." in page


def test_table_has_heading_and_filters_in_words(world_with_plan, browse):
    world = world_with_plan
    page = shown(browse(world.lan), **{"don-vi": world.culture.pk})
    assert "UBND PHƯỜNG LÃM HÀ" in page
    assert "Đơn vị chủ trì: Bộ phận Văn hóa - Xã hội" in page
    assert "Bảng này có 2 việc." in page
    assert world.tasks[2].title not in page


def test_head_of_a_unit_takes_away_their_own_work_only(world_with_plan, browse):
    world = world_with_plan
    assert sheet_of(browse(world.mai)).max_row == 2


@pytest.mark.parametrize("address", [TABLE, EXCEL])
@pytest.mark.parametrize("copies", [0, 3])
def test_table_takes_the_same_queries_whatever_its_length(
    world_with_plan, browse, address, copies, django_assert_num_queries
):
    world = world_with_plan
    for _ in range(copies):
        task = Task.objects.create(
            plan=world.plan, source="Công văn 5", title="Việc", lead_unit=world.culture
        )
        task.supporting_units.add(world.youth)
        one = Occurrence.objects.create(task=task, period=world.period, opened_on=dt.date(2024, 3, 5))
        accept_update(update=say(fresh(one), by=world.hung), by=world.lan)
    client = browse(world.lan)
    with django_assert_num_queries(11):
        client.get(address)


def test_table_names_supporting_units_in_order(world_with_plan, browse):
    world = world_with_plan
    world.tasks[0].supporting_units.add(world.justice)
    assert (
        row_of(browse(world.lan), world.tasks[0].title)["Phối hợp"].value
        == "Đoàn Thanh niên, Tư pháp - Hộ tịch"
    )
