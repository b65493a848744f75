"""Units: whoever a plan can name as responsible. Each write is one transaction and leaves an `Event`."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import Agency, Unit, User
from accounts.services.events import check_version, record_event, take_turn
from accounts.unit_names import UnitNames, spoken
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import clean, fold, sort_key


@transaction.atomic
def save_unit(
    *,
    agency: Agency,
    actor: User | None,
    name: str,
    kind: str = Unit.Kind.UNIT,
    aliases: Sequence[str] = (),
    members: Iterable[Unit] = (),
    valid_from: dt.date | None = None,
    unit: Unit | None = None,
    version: int | None = None,
) -> Unit:
    """Make a unit, or change `unit`. Problem: a name is used twice; Conflict: edited since `version`."""
    take_turn(agency)
    name, members = clean(name), list(members)
    names = _different_names(name, aliases)
    _check_unit(agency, unit, names, kind, members)
    if unit is not None:
        check_version(unit, version)
    made = unit is None
    unit = unit or Unit(agency=agency)
    unit.name, unit.kind, unit.aliases = name, kind, "\n".join(names[1:])
    unit.folded, unit.sort_key = fold(name)[:255], sort_key(name)[:255]
    unit.valid_from = valid_from if made else unit.valid_from
    unit.save()
    unit.members.set(members)
    record_event(
        agency=agency,
        actor=actor,
        verb="save_unit",
        about=unit,
        words=f"{'Thêm' if made else 'Sửa'} đơn vị “{name}”",
    )
    return unit


@transaction.atomic
def add_alias(*, unit: Unit, actor: User | None, name: str, shown: str) -> Unit:
    """From now on documents mean `unit` by `name`. A unit that bore it as another name gives it up.

    `shown` is the `Match.shown` of the name as the form had it. Conflict: it means somebody else by now. Problem: it is
    the proper name of another unit.
    """
    agency, name = unit.agency, clean(name)
    take_turn(agency)
    valid = list(Unit.objects.filter(agency=agency).valid(clock.today()))
    match = UnitNames(valid, agency.place).match(name)
    if match.shown != shown:
        raise Conflict(f"Tên “{name}” vừa được người khác xếp vào đơn vị. Hãy xem lại rồi chọn lần nữa.")
    if not spoken(name) or unit.pk not in {one.pk for one in valid}:
        raise Problem("Hãy chọn một đơn vị đang hoạt động.")
    for other in Unit.objects.filter(agency=agency).exclude(pk=unit.pk):
        _give_up(other, name, actor)
    if spoken(name) not in map(spoken, (unit := Unit.objects.get(pk=unit.pk)).names()):
        unit.aliases = "\n".join([*unit.names()[1:], name])
        unit.save(update_fields=["aliases"])
    words = f"Ghi “{name}” là tên gọi khác của đơn vị “{unit}”"
    record_event(agency=agency, actor=actor, verb="save_unit", about=unit, words=words)
    return unit


def _give_up(other: Unit, name: str, actor: User | None) -> None:
    if spoken(other.name) == spoken(name):
        raise Problem(f"“{name}” là tên chính của đơn vị “{other}” nên không thể là tên gọi của đơn vị khác.")
    kept = [alias for alias in other.names()[1:] if spoken(alias) != spoken(name)]
    if len(kept) < len(other.names()) - 1:
        other.aliases = "\n".join(kept)
        other.save(update_fields=["aliases"])
        words = f"Đơn vị “{other}” thôi mang tên gọi “{name}”"
        record_event(agency=other.agency, actor=actor, verb="save_unit", about=other, words=words)


def _different_names(name: str, aliases: Sequence[str]) -> list[str]:
    """The name and the aliases, each spelling once, accents and case aside."""
    by_fold: dict[str, str] = {}
    for each in [name, *map(clean, aliases)]:
        if each:
            by_fold.setdefault(spoken(each), each)
    return list(by_fold.values())


def _check_unit(agency: Agency, unit: Unit | None, names: list[str], kind: str, members: list[Unit]) -> None:
    if not names:
        raise Problem("Hãy ghi tên đơn vị.")
    if kind != Unit.Kind.GROUP and members:
        raise Problem(
            "Chỉ nhóm đơn vị mới có thành viên: chọn loại “Nhóm đơn vị” hoặc bỏ chọn các thành viên."
        )
    for member in members:
        if member.agency_id != agency.pk or member.kind == Unit.Kind.GROUP or member == unit:
            raise Problem(
                f"“{member}” không thể là thành viên: nhóm chỉ gồm đơn vị hoặc cá nhân của cơ quan."
            )
    wanted = {spoken(each): each for each in names}
    for other in Unit.objects.filter(agency=agency).exclude(pk=unit.pk if unit else 0):
        for taken in other.names():
            if spoken(taken) in wanted:
                raise Problem(_taken_words(wanted[spoken(taken)], other))


def _taken_words(name: str, other: Unit) -> str:
    ended = f", đã ngừng từ {other.valid_to:%d/%m/%Y}" if other.valid_to else ""
    return f"Tên “{name}” đã dùng cho đơn vị “{other.name}”{ended}. Hãy ghi tên khác, hoặc sửa đơn vị ấy."


@transaction.atomic
def end_unit(*, unit: Unit, actor: User | None, on: dt.date) -> Unit:
    """`on` is the unit's last day; whoever heads it loses that role the same day."""
    take_turn(unit.agency)
    if unit.valid_from and on < unit.valid_from:
        raise Problem(f"Đơn vị hoạt động từ {unit.valid_from:%d/%m/%Y}: ngày cuối không thể sớm hơn.")
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    unit.memberships.unended(on).filter(from_on__gt=on).delete()
    unit.memberships.unended(on).update(to_on=on)
    words = f"Đơn vị “{unit}” hoạt động đến hết ngày {on:%d/%m/%Y}"
    record_event(agency=unit.agency, actor=actor, verb="end_unit", about=unit, words=words)
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, actor: User | None) -> Unit:
    """The unit works again. Its former heads do not come back by themselves."""
    unit.valid_to = None
    unit.save(update_fields=["valid_to"])
    words = f"Mở lại đơn vị “{unit}”"
    record_event(agency=unit.agency, actor=actor, verb="reopen_unit", about=unit, words=words)
    return unit
