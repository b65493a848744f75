"""Who may open and send what in `reports`; the format stands in `accounts/tests/matrix.py`."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from accounts.models import Mail
from accounts.tests.matrix import (
    CHAIR,
    DEPARTMENT,
    GET_CODES,
    INSIDE,
    INSPECTOR,
    OFFICE,
    POST_CODES,
    RECEIVER,
    Row,
)
from danvan import clock
from reports.figures import period_figures
from reports.models import Paragraph, Report, ReportFile

STEERING = [OFFICE, CHAIR, INSPECTOR]
# A report that was not issued does not exist for those who do not steer.
HIDDEN = {DEPARTMENT: 404, RECEIVER: 404}


def _report(world: SimpleNamespace, state: str = Report.State.DRAFT) -> dict[str, object]:
    return {"pk": _make(world, state).pk}


def _make(world: SimpleNamespace, state: str) -> Report:
    report, _ = Report.objects.get_or_create(
        period=world.period,
        defaults={
            "agency": world.ward,
            "addressee": world.district,
            "subject": "Kết quả quý I",
            "figures": period_figures(period=world.period, on=world.period.covers_to).to_json(),
        },
    )
    report.state = state
    report.save()
    return report


def _submitted(world: SimpleNamespace) -> dict[str, object]:
    return _report(world, Report.State.SUBMITTED)


def _paragraph(world: SimpleNamespace) -> dict[str, object]:
    report = _make(world, Report.State.DRAFT)
    paragraph, _ = Paragraph.objects.get_or_create(
        report=report, key="V", defaults={"order": 1, "kind": "text"}
    )
    return {"pk": paragraph.pk}


def _file(
    world: SimpleNamespace, state: str = Report.State.DRAFT, kind: str = ReportFile.Kind.DRAFT
) -> dict[str, object]:
    report = _make(world, state)
    file = ReportFile(
        report=report, kind=kind, state=ReportFile.State.READY, document={}, made_at=clock.now()
    )
    file.file.save("bao-cao.pdf", ContentFile(b"%PDF-"))
    return {"pk": file.pk}


def _issued_file(world: SimpleNamespace) -> dict[str, object]:
    return _file(world, Report.State.ISSUED, ReportFile.Kind.FINAL)


def _mail(world: SimpleNamespace) -> dict[str, object]:
    """One that was sent, so that nothing is published."""
    mail = Mail.objects.create(
        agency=world.ward, to="a@lamha.example", message_id="<1@lamha>", made_at=clock.now(), state="sent"
    )
    return {"pk": mail.pk}


def _only(*roles: str, codes: tuple[int, ...] = POST_CODES) -> dict[str, object]:
    return dict.fromkeys(roles, codes) | HIDDEN


ROWS = [
    Row("reports:home", get={OFFICE: 200, CHAIR: 200, INSPECTOR: 200, DEPARTMENT: 302, RECEIVER: 302}),
    Row("reports:to_approve", get=[CHAIR]),
    Row("reports:history", get=STEERING),
    Row("reports:history_excel", get=STEERING),
    Row("reports:period", lambda world: {"pk": world.period.pk}, get=STEERING),
    Row("reports:indicators", lambda world: {"pk": world.period.pk}, get=STEERING),
    Row("reports:close", lambda world: {"pk": world.period.pk}, get=[OFFICE], post=[OFFICE]),
    Row("reports:press", lambda world: {"pk": world.period.pk}, get=STEERING, post=[OFFICE]),
    Row("reports:press_letter", lambda world: {"pk": world.period.pk}, get=[OFFICE]),
    Row("reports:notices", get=INSIDE),
    Row("reports:bell", get=dict.fromkeys(INSIDE, 302)),
    Row("reports:mails", get=[OFFICE, INSPECTOR]),
    Row("reports:mail_retry", _mail, post=_only(OFFICE) | {CHAIR: 404}),
    Row("reports:list", get=[*STEERING, DEPARTMENT, RECEIVER]),
    Row("reports:report", _report, get=_only(*STEERING, codes=GET_CODES)),
    Row("reports:recipients", _report, get=_only(OFFICE, codes=GET_CODES), post=_only(OFFICE)),
    Row("reports:submit", _report, post=_only(OFFICE)),
    Row("reports:approve", _submitted, post=_only(CHAIR)),
    Row("reports:return", _submitted, post=_only(CHAIR)),
    Row("reports:number", _report, post=_only(OFFICE)),
    Row("reports:issue", _report, post=_only(OFFICE)),
    Row("reports:paragraph", _paragraph, get=_only(OFFICE, codes=GET_CODES), post=_only(OFFICE)),
    Row("reports:request_file", _report, post=_only(OFFICE, CHAIR)),
    Row("reports:signed", _report, post=_only(OFFICE)),
    Row(
        "reports:file",
        _issued_file,
        get={OFFICE: 200, CHAIR: 200, INSPECTOR: 200, RECEIVER: 200, DEPARTMENT: 404},
    ),
    Row("reports:file_state", _file, get=_only(*STEERING, codes=(200, 286))),
    Row("reports:retry_file", _file, post=_only(OFFICE, CHAIR)),
]
