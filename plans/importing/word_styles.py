"""What a paragraph of a Word file gets from its style: bold type, hidden text, a place in a numbered list."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOPS = 12  # a chain of styles is short; a ring of them would be endless


@dataclass
class _Style:
    based_on: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    number_id: str = ""
    level: str = ""


@dataclass
class Styles:
    """Asked by style id; an unknown id has the style of plain text."""

    by_id: dict[str, _Style] = field(default_factory=dict)
    default: str = ""  # the style of paragraphs that name none

    def is_bold(self, name: str) -> bool:
        return bool(next((style.bold for _, style in self._chain(name) if style.bold is not None), False))

    def is_hidden(self, name: str) -> bool:
        return bool(next((style.hidden for _, style in self._chain(name) if style.hidden is not None), False))

    def numbering(self, name: str) -> tuple[str, str, str]:
        """List, level (may be empty) and the style that says so."""
        for owner, style in self._chain(name):
            if style.number_id:
                return style.number_id, style.level, owner
        return "", "", ""

    def _chain(self, name: str) -> list[tuple[str, _Style]]:
        chain: list[tuple[str, _Style]] = []
        while name in self.by_id and len(chain) < _HOPS:
            chain.append((name, self.by_id[name]))
            name = self.by_id[name].based_on
        return chain


def read_styles(root: Element | None) -> Styles:
    styles = Styles()
    for element in root.iter(f"{W}style") if root is not None else ():
        name = element.get(f"{W}styleId", "")
        styles.by_id[name] = _Style(
            based_on=value(element.find(f"{W}basedOn")),
            bold=is_on(element.find(f"{W}rPr/{W}b")),
            hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
            number_id=value(_last(element, f"{W}pPr/{W}numPr/{W}numId")),
            level=value(_last(element, f"{W}pPr/{W}numPr/{W}ilvl")),
        )
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
            styles.default = name
    return styles


def value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def is_on(toggle: Element | None) -> bool | None:
    """A Word toggle: None = not said, `<w:b/>` = on, `<w:b w:val="0"/>` = off."""
    return None if toggle is None else value(toggle) not in ("0", "false", "off")


def _last(element: Element, path: str) -> Element | None:
    """Programs that add a property to a template's style may leave two; the later one counts."""
    return next(iter(element.findall(path)[::-1]), None)
