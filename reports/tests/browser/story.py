"""The demo's story on 20/3/2024 with what it lacks: an inspector, a draft plan, files in every state, an issued report."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from accounts.models import Agency, Role, User
from accounts.services import make_slip, save_person
from danvan import clock
from plans.models import Item, Plan
from plans.services import import_plan, remove_item
from plans.tests.conftest import SMALL_PLAN
from reports.demo import Demo
from reports.models import Report, ReportFile
from reports.tests.browser.conftest import PASSWORD
from tasks.models import Occurrence, Period

DAY = "2024-03-20"
State = ReportFile.State


def live_story() -> SimpleNamespace:
    """`report`, `plan`, `draft`, `people` by role, and the rows that single pages are about."""
    demo = Demo()
    report = demo.live()
    people = {user.main_role: user for user in map(_known, ("vanphong", "vanhoa", "phochutich", "quan"))}
    agency, office = report.agency, people[Role.OFFICE]
    inspector = save_person(agency=agency, actor=None, full_name="Vũ Thanh Bình", role=Role.INSPECTOR)
    people[Role.INSPECTOR] = User.objects.get(pk=inspector.pk)
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    _build_files(report)
    demo.issue(report)
    report.refresh_from_db()
    return SimpleNamespace(
        report=report, plan=report.period.plan, draft=_draft_to_mend(agency, office), people=people
    )


def _draft_to_mend(agency: Agency, office: User) -> Plan:
    """With a doubt, a unit that nobody knows, a group, and a line that was deleted."""
    words = SMALL_PLAN.replace("10/KH-UBND", "11/KH-UBND").replace(
        "- Niêm yết công khai các thủ tục hành chính.",
        "- Hội Khuyến học chủ trì, phối hợp với Các ban, ngành, đoàn thể phường niêm yết thủ tục.\n\n"
        "- Đề nghị Ủy ban MTTQ phường và Hội Nông dân phường giám sát việc niêm yết.",
    )
    plan = import_plan(agency=agency, name="ke-hoach-11.txt", content=words.encode(), by=office)
    item = Item.objects.get(section__plan=plan, text__startswith="Tuyên truyền chủ trương")
    remove_item(item=item, version=item.version, by=office)
    return plan


def _known(username: str) -> User:
    return User.objects.get(username=username)


def _build_files(report: Report) -> None:
    """One file in each state of being built."""
    final = report.files.get()
    final.file.save("bao-cao.pdf", ContentFile(b"%PDF-"))
    final.state, final.size, final.sha256 = State.READY, 5, "0" * 64
    final.save()
    for state in (State.QUEUED, State.BUILDING, State.FAILED):
        ReportFile.objects.create(
            report=report,
            kind=ReportFile.Kind.DRAFT,
            state=state,
            error="Máy dựng dừng giữa chừng." if state == State.FAILED else "",
            document={},
            made_at=clock.now(),
        )


def _pk(row: object) -> dict[str, object]:
    return {"pk": row.pk}


def _led_by_culture(story: SimpleNamespace) -> Occurrence:
    """Work of the unit whose head looks at the pages; it has been answered, accepted and has evidence."""
    rows = Occurrence.objects.filter(task__lead_unit__in=story.people[Role.DEPARTMENT].led_units)
    return rows.filter(accepted_update__isnull=False).earliest("pk")


def _draft(story: SimpleNamespace) -> dict[str, object]:
    return _pk(story.draft)


def _draft_line(story: SimpleNamespace) -> dict[str, object]:
    return _pk(Item.objects.filter(section__plan=story.draft, is_task=True)[0])


def _draft_section(story: SimpleNamespace) -> dict[str, object]:
    return _pk(story.draft.sections.filter(kind="content")[0])


def _plan(story: SimpleNamespace) -> dict[str, object]:
    return _pk(story.plan)


def _report(story: SimpleNamespace) -> dict[str, object]:
    return _pk(story.report)


def _culture(story: SimpleNamespace) -> dict[str, object]:
    return _pk(story.people[Role.DEPARTMENT].led_units[0])


def _dated(story: SimpleNamespace) -> dict[str, object]:
    rows = Occurrence.objects.filter(task__plan=story.plan, due_on__isnull=False, completed_on=None)
    return _pk(rows[0])


INDICATOR_PAGES = ("tasks:indicators", "tasks:indicator_add")
# Where a page needs to know which row it is about. A url with kwargs that is missing here fails the test.
PLACES = {
    "accounts:unit_edit": _culture,
    "accounts:person_edit": lambda story: _pk(story.people[Role.DEPARTMENT]),
    "accounts:slip_use": lambda story: {
        "token": make_slip(user=story.people[Role.DEPARTMENT], made_by=story.people[Role.OFFICE])
    },
    "account_reset_password_from_key": lambda story: {"uidb36": "1", "key": "khong-co"},
    **dict.fromkeys(
        ["plans:draft", "plans:source", "plans:delete", "plans:header", "plans:units", "tasks:activate"],
        _draft,
    ),
    **dict.fromkeys(
        ["plans:edit_item", "plans:item_tools", "plans:split_item", "plans:add_below"], _draft_line
    ),
    **dict.fromkeys(["plans:section", "plans:add_line"], _draft_section),
    **dict.fromkeys(
        ["plans:document", "tasks:plan", "tasks:assign", "tasks:add", "tasks:earlier", *INDICATOR_PAGES],
        _plan,
    ),
    "tasks:cancel": lambda story: _pk(story.plan.tasks.first()),
    "tasks:split": lambda story: _pk(story.plan.tasks.filter(lead_unit__kind="group")[0]),
    "tasks:move_deadline": _dated,
    "tasks:reminder": _culture,
    "tasks:occurrence": lambda story: _pk(_led_by_culture(story)),
    "tasks:indicator": lambda story: _pk(story.plan.indicators.get(indicator__code="don_ton")),
    "reports:indicators": lambda story: _pk(story.report.period),
    "reports:period": lambda story: _pk(story.report.period),
    "tasks:period_dates": lambda story: _pk(Period.objects.get(plan=story.plan, kind="quarter", ordinal=2)),
    "reports:press": lambda story: _pk(Period.objects.get(plan=story.plan, kind="quarter", ordinal=2)),
    "reports:close": lambda story: _pk(Period.objects.get(plan=story.plan, kind="quarter", ordinal=2)),
    "reports:report": _report,
    "reports:recipients": _report,
    "reports:paragraph": lambda story: _pk(story.report.paragraphs.filter(kind="text")[0]),
}
# They answer with a file, or with a piece of a page that another page already shows.
NO_PAGES = {
    "plans:original",
    "tasks:excel",
    "tasks:evidence",
    "tasks:preview",
    "reports:file",
    "reports:file_state",
    "reports:history_excel",
    "reports:press_letter",
}
