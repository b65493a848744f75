"""What the names of a draft mean: the units of its agency, kept by `accounts`, while the draft is held."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import Unit, User
from accounts.services import add_alias, save_unit
from accounts.unit_names import spoken
from danvan.problems import Conflict
from plans.document import unit_names
from plans.models import Plan
from plans.services.drafts import hold_draft


@transaction.atomic
def name_unit(*, plan: Plan, unit: Unit, name: str, shown: str, by: User) -> Unit:
    """`name` means `unit` from now on. `shown` is what it meant when the page was made (`Match.shown`).

    Raises `Conflict` if it means something else by now, `Problem` if it is another unit's proper name.
    """
    hold_draft(plan.pk)
    return add_alias(unit=unit, actor=by, name=name, shown=shown)


@transaction.atomic
def create_unit(*, plan: Plan, name: str, kind: str, read_as: str, shown: str, by: User) -> Unit:
    """A unit that the plan names and the agency lacks; `read_as` becomes another name of it where `name` differs.

    Raises `Conflict` if somebody was faster, `Problem` if a name is taken.
    """
    hold_draft(plan.pk)
    if unit_names(plan.agency).match(read_as).shown != shown:
        raise Conflict(f"Tên “{read_as}” vừa được người khác xếp vào đơn vị. Hãy xem lại rồi chọn lần nữa.")
    aliases = [read_as] if spoken(read_as) != spoken(name) else []
    return save_unit(agency=plan.agency, actor=by, name=name, kind=kind, aliases=aliases)


@transaction.atomic
def set_members(*, plan: Plan, unit: Unit, members: Iterable[Unit], version: int, by: User) -> Unit:
    """Who belongs to a group that the plan names. Raises `Conflict` if the unit was edited since `version`."""
    hold_draft(plan.pk)
    return save_unit(
        agency=plan.agency,
        actor=by,
        unit=unit,
        name=unit.name,
        kind=unit.kind,
        aliases=unit.names()[1:],
        members=members,
        version=version,
    )
