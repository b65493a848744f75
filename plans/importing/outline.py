"""What the importer returns: the document as an outline. No database, no request."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Reading:
    """What the document says of one task, as read. What it does not say is empty.

    `due` holds `YYYY-MM-DD`, `YYYY-MM`, `YYYY-Qn` or `YYYY`; `due_bound` is `by`, `before` or None;
    `frequency` holds weekly, monthly, quarterly, half_yearly, yearly, ongoing, as_needed;
    `kind` is action, report, request or target.
    """

    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    due_bound: str | None = None
    frequency: list[str] = field(default_factory=list)
    target: str | None = None
    deliverable: str | None = None
    kind: str = "action"


@dataclass
class Item:
    """One line of the plan with the lines under it.

    `line` counts from 1 in the file: lines of a text, paragraphs and table rows of a Word file.
    `assignment_text` holds its “Chủ trì/Thời gian” lines verbatim. `reading` is set for tasks only, `path` for them and
    for all rows of annexes; in a plan with several annexes of tasks each has its own prefix (`PL/1`, `PL2/1`).
    """

    label: str
    text: str
    line: int | None = None
    items: list["Item"] = field(default_factory=list)
    assignment_text: str = ""
    is_bold: bool = False
    # From the annex table, where a column says what elsewhere a clause says.
    columns: Reading | None = None
    reading: Reading | None = None
    path: str = ""

    def walk(self) -> Iterator["Item"]:
        """This item and all below it, in the order of the document."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass
class Section:
    """A part of the document. `kind` is purpose, content, organisation, other, or annex."""

    numeral: str
    title: str
    kind: str
    line: int | None = None
    items: list[Item] = field(default_factory=list)

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True)
class Doubt:
    """A guess, or a line that found no place; `reason` is plain Vietnamese."""

    line: int | None
    text: str
    reason: str


@dataclass
class Outline:
    """A whole plan document. Annexes stand beside the sections and are not in the JSON, only their tasks are."""

    number: str | None = None
    date: dt.date | None = None
    place: str | None = None
    issuer: str | None = None
    superior: str | None = None
    title: str | None = None
    year: int | None = None
    legal_bases: list[str] = field(default_factory=list)
    opening_words: str = ""
    sections: list[Section] = field(default_factory=list)
    annexes: list[Section] = field(default_factory=list)
    closing_words: str = ""
    recipients: list[str] = field(default_factory=list)
    authority: str | None = None
    position: str | None = None
    signer: str | None = None
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def tasks(self) -> list[Item]:
        """The items that are tasks: those of the sections, then those of the annexes."""
        return [item for part in [*self.sections, *self.annexes] for item in part.walk() if item.reading]

    def doubt(self, line: int | None, text: str, reason: str) -> None:
        self.doubts.append(Doubt(line, text, reason))


def to_json(outline: Outline) -> dict[str, Any]:
    """The contract of `manage.py import_plan --json`, ready for `json.dumps`."""
    return {
        "number": outline.number,
        "date": outline.date.isoformat() if outline.date else None,
        "place": outline.place,
        "issuer": outline.issuer,
        "superior": outline.superior,
        "title": outline.title,
        "year": outline.year,
        "legal_bases": outline.legal_bases,
        "sections": [
            {"numeral": part.numeral, "title": part.title, "kind": part.kind, "items": _items(part.items)}
            for part in outline.sections
        ],
        "recipients": outline.recipients,
        "authority": outline.authority,
        "position": outline.position,
        "signer": outline.signer,
        "tasks": [
            {"path": _contract_path(task.path), "label": task.label, "text": task.text} | asdict(task.reading)
            for task in outline.tasks
            if task.reading
        ],
        "doubts": [asdict(doubt) for doubt in outline.doubts],
    }


def _contract_path(path: str) -> str:
    """The contract knows one prefix for rows of annexes, `PL`, whichever annex they stand in."""
    return re.sub(r"^PL[0-9]+(?=/|$)", "PL", path)


def _items(items: list[Item]) -> list[dict[str, Any]]:
    return [{"label": item.label, "text": item.text, "items": _items(item.items)} for item in items]
