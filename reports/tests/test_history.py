"""«Lịch sử thay đổi»: in words, narrowed by the address, taken away as it is filtered."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Event
from accounts.services import record_event
from tasks.services import accept_update, assign_task, assignment_of
from tasks.tests.deeds import fresh, say

HISTORY = reverse("reports:history")
EXCEL = reverse("reports:history_excel")


@pytest.fixture
def lived(world_with_plan, stand_on):
    """Hùng reports on 5/3, Lan accepts on 7/3."""
    world = world_with_plan
    update = say(world.occurrences[0], "in_progress", percent=40, by=world.hung)
    stand_on("2024-03-07")
    accept_update(update=update, by=world.lan)
    return world


def words_of(client, **asked) -> list[str]:
    page = client.get(HISTORY, asked)
    return [event.words for event, _ in page.context["rows"]]


def rows_of(response) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("who", ["lan", "tam", "binh"])
def test_newest_stands_first_for_who_sees_the_whole(lived, browse, who):
    found = words_of(browse(getattr(lived, who)))

    assert "nhận kết quả" in found[0]
    assert "tiến độ 40 %" in found[1]


def test_history_of_another_agency_is_its_own(lived, browse):
    assert not words_of(browse(lived.stranger))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"loai": "ket-qua"}, "ghi kết quả"),
        ({"tu": "2024-03-06"}, "nhận kết quả"),
        ({"tu": "06/03/2024", "den": "07/03/2024"}, "nhận kết quả"),
        ({"loai": "kiem-tra", "tim": "NHAN ket qua"}, "nhận kết quả"),
    ],
)
def test_filters_narrow(lived, browse, asked, expected):
    (only,) = words_of(browse(lived.binh), **asked)

    assert expected in only


def test_filter_by_person(lived, browse):
    (only,) = words_of(browse(lived.binh), nguoi=lived.hung.pk)

    assert only.startswith("Trần Văn Hùng")


def test_filter_by_task_takes_its_deeds_and_those_of_its_carryings_out(lived, browse):
    found = words_of(browse(lived.binh), viec=lived.tasks[0].pk)

    assert len(found) == 3
    assert "phân công" in found[-1]


def test_what_no_kind_names_is_other(lived, browse):
    record_event(agency=lived.ward, actor=None, verb="dance", about=lived.ward, words="Việc lạ")

    assert words_of(browse(lived.binh), loai="khac") == ["Việc lạ"]
    assert words_of(browse(lived.binh), nguoi="may") == ["Việc lạ"]


@pytest.mark.parametrize("day", ["hôm qua", "0001-01-01", "31/12/9999"])
def test_day_that_is_none_is_told(lived, browse, day):
    page = browse(lived.binh).get(HISTORY, {"tu": day, "den": day})

    assert "Chưa lọc được theo ngày" in page.content.decode()


def test_unknown_filters_are_as_good_as_none(lived, browse):
    everything = words_of(browse(lived.binh))

    assert words_of(browse(lived.binh), loai="x", nguoi="x", viec="x", trang="x") == everything


def test_filters_stay_in_the_links_of_pages(lived, browse, monkeypatch):
    monkeypatch.setattr("reports.views.history.PER_PAGE", 1)

    page = browse(lived.binh).get(HISTORY, {"viec": lived.tasks[0].pk, "tim": "ket"}).content.decode()

    assert f'href="?viec={lived.tasks[0].pk}&amp;tim=ket&amp;trang=2"' in page


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("asked", "queries"), [({}, 6), ({"tim": "ket qua"}, 6)])
def test_history_needs_the_same_queries_for_any_number_of_rows(
    lived, browse, django_assert_num_queries, times, asked, queries
):
    for _ in range(times):
        say(lived.occurrences[2], by=lived.mai)
    visitor = browse(lived.binh)

    with django_assert_num_queries(queries):
        visitor.get(HISTORY, asked)


def test_excel_holds_exactly_what_is_filtered(lived, browse):
    head, only = rows_of(browse(lived.binh).get(EXCEL, {"loai": "kiem-tra", "tim": "nhan"}))

    assert head == ("Thời điểm", "Người thực hiện", "Loại", "Nội dung")
    assert only[0].date() == dt.date(2024, 3, 7)
    assert only[1:3] == ("Nguyễn Thị Lan", "Kiểm tra, xác nhận kết quả")


def test_excel_takes_no_words_for_a_formula(lived, browse):
    record_event(agency=lived.ward, actor=lived.lan, verb="dance", about=lived.ward, words="=1+1")

    response = browse(lived.binh).get(EXCEL, {"loai": "khac"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active

    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "s")


def test_occurrence_tells_its_own_history(lived, browse):
    page = (
        browse(lived.binh).get(reverse("tasks:occurrence", args=[lived.occurrences[0].pk])).content.decode()
    )

    assert f'href="{HISTORY}?viec={lived.tasks[0].pk}"' in page
    assert "tiến độ 40 %" in page


def test_head_of_a_unit_reads_the_history_of_its_work_without_the_way_to_all(lived, browse):
    page = (
        browse(lived.hung).get(reverse("tasks:occurrence", args=[lived.occurrences[0].pk])).content.decode()
    )

    assert "tiến độ 40 %" in page and HISTORY not in page


def test_change_of_an_assignment_is_told_from_what_to_what(lived):
    task = fresh(lived.occurrences[2]).task
    row = assignment_of(task)

    assign_task(task=task, version=task.version, assignment=_moved(row, lived), by=lived.lan)

    assert Event.objects.filter(verb="assign").latest("pk").words == (
        f"Nguyễn Thị Lan sửa phân công “{task.title}”: chủ trì {lived.justice} → {lived.culture}; "
        f"phối hợp không → {lived.youth}; lãnh đạo phụ trách chưa có → Nguyễn Thị Tâm; "
        "lãnh đạo xác nhận hoàn thành không → có"
    )


def _moved(row, world):
    return replace(
        row,
        lead_unit=world.culture,
        supporting_units=[world.youth],
        overseer=world.tam,
        needs_chair=True,
    )
