"""Units by the many names documents give them. Pure: no queries; whoever calls brings the agency's units.

«Ủy ban MTTQ», «UB MTTQ VN phường» and «Mặt trận» are one name (`plain_name`). A name that fits two units fits none:
it is shown as unclear, and somebody chooses.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Unit
from danvan.text import fold

# Each pair: what is written (a pattern over spoken words) and what is meant, in this order.
_SHORT_FORMS = (
    (r"ub mttq|ubmttq", "uy ban mttq"),
    (r"mttq|mtq", "mat tran to quoc"),
    (r"ubnd|ub nd", "uy ban nhan dan"),
    (r"ub", "uy ban"),
    (r"hdnd", "hoi dong nhan dan"),
    (r"vn", "viet nam"),
    (r"vp", "van phong"),
    (r"qs", "quan su"),
    (r"lhpn", "lien hiep phu nu"),
    (r"hlhpn|hpn|hoi pn", "hoi lien hiep phu nu"),
    (r"hccb", "hoi cuu chien binh"),
    (r"ccb", "cuu chien binh"),
    (r"hnd|hoi nd", "hoi nong dan"),
    (r"hoi nct", "hoi nguoi cao tuoi"),
    (r"hoi ctd", "hoi chu thap do"),
    (r"dtn|doan tn", "doan thanh nien"),
    (r"tncs hcm", "tncs ho chi minh"),
    (r"tncs", "thanh nien cong san"),
    (r"vhxh|vh xh", "van hoa xa hoi"),
    (r"bp", "bo phan"),
    # BCH is also Ban Chấp hành: only what follows says which one.
    (r"bch(?= (?:quan su|phong chong|pctt|phong thu))", "ban chi huy"),
    (r"^ca(?=$| xa$| phuong)", "cong an"),
)
_SAME = (
    (r"doan thanh nien cong san(?: ho chi minh)?", "doan thanh nien"),
    (r"(?:uy ban )?mat tran to quoc", "mat tran to quoc"),
    (r"^(?:uy ban )?mat tran$", "mat tran to quoc"),
    (r"hoi phu nu", "hoi lien hiep phu nu"),
    (r"^cuu chien binh$", "hoi cuu chien binh"),
    # Nghị định 61/2018/NĐ-CP, Điều 3: the two names of one desk.
    (r"^(?:bo phan )?mot cua$", "tiep nhan tra ket qua"),
)
_LEAD = re.compile(r"(?:cong chuc|bo phan|can bo) (?!cong chuc|can bo|bo phan)(?=.)")
_COUNTRY = re.compile(r"(?<=.) viet nam$")
_LEVEL = "phuong|xa|thi tran"


def spoken(name: str) -> str:
    """A name as it is said: no accents, no case, no punctuation. «Tư pháp - Hộ tịch» gives `tu phap ho tich`."""
    return " ".join(re.findall(r"\w+", fold(name)))


def plain_name(name: str, place: str = "") -> str:
    """What all spellings of one unit's name in the ward `place` share: short forms written out, and without
    «phường …» at the end and «công chức», «bộ phận», «cán bộ» at the beginning.

    Another ward's name is kept: «Công an phường Hòa Bình» is no unit of Lãm Hà.
    """
    words = _replaced(spoken(name), _SHORT_FORMS)
    words = " ".join(word for word in _without_place(words, place).split() if word != "va")
    words = _replaced(_COUNTRY.sub("", words), _SAME)
    words = _COUNTRY.sub("", words)
    return _LEAD.sub("", words, count=1) if _LEAD.match(words) else words


def _replaced(words: str, pairs: Iterable[tuple[str, str]]) -> str:
    for written, meant in pairs:
        words = re.sub(rf"(?<!\w)(?:{written})(?!\w)", meant, words)
    return words


def _without_place(words: str, place: str) -> str:
    own = re.sub(rf"^(?:{_LEVEL}) ", "", spoken(place))
    if own and (named := re.search(rf"(?<=.) (?:{_LEVEL}|p|x|tt) {re.escape(own)}$", words)):
        return words[: named.start()]
    return re.sub(rf"(?<=.) (?:{_LEVEL})$", "", words)


@dataclass(frozen=True)
class Match:
    """The units that a name fits: one, none (unknown), or several (unclear, and so nobody)."""

    name: str
    units: tuple[Unit, ...] = ()

    @property
    def unit(self) -> Unit | None:
        return self.units[0] if len(self.units) == 1 else None

    @property
    def is_unclear(self) -> bool:
        return len(self.units) > 1

    @property
    def anchor(self) -> str:
        """Where a page that lists names has this one."""
        return f"ten-{spoken(self.name).replace(' ', '-')}"

    @property
    def shown(self) -> str:
        """What a form carries, so that a match that changed meanwhile is noticed."""
        return ",".join(str(unit.pk) for unit in self.units)


class UnitNames:
    """Finds units by the names documents use; a name written exactly so wins over one that only means the same."""

    def __init__(self, units: Iterable[Unit], place: str = "") -> None:
        self.place = place
        self._exact: dict[str, list[Unit]] = defaultdict(list)
        self._plain: dict[str, list[Unit]] = defaultdict(list)
        self._matches: dict[str, Match] = {}  # a document repeats its names on every line
        for unit in units:
            for name in unit.names():
                _put(self._exact[spoken(name)], unit)
                _put(self._plain[plain_name(name, place)], unit)

    def match(self, name: str) -> Match:
        if name not in self._matches:
            self._matches[name] = self._match(name)
        return self._matches[name]

    def _match(self, name: str) -> Match:
        found = self._exact.get(spoken(name)) or self._plain.get(plain_name(name, self.place)) or []
        return Match(name, tuple(found) if spoken(name) else ())

    def find(self, names: Iterable[str]) -> list[Unit]:
        """The units of the names that fit exactly one, each once."""
        found = (self.match(name).unit for name in names)
        return list(dict.fromkeys(unit for unit in found if unit is not None))

    def unknown(self, names: Iterable[str]) -> list[str]:
        """The names that fit no unit, or several."""
        return [name for name in names if self.match(name).unit is None]


def _put(units: list[Unit], unit: Unit) -> None:
    if unit not in units:
        units.append(unit)
