"""The words of an invented plan, from a `.plan` file.

    !key value            how the file is laid out, or one line of the heading block, a basis, a recipient, …
    I|MỤC ĐÍCH            a line of the body: two spaces per level, label, `|`, text; `M1` is “Mục 1”
      =|Chủ trì: …        a paragraph of its own below the item, without label (`=-` with a dash)
    A|Phụ lục I|NAME      begins an annex
    T|STT|Nội dung|…      its table: T heading row, G group row, R row; a cell `"` continues the merged one above,
                          `<` the merged one on its left
    P|text                a paragraph of the annex

Inside a text: `~` non-breaking space, `{br}` line break, `{zw}` zero-width space, `{ins:…}` `{del:…}` tracked changes,
`{gone}` the whole paragraph is a tracked deletion, `{fn:…}` footnote, `{cm:note/words}` comment,
`{sdt:…}` content control, `{field:CODE/shown}`, `{link:…}`, `{i:…}` italic, `{lost}` the number became a dash, `{page}` a page break as copied text has it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
TOKEN = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_KINDS = [
    ("roman", r"[IVX]+"),
    ("muc", r"M\d+"),
    ("multi", r"\d+(\.\d+)+"),
    ("decimal", r"\d+"),
    ("clause", r"=-?"),
    ("letter", r"[a-zđ]"),
    ("bullet", r"[-+*•–]"),
    ("", r""),
]


@dataclass
class Line:
    depth: int
    label: str
    text: str

    @property
    def kind(self) -> str:
        return next(kind for kind, pattern in _KINDS if re.fullmatch(pattern, self.label))


@dataclass
class Annex:
    heading: str
    title: str
    rows: list[tuple[str, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Plan:
    name: str
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lines: list[Line] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)

    def get(self, key: str, otherwise: str = "") -> str:
        return (self.said.get(key) or [otherwise])[0]

    def pairs(self, key: str) -> dict[str, str]:
        """`!auto roman:%1. decimal:%2.` as a dictionary, in its order."""
        return dict(pair.split(":", 1) for pair in self.get(key).split())

    def is_heading(self, at: int) -> bool:
        """Whether items of a lower level follow, so that it is written bold."""
        below = [line for line in self.lines[at + 1 : at + 2] if line.kind != "clause"]
        return bool(below) and below[0].depth > self.lines[at].depth


def read_plan(path: Path) -> Plan:
    plan = Plan(path.stem)
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.startswith("!"):
            key, _, value = raw[1:].partition(" ")
            plan.said[key].append(value)
        elif raw[:2] in {"A|", "T|", "G|", "R|", "P|"}:
            _read_annex_line(plan, raw[0], raw[2:])
        elif raw.strip() and not raw.lstrip().startswith(("@", "#")):
            label, _, text = raw.strip().partition("|")
            plan.lines.append(Line((len(raw) - len(raw.lstrip())) // 2, label, text))
    return plan


def _read_annex_line(plan: Plan, kind: str, rest: str) -> None:
    cells = [cell.strip() for cell in rest.split("|")]
    if kind == "A":
        plan.annexes.append(Annex(cells[0], cells[1]))
    elif kind == "P":
        plan.annexes[-1].notes.append(rest.strip())
    else:
        plan.annexes[-1].rows.append((kind, cells))


def plain(text: str, *, line_break: str = "\n") -> str:
    """The words as a reader sees them once the changes are accepted; spaces and zero-width characters kept."""
    if "{gone}" in text:
        return ""
    return TOKEN.sub(lambda token: _seen(token[1], token[2] or "", line_break), text).replace("~", "\u00a0")


def _seen(name: str, words: str, line_break: str) -> str:
    if name in {"del", "fn", "page"}:
        return ""
    if name in {"cm", "field"}:
        return words.partition("/")[2]
    return {"br": line_break, "zw": "\u200b"}.get(name, words)


def typed_label(plan: Plan, line: Line) -> str:
    """The label as somebody types it: `!typed roman:{}/ decimal:{}/`; bullets as they stand."""
    if line.kind in {"", "clause"}:
        return "- " if line.label == "=-" else ""
    if "{lost}" in line.text:
        return "- "
    usual = {"roman": "{}.", "muc": "Mục {}", "letter": "{})", "bullet": "{}", "multi": "{}."}
    shape = plan.pairs("typed").get(line.kind) or usual.get(line.kind, "{}.")
    return shape.format(line.label.removeprefix("M")).replace("_", " ") + " "


def heading_block(plan: Plan) -> tuple[list[str], list[str]]:
    """The two columns at the top, as many lines in each; the number is level with place and day."""
    left, right = [*plan.said["superior"], *plan.said["issuer"]], list(NATION)
    rows = max(len(left), len(right)) + 1
    left += [""] * (rows - 1 - len(left)) + [plan.get("number")]
    return left, right + [""] * (rows - 1 - len(right)) + [plan.get("place")]


def signature_block(plan: Plan) -> tuple[list[str], list[str]]:
    left = ["Nơi nhận:", *(f"- {text}" for text in plan.said["recipient"])]
    return left, [*plan.said["sign"], "", "", *plan.said["signer"]]
