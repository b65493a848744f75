import pytest

from accounts.models import Event
from danvan.problems import Conflict, Problem
from plans import services
from plans.models import Doubt, Item, Plan


def outline(plan: Plan) -> list[str]:
    """`1 Tuyên truyền`, `  - Việc thứ 1`: what a reader sees."""
    found, levels = [], {None: 0}
    for item in Item.objects.filter(section__plan=plan).order_by("section__order", "order"):
        levels[item.pk] = levels[item.parent_id] + 1
        found.append(f"{'  ' * (levels[item.pk] - 1)}{item.label} {item.text}")
    return found


def at(plan: Plan, text: str) -> Item:
    return Item.objects.select_related("section__plan__agency").get(section__plan=plan, text=text)


def version(item: Item) -> int:
    return Item.objects.get(pk=item.pk).version


def test_indent_puts_a_line_under_the_one_above(draft, item, world):
    services.shift_item(item=at(draft, "Việc thứ 2"), version=1, inward=True, by=world.lan)

    assert outline(draft)[1:3] == ["  - Việc thứ 1", "    + Việc thứ 2"]
    assert at(draft, "Việc thứ 1").is_task is False


def test_outdent_numbers_what_follows_and_its_paths(draft, item, world):
    services.shift_item(item=item, version=1, inward=False, by=world.lan)

    assert outline(draft) == [
        "1 Tuyên truyền",
        "2 Việc thứ 1",
        "  - Việc thứ 2",
        "3 Cải cách hành chính",
        "  - Niêm yết thủ tục",
    ]
    assert at(draft, "Niêm yết thủ tục").path == "II/3"


@pytest.mark.parametrize(("text", "inward"), [("Việc thứ 1", True), ("Tuyên truyền", False)])
def test_shift_at_the_edge_says_why_not(text, inward, draft, world):
    before = outline(draft)

    with pytest.raises(Problem):
        services.shift_item(item=at(draft, text), version=1, inward=inward, by=world.lan)

    assert outline(draft) == before


def test_shift_tells_who_comes_second(draft, item, world):
    services.shift_item(item=item, version=1, inward=False, by=world.lan)

    with pytest.raises(Conflict):
        services.shift_item(item=item, version=1, inward=False, by=world.lan)


def test_shift_makes_open_forms_of_renumbered_lines_stale(draft, item, world):
    services.shift_item(item=item, version=1, inward=False, by=world.lan)

    assert version(at(draft, "Cải cách hành chính")) == 2


def test_split_parts_a_line_at_the_breaks_and_doubts_the_parts(draft, world):
    item = at(draft, "Việc thứ 2")
    Item.objects.filter(pk=item.pk).update(text="Tuyên truyền - Báo cáo quý", lead=["Công an"])

    services.split_item(item=item, version=1, parts=["Tuyên truyền", "- Báo cáo quý"], by=world.lan)

    assert outline(draft)[2:4] == ["  - Tuyên truyền", "  - Báo cáo quý"]
    assert (at(draft, "Báo cáo quý").lead, at(draft, "Báo cáo quý").is_task) == ([], True)
    assert Doubt.objects.filter(settled_at=None).count() == 2


@pytest.mark.parametrize("parts", [["Việc thứ", "2"], ["Việc", "thứ 1", "thêm"], ["Việc thứ 1"], []])
def test_split_adds_and_loses_no_word(parts, draft, item, world):
    with pytest.raises(Problem):
        services.split_item(item=item, version=1, parts=parts, by=world.lan)

    assert version(item) == 1


def test_split_leaves_what_stands_under_the_line_under_its_last_part(draft, item, world):
    services.split_item(item=item.parent, version=1, parts=["Tuyên", "truyền"], by=world.lan)

    assert outline(draft)[:4] == ["1 Tuyên", "2 truyền", "  - Việc thứ 1", "  - Việc thứ 2"]


def test_merge_joins_words_and_what_was_read(draft, item, world):
    lower = at(draft, "Việc thứ 2")
    Item.objects.filter(pk=item.pk).update(lead=["Công an"])
    Item.objects.filter(pk=lower.pk).update(lead=["Tư pháp"], due=["2024-06"])

    services.merge_item(item=lower, version=1, above=item.pk, by=world.lan)

    item.refresh_from_db()
    assert (item.text, item.lead, item.due) == (
        "Việc thứ 1 - Việc thứ 2",
        ["Công an", "Tư pháp"],
        ["2024-06"],
    )
    assert Doubt.objects.get(item=item).reason.startswith("Hai dòng vừa nhập")


def test_merge_of_a_head_keeps_the_lines_under_it(draft, world):
    services.merge_item(
        item=at(draft, "Cải cách hành chính"), version=1, above=at(draft, "Việc thứ 2").pk, by=world.lan
    )

    assert outline(draft)[2:] == [
        "  - Việc thứ 2 2. Cải cách hành chính",
        "    - Niêm yết thủ tục",
    ]


def test_merge_is_undone_by_a_split(draft, item, world):
    before = outline(draft)
    services.merge_item(item=at(draft, "Việc thứ 2"), version=1, above=item.pk, by=world.lan)
    item.refresh_from_db()

    services.split_item(item=item, version=item.version, parts=["Việc thứ 1", "- Việc thứ 2"], by=world.lan)

    assert outline(draft) == before


def test_merge_notices_that_another_line_stands_above_by_now(draft, item, world):
    lower = at(draft, "Việc thứ 2")
    services.remove_item(item=item, version=1, by=world.lan)

    with pytest.raises(Conflict, match="phía trên"):
        services.merge_item(item=lower, version=version(lower), above=item.pk, by=world.lan)


def test_merge_of_the_first_line_says_why_not(draft, item, world):
    with pytest.raises(Problem, match="dòng đầu"):
        services.merge_item(item=item.parent, version=1, above=0, by=world.lan)


def test_add_puts_a_line_below_with_the_next_number(draft, item, world):
    services.add_item(section=item.section, after=item.parent, text="Kiểm tra", is_task=True, by=world.lan)

    assert outline(draft)[3:5] == ["2 Kiểm tra", "3 Cải cách hành chính"]


def test_add_to_an_empty_section_is_its_first_line(draft, world):
    section = draft.sections.get()
    section.items.all().delete()

    services.add_item(section=section, after=None, text="- Kiểm tra", is_task=True, by=world.lan)

    assert outline(draft) == ["- Kiểm tra"]


def test_add_settles_the_doubt_that_held_the_words(draft, item, world):
    doubt = Doubt.objects.create(plan=draft, line=14, text="lạc lõng", reason="Chưa rõ chỗ.")

    added = services.add_item(
        section=item.section, after=item, text=doubt.text, is_task=False, by=world.lan, settled=doubt
    )

    doubt.refresh_from_db()
    assert (doubt.settled_by, doubt.item, added.line) == (world.lan, added, 14)


def test_add_below_a_line_that_is_gone_is_told(draft, item, world):
    services.remove_item(item=item, version=1, by=world.lan)

    with pytest.raises(Conflict):
        services.add_item(section=item.section, after=item, text="Kiểm tra", is_task=True, by=world.lan)


def test_remove_takes_a_line_with_all_below_it(draft, item, doubt, world):
    services.remove_item(item=item.parent, version=1, by=world.lan)

    assert outline(draft) == ["1 Cải cách hành chính", "  - Niêm yết thủ tục"]
    doubt.refresh_from_db()
    assert doubt.settled_by == world.lan


def test_restore_puts_everything_back_as_it_was(draft, item, doubt, world):
    before = outline(draft)
    removal = services.remove_item(item=item.parent, version=1, by=world.lan)

    services.restore_items(removal=removal, by=world.lan)

    assert outline(draft) == before
    doubt.refresh_from_db()
    assert (doubt.item, doubt.settled_at) == (item, None)


def test_restore_twice_is_told(draft, item, world):
    removal = services.remove_item(item=item, version=1, by=world.lan)
    services.restore_items(removal=removal, by=world.lan)

    with pytest.raises(Problem, match="đã được lấy lại"):
        services.restore_items(removal=removal, by=world.lan)


def test_restore_stays_near_when_its_head_is_gone(draft, item, world):
    line = services.remove_item(item=item, version=1, by=world.lan)
    head = at(draft, "Tuyên truyền")
    services.remove_item(item=head, version=head.version, by=world.lan)

    services.restore_items(removal=line, by=world.lan)

    assert outline(draft)[-1] == "- Việc thứ 1"


@pytest.mark.parametrize("deed", ["shift", "split", "merge", "add", "remove", "restore"])
def test_active_plan_is_left_alone(deed, draft, item, world):
    removal = services.remove_item(item=at(draft, "Niêm yết thủ tục"), version=1, by=world.lan)
    Plan.objects.update(state=Plan.State.ACTIVE)
    asked = {"item": item, "version": 1, "by": world.lan}
    deeds = {
        "shift": lambda: services.shift_item(inward=False, **asked),
        "split": lambda: services.split_item(parts=["Việc", "thứ 1"], **asked),
        "merge": lambda: services.merge_item(above=item.parent_id, **asked),
        "add": lambda: services.add_item(
            section=item.section, after=item, text="x", is_task=False, by=world.lan
        ),
        "remove": lambda: services.remove_item(**asked),
        "restore": lambda: services.restore_items(removal=removal, by=world.lan),
    }

    with pytest.raises(Problem, match="đã được kích hoạt"):
        deeds[deed]()


def test_every_deed_says_who_did_it(draft, item, world):
    services.shift_item(item=item, version=1, inward=False, by=world.lan)
    services.add_item(section=item.section, after=item, text="x", is_task=False, by=world.lan)
    services.remove_item(item=item, version=version(item), by=world.lan)

    assert {event.verb for event in Event.objects.filter(actor=world.lan)} == {
        "item.shifted",
        "item.added",
        "item.removed",
    }


@pytest.mark.parametrize("bullets", [2, 12])
def test_reshaping_writes_in_as_many_statements_for_twelve_lines_as_for_two(
    bullets, make_plan, world, django_assert_num_queries
):
    plan = make_plan(bullets)
    head = at(plan, "Cải cách hành chính")

    with django_assert_num_queries(SHIFT_QUERIES):
        services.shift_item(item=head, version=1, inward=True, by=world.lan)


SHIFT_QUERIES = 9
