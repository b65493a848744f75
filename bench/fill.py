"""Wards as busy as a real one, in bulk: 88 tasks each, half of them asked for every quarter, most of them reported on.

Shapes follow the real plan (lines of a few hundred characters, 9 units); results are invented words.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Agency, Membership, Role, Unit, User
from danvan import clock
from danvan.text import fold, sort_key
from plans.models import Item, LegalBasis, Plan, Recipient, Section
from tasks.models import Occurrence, Period, ProgressUpdate, Review, Task
from tasks.services import bind_indicators, open_periods

TASKS = 88
UNITS = 9
ROOTS = 5
WORDS = (
    "Tuyên truyền, vận động cán bộ và Nhân dân thực hiện các chủ trương của Đảng, chính sách, pháp luật của Nhà nước; "
    "tiếp công dân, đối thoại và giải quyết kịp thời những kiến nghị chính đáng, hợp pháp ngay từ cơ sở"
)
RESULT = "Đã tổ chức 02 hội nghị với 120 lượt người dự; phát 450 tờ rơi tại 06 tổ dân phố."
FIRST_DAY = dt.date(2024, 2, 27)
OUTCOMES = ["accepted"] * 6 + ["waiting"] * 2 + ["returned"] + [""]


@dataclass(frozen=True)
class Ward:
    """One ward with the people who look at its pages."""

    agency: Agency
    plan: Plan
    units: list[Unit]
    office: User
    chair: User
    heads: list[User]
    quarter: Period


def fill(first: int, last: int) -> list[Ward]:
    """Adds the wards numbered `first` to `last`, below one district."""
    district, _ = Agency.objects.get_or_create(
        code="quan",
        defaults={
            "name": "Quận Mẫu",
            "short_name": "UBND quận Mẫu",
            "heading": "UBND QUẬN MẪU",
            "place": "Quận Mẫu",
        },
    )
    return [_ward(number, district) for number in range(first, last + 1)]


@transaction.atomic
def _ward(number: int, district: Agency) -> Ward:
    name = f"phường Mẫu {number}"
    agency = Agency.objects.create(
        code=f"phuong-{number}",
        superior=district,
        name=f"Ủy ban nhân dân {name}",
        short_name=f"UBND {name}",
        heading=f"UBND {name.upper()}",
        place=f"Mẫu {number}",
    )
    names = [f"Bộ phận {letter}" for letter in "ABCDEFGHI"[:UNITS]]
    units = Unit.objects.bulk_create(
        Unit(agency=agency, name=name, folded=fold(name), sort_key=sort_key(name)) for name in names
    )
    office, chair, *heads = _people(agency, units)
    plan = _plan(agency)
    _tasks(plan, units, chair)
    bind_indicators(plan=plan)
    quarter = next(
        period for period in open_periods(plan=plan, on=FIRST_DAY) if period.kind == Period.Kind.QUARTER
    )
    _results(plan, heads[0], office)
    return Ward(agency, plan, units, office, chair, heads, quarter)


def _people(agency: Agency, units: list[Unit]) -> list[User]:
    roles: list[tuple[str, Unit | None]] = [(Role.OFFICE, None), (Role.CHAIR, None)]
    roles += [(Role.DEPARTMENT, unit) for unit in units]
    people = User.objects.bulk_create(
        User(
            username=f"{agency.code}-{n}",
            full_name=f"Người Mẫu {n}",
            password="!",
            folded=fold(f"Người Mẫu {n}"),
            sort_key=sort_key(f"Mẫu {n}"),
        )
        for n in range(len(roles))
    )
    Membership.objects.bulk_create(
        Membership(user=user, agency=agency, role=role, unit=unit)
        for user, (role, unit) in zip(people, roles, strict=True)
    )
    return people


def _plan(agency: Agency) -> Plan:
    plan = Plan.objects.create(
        agency=agency,
        state=Plan.State.ACTIVE,
        number="10/KH-UBND",
        dated_on=FIRST_DAY,
        year=2024,
        title="Công tác dân vận chính quyền năm 2024",
        activated_at=clock.now(),
    )
    LegalBasis.objects.create(plan=plan, order=1, text="Căn cứ Luật Tổ chức chính quyền địa phương")
    Recipient.objects.create(plan=plan, order=1, text="UBND quận Mẫu")
    section = Section.objects.create(
        plan=plan, order=2, numeral="II", title="NỘI DUNG", kind=Section.Kind.CONTENT
    )
    roots = Item.objects.bulk_create(
        Item(section=section, order=n * 100, label=f"{n}.", text=f"Nội dung {n}", path=f"II.{n}")
        for n in range(1, ROOTS + 1)
    )
    Item.objects.bulk_create(
        Item(
            section=section,
            parent=roots[n % ROOTS],
            order=roots[n % ROOTS].order + 1 + n // ROOTS,
            label="-",
            text=f"{WORDS} (việc {n}).",
            is_task=True,
            kind=Item.Kind.ACTION,
            folded=fold(WORDS),
        )
        for n in range(TASKS)
    )
    return plan


def _tasks(plan: Plan, units: list[Unit], chair: User) -> None:
    kinds = (Task.Schedule.EVERY_PERIOD, Task.Schedule.DATES)
    lines = Item.objects.filter(section__plan=plan, is_task=True)
    tasks = Task.objects.bulk_create(
        Task(
            plan=plan,
            item=item,
            order=n,
            title=f"Việc {n}: {WORDS[:90]}",
            folded=fold(WORDS),
            lead_unit=units[n % UNITS],
            overseer=chair,
            schedule=kinds[n % 2],
        )
        for n, item in enumerate(lines)
    )
    link = Task.supporting_units.through
    link.objects.bulk_create(link(task=task, unit=units[(n + 1) % UNITS]) for n, task in enumerate(tasks))
    dates = [(task, FIRST_DAY + dt.timedelta(days=3 * n % 90)) for n, task in enumerate(tasks) if n % 2]
    Occurrence.objects.bulk_create(
        Occurrence(task=task, due_on=on, first_due_on=on, opened_on=FIRST_DAY) for task, on in dates
    )


def _results(plan: Plan, head: User, office: User) -> None:
    """Six of ten occurrences have an accepted result, two wait, one was returned, one is silent."""
    occurrences = list(Occurrence.objects.filter(task__plan=plan).order_by("pk"))
    updates = ProgressUpdate.objects.bulk_create(_updates(occurrences, head))
    Review.objects.bulk_create(
        Review(
            update=update, outcome=update.outcome, reason="Thiếu số liệu.", reviewer=office, at=clock.now()
        )
        for update in updates
        if update.outcome != "waiting"
    )
    for update in updates:
        occurrence = update.occurrence
        occurrence.latest_update = update
        if update.outcome == "accepted":
            occurrence.accepted_update = update
            occurrence.state, occurrence.completed_on = update.state, update.happened_on
    Occurrence.objects.bulk_update(
        occurrences, ["latest_update", "accepted_update", "state", "completed_on"], batch_size=200
    )


def _updates(occurrences: list[Occurrence], head: User) -> Iterator[ProgressUpdate]:
    for n, occurrence in enumerate(occurrences):
        if outcome := OUTCOMES[n % len(OUTCOMES)]:
            yield ProgressUpdate(
                occurrence=occurrence,
                form_key=uuid.uuid4(),
                state=Occurrence.State.DONE,
                text=RESULT,
                happened_on=FIRST_DAY + dt.timedelta(days=n % 14),
                recorded_at=clock.now(),
                recorded_by=head,
                outcome=outcome,
            )
