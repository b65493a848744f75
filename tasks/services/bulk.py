"""One act on many pieces of work. Each is written by itself: one that fails leaves the others alone."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from accounts.models import Unit, User
from danvan.problems import Conflict, Problem
from tasks.models import Occurrence
from tasks.services import accept_update, assign_task, assignment_of, move_deadline

Row = tuple[Occurrence, int]
# What stood in the way of one piece of work, or nothing.
Result = tuple[Occurrence, Problem | None]


def assign_many(
    *, rows: Sequence[Row], lead_unit: Unit | None, overseer: User | None, by: User
) -> list[Result]:
    """Sets the lead unit, the overseer, or both; None leaves it as it is. Versions are those of the tasks."""
    changes: dict[str, Unit | User] = {}
    if lead_unit:
        changes["lead_unit"] = lead_unit
    if overseer:
        changes["overseer"] = overseer

    def assign(one: Occurrence, version: int) -> None:
        row = replace(assignment_of(one.task), **changes)  # type: ignore[arg-type]
        assign_task(task=one.task, version=version, assignment=row, by=by)

    return _each(rows, assign)


def extend_many(*, rows: Sequence[Row], to_on: dt.date, reason: str, document: str, by: User) -> list[Result]:
    """One new deadline for all; whoever has a later one already keeps it, with a Problem."""

    def extend(one: Occurrence, version: int) -> None:
        if one.said_on and one.said_on > to_on:
            raise Problem(f"Thời hạn đang có là {one.said_on:%d/%m/%Y}, muộn hơn thời hạn mới.")
        move_deadline(occurrence=one, version=version, to_on=to_on, reason=reason, document=document, by=by)

    return _each(rows, extend)


def accept_many(*, rows: Sequence[Row], by: User) -> list[Result]:
    """Takes the result that was shown; its version is the id of that update."""

    def accept(one: Occurrence, version: int) -> None:
        if one.latest_update is None or one.latest_update_id != version:
            raise Conflict("Đơn vị vừa gửi bản khác. Hãy xem bản mới trước khi nhận.")
        one.latest_update.occurrence = one
        accept_update(update=one.latest_update, by=by)

    return _each(rows, accept)


def _each(rows: Sequence[Row], deed: Callable[[Occurrence, int], None]) -> list[Result]:
    results: list[Result] = []
    for one, version in rows:
        try:
            deed(one, version)
            results.append((one, None))
        except Problem as problem:
            results.append((one, problem))
    return results
