"""The demo's year so far: a story kept as data, lived through the portal's own services, day by day.

Every row is made by the service that a user's click would call, at the day the story says (`DANVAN_TODAY`) and at an
hour in which a ward office works: units write in the morning, the office checks in the afternoon.
"""

import datetime as dt
import os
import tomllib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db import transaction
from PIL import Image

from accounts.models import Agency, Role, Unit, User
from accounts.services import add_membership, save_person, save_unit
from plans.models import Plan
from plans.services import import_plan
from reports.models import Report, ReportFile
from reports.services import approval, composing, editing
from tasks.models import Occurrence, Period, ProgressUpdate, Task
from tasks.services import (
    Assignment,
    Progress,
    Upload,
    accept_update,
    activate_plan,
    add_task,
    assign_task,
    indicators_on_cards,
    open_periods,
    record_progress,
    return_update,
)

SAMPLES = Path(settings.BASE_DIR) / "samples"
STORY = SAMPLES / "minh-hoa-quy-1-2024.toml"


@contextmanager
def standing_on(day: dt.date | str, hour: str) -> Iterator[None]:
    """Moves the business clock for a while, to `hour` (HH:MM) of that day."""
    before = os.environ.get("DANVAN_TODAY")
    os.environ["DANVAN_TODAY"] = f"{day}T{hour}"
    try:
        yield
    finally:
        if before is None:
            del os.environ["DANVAN_TODAY"]
        else:
            os.environ["DANVAN_TODAY"] = before


def after(hour: str, minutes: int) -> str:
    """`after("08:20", 17)` is `08:37`."""
    start = dt.datetime.combine(dt.date.min, dt.time.fromisoformat(hour))
    return f"{start + dt.timedelta(minutes=minutes):%H:%M}"


class Demo:
    """One run of the story. `live()` does nothing twice."""

    def __init__(self) -> None:
        self.story: dict[str, Any] = tomllib.loads(STORY.read_text("utf-8"))
        self.units: dict[str, Unit] = {}
        self.people: dict[str, User] = {}

    def report(self) -> Report | None:
        return Report.objects.filter(agency__code=self.story["agency"]["code"]).order_by("pk").first()

    def usernames(self) -> list[tuple[str, str]]:
        """User name and who it is, in the order of the story."""
        people = self.story["people"].values()
        return [(one["username"], f"{one['full_name']}, {one['position']}") for one in people]

    @transaction.atomic
    def live(self) -> Report:
        """From the two agencies to the numbered report; all of it or nothing."""
        with standing_on("2024-02-27", "14:15"):
            self._found()
        with standing_on("2024-02-28", "08:40"):
            plan = self._bring_plan_in()
        self._assign_all()
        closed_on = self.story["report"]["closed_on"]
        self._days(plan, (day for day in self._told_days() if day < closed_on))
        report = self._report(plan)
        self._days(plan, (day for day in self._told_days() if day >= closed_on))
        return report

    def _found(self) -> None:
        superior = Agency.objects.create(**self.story["superior"])
        self.agency = Agency.objects.create(superior=superior, is_training=True, **self.story["agency"])
        for key, unit in self.story["units"].items():
            aliases = unit.get("aliases", ())
            self.units[key] = save_unit(agency=self.agency, actor=None, name=unit["name"], aliases=aliases)
        group = self.story["group"]
        members = [self.units[key] for key in group["members"]]
        self.units["group"] = save_unit(
            agency=self.agency, actor=None, name=group["name"], kind=Unit.Kind.GROUP, members=members
        )
        for key, person in self.story["people"].items():
            self.people[key] = self._person(person)

    def _person(self, told: dict[str, Any]) -> User:
        agency = self.agency.superior if told["role"] == Role.RECEIVER else self.agency
        units: list[Unit | None] = [self.units[key] for key in told.get("units", ())]
        words = {key: told[key] for key in ("full_name", "username", "position", "role")}
        person = save_person(agency=agency, actor=None, unit=units[0] if units else None, **words)  # type: ignore[arg-type]
        for unit in units[1:]:
            add_membership(person=person, agency=self.agency, role=told["role"], unit=unit, actor=None)
        return person

    def _bring_plan_in(self) -> Plan:
        office = self.people["van-phong"]
        path = SAMPLES / self.story["plan"]
        plan = import_plan(agency=self.agency, name=path.name, content=path.read_bytes(), by=office)
        activate_plan(plan=plan, version=plan.version, by=office)
        self.tasks: dict[str, Task] = {}
        lines: dict[str, int] = defaultdict(int)
        for task in Task.objects.filter(plan=plan).select_related("item").order_by("order"):
            lines[task.item.path] += 1  # type: ignore[union-attr]
            self.tasks[f"{task.item.path}#{lines[task.item.path]}"] = task  # type: ignore[union-attr]
        return plan

    def _assign_all(self) -> None:
        for nth, (key, told) in enumerate(self.story["assign"].items()):
            with standing_on("2024-02-28", after("14:05", 3 * nth)):
                self._assign(self.tasks[key], told)

    def _assign(self, task: Task, told: dict[str, Any]) -> None:
        supporting = [self.units[key] for key in told.get("support", ())]
        assignment = Assignment(self.units[told["lead"]], supporting, overseer=self.people["lanh-dao"])
        assign_task(task=task, version=task.version, assignment=assignment, by=self.people["van-phong"])

    def _told_days(self) -> list[dt.date]:
        told = [*self.story["letters"], *self.story["results"]]
        return sorted({one["on"] for one in told})

    def _days(self, plan: Plan, days: Iterable[dt.date]) -> None:
        for day in days:
            for number, told in enumerate(self.story["letters"], start=1):
                if told["on"] == day:
                    with standing_on(day, after("07:45", 6 * number)):
                        self._letter(plan, number, told)
            told_today = [told for told in self.story["results"] if told["on"] == day]
            self._results(day, told_today)

    def _letter(self, plan: Plan, number: int, told: dict[str, Any]) -> None:
        assignment = Assignment(
            self.units[told["lead"]],
            overseer=self.people["lanh-dao"],
            schedule=Task.Schedule.DATES,
            dates=[told["due"]],
        )
        self.tasks[f"letter-{number}"] = add_task(
            plan=plan,
            source=told["source"],
            title=told["title"],
            assignment=assignment,
            by=self.people["van-phong"],
        )

    def _results(self, day: dt.date, told_today: list[dict[str, Any]]) -> None:
        sent = []
        for nth, told in enumerate(told_today):
            with standing_on(day, after("08:20", 17 * nth)):
                sent.append(self._record(self._occurrence(told), told, told.get("text", "")))
        for nth, (told, update) in enumerate(zip(told_today, sent, strict=True)):
            self._check(day, after("13:40", 19 * nth), told, update)

    def _occurrence(self, told: dict[str, Any]) -> Occurrence:
        key = told.get("task") or f"letter-{told['letter']}"
        return self.tasks[key].occurrences.exclude(period__closed_at__isnull=False).get()

    def _check(self, day: dt.date, hour: str, told: dict[str, Any], update: ProgressUpdate) -> None:
        """The office reads one result; what it sends back may come again in the same afternoon.

        What the office itself recorded for a unit, a leader takes: the ward's office is one person.
        """
        office = self.people["van-phong"]
        if "returned" in told:
            with standing_on(day, hour):
                return_update(update=update, reason=told["returned"], by=office)
            if "again" not in told:
                return
            with standing_on(day, after(hour, 45)):
                update = self._record(self._occurrence(told), told, told["again"])
        if told.get("check") != "none":
            with standing_on(day, after(hour, 62 if "again" in told else 0)):
                own = update.recorded_by_id == office.pk
                checker = self.people["lanh-dao"] if own else office
                accept_update(update=update, by=checker, as_chair=own)

    def _record(self, occurrence: Occurrence, told: dict[str, Any], text: str) -> ProgressUpdate:
        """The head of the unit records; for units without an account the office does it for them."""
        by = self.people.get(told["by"])
        on_behalf = by is None or not by.led_units
        return record_progress(
            occurrence=occurrence,
            version=occurrence.version,
            form_key=uuid.uuid4(),
            progress=Progress(
                state=told["state"],
                text=text,
                percent=told.get("percent"),
                difficulties=told.get("difficulties", ""),
                values=self._values(occurrence, told.get("values", {})),
                files=[Upload.judged(name, _illustration(name)) for name in told.get("files", ())],
            ),
            by=self.people["van-phong"] if by is None or on_behalf else by,
            on_behalf=on_behalf,
        )

    def _values(self, occurrence: Occurrence, told: dict[str, Any]) -> dict[int, Decimal]:
        unit, plan = occurrence.task.lead_unit, occurrence.task.plan
        same_unit = Occurrence.objects.filter(task__plan=plan, task__lead_unit=unit).select_related("task")
        asked = indicators_on_cards(plan=plan, occurrences=same_unit).get(occurrence.pk, [])
        return {
            one.indicator_id: Decimal(str(told[one.indicator.code]))
            for one in asked
            if one.indicator.code in told
        }

    def _report(self, plan: Plan) -> Report:
        told, office, leader = self.story["report"], self.people["van-phong"], self.people["lanh-dao"]
        with standing_on(told["closed_on"], "16:20"):
            period = Period.objects.get(plan=plan, kind=Period.Kind.QUARTER, year=2024, ordinal=1)
            report = composing.close_and_compose(period=period, version=period.version, by=office)
        submitted_on = told["submitted_on"]
        with standing_on(submitted_on, "08:35"):
            self._fill(report, told["words"])
        with standing_on(submitted_on, "09:10"):
            approval.submit_report(report=report, version=report.version, by=office)
        with standing_on(submitted_on, "10:25"):
            approval.return_report(report=report, version=report.version, reason=told["returned"], by=leader)
        with standing_on(submitted_on, "14:05"):
            approval.submit_report(report=report, version=report.version, by=office)
        with standing_on(submitted_on, "15:40"):
            approval.approve_report(report=report, version=report.version, by=leader)
        with standing_on(told["numbered_on"], "07:50"):
            approval.number_report(
                report=report,
                version=report.version,
                number=told["number"],
                dated_on=told["numbered_on"],
                by=office,
            )
            open_periods(plan=plan, on=told["numbered_on"])
        report.refresh_from_db()
        return report

    def _fill(self, report: Report, words: dict[str, str]) -> None:
        for key, text in words.items():
            paragraph = report.paragraphs.select_related("report__agency", "report__period").get(key=key)
            editing.edit_paragraph(
                paragraph=paragraph, version=paragraph.version, text=text, by=self.people["van-phong"]
            )

    def final_file(self, report: Report) -> ReportFile:
        return report.files.filter(kind=ReportFile.Kind.FINAL).latest("pk")

    def issue(self, report: Report) -> None:
        """Once the final PDF is there. Done already? Then nothing."""
        report.refresh_from_db()
        if report.state != Report.State.NUMBERED:
            return
        office = User.objects.get(username=self.story["people"]["van-phong"]["username"])
        told = self.story["report"]
        with standing_on(told["numbered_on"], "10:15"):
            approval.issue_report(
                report=report, version=report.version, unsigned_reason=told["unsigned_reason"], by=office
            )


def _illustration(name: str) -> bytes:
    """A file that looks like what it is: an illustration, never a document of the ward."""
    picture = Image.new("RGB", (640, 420), "#dfe8ec")
    picture.paste("#12506b", (40, 40, 600, 52))
    picture.paste("#9db8c4", (40, 90, 600, 380))
    buffer = BytesIO()
    picture.paste(f"#{crc32(name.encode()) % 2**24:06x}", (60, 110, 580, 360))  # no two files are the same
    picture.save(buffer, "PDF" if name.endswith(".pdf") else "PNG")
    return buffer.getvalue()
