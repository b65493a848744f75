from accounts.models import Unit
from plans.models import Item
from tasks.indicator_set import INDICATORS
from tasks.models import Indicator, PlanIndicator
from tasks.services import (
    Assignment,
    add_task,
    bind_indicators,
    cancel_task,
    indicators_on_cards,
    propose_bindings,
    seed_indicators,
)


def codes(bindings):
    return {binding.indicator.code for binding in bindings}


def test_seeding_twice_keeps_what_the_office_changed(world):
    seed_indicators(agency=world.ward)
    Indicator.objects.filter(agency=world.ward, code="hoi_nghi").update(name="Hội nghị")
    seed_indicators(agency=world.ward)
    assert world.ward.indicators.count() == len(INDICATORS)
    assert world.ward.indicators.get(code="hoi_nghi").name == "Hội nghị"


def test_binding_again_keeps_what_the_office_bound(world_with_plan):
    world = world_with_plan
    other = Item.objects.get(section__plan=world.plan, text__startswith="Đẩy mạnh")
    PlanIndicator.objects.filter(plan=world.plan, indicator__code="hoi_nghi").update(item=other)
    bind_indicators(plan=world.plan)
    assert world.plan.indicators.get(indicator__code="hoi_nghi").item == other


def test_bindings_are_proposed_before_anything_is_written(world, draft_plan):
    places = {str(place): names for place, names in propose_bindings(plan=draft_plan) if place}
    assert "Hồ sơ TTHC tiếp nhận" in places["2. Đẩy mạnh cải cách hành chính"]
    assert not Indicator.objects.exists()


def test_what_no_content_speaks_of_stays_unbound(world, draft_plan):
    *_, (place, names) = propose_bindings(plan=draft_plan)
    assert place is None
    assert "Lượt tiếp công dân" in names


def test_figures_are_asked_once_per_unit_on_its_first_card(world_with_plan):
    world = world_with_plan
    cards = indicators_on_cards(plan=world.plan, occurrences=world.occurrences)
    assert set(cards) == {world.occurrences[0].pk, world.occurrences[2].pk}
    assert "hoi_nghi" in codes(cards[world.occurrences[0].pk])


def test_computed_figures_are_never_asked(world_with_plan):
    world = world_with_plan
    cards = indicators_on_cards(plan=world.plan, occurrences=world.occurrences)
    assert "tthc_ty_le" not in codes(cards[world.occurrences[2].pk])


def test_unbound_figures_are_asked_of_nobody(world_with_plan):
    world = world_with_plan
    letter = Assignment(lead_unit=world.justice)
    task = add_task(plan=world.plan, source="Công văn 5", title="Việc mới", assignment=letter, by=world.lan)
    assert indicators_on_cards(plan=world.plan, occurrences=task.occurrences.all()) == {}


def test_second_card_of_a_unit_is_not_asked_though_it_comes_alone(world_with_plan):
    world = world_with_plan
    second = world.tasks[1]
    second.occurrences.update(period=world.period, due_on=None, first_due_on=None)
    assert indicators_on_cards(plan=world.plan, occurrences=second.occurrences.all()) == {}


def test_figures_move_to_the_next_card_when_the_first_is_cancelled(world_with_plan):
    world = world_with_plan
    first, second = world.tasks[:2]
    second.occurrences.update(period=world.period, due_on=None, first_due_on=None)
    cancel_task(task=first, version=first.version, reason="Trùng", by=world.lan)
    cards = indicators_on_cards(plan=world.plan, occurrences=second.occurrences.all())
    assert "hoi_nghi" in codes(cards[world.occurrences[1].pk])


def test_cards_take_the_same_queries_whatever_their_number(world_with_plan, django_assert_num_queries):
    world = world_with_plan
    assert Unit.objects.filter(led_tasks__plan=world.plan).exists()
    with django_assert_num_queries(4):
        indicators_on_cards(plan=world.plan, occurrences=world.occurrences[:1])
    with django_assert_num_queries(4):
        indicators_on_cards(plan=world.plan, occurrences=world.occurrences)
