"""Word's automatic numbering: what it would print before each paragraph.

The words of a list are in the document, its numbers are not: they follow from `numbering.xml`, from the styles, and
from every numbered paragraph before.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from danvan.text import POINT_LABELS

from .labels import roman

UNREAD_LABEL = "?"  # Word prints a number here whose definition is missing
MAX_LEVEL = 8

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACEHOLDER = re.compile(r"%([1-9])")
_HOPS = 12  # a chain of links is short; a ring of them would be endless


@dataclass(frozen=True)
class Level:
    """One level of a list: `pattern` as `%1.%2.`, `restart` the level (from 1) whose item restarts it, 0 = none."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    is_plain: bool = False  # every number of it in figures (`isLgl`)
    style: str = ""


@dataclass
class _List:
    """What one `numId` stands for; lists with the same `abstract` count on together."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass
class Numbering:
    """Counts the paragraphs of every list as Word does."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number_id: str, level: int) -> str:
        """What is printed before the next paragraph of that list: `II.`, `Mục 1.`, `đ)`, `-`; nothing if no number is."""
        found = self.lists.get(number_id)
        if found is None:
            return UNREAD_LABEL
        level = min(max(level, 0), MAX_LEVEL)
        shape = found.levels.get(level, Level())
        counts = self._counts.setdefault(found.abstract, {})
        self._count(counts, number_id, found, level)
        if shape.form == "bullet":
            return _bullet(shape.pattern)
        return _printable(self._fill(shape, found, counts))

    def is_latin(self, number_id: str, level: int) -> bool:
        """Whether Word counts a, b, c, d, e there, which `label` gives as a, b, c, d, đ."""
        found = self.lists.get(number_id)
        shape = found.levels.get(min(max(level, 0), MAX_LEVEL)) if found else None
        return bool(shape and shape.form == "lowerLetter")

    def _count(self, counts: dict[int, int], number_id: str, found: _List, level: int) -> None:
        begins = (number_id, level) not in self._begun and level in found.starts
        self._begun.add((number_id, level))
        shape = found.levels.get(level, Level())
        if begins:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else shape.start
        for lower in [other for other in counts if other > level]:
            restart = found.levels.get(lower, Level()).restart
            if restart is None or (restart and level < restart):
                del counts[lower]

    def _fill(self, shape: Level, found: _List, counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            named = found.levels.get(level, Level())
            form = "decimal" if shape.is_plain and named.form != "decimalZero" else named.form
            return _figure(counts.get(level, named.start), form)

        return (
            ""
            if shape.form == "none" and "%" not in shape.pattern
            else _PLACEHOLDER.sub(number, shape.pattern)
        )

    def level_of_style(self, number_id: str, style: str) -> int:
        """A style that numbers its paragraphs names the list; the list names the level."""
        found = self.lists.get(number_id)
        levels = found.levels.items() if found else ()
        return next((level for level, shape in levels if shape.style == style), 0)


def _figure(number: int, form: str) -> str:
    if form == "upperRoman":
        return roman(number)
    if form == "lowerRoman":
        return roman(number).lower()
    if form in ("lowerLetter", "upperLetter", "custom"):
        letter = _letter(number)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)


def _letter(number: int) -> str:
    """By the Vietnamese alphabet, as the rules for documents want; Word prints e where they write đ."""
    times, at = divmod(max(number, 1) - 1, len(POINT_LABELS))
    return POINT_LABELS[at] * (1 + min(times, 3))


def _bullet(pattern: str) -> str:
    """Signs of picture fonts stand in the private area; those that plain fonts have are kept."""
    sign = pattern.strip()[:1]
    return sign if sign in ("+", "*", "•", "–", "-", "o") else "•" if sign else "-"


def _printable(text: str) -> str:
    """`1` → `1.`: what nothing parts from the words would not be told from them."""
    text = " ".join(text.split())
    return f"{text}." if text and text[-1].isalnum() else text


# -- numbering.xml --


def read_numbering(root: Element | None) -> Numbering:
    if root is None:
        return Numbering()
    abstracts = {_attribute(one, "abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
    by_style = {
        name: one
        for one in abstracts.values()
        if (name := _value(one.find(f"{_W}styleLink"))) and one.find(f"{_W}lvl") is not None
    }
    found: dict[str, _List] = {}
    for num in root.iter(f"{_W}num"):
        key = _value(num.find(f"{_W}abstractNumId"))
        abstract = abstracts.get(key)
        for _ in range(_HOPS):
            link = _value(abstract.find(f"{_W}numStyleLink")) if abstract is not None else ""
            if link not in by_style:
                break
            abstract = by_style[link]
        if abstract is not None:
            levels = dict(map(_level, abstract.iter(f"{_W}lvl")))
            numbered = _List(_attribute(abstract, "abstractNumId"), levels)
            found[_attribute(num, "numId")] = _overridden(numbered, num.iter(f"{_W}lvlOverride"))
    return Numbering(found)


def _overridden(numbered: _List, overrides: Iterable[Element]) -> _List:
    for override in overrides:
        level = _whole(_attribute(override, "ilvl"), 0)
        if (shape := override.find(f"{_W}lvl")) is not None:
            numbered.levels[level] = replace(
                _level(shape)[1], style=numbered.levels.get(level, Level()).style
            )
            numbered.starts[level] = numbered.levels[level].start
        start = override.find(f"{_W}startOverride")
        if start is not None:
            numbered.starts[level] = _whole(_value(start), 1)
    return numbered


def _level(element: Element) -> tuple[int, Level]:
    form = next(element.iter(f"{_W}numFmt"), None)
    restart = element.find(f"{_W}lvlRestart")
    plain = element.find(f"{_W}isLgl")
    return _whole(_attribute(element, "ilvl"), 0), Level(
        form=_value(form) or "decimal",
        pattern=_value(element.find(f"{_W}lvlText"))[:40],
        start=_whole(_value(element.find(f"{_W}start")), 1),
        restart=None if restart is None else _whole(_value(restart), 0),
        is_plain=plain is not None and _value(plain) not in ("0", "false", "off"),
        style=_value(element.find(f"{_W}pStyle")),
    )


def _attribute(element: Element, name: str) -> str:
    return element.get(f"{_W}{name}", "")


def _value(element: Element | None) -> str:
    return _attribute(element, "val") if element is not None else ""


def _whole(text: str, default: int) -> int:
    return int(text[:6]) if text[:6].isdecimal() else default
