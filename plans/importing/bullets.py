"""How deep bullets stand, by their signs: `+` under `-` is the custom, `•` beside `-` mostly a slip of copying.

A sign makes a level of its own where the line above announces it (“…:”), where custom says so, or where it stands under
another again and again in several lines. Otherwise it is one more sign of a level that is open already.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .clauses import is_assignment
from .labels import RANKS, Label, split_label
from .lines import Line, ends_sentence
from .outline import Item

Pair = tuple[str, str]  # the sign above and the one below
_ROUND = "•●·\uf0b7"
_CUSTOM = {
    *(("-", other) for other in "+o○◦"),
    *((one, other) for one in _ROUND for other in ("o", "○", "◦", "▪", "+")),
    *((one, other) for one in "o○◦" for other in "▪■§\uf0a7"),
}
_BELOW = "Dấu đầu dòng “{sign}” khác dòng trên mà dòng trên đã hết câu; tạm coi là ý nhỏ của dòng trên, hãy kiểm tra lại."
_BESIDE = "Dấu đầu dòng “{sign}” lẫn với “{other}”; tạm coi là cùng cấp, hãy kiểm tra lại."


def announces(above: str, below: str) -> bool:
    """Whether the words above are a heading of those below: a colon, or no end of sentence where the line below has one."""
    return above.rstrip().endswith(":") or (not ends_sentence(above) and ends_sentence(below))


class Signs:
    """What the whole body says about its bullets. Without lines only custom counts."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self._between: set[Pair] = set()
        self._next: dict[int, str] = {}
        said, unsaid, lengths = Counter[Pair](), Counter[Pair](), Counter[Pair]()
        for runs in _blocks(lines):
            signs = [run[0][1].sign for run in runs]
            for at, (sign, run) in enumerate(zip(signs, runs, strict=True)):
                if at + 1 < len(runs):
                    self._next |= dict.fromkeys((id(line) for line, _ in run), signs[at + 1])
                if not at:
                    continue
                pair = (signs[at - 1], sign)
                is_said = announces(runs[at - 1][-1][1].text, run[0][1].text)
                (said if is_said else unsaid)[pair] += 1
                lengths[pair] += len(run)
                if not is_said and at + 1 < len(runs) and signs[at + 1] == signs[at - 1]:
                    self._between.add((signs[at - 1], sign))
        self._usual = {pair for pair in said if said[pair] >= unsaid[pair]}
        # Under another at least twice, mostly in several lines, and never the other way round.
        self._regular = {
            (above, below)
            for (above, below), times in unsaid.items()
            if times > 1 and 2 * lengths[above, below] >= 3 * times and unsaid[below, above] <= times
        }

    def is_deeper(self, above: str, below: str) -> bool:
        return (above, below) in _CUSTOM or (above, below) in self._usual

    def is_regular(self, above: str, below: str) -> bool:
        """Deeper for no better reason than that it always looks so: to be doubted."""
        return (above, below) in self._regular

    def is_beside(self, one: str, other: str) -> bool:
        """Whether the body has `other` between two of `one`."""
        return (one, other) in self._between

    def after(self, line: Line) -> str:
        """The next other sign after this line in the same stretch of bullets."""
        return self._next.get(id(line), "")


@dataclass
class Open:
    """An item to which narrower labels may still be added."""

    rank: int
    sign: str
    item: Item
    siblings: list[Item]
    level: int | None = None  # of a bullet that Word set; one that was typed has none
    signs: frozenset[str] = frozenset()  # of all bullets of this level

    def is_like(self, label: Label, line: Line) -> bool:
        """Whether the bullet stands as deep as this one."""
        if self.level is not None and line.label and self.level != line.level:
            return False
        return label.sign in self.signs


def place_of(opened: Sequence[Open], line: Line, label: Label, signs: Signs) -> tuple[int, str]:
    """How many of the open items stay open when this bullet comes, and what is doubtful about that, if anything."""
    bullets = [at for at, entry in enumerate(opened) if entry.rank == RANKS["bullet"]]
    if not bullets:
        return len(opened), ""
    last = opened[-1]
    like = next((at for at, entry in enumerate(opened) if entry.is_like(label, line)), None)
    if like is not None:
        is_announced = (
            opened[like] is last and last.sign != label.sign and last.item.text.rstrip().endswith(":")
        )
        return (len(opened) if is_announced else like), ""
    if line.label and last.level is not None and line.level != last.level:
        levels = [at for at in bullets if (opened[at].level or 0) >= line.level]
        return (levels[0] if levels else len(opened)), ""
    if announces(last.item.text, label.text) or any(signs.is_deeper(sign, label.sign) for sign in last.signs):
        return len(opened), ""
    if any(signs.is_regular(sign, label.sign) for sign in last.signs):
        return len(opened), _BELOW.format(sign=_shown(label.sign))
    beside = [at for at in bullets if any(signs.is_beside(sign, label.sign) for sign in opened[at].signs)]
    at = bullets[-1] if signs.after(line) in last.signs else [*beside, bullets[0]][0]
    return at, _BESIDE.format(sign=_shown(label.sign), other=_shown(opened[at].sign))


def _shown(sign: str) -> str:
    """Signs of Word's own fonts have no letter that could be shown."""
    return sign if sign.isprintable() else "•"


def _blocks(lines: Sequence[Line]) -> Iterator[list[list[tuple[Line, Label]]]]:
    """Stretches of bullets with nothing between, each as runs of one sign. “- Chủ trì: …” is no bullet of its own."""
    block: list[tuple[Line, Label]] = []
    for line in [*lines, None]:
        label = split_label(line.text) if line is not None and not line.table else None
        if line is not None and label and label.kind == "bullet":
            if not is_assignment(label.text):
                block.append((line, label))
        elif block:
            yield [list(run) for _, run in groupby(block, key=lambda pair: pair[1].sign)]
            block = []
