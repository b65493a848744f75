"""What is odd about typed figures: an identity that does not hold, a jump to ten times or a tenth of the period before.

A hint stands beside its cell and refuses nothing. Pure.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from tasks.formulas import mismatch
from tasks.models import Indicator

JUMP = 10
Values = Mapping[str, Decimal | None]


def figure_hints(indicators: Iterable[Indicator], values: Values, previous: Values) -> dict[str, list[str]]:
    """Code → sentences. `values` and `previous` (the last accepted period before) are figures by code."""
    indicators = list(indicators)
    hints: dict[str, list[str]] = defaultdict(list)
    for one in indicators:
        if words := identity_words(one, values):
            hints[one.code].append(words)
        if words := jump_words(values.get(one.code), previous.get(one.code)):
            hints[one.code].append(words)
    return dict(hints)


def identity_words(indicator: Indicator, values: Values) -> str:
    """«Chưa khớp: một bên 7, một bên 5»; nothing where it holds, a figure is missing, or nobody can read it."""
    if not indicator.identity:
        return ""
    try:
        found = mismatch(indicator.identity, values)
    except ValueError:
        return ""
    return f"Chưa khớp: một bên {plain(found[0])}, một bên {plain(found[1])}" if found else ""


def identity_in_words(identity: str, names: Mapping[str, str]) -> str:
    """The identity with names of indicators in place of their codes."""
    return re.sub(r"[a-z]\w*", lambda found: names.get(found[0], found[0]), identity)


def jump_words(value: Decimal | None, previous: Decimal | None) -> str:
    """Where one is at least ten times the other; from nothing or to nothing is no jump."""
    if not value or not previous:
        return ""
    if value >= JUMP * previous:
        return f"Gấp {JUMP} lần kỳ trước ({plain(previous)}) trở lên. Hãy xem lại có gõ thừa số không."
    if value * JUMP <= previous:
        return f"Chưa bằng một phần {JUMP} kỳ trước ({plain(previous)}). Hãy xem lại có gõ thiếu số không."
    return ""


def plain(number: Decimal) -> str:
    """1.234,5 without trailing noughts."""
    text = f"{number:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
