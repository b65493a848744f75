"""How near a reading comes to the expected one: header, tasks, fields, tree, and what was invented.

    script/score_importer [FOLDER…]      # default: samples and samples/shapes

Every document with a `<name>.expected.json` beside it is read; `doubts` are not compared.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from danvan.text import fold
from plans.importing import read_document, to_json

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
KINDS = (".docx", ".pdf", ".txt", ".md")
ONE_LINE = ("number", "place", "title", "issuer", "superior", "authority", "position", "signer")
HEADER = (*ONE_LINE, "date", "year", "legal_bases", "recipients")
UNITS = ("lead", "coordinating")
FIELDS = (*UNITS, "due", "due_bound", "frequency", "target", "deliverable", "kind")
GOALS = {"header": 0.95, "f1": 0.95, "fields": 0.90, "said": 0.90}
Reading = dict[str, Any]


@dataclass
class Score:
    """Counts, so that documents add up. `said` leaves out the fields that are empty on both sides."""

    header_right: int = 0
    header_all: int = 0
    matched: int = 0
    found: int = 0
    expected: int = 0
    fields_right: int = 0
    fields_all: int = 0
    said_right: int = 0
    said_all: int = 0
    trees_right: int = 0
    trees_all: int = 0
    invented: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))

    @property
    def rates(self) -> dict[str, float]:
        precision, recall = _share(self.matched, self.found), _share(self.matched, self.expected)
        return {
            "header": _share(self.header_right, self.header_all),
            "precision": precision,
            "recall": recall,
            "f1": _share(2 * self.matched, self.found + self.expected),
            "fields": _share(self.fields_right, self.fields_all),
            "said": _share(self.said_right, self.said_all),
            "tree": _share(self.trees_right, self.trees_all),
        }

    @property
    def is_enough(self) -> bool:
        return self.invented == 0 and all(self.rates[name] >= goal for name, goal in GOALS.items())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def documents(folder: Path) -> list[Path]:
    """Each file beside an expected reading of the same name, whatever its kind."""
    names = [path.name.removesuffix(".expected.json") for path in folder.glob("*.expected.json")]
    return sorted(path for name in names for path in folder.glob(f"{name}.*") if path.suffix in KINDS)


def score_document(path: Path) -> Score:
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    try:
        found = to_json(read_document(path.name, path.read_bytes()))
    except (
        Exception
    ) as problem:  # refused, or a defect: nothing was read, and the other documents are still scored
        nothing = {name: None for name in HEADER} | {
            "legal_bases": [],
            "recipients": [],
            "sections": [],
            "tasks": [],
        }
        score = score_reading(nothing, expected)
        score.wrong = [f"not read: {type(problem).__name__}: {problem}"]
        return score
    return score_reading(found, expected)


def score_reading(found: Reading, expected: Reading) -> Score:
    score = Score(header_all=len(HEADER), trees_all=1)
    for name in HEADER:
        if _same_header(name, found[name], expected[name]):
            score.header_right += 1
        else:
            score.wrong.append(f"{name}: {found[name]!r}, expected {expected[name]!r}")
    _score_tasks(score, found["tasks"], expected["tasks"])
    trees = [_tree(reading["sections"]) for reading in (found, expected)]
    if trees[0] == trees[1]:
        score.trees_right = 1
    else:
        score.wrong.append(f"tree: {_first_difference(*map(list, map(_flat, trees)))}")
    return score


def _same_header(name: str, found: Any, expected: Any) -> bool:
    if name in ("legal_bases", "recipients"):
        return [fold(line) for line in found] == [fold(line) for line in expected]
    if name in ONE_LINE:
        return _short(found) == _short(expected)
    return found == expected


def _short(words: str | None) -> str | None:
    """`Ủy ban nhân dân` and `UBND` are the same words."""
    return None if words is None else fold(words).replace("uy ban nhan dan", "ubnd")


def _score_tasks(score: Score, found: list[Reading], expected: list[Reading]) -> None:
    score.found, score.expected = len(found), len(expected)
    open_ones = list(expected)
    for task in found:
        match = next((other for other in open_ones if _key(other) == _key(task)), None)
        if match is None:
            score.wrong.append(f"task not expected: {task['path']} {task['text'][:90]}")
            _count_invented(score, task, [other for other in expected if other["path"] == task["path"]])
            continue
        open_ones.remove(match)
        score.matched += 1
        _score_fields(score, task, match)
        _count_invented(score, task, [match])
    score.wrong += [f"task not found: {task['path']} {task['text'][:90]}" for task in open_ones]


def _key(task: Reading) -> tuple[str, str]:
    return task["path"], fold(task["text"])


def _score_fields(score: Score, task: Reading, match: Reading) -> None:
    for name in FIELDS:
        one, other = _value(task, name), _value(match, name)
        is_said = bool(one or other) and not (name == "kind" and one == other == "action")
        score.fields_all += 1
        score.fields_right += one == other
        score.said_all += is_said
        score.said_right += is_said and one == other
        if one != other:
            score.wrong.append(f"{task['path']} {name}: {task[name]!r}, expected {match[name]!r}")


def _value(task: Reading, name: str) -> Any:
    """Units as folded sets, lists as sets, words folded."""
    value = task[name]
    if isinstance(value, list):
        return frozenset(fold(part) for part in value)
    return fold(value) if value and name in ("target", "deliverable") else value


def _count_invented(score: Score, task: Reading, allowed: list[Reading]) -> None:
    """Days and units that no expectation of this task knows."""
    for names in (("due",), ("frequency",), UNITS):
        known = {part for other in allowed for name in names for part in _value(other, name)}
        for name in names:
            extra = [part for part in task[name] if fold(part) not in known]
            score.invented += len(extra)
            score.wrong += [f"{task['path']} invented {name}: {part!r}" for part in extra]


def _tree(sections: list[Reading]) -> list[Any]:
    """Numerals, kinds, titles and items; annexes (`other`) are left out."""
    return [
        (one["numeral"], one["kind"], fold(one["title"]).rstrip(".: "), _items(one["items"]))
        for one in sections
        if one["kind"] != "other"
    ]


def _items(items: list[Reading]) -> list[Any]:
    return [(_bullet(item["label"]), fold(item["text"]), _items(item["items"])) for item in items]


def _bullet(label: str) -> str:
    return "-" if label in ("*", "•", "–") else label


def _flat(tree: Any, depth: int = 0) -> Iterator[str]:
    for *words, below in tree:
        yield "  " * depth + " | ".join(words)
        yield from _flat(below, depth + 1)


def _first_difference(found: list[str], expected: list[str]) -> str:
    at = next((at for at, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(found), len(expected)) if at is None else at
    lines = [side[at].strip()[:90] if at < len(side) else "(end)" for side in (found, expected)]
    return f"{lines[0]!r}, expected {lines[1]!r}"


def main(folders: list[str]) -> int:
    """Prints a line per document and in total; 0 when the whole reaches the goals, otherwise 1."""
    total, shown = Score(), Counter[str]()
    print(f"{'':44}header  prec   rec    F1  fields  said  tree  invented")
    for folder in map(Path, folders or [str(SAMPLES), str(SAMPLES / "shapes")]):
        for path in documents(folder):
            shown["documents"] += 1
            total += (score := score_document(path))
            print(_line(path.name, score))
            print("".join(f"    {line}\n" for line in score.wrong), end="")
    print(_line(f"total of {shown['documents']}", total))
    return 0 if total.is_enough and shown["documents"] else 1


def _line(name: str, score: Score) -> str:
    rates = "".join(f"{rate:6.2f}" for rate in score.rates.values())
    return f"{'✓' if score.is_enough else '✗'} {name:42}{rates}{score.invented:6d}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
