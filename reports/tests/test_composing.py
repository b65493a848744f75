"""From a closed period to a draft that people only have to read."""

import datetime as dt

import pytest

from danvan.problems import Conflict, Problem
from reports.figures import Figures, period_figures
from reports.models import Paragraph
from reports.outline import OUTLINE
from reports.services.composing import close_and_compose, next_end
from reports.services.document import build_document, what_is_missing
from reports.tests.conftest import record
from reports.tests.making import make_dated, make_task
from tasks.models import Occurrence, Period
from tasks.services import accept_update, cancel_task


def texts(report):
    return "\n".join(report.paragraphs.values_list("text", flat=True))


def test_closing_waits_for_the_closing_day(world_with_plan, stand_on):
    world = world_with_plan
    stand_on("2024-03-13")
    with pytest.raises(Problem, match="14/03/2024"):
        close_and_compose(period=world.period, version=world.period.version, by=world.lan)


def test_closing_twice_is_a_conflict(draft_report):
    world = draft_report
    with pytest.raises(Conflict):
        close_and_compose(period=world.period, version=world.period.version, by=world.lan)


def test_draft_follows_the_outline(draft_report):
    parts = draft_report.report.paragraphs.filter(kind=Paragraph.Kind.PART)
    assert [(part.label, part.text) for part in parts] == [(part.numeral, part.title) for part in OUTLINE]


def test_accepted_result_is_told_with_its_unit_and_source(draft_report):
    told = draft_report.report.paragraphs.get(text__contains="120 lượt người dự")
    assert told.text.startswith("Bộ phận Văn hóa - Xã hội: Tổ chức 02 hội nghị")
    assert [update.text for update in told.updates.all()] == ["Tổ chức 02 hội nghị, 120 lượt người dự"]


def test_waiting_result_stays_out_of_the_draft(world_with_plan, stand_on):
    world = world_with_plan
    record(world.occurrences[0], world.hung, text="Chưa ai kiểm tra câu này")
    stand_on("2024-03-14")
    report = close_and_compose(period=world.period, version=world.period.version, by=world.lan)
    assert "Chưa ai kiểm tra" not in texts(report)


def test_what_is_accepted_after_closing_leaves_the_frozen_figures(world_with_plan, stand_on):
    """Work with a date: it belongs to no period, which would take no answers any more."""
    world = world_with_plan
    dated = Occurrence.objects.get(task=world.tasks[1], period=None)
    late = record(dated, world.hung, text="Gửi kịp, kiểm tra muộn")
    stand_on("2024-03-14")
    report = close_and_compose(period=world.period, version=world.period.version, by=world.lan)
    accept_update(update=late, by=world.lan)
    now = period_figures(period=world.period, on=world.period.covers_to)
    report.refresh_from_db()
    kept = Figures.from_json(report.figures)
    assert now.counts.total.done_on_time == kept.counts.total.done_on_time + 1


def test_training_agency_says_so_even_when_the_opening_was_rewritten(draft_report):
    world = draft_report
    world.ward.is_training = True
    world.ward.save()
    world.report.refresh_from_db()
    world.report.paragraphs.filter(key="opening").update(text="Báo cáo như sau:")
    document = build_document(world.report, is_draft=True)
    assert "(số liệu minh họa)" in document["opening"]
    assert all("(số liệu minh họa)" in appendix["title"] for appendix in document["appendices"])


def test_heading_without_words_is_named_as_missing(draft_report):
    report = draft_report.report
    report.paragraphs.filter(key="III.3.text").update(text="")
    assert "Mục III.3 “Nguyên nhân” chưa có nội dung." in what_is_missing(report)


def test_composed_draft_lacks_only_what_people_must_judge(world_with_plan, stand_on):
    world = world_with_plan
    stand_on("2024-03-14")
    report = close_and_compose(period=world.period, version=world.period.version, by=world.lan)
    missing = " ".join(what_is_missing(report))
    assert "Nguyên nhân" in missing
    assert "Đề xuất, kiến nghị" in missing
    assert missing.count("chưa có nội dung") == 2


def test_renaming_a_unit_changes_no_frozen_document(draft_report):
    world = draft_report
    before = build_document(world.report, is_draft=True)
    world.culture.name = "Phòng Văn hóa mới"
    world.culture.save()
    world.report.refresh_from_db()
    assert build_document(world.report, is_draft=True) == before


def dated(world, due_on):
    """One more piece of work of culture, with a date."""
    task = make_task(world.plan, 1, world.culture, title="Đối thoại với nhân dân")
    return make_dated(task, due_on, opened_on=due_on)


def close(world, on, stand_on):
    stand_on(on)
    world.period.refresh_from_db()
    return close_and_compose(period=world.period, version=world.period.version, by=world.lan)


def test_what_was_done_after_the_closing_day_is_left_to_the_next_report(world_with_plan, stand_on):
    world = world_with_plan
    occurrence = dated(world, dt.date(2024, 3, 10))
    stand_on("2024-03-16")
    record(occurrence, world.hung, text="Đã đối thoại ngày 16", accepted_by=world.lan)

    report = close(world, "2024-03-18", stand_on)
    row = next(row for row in report.figures["progress"] if row["occurrence_id"] == occurrence.pk)
    assert (row["standing"], row["result"]) == ("overdue", "")
    assert "Đã đối thoại ngày 16" not in texts(report)


def test_finished_work_of_a_cancelled_task_is_neither_counted_nor_told(world_with_plan, stand_on):
    world = world_with_plan
    occurrence = dated(world, dt.date(2024, 3, 10))
    record(occurrence, world.hung, text="Đã đối thoại", accepted_by=world.lan)
    cancel_task(task=occurrence.task, version=occurrence.task.version, reason="Trùng việc.", by=world.lan)

    assert "Đã đối thoại" not in texts(close(world, "2024-03-14", stand_on))


@pytest.mark.parametrize(
    ("kind", "ordinal", "end"),
    [
        ("quarter", 1, dt.date(2024, 6, 14)),
        ("quarter", 4, dt.date(2025, 3, 14)),
        ("half_year", 2, dt.date(2025, 6, 14)),
        ("nine_months", 1, dt.date(2024, 12, 14)),
        ("topic", 1, dt.date(2024, 12, 14)),
    ],
)
def test_the_way_ahead_ends_with_the_next_period(kind, ordinal, end):
    assert next_end(Period(kind=kind, year=2024, ordinal=ordinal)) == end
