"""The history of an agency as its people read it: who changed what, narrowed by the address. Reads only."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from accounts.models import Event, User
from danvan import clock
from danvan.text import fold
from tasks.history import events_of
from tasks.models import Task

ITEM_DEEDS = ("added", "marked", "mended", "merged", "moved", "removed", "restored", "shifted", "split")
# Key in the address, words, and the verbs that services write. What no kind names is «Việc khác».
KINDS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("ket-qua", "Ghi kết quả", ("record",)),
    ("kiem-tra", "Kiểm tra, xác nhận kết quả", ("review",)),
    ("phan-cong", "Phân công, thêm, rút việc", ("assign", "add", "cancel", "open_earlier")),
    ("thoi-han", "Thời hạn", ("extend", "follow_calendar")),
    ("chi-dao", "Chỉ đạo, đôn đốc", ("direct", "press", "remind")),
    ("minh-chung", "Gỡ minh chứng", ("remove",)),
    ("ky-lich", "Kỳ báo cáo và lịch", ("close", "dates", "add_days_off", "remove_day_off", "save_calendar")),
    ("chi-tieu", "Chỉ tiêu", ("indicator",)),
    ("bao-cao", "Báo cáo", ("edit", "submit", "return", "approve", "number", "issue", "sign")),
    (
        "ke-hoach",
        "Kế hoạch",
        (
            "plan.imported",
            "plan.mended",
            "plan.activated",
            "plan.deleted",
            "section.mended",
            "doubt.settled",
            *(f"item.{deed}" for deed in ITEM_DEEDS),
        ),
    ),
    (
        "nguoi-dung",
        "Đơn vị và người dùng",
        (
            "save_unit",
            "end_unit",
            "reopen_unit",
            "save_person",
            "add_membership",
            "end_membership",
            "make_slip",
            "use_slip",
        ),
    ),
)
OTHER = ("khac", "Việc khác")
VERBS = {key: verbs for key, _, verbs in KINDS}
KIND_OF = {verb: words for _, words, verbs in KINDS for verb in verbs}
MACHINE = "may"
# Moments at the ends of what a date can hold cannot be counted in another time zone.
FIRST_YEAR, LAST_YEAR = 1900, 2999


def kind_words(event: Event) -> str:
    return KIND_OF.get(event.verb, OTHER[1])


@dataclass(frozen=True)
class HistoryFilter:
    """What the address asks for. A word nobody offers is as good as none; `wrong` names days that are none."""

    person: int | None = None
    by_machine: bool = False
    kind: str = ""
    task: Task | None = None
    words: str = ""
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Sequence[str] = ()

    @property
    def address(self) -> str:
        """The filters as they stand in the address, without the page."""
        return urlencode({name: value for name, value in self.typed.items() if value})


NAMES = ("nguoi", "loai", "viec", "tim", "tu", "den")


def filter_of(asked: Mapping[str, str], *, user: User) -> HistoryFilter:
    """At most one query: the task that was named."""
    typed = {name: asked.get(name, "").strip() for name in NAMES}
    days = {name: _day(typed[name]) for name in ("tu", "den")}
    kind = typed["loai"] if typed["loai"] in (*VERBS, OTHER[0]) else ""
    return HistoryFilter(
        person=int(typed["nguoi"]) if _is_number(typed["nguoi"]) else None,
        by_machine=typed["nguoi"] == MACHINE,
        kind=kind,
        task=_task(typed["viec"], user),
        words=typed["tim"],
        from_on=days["tu"],
        to_on=days["den"],
        typed=typed,
        wrong=[name for name, day in days.items() if typed[name] and day is None],
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _task(text: str, user: User) -> Task | None:
    return Task.objects.visible_to(user).filter(pk=int(text)).first() if _is_number(text) else None


def _day(text: str) -> dt.date | None:
    """As browsers send it, or as people here write it: 2024-03-05, 05/03/2024. No year that nobody here lived in."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None


def events(agency_ids: Collection[int], wanted: HistoryFilter) -> QuerySet[Event]:
    """Newest first, without the words, which SQL cannot match: see `matching`."""
    rows = Event.objects.filter(agency__in=agency_ids).select_related("actor")
    if wanted.person:
        rows = rows.filter(actor=wanted.person)
    if wanted.by_machine:
        rows = rows.filter(actor=None)
    if wanted.kind == OTHER[0]:
        rows = rows.exclude(verb__in=KIND_OF)
    elif wanted.kind:
        rows = rows.filter(verb__in=VERBS[wanted.kind])
    if wanted.task:
        rows = rows.filter(pk__in=events_of([wanted.task.pk]).order_by().values("pk"))
    return rows.filter(_between(wanted.from_on, wanted.to_on))


def _between(first: dt.date | None, last: dt.date | None) -> Q:
    inside = Q()
    if first:
        inside &= Q(at__gte=dt.datetime.combine(first, dt.time(), clock.ZONE))
    if last:
        inside &= Q(at__lte=dt.datetime.combine(last, dt.time.max, clock.ZONE))
    return inside


def matching(rows: QuerySet[Event], words: str) -> QuerySet[Event] | list[int]:
    """The rows, or where words were typed the keys of those that say all of them, accents and case aside. One query."""
    wanted = fold(words).split()
    if not wanted:
        return rows
    told = rows.select_related(None).values_list("pk", "words").iterator()
    return [pk for pk, said in told if says(said, wanted)]


def says(sentence: str, wanted: Sequence[str]) -> bool:
    """Whether a sentence holds all these folded words."""
    folded = fold(sentence) if wanted else ""
    return all(word in folded for word in wanted)


def page_of(found: Sequence[object]) -> list[Event]:
    """One page of what `matching` gave, as rows. At most one query."""
    keys = [one for one in found if isinstance(one, int)]
    if not keys:
        return [one for one in found if isinstance(one, Event)]
    by_key = Event.objects.select_related("actor").in_bulk(keys)
    return [by_key[key] for key in keys]


def people_of(agency_ids: Collection[int]) -> list[User]:
    """Everybody who ever did something there, by name. One query."""
    actors = Event.objects.filter(agency__in=agency_ids, actor__isnull=False).order_by().values("actor")
    return list(User.objects.filter(pk__in=actors).order_by("sort_key", "pk"))
