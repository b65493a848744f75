"""Whatever is pressed in whatever order, the tree stays sound and no word is lost."""

from collections import Counter
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.problems import Problem
from plans import services, tree
from plans.models import Item, Plan, Removal
from plans.tests.conftest import build_plan

numbers = count(1000)  # no two added lines say the same
DEEDS = ("in", "out", "up", "down", "split", "merge", "add", "remove", "restore")
steps = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 40)), min_size=1, max_size=12)


def press(plan: Plan, deed: str, which: int, by) -> None:
    items = list(Item.objects.filter(section__plan=plan).select_related("section__plan__agency"))
    removals = list(Removal.objects.open().filter(plan=plan))
    if deed == "restore":
        if removals:
            services.restore_items(removal=removals[which % len(removals)], by=by)
        return
    if deed == "add" or not items:
        after = items[which % len(items)] if items else None
        text = f"thêm{next(numbers)} nữa"
        services.add_item(section=plan.sections.get(), after=after, text=text, is_task=True, by=by)
        return
    at = which % len(items)
    asked = {"item": items[at], "version": items[at].version, "by": by}
    deeds = {
        "in": lambda: services.shift_item(inward=True, **asked),
        "out": lambda: services.shift_item(inward=False, **asked),
        "up": lambda: services.move_item(item=items[at], step=-1, by=by),
        "down": lambda: services.move_item(item=items[at], step=1, by=by),
        "split": lambda: services.split_item(parts=items[at].text.split(" ", 1), **asked),
        "merge": lambda: services.merge_item(above=items[at - 1].pk, **asked),
        "remove": lambda: services.remove_item(**asked),
    }
    deeds[deed]()


def words(plan: Plan) -> Counter:
    """Every word longer than a mark, in the draft and among what was deleted from it."""
    texts = [*Item.objects.filter(section__plan=plan).values_list("text", flat=True)]
    texts += [line["text"] for one in Removal.objects.open().filter(plan=plan) for line in one.lines]
    return Counter(word for text in texts for word in text.split() if len(word) > 3)


def check_sound(plan: Plan) -> None:
    section = plan.sections.get()
    items = list(section.items.order_by("order", "pk"))
    assert len({item.order for item in items}) == len(items)
    assert [item.pk for item in tree.in_order(items)] == [item.pk for item in items]
    by_pk = {item.pk: item for item in items}
    assert all(item.parent_id is None or item.parent_id in by_pk for item in items)
    assert {item.pk: item.path for item in items} == tree.paths(section, items)
    brothers: dict = {}
    for item in items:
        if item.label.isdecimal():
            brothers.setdefault(item.parent_id, []).append(int(item.label))
    for numbers in brothers.values():
        assert sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_sequence_of_deeds_keeps_the_tree_sound_and_every_word(world, steps):
    with transaction.atomic():
        plan = build_plan(world.ward, bullets=3)
        expected = words(plan)
        for deed, which in steps:
            before = {item.text for item in Item.objects.filter(section__plan=plan)}
            try:
                with transaction.atomic():
                    press(plan, deed, which, world.lan)
            except Problem:
                continue
            new = {item.text for item in Item.objects.filter(section__plan=plan)} - before
            if deed == "add" or (new and not before):
                expected += Counter(word for text in new for word in text.split() if len(word) > 3)
            check_sound(plan)
            assert words(plan) == expected
        transaction.set_rollback(True)
