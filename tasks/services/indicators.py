"""Which figures are asked for, on which card."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from accounts.models import Agency
from danvan.text import fold
from plans.content import ContentItem, ContentMap
from plans.models import Plan
from tasks.indicator_set import INDICATORS
from tasks.models import Indicator, Occurrence, PlanIndicator

THEMES = {seed.code: seed.theme for seed in INDICATORS}


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
                identity=seed.identity,
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
    roots = _roots(plan)
    PlanIndicator.objects.bulk_create(
        [
            PlanIndicator(plan=plan, indicator=indicator, item_id=_item_id(_place_for(indicator.code, roots)))
            for indicator in plan.agency.indicators.all()  # type: ignore[attr-defined]
        ],
        ignore_conflicts=True,
    )


def propose_bindings(*, plan: Plan) -> list[tuple[ContentItem | None, list[str]]]:
    """What `bind_indicators` would do: names of indicators under each content item, unbound ones last. Reads only."""
    roots = _roots(plan)
    names = {seed.code: seed.name for seed in INDICATORS}
    names |= dict(plan.agency.indicators.values_list("code", "name"))  # type: ignore[attr-defined]
    under: dict[ContentItem | None, list[str]] = defaultdict(list)
    for code, name in names.items():
        under[_place_for(code, roots)].append(name)
    return sorted(under.items(), key=lambda pair: pair[0].order if pair[0] else float("inf"))


def _roots(plan: Plan) -> list[tuple[ContentItem, str]]:
    return [(root, fold(root.title)) for root in ContentMap(plan).roots() if root.item_id]


def _place_for(code: str, roots: list[tuple[ContentItem, str]]) -> ContentItem | None:
    for word in THEMES.get(code, ()):
        for root, folded in roots:
            if fold(word) in folded:
                return root
    return None


def _item_id(place: ContentItem | None) -> int | None:
    return place.item_id if place else None


def indicators_on_cards(*, plan: Plan, occurrences: Iterable[Occurrence]) -> dict[int, list[PlanIndicator]]:
    """Occurrence id → the indicators typed on its card. Four queries.

    One value per unit and period: an indicator stands on the first per-period card, in the plan's order, that each
    lead unit has under the bound content item, whichever cards are asked for. Computed indicators are never asked for.
    """
    wanted = {one.pk: one.period_id for one in occurrences if one.period_id}
    if not wanted:
        return {}
    bound = _bound(plan)
    contents = ContentMap(plan)
    cards: dict[int, list[PlanIndicator]] = {}
    taken: set[tuple[int, int, int]] = set()
    for occurrence in _cards_of(set(wanted.values())):
        root = contents.of(occurrence.task.item_id).item_id
        place = (root, occurrence.task.lead_unit_id, occurrence.period_id)
        if root in bound and place not in taken:
            taken.add(place)  # type: ignore[arg-type]
            cards[occurrence.pk] = bound[root]
    return {pk: indicators for pk, indicators in cards.items() if pk in wanted}


def _bound(plan: Plan) -> dict[int | None, list[PlanIndicator]]:
    """Content item → its typed indicators. What is bound to nothing is asked of nobody."""
    bound: dict[int | None, list[PlanIndicator]] = defaultdict(list)
    asked = plan.indicators.exclude(item=None).filter(indicator__formula="")  # type: ignore[attr-defined]
    for binding in asked.select_related("indicator"):
        bound[binding.item_id].append(binding)
    return bound


def _cards_of(period_ids: set[int | None]) -> Iterable[Occurrence]:
    live = Occurrence.objects.live().filter(period__in=period_ids).exclude(task__lead_unit=None)
    return live.select_related("task").order_by("task__order", "task_id")
