"""What the task list shows: one plan, the period at hand and all work with a date, narrowed, worst first. Reads only."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.models import User
from plans.content import BY_LETTER, ContentMap
from plans.models import Plan
from tasks.filters import Chip, TaskFilter
from tasks.models import Occurrence, Period
from tasks.overview import Line, at_hand, period_at_hand, reported_in, share, without_far_recurrences


@dataclass
class TaskList:
    """`lines` of one `plan`; `period` is the one at hand, or the one asked for."""

    plan: Plan | None = None
    plans: list[Plan] = field(default_factory=list)
    period: Period | None = None
    filter: TaskFilter | None = None
    lines: list[Line] = field(default_factory=list)
    contents: ContentMap | None = None
    periods: list[Period] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filter and self.filter.chosen)

    @property
    def begins_late(self) -> bool:
        """Whether the first quarters of the plan's year were never opened."""
        quarters = [one.ordinal for one in self.periods if one.kind == Period.Kind.QUARTER]
        return min(quarters, default=1) > 1

    @property
    def chips(self) -> list[Chip]:
        return self.filter.chips() if self.filter else []


def task_list(
    *,
    user: User,
    asked: Mapping[str, str],
    on: dt.date,
    within: tuple[dt.date, dt.date] | None = None,
    with_results: bool = False,
) -> TaskList:
    """Eight queries, whatever the number of rows. An unknown plan or period is as good as none.

    `within`: instead of the period at hand, all that falls due between these two days. `with_results` also loads
    the accepted results.
    """
    plans = list(Plan.objects.visible_to(user).exclude(state=Plan.State.DRAFT).select_related("agency"))
    periods = list(Period.objects.filter(plan__in=plans).select_related("plan"))
    named = next((one for one in periods if str(one.pk) == asked.get("ky")), None)
    plan = _plan(plans, str(named.plan_id) if named else asked.get("ke-hoach", ""))
    if plan is None:
        return TaskList()
    begun = [one for one in periods if one.plan_id == plan.pk and one.covers_from <= on]
    period = named or period_at_hand(begun, on)
    contents = ContentMap(plan)
    units = list(plan.agency.units.all())  # type: ignore[attr-defined]
    leaders = list(User.objects.filter(pk__in=plan.tasks.values("overseer")))  # type: ignore[attr-defined]
    narrowed = TaskFilter(
        asked,
        _scope(plan, named, period, on, within).filter(pk__in=_visible(user)),
        units=units,
        contents=[*contents.roots(), BY_LETTER],
        periods=begun,
        leaders=leaders,
    )
    occurrences = list(narrowed.qs.select_related("accepted_update") if with_results else narrowed.qs)
    share(occurrences, units={one.pk: one for one in units}, periods={one.pk: one for one in periods})
    for one in occurrences:
        one.task.overseer = next((user for user in leaders if user.pk == one.task.overseer_id), None)
    lines = [Line(one, on) for one in occurrences]
    kept = [line for line in lines if narrowed.keeps(line) and _is_under(line, narrowed, contents)]
    return TaskList(plan, plans, period, narrowed, sorted(kept, key=Line.badness), contents, begun)


def _scope(
    plan: Plan,
    named: Period | None,
    period: Period | None,
    on: dt.date,
    within: tuple[dt.date, dt.date] | None,
) -> QuerySet[Occurrence]:
    """A period that was named shows exactly what it reports, so that every number opens its rows."""
    if named:
        rows = reported_in(named)
    elif within:
        rows = Occurrence.objects.filter(task__plan=plan, task__is_tracked=True)
    else:
        rows = without_far_recurrences(at_hand(plan, period), on)
    if within:
        rows = rows.filter(Q(due_on__range=within) | Q(period__unit_due_on__range=within))
    return rows.select_related("task", "latest_update")


def _visible(user: User) -> QuerySet[Occurrence]:
    return Occurrence.objects.visible_to(user).order_by().values("pk")  # type: ignore[return-value]


def _is_under(line: Line, narrowed: TaskFilter, contents: ContentMap) -> bool:
    place = narrowed.chosen.get("content")
    return not place or contents.of(line.occurrence.task.item_id).key == place


def _plan(plans: list[Plan], asked: str) -> Plan | None:
    """The plan asked for, else the newest that is carried out, else the newest."""
    named = [plan for plan in plans if str(plan.pk) == asked]
    running = [plan for plan in plans if plan.state == Plan.State.ACTIVE]
    return next(iter([*named, *running, *plans]), None)
