"""Which lines of the outline are tasks, and what the document says of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from danvan.text import fold

from .clauses import LONGEST, find_target, kind_of, read_line
from .labels import roman_value
from .lines import ends_sentence
from .outline import Item, Outline, Reading, Section
from .units import is_only_units, unread_order

# “Nội dung, phân công và thời gian thực hiện theo Phụ lục kèm theo”: the annex holds the tasks, not this line.
_TO_ANNEX = re.compile(
    r"\W*(?:noi dung|nhiem vu|cac nhiem vu|cac noi dung|chi tiet|phan cong|cu the|danh muc|thoi gian|tien do|co|theo)\b[^;]{0,160}"
    r"(?:phu luc|bieu|bang|danh muc)\b[^;]{0,60}(?:kem theo|dinh kem|gui kem|ban hanh kem|sau day|duoi day)?\W*[^;]{0,80}"
)
_AIMS = re.compile(
    r"(?:muc dich|yeu cau|quan diem|muc tieu)(?:[ ,]+(?:va )?(?:yeu cau|muc dich|chung|tong quat))*\W*"
)
_TARGETS = re.compile(r".*(?:chi tieu|muc tieu cu the)")
_TARGET_LINE = re.compile(
    r"(?:phan dau|ty le|ti le|dat|tren|it nhat|toi thieu|co|[0-9]+([.,][0-9]+)?\s*%|100%)"
)
_BOTH = "Dòng này là một việc mà bên dưới còn có các ý nhỏ; hãy xem có phải là một việc riêng không."
_SAYS_MORE = (
    "Dòng này nêu đơn vị hoặc thời hạn nhưng có các ý bên dưới nên chưa tính là một việc; hãy kiểm tra lại."
)


@dataclass(frozen=True)
class _Place:
    """What a line inherits from those above it."""

    kind: str  # of the section; `purpose` also under “1. Mục đích” elsewhere
    path: str
    lead: tuple[str, ...] = ()
    assignment: str = ""
    is_targets: bool = False
    is_request: bool = False  # “4. Đề nghị Mặt trận Tổ quốc:”


def find_tasks(outline: Outline) -> None:
    """Set `reading` and `path` on every item that is a task (conventions 1–4 of the importer's contract)."""
    for section in outline.sections:
        place = _Place(section.kind, section.numeral, is_targets=bool(_TARGETS.match(fold(section.title))))
        _visit_all(section.items, place, outline)
    for annex, prefix in zip(outline.annexes, _prefixes(outline.annexes), strict=True):
        _visit_annex(annex, prefix)


def _prefixes(annexes: Sequence[Section]) -> list[str]:
    """`PL` for the first annex with tasks; further ones count their rows anew and bear their number: `PL2`."""
    found: list[str] = []
    for place, annex in enumerate(annexes, start=1):
        number = int(annex.numeral) if annex.numeral.isdecimal() else roman_value(annex.numeral.upper())
        wanted = f"PL{number or place}" if found else "PL"
        found.append(
            wanted if wanted not in found else next(f"PL{n}" for n in count(place) if f"PL{n}" not in found)
        )
    return found


def _visit_annex(annex: Section, prefix: str) -> None:
    for item in annex.walk():
        item.path = f"{prefix}/{item.label}" if item.label else prefix
        if item.columns and not item.items:
            item.reading = replace(item.columns, kind=kind_of(item.text, is_duty=False))


def _visit_all(items: list[Item], place: _Place, outline: Outline) -> None:
    has_labels = any(item.label for item in items)
    for item in items:
        path = f"{place.path}/{item.label}" if item.label.strip("-+") else place.path
        here = replace(place, path=path)
        if item.items:
            if item.assignment_text:
                reason = "Dòng phân công của mục này được tính cho mọi việc bên dưới; hãy kiểm tra lại."
                outline.doubt(item.line, item.text, reason)
            _keep_said(item, here, outline)
            _visit_all(item.items, _below(item, here), outline)
        elif item.label or not has_labels:
            _read_leaf(item, here, outline)
        elif place.kind in ("content", "organisation"):
            outline.doubt(
                item.line, item.text, "Đoạn này không có ký hiệu đầu dòng nên chưa tính là một việc."
            )


def _keep_said(item: Item, place: _Place, outline: Outline) -> None:
    """A line with lines under it is no task; but what it says of who and when must not go unseen.

    A whole sentence that says it stays a task, an opening (“…, gồm:”) gets a doubt.
    """
    if place.kind not in ("content", "organisation") or item.columns or is_only_units(item.text):
        return
    said, _ = read_line(item.text, "", outline.year)
    if not (said.lead or said.due or said.frequency):
        return
    is_whole = ends_sentence(item.text) and not item.text.rstrip().endswith(":")
    if is_whole:
        _read_leaf(item, place, outline)
    outline.doubt(item.line, item.text, _BOTH if item.reading else _SAYS_MORE)


def _below(item: Item, place: _Place) -> _Place:
    folded = fold(item.text)
    lead = place.lead
    if place.kind == "organisation" and (named := is_only_units(item.text)):
        lead = tuple(named)
    return replace(
        place,
        lead=lead,
        kind="purpose" if _AIMS.fullmatch(folded) else place.kind,
        assignment=item.assignment_text or place.assignment,
        is_targets=place.is_targets or bool(_TARGETS.match(folded)),
        is_request=place.is_request or kind_of(item.text, is_duty=True) == "request",
    )


def _read_leaf(item: Item, place: _Place, outline: Outline) -> None:
    if item.columns:
        reading = replace(item.columns, kind=kind_of(item.text, is_duty=place.kind == "organisation"))
    elif place.kind in ("content", "organisation"):
        if len(item.text) < 320 and _TO_ANNEX.fullmatch(fold(item.text)):
            return
        reading = _read_task(item, place, outline)
    elif place.kind == "purpose" and _is_target(item, place):
        reading = replace(_read_task(item, place, outline), kind="target")
    else:
        return
    item.reading, item.path = reading, place.path
    if len(reading.lead) > 1:
        outline.doubt(
            item.line,
            item.text,
            f"Dòng này nêu {len(reading.lead)} đơn vị cùng làm; hãy chọn đơn vị chủ trì.",
        )


def _is_target(item: Item, place: _Place) -> bool:
    figure = find_target(item.text)
    if place.is_targets:
        return bool(figure) or any(map(str.isdigit, item.text))
    return bool(figure) and bool(_TARGET_LINE.match(fold(item.text)))


def _read_task(item: Item, place: _Place, outline: Outline) -> Reading:
    reading, guesses = read_line(item.text, item.assignment_text, outline.year)
    said_lead = bool(reading.lead)
    if place.assignment:
        above, _ = read_line("", place.assignment, outline.year)
        reading = _with_inherited(reading, above)
    if not said_lead and (order := unread_order(item.text[:LONGEST])):
        reason = f"Câu này giao việc (“{order} …”) nhưng chưa rõ tên đơn vị; hãy chọn đơn vị chủ trì."
        outline.doubt(item.line, item.text, reason)
    if not reading.lead:
        reading.lead = list(place.lead)
    reading.kind = kind_of(item.text, is_duty=place.kind == "organisation")
    if reading.kind == "action" and place.is_request:
        reading.kind = "request"
    for guess in guesses:
        outline.doubt(item.line, item.text, guess)
    return reading


def _with_inherited(reading: Reading, above: Reading) -> Reading:
    """What the lines above assign holds for this line as far as it says nothing itself."""
    has_time = reading.due or reading.frequency
    return replace(
        reading,
        lead=reading.lead or above.lead,
        coordinating=reading.coordinating or above.coordinating,
        due=reading.due if has_time else above.due,
        due_bound=reading.due_bound if has_time else above.due_bound,
        frequency=reading.frequency if has_time else above.frequency,
        deliverable=reading.deliverable or above.deliverable,
    )
