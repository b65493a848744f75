"""The whole document as the renderers read it: every name, text, heading, number and date of its day."""

from collections.abc import Iterable
from typing import Any

from accounts.models import Agency, User
from danvan import clock
from reports.appendices import appendices
from reports.figures import Figures
from reports.models import Paragraph, Report
from reports.outline import TRAINING_WORDS
from reports.rendering.document import BodyEntry, Document, Part, Unprintable, check, digest, problems

Kind = Paragraph.Kind
TYPES = {"BC": "BÁO CÁO"}
DEPUTY = "PHÓ CHỦ TỊCH"


def build_document(
    report: Report, *, is_draft: bool, paragraphs: Iterable[Paragraph] | None = None
) -> dict[str, Any]:
    """The document of a report as its rows stand now. Raises Unprintable where it cannot be printed."""
    agency = report.agency
    rows = list(report.paragraphs.all() if paragraphs is None else paragraphs)
    kept = report.figures or {}
    figures = Figures.from_json(kept)
    signer = report.signer
    dated_on = report.dated_on.isoformat() if report.dated_on else None
    document: Document = {
        "is_draft": is_draft,
        "document_type": TYPES[report.document_type],
        "code": f"{report.document_type}-{agency.sign}",
        "number": report.number,
        "subject": report.subject,
        "superior_heading": agency.heading_superior,
        "agency_heading": [line for line in agency.heading.splitlines() if line.strip()],
        "agency_name": agency.name,
        "place": agency.place,
        "dated_on": dated_on,
        "addressees": [report.addressee.name] if report.addressee else [],
        "bases": [],
        "opening": _opening(report, rows),
        "parts": _parts(rows),
        "closing": _text_of(rows, "closing"),
        "authority": authority_lines(agency, signer),
        "signer": signer.full_name if signer else "",
        "recipients": report.recipients.splitlines(),
        "appendices": appendices(figures, is_training=agency.is_training),
        "illustrative": agency.is_training,
        "title": f"Báo cáo {report.subject[:1].lower()}{report.subject[1:]}",
        "created": _created(report, rows),
        "identifier": "",
        "data": kept,
    }
    document["identifier"] = digest(document)
    return dict(check(document))


def _created(report: Report, rows: Iterable[Paragraph]) -> str:
    """A draft is dated by its last change, not by its building: the same words give the same bytes."""
    if report.dated_on:
        return f"{report.dated_on.isoformat()}T00:00:00+07:00"
    edited = [row.edited_at for row in rows if row.edited_at]
    closed = report.period.closed_at
    latest = max([*edited, *([closed] if closed else [])], default=clock.now())
    return latest.astimezone(clock.ZONE).replace(microsecond=0).isoformat()


def _text_of(rows: Iterable[Paragraph], key: str) -> str:
    return next((row.text for row in rows if row.key == key), "")


def _opening(report: Report, rows: Iterable[Paragraph]) -> str:
    """A report of an agency in training says so, whatever the office made of the sentence."""
    text = _text_of(rows, "opening")
    if report.agency.is_training and TRAINING_WORDS not in text:
        text = f"{text.rstrip(': ')} {TRAINING_WORDS}:"
    return text


def _parts(rows: Iterable[Paragraph]) -> list[Part]:
    parts: list[Part] = []
    for row in rows:
        if row.kind == Kind.PART:
            parts.append({"numeral": row.label, "title": row.text, "body": []})
        elif parts and row.key != "closing":
            parts[-1]["body"] += _entries(row)
    return parts


def _entries(row: Paragraph) -> list[BodyEntry]:
    """A paragraph may hold several lines; one that begins with «- » is a bullet. An empty one is not printed."""
    if row.kind == Kind.HEADING:
        return [{"kind": "heading", "label": row.label, "text": row.text}]
    entries: list[BodyEntry] = []
    for line in filter(None, (line.strip() for line in row.text.splitlines())):
        is_bullet = row.kind == Kind.BULLET or line.startswith("- ")
        entries.append(
            {"kind": "bullet" if is_bullet else "paragraph", "label": "", "text": line.removeprefix("- ")}
        )
    return entries


def authority_lines(agency: Agency, signer: User | None) -> list[str]:
    """`TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH`; a deputy signs in three lines (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 7a)."""
    position = (signer.position if signer else "").upper() or "CHỦ TỊCH"
    if position.startswith(DEPUTY):
        return [agency.authority, "KT. CHỦ TỊCH", DEPUTY]
    return [agency.authority, "CHỦ TỊCH"]


def what_is_missing(report: Report, paragraphs: Iterable[Paragraph] | None = None) -> list[str]:
    """What keeps a draft from being submitted, one Vietnamese sentence each."""
    rows = list(report.paragraphs.all() if paragraphs is None else paragraphs)
    return [*_empty_places(rows), *_faults(report, rows)]


def _empty_places(rows: list[Paragraph]) -> list[str]:
    """Parts and headings under which nothing is written."""
    gaps: list[str] = []
    part = ""
    for place, row in enumerate(rows):
        if row.kind == Kind.PART:
            part = row.label
        if row.kind in (Kind.PART, Kind.HEADING) and not _has_words(rows[place + 1 :], row.kind):
            name = f"{part}.{row.label.rstrip('.')}" if row.kind == Kind.HEADING else f"{part}"
            gaps.append(f"Mục {name} “{row.text}” chưa có nội dung.")
    return gaps


def _has_words(following: list[Paragraph], kind: str) -> bool:
    """Whether something printable comes before the next title of the same or a higher level."""
    ends = (Kind.PART,) if kind == Kind.PART else (Kind.PART, Kind.HEADING)
    for row in following:
        if row.kind in ends or row.key == "closing":
            return False
        if row.text.strip() and row.kind != Kind.HEADING:
            return True
    return False


def _faults(report: Report, rows: list[Paragraph]) -> list[str]:
    """Faults of form that only people can mend; the signer is known once a leader has approved."""
    try:
        document = build_document(report, is_draft=True, paragraphs=rows)
    except Unprintable as error:
        return [str(error)]
    return [fault for fault in problems(document) if "người ký" not in fault]  # type: ignore[arg-type]
