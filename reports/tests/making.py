"""A plan with three content items, section III and a quarter, for tests of what is counted and shown."""

import datetime as dt
import uuid
from decimal import Decimal
from types import SimpleNamespace

from accounts.models import User
from danvan.text import fold
from plans.models import Item, Plan, Section
from tasks.models import Indicator, Occurrence, Period, PlanIndicator, ProgressUpdate, Task
from tasks.services import Progress, accept_update, open_periods, record_progress

MARCH_5 = dt.date(2024, 3, 5)


def make_plan(agency, year: int = 2024, **fields) -> Plan:
    """Active; content items 1 to 3, then one duty in section III. Lines hang below: `line(plan, 1)`."""
    fields = {"state": Plan.State.ACTIVE, "number": "10/KH-UBND", "title": "Công tác dân vận", **fields}
    plan = Plan.objects.create(agency=agency, year=year, **fields)
    content = Section.objects.create(plan=plan, order=2, numeral="II", title="NỘI DUNG", kind="content")
    for number in (1, 2, 3):
        root = Item.objects.create(
            section=content, order=number * 10, label=f"{number}.", text=f"Nội dung {number}"
        )
        Item.objects.create(section=content, parent=root, order=number * 10 + 1, text="Việc", is_task=True)
    duties = Section.objects.create(plan=plan, order=3, numeral="III", title="TỔ CHỨC", kind="organisation")
    root = Item.objects.create(section=duties, order=10, label="1.", text="Văn phòng")
    Item.objects.create(section=duties, parent=root, order=11, text="Đôn đốc", is_task=True)
    return plan


def line(plan: Plan, number: int) -> Item:
    """The task line below content item `number`; 4 is the duty of section III."""
    return list(Item.objects.filter(section__plan=plan, is_task=True))[number - 1]


def make_task(plan: Plan, number: int | None, lead=None, title: str = "Tuyên truyền", **fields) -> Task:
    """A task under content item `number`; None: work by a later letter."""
    item = line(plan, number) if number else None
    source = "" if item else "Công văn 5/UBND-VP"
    return Task.objects.create(
        plan=plan, item=item, source=source, title=title, folded=fold(title), lead_unit=lead, **fields
    )


def make_dated(task: Task, due_on: dt.date, **fields) -> Occurrence:
    fields = {"first_due_on": due_on, "opened_on": due_on - dt.timedelta(days=20), **fields}
    return Occurrence.objects.create(task=task, due_on=due_on, **fields)


def open_quarter(plan: Plan, on: dt.date = MARCH_5) -> Period:
    """The quarter that holds `on`, with one occurrence for every open-ended task."""
    return next(period for period in open_periods(plan=plan, on=on) if period.kind == Period.Kind.QUARTER)


def ask_for_three(world: SimpleNamespace) -> Period:
    """Quarter I of a new plan: culture is asked for two results, justice for one."""
    plan = make_plan(world.ward)
    for unit in (world.culture, world.culture, world.justice):
        make_task(plan, 1, unit)
    return open_quarter(plan)


def send(occurrence: Occurrence, by: User, **progress) -> ProgressUpdate:
    occurrence.refresh_from_db()
    return record_progress(
        occurrence=occurrence,
        version=occurrence.version,
        form_key=uuid.uuid4(),
        progress=Progress(**{"state": "done", "text": "Đã tổ chức 2 hội nghị.", **progress}),
        by=by,
    )


def finish(occurrence: Occurrence, world: SimpleNamespace, **progress) -> ProgressUpdate:
    """Sent by the unit and accepted by the office."""
    update = send(occurrence, world.hung, **progress)
    accept_update(update=update, by=world.lan)
    occurrence.refresh_from_db()
    return update


def bind(plan: Plan, code: str, number: int | None = 1, **fields) -> Indicator:
    """An indicator of the agency, bound to content item `number` of the plan."""
    target = fields.pop("yearly_target", None)
    fields = {"name": code, "measure": "cuộc", **fields}
    indicator, _ = Indicator.objects.get_or_create(agency=plan.agency, code=code, defaults=fields)
    item = line(plan, number).parent if number else None
    PlanIndicator.objects.create(plan=plan, indicator=indicator, item=item, yearly_target=target)
    return indicator


def figures_of(*pairs) -> dict[int, Decimal]:
    return {indicator.pk: Decimal(value) for indicator, value in pairs}
