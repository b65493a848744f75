"""«Bảng theo dõi thực hiện nhiệm vụ»: what the task list has found, in the columns officials know. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from plans.content import BY_LETTER, ContentItem
from tasks import status
from tasks.models import Occurrence, Task
from tasks.overview import Line
from tasks.task_list import TaskList


@dataclass(frozen=True)
class FollowRow:
    """One occurrence. `result` is the last accepted one; what waits or was sent back is only told in the notes."""

    number: int
    line: Line
    place: ContentItem
    supporting: str

    @property
    def occurrence(self) -> Occurrence:
        return self.line.occurrence

    @property
    def lead(self) -> str:
        unit = self.occurrence.task.lead_unit
        return str(unit) if unit else "Chưa phân công"

    @property
    def result(self) -> str:
        accepted = self.occurrence.accepted_update
        if accepted is None:
            return ""
        if accepted.state == Occurrence.State.NOTHING and not accepted.text:
            return "Không phát sinh trong kỳ"
        return accepted.text

    @property
    def percent(self) -> int | None:
        accepted = self.occurrence.accepted_update
        return accepted.percent if accepted else None

    @property
    def standing(self) -> str:
        return self.line.standing.sign.words

    def notes(self) -> list[str]:
        """What a reader must know beside the result, a sentence each."""
        one = self.occurrence
        found = []
        if one.task.source:
            found.append(f"Theo {one.task.source}.")
        if one.period_id is None and one.first_due_on and one.is_extended:
            found.append(f"Gia hạn; thời hạn ban đầu {one.first_due_on:%d/%m/%Y}.")
        if status.is_waiting(one):
            found.append("Có kết quả mới, chờ kiểm tra.")
        if status.is_confirming(one):
            found.append("Văn phòng đã nhận kết quả mới, chờ lãnh đạo xác nhận.")
        if status.is_returned(one):
            found.append("Kết quả đã gửi bị trả lại, chờ bổ sung.")
        if one.accepted_update and one.accepted_update.difficulties:
            found.append(f"Khó khăn: {one.accepted_update.difficulties}")
        return found


def follow_rows(shown: TaskList) -> list[FollowRow]:
    """In the order of the plan, then of deadlines. One query more than the list, which must have its results loaded."""
    contents, supporting = shown.contents, _supporting(shown)
    placed = [
        (contents.of(line.occurrence.task.item_id) if contents else BY_LETTER, line) for line in shown.lines
    ]
    placed.sort(key=lambda pair: _order(*pair))
    return [
        FollowRow(number, line, place, ", ".join(supporting[line.occurrence.task_id]))
        for number, (place, line) in enumerate(placed, start=1)
    ]


def _supporting(shown: TaskList) -> dict[int, list[str]]:
    """Task id → the names of its supporting units."""
    found: dict[int, list[str]] = defaultdict(list)
    pairs = Task.supporting_units.through.objects.filter(task__plan=shown.plan)
    for task_id, name in pairs.order_by("unit__sort_key", "unit").values_list("task_id", "unit__name"):
        found[task_id].append(name)
    return found


def _order(place: ContentItem, line: Line) -> tuple[int, int, dt.date, int]:
    one = line.occurrence
    return place.order, one.task.order, one.shown_due_on, one.pk


def by_content(rows: Iterable[FollowRow]) -> list[tuple[ContentItem, list[FollowRow]]]:
    found: dict[ContentItem, list[FollowRow]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(row)
    return list(found.items())
