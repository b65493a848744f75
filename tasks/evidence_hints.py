"""What is odd about a piece of evidence, pointed out and never forbidden. Reads only; one query for any number of files.

The same file sent for another piece of work or another period, and a photo taken on a day outside the period.
"""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from tasks.models import Evidence, Occurrence, ProgressUpdate

SHOWN = 2  # places where the same file was sent before; more are counted


def point_out(files: Iterable[Evidence], *, of: Occurrence, to: User) -> list[str]:
    """One sentence a hint, naming the file. `of` is the work they were sent for, with task, plan and period loaded."""
    files = list(files)
    for file in files:
        file.occurrence = of
    attach_hints(files, to=to)
    return [f"Tệp “{file.file_name}”: {hint}" for file in files for hint in file.hints]  # type: ignore[attr-defined]


def attach_hints_to_queue(updates: Iterable[ProgressUpdate], *, to: User) -> None:
    """As `attach_hints`, for the files of every row of a queue: those of its piece of work, prefetched."""
    attach_hints((file for update in updates for file in update.occurrence.evidence.all()), to=to)  # type: ignore[attr-defined]


def attach_hints(files: Iterable[Evidence], *, to: User) -> None:
    """Gives each file its `hints`, sentences for `to` to read. Needs `occurrence`, its period, task and plan loaded."""
    files = [file for file in files if file.removed_at is None]
    sent = _sent_before(files, to)
    for file in files:
        earlier = [
            other for other in sent.get(file.received_sha256, []) if _is_earlier_elsewhere(other, file)
        ]
        file.hints = [*_same_file(earlier), *_wrong_day(file)]  # type: ignore[attr-defined]


def _sent_before(files: list[Evidence], to: User) -> dict[str, list[Evidence]]:
    sums = {file.received_sha256 for file in files} - {""}
    found: dict[str, list[Evidence]] = defaultdict(list)
    if not sums:
        return found
    rows = Evidence.objects.visible_to(to).kept().filter(received_sha256__in=sums)
    for row in rows.select_related("occurrence__task__plan", "occurrence__period").order_by("pk"):
        found[row.received_sha256].append(row)
    return found


def _is_earlier_elsewhere(other: Evidence, file: Evidence) -> bool:
    """Within one agency only. The file that came first is not blamed for those that came after."""
    same_agency = other.occurrence.task.plan.agency_id == file.occurrence.task.plan.agency_id
    return same_agency and other.pk < file.pk and other.occurrence_id != file.occurrence_id


def _same_file(earlier: list[Evidence]) -> list[str]:
    if not earlier:
        return []
    places = dict.fromkeys(_place(one.occurrence) for one in earlier)
    more = f" và {len(places) - SHOWN} việc khác" if len(places) > SHOWN else ""
    return [f"Tệp này đã gửi ở {'; '.join(list(places)[:SHOWN])}{more}."]


def _place(occurrence: Occurrence) -> str:
    when = (
        f"kỳ {_lower_first(occurrence.period.title)}" if occurrence.period else f"hạn {occurrence.due_words}"
    )
    return f"việc “{occurrence.task.title}”, {when}"


def _wrong_day(file: Evidence) -> list[str]:
    period = file.occurrence.period
    if file.taken_on is None or period is None or period.covers_from <= file.taken_on <= period.covers_to:
        return []
    return [f"Ảnh chụp ngày {file.taken_on:%d/%m/%Y}, ngoài kỳ báo cáo."]


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
