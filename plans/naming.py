"""«Đơn vị trong kế hoạch»: every name that was read, what it means, and where it stands. Pure; no queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import Unit
from accounts.unit_names import Match, UnitNames, spoken
from plans.models import Item


@dataclass
class NameRead:
    """One name with all its spellings that differ in accents and case only."""

    match: Match
    leads: list[Item] = field(default_factory=list)
    supports: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.match.name

    @property
    def first(self) -> Item:
        return (self.leads or self.supports)[0]

    @property
    def kind(self) -> str:
        """What to propose for a new unit, by the first word; the form may say otherwise."""
        words = spoken(self.name)
        if words.startswith(("cac ", "toan the ", "tat ca ", "moi ", "tung ")):
            return Unit.Kind.GROUP
        is_person = words.startswith(("chu tich", "pho chu tich", "dong chi", "bi thu", "pho bi thu"))
        return Unit.Kind.PERSON if is_person else Unit.Kind.UNIT


def names_read(items: Iterable[Item], names: UnitNames) -> list[NameRead]:
    """In the order of the document; what means no unit, or several, first."""
    found: dict[str, NameRead] = {}
    for item in items:
        for name in item.lead:
            _entry(found, names, name).leads.append(item)
        for name in item.coordinating:
            _entry(found, names, name).supports.append(item)
    return sorted(found.values(), key=lambda read: read.match.unit is not None)


def unclear_names(items: Iterable[Item], names: UnitNames) -> list[NameRead]:
    return [read for read in names_read(items, names) if read.match.unit is None]


def _entry(found: dict[str, NameRead], names: UnitNames, name: str) -> NameRead:
    key = spoken(name)
    if key not in found:
        found[key] = NameRead(names.match(name))
    return found[key]
