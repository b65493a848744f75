"""Which figures are asked for, on which card."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from accounts.models import Agency
from danvan.text import fold
from plans.content import ContentItem, ContentMap
from plans.models import Plan
from tasks.indicator_set import INDICATORS, Seed
from tasks.models import Indicator, Occurrence, PlanIndicator


@transaction.atomic
def seed_indicators(*, agency: Agency) -> None:
    """Gives an agency the usual indicators; what it has already stays as it is."""
    Indicator.objects.bulk_create(
        [
            Indicator(
                agency=agency,
                code=seed.code,
                name=seed.name,
                measure=seed.measure,
                formula=seed.formula,
                order=order,
            )
            for order, seed in enumerate(INDICATORS, start=1)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def bind_indicators(*, plan: Plan) -> None:
    """Proposes a content item for each indicator by the words of the plan; without a match it stays unbound."""
    seed_indicators(agency=plan.agency)
    seeds = {seed.code: seed for seed in INDICATORS}
    roots = [(root, fold(root.title)) for root in ContentMap(plan).roots() if root.item_id]
    PlanIndicator.objects.bulk_create(
        [
            PlanIndicator(plan=plan, indicator=indicator, item_id=_item_for(seeds.get(indicator.code), roots))
            for indicator in plan.agency.indicators.all()  # type: ignore[attr-defined]
        ],
        ignore_conflicts=True,
    )


def _item_for(seed: Seed | None, roots: list[tuple[ContentItem, str]]) -> int | None:
    for word in seed.theme if seed else ():
        for root, folded in roots:
            if fold(word) in folded:
                return root.item_id
    return None


def indicators_on_cards(*, plan: Plan, occurrences: Iterable[Occurrence]) -> dict[int, list[PlanIndicator]]:
    """Occurrence id → the indicators typed on its card.

    One value per unit and period: an indicator stands on the first per-period card, in the plan's order, that each
    lead unit has under the bound content item. Computed indicators are never asked for.
    """
    contents = ContentMap(plan)
    bound: dict[int, list[PlanIndicator]] = defaultdict(list)
    for binding in plan.indicators.select_related("indicator").filter(indicator__formula=""):  # type: ignore[attr-defined]
        bound[binding.item_id].append(binding)
    cards: dict[int, list[PlanIndicator]] = {}
    taken: set[tuple[int | None, int | None, int | None]] = set()
    for occurrence in sorted(occurrences, key=lambda one: (one.task.order, one.task_id)):
        root = contents.of(occurrence.task.item_id).item_id
        place = (root, occurrence.task.lead_unit_id, occurrence.period_id)
        if occurrence.period_id and root in bound and place not in taken:
            taken.add(place)
            cards[occurrence.pk] = bound[root]
    return cards
