import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from danvan.problems import Problem
from danvan.uploads import Refused
from plans import services
from plans.importing.outline import Doubt as Guess
from plans.importing.outline import Item as Line
from plans.importing.outline import Outline, Reading
from plans.importing.outline import Section as Part
from plans.models import Doubt, Import, Item, Plan
from plans.services import imports


def bring_in(world, content: bytes, name: str = "ke-hoach.md", agency=None) -> Plan:
    return services.import_plan(agency=agency or world.ward, name=name, content=content, by=world.lan)


def build(world, outline: Outline) -> Plan:
    """The draft of an outline that the test has written itself."""
    with transaction.atomic():
        return imports._keep(world.ward, "ke-hoach.docx", b"tep", outline, world.lan)


@pytest.fixture
def outline() -> Outline:
    report = Line("-", "Báo cáo kết quả.", line=7, path="II/1", assignment_text="Chủ trì: Công an phường")
    report.reading = Reading(lead=["Công an phường"], due=["2024-06-15"], due_bound="before", kind="report")
    plain = Line("", "Đoạn văn không có gạch đầu dòng.", line=8)
    content = Part(
        "II", "NỘI DUNG", "content", items=[Line("1", "Tuyên truyền", line=6, items=[report, plain])]
    )
    annex = Part(
        "", "Phụ lục", "annex", items=[Line("1", "Hội nghị", line=20, path="PL/1", reading=Reading())]
    )
    return Outline(
        number="10/KH-UBND", title="Công tác dân vận", year=2024, sections=[content], annexes=[annex],
        recipients=["UBND quận", "Lưu: VT"], opening_words="Như sau:", closing_words="Trên đây là Kế hoạch./.",
        doubts=[Guess(8, "Đoạn văn", "Không rõ có phải là việc."), Guess(2, "lạc", "Dòng chưa rõ chỗ.")],
    )  # fmt: skip


def test_import_makes_a_draft_of_the_reading(small_file, world):
    plan = bring_in(world, small_file)

    assert (plan.state, plan.number, plan.year) == (Plan.State.DRAFT, "10/KH-UBND", 2024)
    assert plan.title == "Triển khai công tác dân vận chính quyền năm 2024"
    assert [section.numeral for section in plan.sections.all()] == ["I", "II", "III"]
    assert Item.objects.filter(section__plan=plan, is_task=True).count() == 4


def test_import_keeps_the_file_as_it_came(small_file, world):
    plan = bring_in(world, small_file, name="C:\\Văn bản\\Kế hoạch.md")

    kept = plan.imports.get()
    assert kept.file.read() == small_file
    assert (kept.file_name, kept.state) == ("Kế hoạch.md", Import.State.READ)
    assert len(kept.sha256) == 64


def test_import_leaves_an_event(small_file, world):
    plan = bring_in(world, small_file)

    assert Event.objects.about(plan).get().actor == world.lan


def test_import_of_the_same_file_leads_to_its_draft(small_file, world):
    assert bring_in(world, small_file) == bring_in(world, small_file, name="ban-sao.md")

    assert Import.objects.count() == 1


def test_import_of_an_active_plan_is_refused(small_file, world):
    plan = bring_in(world, small_file)
    services.activate(plan=plan, version=1, by=world.lan)

    with pytest.raises(Problem, match="đang được thực hiện"):
        bring_in(world, small_file)


def test_import_of_an_active_plan_from_another_file_is_refused(small_file, world):
    plan = bring_in(world, small_file)
    services.activate(plan=plan, version=1, by=world.lan)

    with pytest.raises(Problem, match="Kế hoạch 10/KH-UBND đang được thực hiện"):
        bring_in(world, small_file + b"\n")

    assert Plan.objects.count() == 1


def test_import_of_a_deleted_draft_begins_anew(small_file, world):
    services.delete_draft(plan=bring_in(world, small_file), by=world.lan)

    assert bring_in(world, small_file).state == Plan.State.DRAFT


def test_import_into_another_agency_is_another_plan(small_file, world):
    assert bring_in(world, small_file) != bring_in(world, small_file, agency=world.other)


def test_import_of_one_file_twice_at_once_is_held_off_by_the_database(small_file, world):
    kept = bring_in(world, small_file).imports.get()
    kept.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_refused_file_leaves_nothing_behind(world, settings):
    with pytest.raises(Refused):
        bring_in(world, b"")

    assert not Plan.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_draft_holds_what_the_document_says_of_a_line(outline, world):
    build(world, outline)

    item = Item.objects.get(text="Báo cáo kết quả.")
    assert (item.lead, item.due, item.due_bound, item.kind) == (
        ["Công an phường"],
        ["2024-06-15"],
        "before",
        "report",
    )
    assert (item.path, item.line, item.assignment_text) == ("II/1", 7, "Chủ trì: Công an phường")
    assert item.is_task and item.is_tracked


def test_draft_invents_nothing_for_a_line_that_is_no_work(outline, world):
    build(world, outline)

    item = Item.objects.get(line=8)
    assert (item.is_task, item.kind, item.lead, item.due, item.path) == (False, "", [], [], "II/1")


def test_draft_keeps_order_and_depth(outline, world):
    plan = build(world, outline)

    found = Item.objects.filter(section__plan=plan, section__kind="content").order_by("order")
    assert [(item.line, item.order, item.parent and item.parent.line) for item in found] == [
        (6, 1, None),
        (7, 2, 6),
        (8, 3, 6),
    ]


def test_draft_has_its_annex_as_a_section(outline, world):
    plan = build(world, outline)

    assert [section.kind for section in plan.sections.all()] == ["content", "annex"]
    assert Item.objects.get(path="PL/1").is_task


def test_doubts_stand_at_their_lines(outline, world):
    build(world, outline)

    assert Doubt.objects.get(line=8).item == Item.objects.get(line=8)
    assert Doubt.objects.get(line=2).item is None


def test_words_too_long_for_their_place_stand_whole_in_a_doubt(outline, world):
    outline.title = "dài " * 200

    plan = build(world, outline)

    assert len(plan.title) == 500
    assert Doubt.objects.get(reason__contains="trích yếu").text == outline.title


def test_year_that_the_document_does_not_say_is_a_doubt(outline, world):
    outline.year = None

    plan = build(world, outline)

    assert plan.year == 2024
    assert plan.doubts.filter(reason__contains="tạm lấy năm 2024").exists()


@pytest.mark.parametrize("lines", [1, 3])
def test_import_writes_in_as_many_statements_for_three_lines_as_for_one(
    lines, outline, world, django_assert_num_queries
):
    outline.sections[0].items = [Line("-", f"Việc {n}", line=n, path="II") for n in range(lines)]

    with django_assert_num_queries(IMPORT_QUERIES):
        build(world, outline)


IMPORT_QUERIES = 17
