import pytest

from accounts.models import Event
from danvan.problems import Conflict, Problem
from plans import services
from plans.models import Item, Plan
from plans.tests.conftest import words_of


def texts(plan: Plan) -> list[str]:
    return list(Item.objects.filter(section__plan=plan).order_by("order").values_list("text", flat=True))


def test_mend_item_writes_words_and_raises_the_version(item, world):
    services.mend_item(
        item=item, version=1, by=world.lan, **words_of(item, text="Việc  đã  sửa", lead=["Công an"])
    )

    item.refresh_from_db()
    assert (item.text, item.lead, item.version) == ("Việc đã sửa", ["Công an"], 2)
    assert item.folded == "- viec da sua"


def test_mend_item_refuses_a_stale_version(item, world):
    services.mend_item(item=item, version=1, by=world.lan, **words_of(item, text="Của Lan"))

    with pytest.raises(Conflict):
        services.mend_item(item=item, version=1, by=world.lan, **words_of(item, text="Của người khác"))

    item.refresh_from_db()
    assert item.text == "Của Lan"


def test_mend_item_settles_its_doubts(item, doubt, world):
    services.mend_item(item=item, version=1, by=world.lan, **words_of(item))

    doubt.refresh_from_db()
    assert doubt.settled_by == world.lan


def test_mend_item_carries_a_new_label_into_the_paths_below(draft, item, world):
    head = item.parent

    services.mend_item(item=head, version=1, by=world.lan, **words_of(head, label="7"))

    item.refresh_from_db()
    assert item.path == "II/7"


def test_mend_item_says_who_did_it(item, world):
    services.mend_item(item=item, version=1, by=world.lan, **words_of(item))

    assert Event.objects.about(item).get().actor == world.lan


def test_mend_item_leaves_an_active_plan_alone(draft, item, world):
    Plan.objects.filter(pk=draft.pk).update(state=Plan.State.ACTIVE)

    with pytest.raises(Problem, match="đã được kích hoạt"):
        services.mend_item(item=item, version=1, by=world.lan, **words_of(item, text="Muộn rồi"))

    item.refresh_from_db()
    assert item.text == "Việc thứ 1"


def test_move_item_changes_places_with_its_neighbour(draft, item, world):
    services.move_item(item=item, step=1, by=world.lan)

    assert texts(draft) == [
        "Tuyên truyền",
        "Việc thứ 2",
        "Việc thứ 1",
        "Cải cách hành chính",
        "Niêm yết thủ tục",
    ]


def test_move_item_takes_its_children_along_and_leaves_the_numbers(draft, item, world):
    services.move_item(item=item.parent, step=1, by=world.lan)

    assert texts(draft) == [
        "Cải cách hành chính",
        "Niêm yết thủ tục",
        "Tuyên truyền",
        "Việc thứ 1",
        "Việc thứ 2",
    ]
    head = Item.objects.get(text="Tuyên truyền")
    item.refresh_from_db()
    assert (head.label, head.path, item.path) == ("2", "II/2", "II/2")


def test_move_item_at_the_edge_changes_nothing(draft, item, world):
    before = texts(draft)

    services.move_item(item=item, step=-1, by=world.lan)

    assert texts(draft) == before
    assert not Event.objects.exists()


def test_move_item_makes_open_forms_of_renumbered_lines_stale(draft, item, world):
    head = item.parent

    services.move_item(item=head, step=1, by=world.lan)

    with pytest.raises(Conflict):
        services.mend_item(item=head, version=1, by=world.lan, **words_of(head))


def test_mark_task_keeps_a_direction_out_of_the_work(item, world):
    services.mark_task(item=item, is_tracked=False, by=world.lan)

    item.refresh_from_db()
    assert (item.is_task, item.is_tracked) == (True, False)


def test_settle_doubt_twice_keeps_the_first_word(doubt, world):
    services.settle_doubt(doubt=doubt, by=world.lan)
    services.settle_doubt(doubt=doubt, by=world.tam)

    doubt.refresh_from_db()
    assert doubt.settled_by == world.lan
    assert Event.objects.filter(verb="doubt.settled").count() == 1
