"""Closing a period and drafting its report from what was accepted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from danvan import clock
from danvan.problems import Problem
from danvan.text import fold
from plans.content import ContentItem, ContentMap
from plans.models import Plan
from reports import prose
from reports.figures import Figures, is_cancelled, occurrences_of, period_figures, told_at
from reports.indicator_table import IndicatorRow
from reports.models import Paragraph, Report, ReportStep
from reports.outline import OUTLINE, TRAINING_WORDS, Part, Source
from reports.prose import Result
from tasks import calendar, status
from tasks.models import Occurrence, Period, ProgressUpdate
from tasks.services import close_period, open_periods

Kind = Paragraph.Kind


@dataclass(frozen=True)
class Piece:
    """One paragraph to be: `updates` are the ids of the accepted updates behind it."""

    key: str
    kind: str
    text: str
    label: str = ""
    updates: tuple[int, ...] = field(default=())


@transaction.atomic
def close_and_compose(*, period: Period, version: int, by: User) -> Report:
    """Freezes the period's figures and drafts its report. Raises Problem before the closing day, Conflict if stale."""
    if clock.today() < period.covers_to:
        raise Problem(f"Kỳ này chốt số liệu từ ngày {period.covers_to:%d/%m/%Y}. Hãy chờ đến ngày đó.")
    close_period(period=period, version=version, by=by)
    figures = period_figures(period=period, on=period.covers_to)
    agency = period.agency
    report = Report.objects.create(
        agency=agency,
        period=period,
        state=Report.State.DRAFT,
        addressee=agency.superior,
        subject=subject_of(period),
        recipients="\n".join(_recipients(period.plan)),
        figures=figures.to_json(),
        drafted_by=by,
    )
    ReportStep.objects.create(report=report, verb=ReportStep.Verb.CLOSE, actor=by, at=clock.now())
    _write(report, list(compose(report, figures)))
    open_periods(plan=period.plan, on=clock.today())
    return report


def subject_of(period: Period) -> str:
    """The trích yếu: «Kết quả thực hiện công tác dân vận chính quyền quý I năm 2024»."""
    return f"Kết quả thực hiện công tác dân vận chính quyền {period.title}"


def _recipients(plan: Plan) -> Iterator[str]:
    """«Như trên», then the plan's own recipients without the superior, ending with its «Lưu» line."""
    yield "Như trên"
    superior = fold(plan.agency.superior.short_name) if plan.agency.superior else ""
    lines = [recipient.text for recipient in plan.recipients.all()]  # type: ignore[attr-defined]
    others = (line for line in lines if not line.startswith("Lưu"))
    # «UBND quận» in the plan is the UBND quận Kiến An to whom the report is addressed: «Như trên» says it already.
    yield from (line for line in others if not superior.startswith(fold(line)))
    yield next((line for line in lines if line.startswith("Lưu: VT")), "Lưu: VT")


def _write(report: Report, pieces: Sequence[Piece]) -> None:
    rows = Paragraph.objects.bulk_create(
        Paragraph(
            report=report,
            key=p.key,
            order=order * 10,
            kind=p.kind,
            label=p.label,
            text=p.text,
            composed=p.text,
        )
        for order, p in enumerate(pieces, start=1)
    )
    links = Paragraph.updates.through
    links.objects.bulk_create(
        links(paragraph=row, progressupdate_id=update)
        for row, piece in zip(rows, pieces, strict=True)
        for update in piece.updates
    )


def compose(report: Report, figures: Figures) -> Iterator[Piece]:
    """The paragraphs of a draft in the order of the outline, each with its sources."""
    material = Material(report, figures)
    yield Piece("opening", Kind.TEXT, material.opening())
    for part in OUTLINE:
        yield Piece(part.numeral, Kind.PART, part.title, part.numeral)
        yield from _part(part, material)
    yield Piece("closing", Kind.TEXT, material.closing())


def _part(part: Part, material: "Material") -> Iterator[Piece]:
    for order, point in enumerate(part.points, start=1):
        key = f"{part.numeral}.{order}"
        if point.title:
            yield Piece(key, Kind.HEADING, point.title, f"{order}.")
        yield from material.draft(point.source, key)


class Material:
    """Everything a draft is made from, read once. Eight queries, whatever the size of the plan."""

    def __init__(self, report: Report, figures: Figures) -> None:
        self.report, self.figures = report, figures
        self.period, self.plan, self.agency = report.period, report.period.plan, report.agency
        self.contents = ContentMap(self.plan)
        self.occurrences = [one for one in occurrences_of(self.period) if not is_cancelled(one)]
        self.results = self._results()

    def _results(self) -> dict[str, list[Result]]:
        """Content key → accepted results, in the plan's order."""
        ids = [one.accepted_update_id for one in self.occurrences if one.accepted_update_id]
        kept = Count("evidence", filter=Q(evidence__removed_at=None))
        updates = {
            update.pk: update for update in ProgressUpdate.objects.filter(pk__in=ids).annotate(files=kept)
        }
        found: dict[str, list[Result]] = defaultdict(list)
        for one in self.occurrences:
            accepted = told_at(one, self.figures.on)
            if accepted and one.state != Occurrence.State.NOT_STARTED:
                result = _result(one, updates[accepted.pk])
                found[self.contents.of(one.task.item_id).key].append(result)
        return found

    def opening(self) -> str:
        plan, period = self.plan, self.period
        dated = f" ngày {prose.day(plan.dated_on)}" if plan.dated_on else ""
        training = f" {TRAINING_WORDS}" if self.agency.is_training else ""
        return (
            f"Thực hiện Kế hoạch số {plan.number}{dated} của {self.agency.short_name} về {prose.lower_first(plan.title)}, "
            f"{self.agency.short_name} báo cáo kết quả {period.title}{training}, số liệu từ ngày "
            f"{prose.day(period.covers_from)} đến ngày {prose.day(period.covers_to)} "
            "(số liệu chi tiết tại Phụ lục I, tiến độ nhiệm vụ tại Phụ lục II), như sau:"
        )

    def closing(self) -> str:
        superior = self.agency.superior
        to = f"; kính báo cáo {superior.name}" if superior else ""
        return (
            f"Trên đây là Báo cáo {prose.lower_first(self.report.subject)} của {self.agency.short_name}{to}"
        )

    def draft(self, source: Source, key: str) -> Iterator[Piece]:
        drafts = {
            Source.LEADERSHIP: self._leadership,
            Source.RESULTS: self._all_results,
            Source.STRENGTHS: self._strengths,
            Source.DIFFICULTIES: self._difficulties,
            Source.CAUSES: self._left_to_people,
            Source.NEXT: self._next,
            Source.PROPOSALS: self._left_to_people,
        }
        yield from drafts[source](key)

    def _leadership(self, key: str) -> Iterator[Piece]:
        bases = "; ".join(
            prose.lower_first(basis.text.rstrip(" .;")) for basis in self.plan.legal_bases.all()
        )
        led = len({one.task.lead_unit_id for one in self.occurrences if one.task.lead_unit_id})
        yield Piece(
            f"{key}.bases",
            Kind.TEXT,
            prose.sentence(bases) if bases else "",
        )
        yield Piece(
            f"{key}.plan",
            Kind.TEXT,
            f"{self.agency.short_name} đã ban hành Kế hoạch số {self.plan.number}, giao "
            f"{len({one.task_id for one in self.occurrences})} nhiệm vụ cho {led} đơn vị chủ trì, "
            "theo dõi kết quả theo từng kỳ báo cáo.",
        )
        for place in ("organisation", "letter"):
            yield from self._results_of(place, f"{key}.{place}")

    def _all_results(self, key: str) -> Iterator[Piece]:
        for order, content in enumerate(self._content_items(), start=1):
            place = f"{key}.{content.key}"
            yield Piece(place, Kind.HEADING, content.title.rstrip(" .:;"), f"{order}.")
            pieces = list(self._results_of(content.key, place))
            yield from pieces or [Piece(f"{place}.none", Kind.TEXT, prose.NOTHING_YET)]

    def _content_items(self) -> list[ContentItem]:
        return [content for content in self.contents.roots() if content.is_content]

    def _results_of(self, content_key: str, place: str) -> Iterator[Piece]:
        results = self.results.get(content_key, [])
        for result in results:
            if result.state != Occurrence.State.NOTHING:
                yield Piece(
                    f"{place}.u{result.update_id}", Kind.BULLET, prose.told(result), "", (result.update_id,)
                )
        idle = [result for result in results if result.state == Occurrence.State.NOTHING]
        if idle:
            sources = tuple(result.update_id for result in idle)
            yield Piece(f"{place}.idle", Kind.TEXT, prose.nothing_arose(idle), "", sources)
        rows = self._indicators(content_key)
        if counted := prose.counted(rows):
            sources = tuple(sorted({update for row in rows for update in row.updates}))
            yield Piece(f"{place}.figures", Kind.TEXT, counted, "", sources)

    def _indicators(self, content_key: str) -> list[IndicatorRow]:
        return [row for row in self.figures.indicators if row.content_key == content_key]

    def _strengths(self, key: str) -> Iterator[Piece]:
        yield Piece(f"{key}.counts", Kind.TEXT, prose.strengths(self.figures.counts.total))

    def _difficulties(self, key: str) -> Iterator[Piece]:
        short = prose.shortfall(self.figures.counts.total)
        if short:
            yield Piece(f"{key}.counts", Kind.TEXT, short)
        for one in filter(self._falls_short, self.occurrences):
            words = (
                f"{one.task.lead_unit or 'Chưa phân công'}: {prose.lower_first(prose.short(one.task.title))}."
            )
            yield Piece(f"{key}.o{one.pk}", Kind.BULLET, words)
        hard = [result for results in self.results.values() for result in results if result.difficulties]
        for result in hard:
            yield Piece(
                f"{key}.u{result.update_id}", Kind.BULLET, prose.difficulty(result), "", (result.update_id,)
            )
        if not short and not hard:
            yield Piece(f"{key}.text", Kind.TEXT, "")

    def _falls_short(self, one: Occurrence) -> bool:
        if one.due_on is None:
            return not status.has_result(one)
        return status.cell_of(one, self.figures.on) is status.Cell.OPEN_OVERDUE

    def _next(self, key: str) -> Iterator[Piece]:
        plan = self.plan
        yield Piece(
            f"{key}.plan",
            Kind.TEXT,
            f"Tiếp tục thực hiện các nhiệm vụ của Kế hoạch số {plan.number}; trong đó tập trung:",
        )
        unanswered = self.figures.counts.total.missing
        if unanswered:
            words = f"Đôn đốc, hoàn thành {unanswered} nhiệm vụ chưa có kết quả trong {self.period.title}."
            yield Piece(f"{key}.missing", Kind.BULLET, words)
        for one in self._due_next():
            words = f"{one.task.lead_unit or 'Đơn vị được phân công'}: {prose.lower_first(prose.short(one.task.title))}"
            yield Piece(f"{key}.o{one.pk}", Kind.BULLET, f"{words} (thời hạn {prose.day(one.shown_due_on)}).")
        if not unanswered:
            yield Piece(
                f"{key}.text",
                Kind.TEXT,
                "Duy trì thực hiện thường xuyên các nội dung của Kế hoạch, báo cáo đúng kỳ.",
            )

    def _due_next(self) -> list[Occurrence]:
        """What falls due after this period, up to the end of the next one of its kind."""
        due = Occurrence.objects.live().filter(task__plan=self.plan, completed_on=None)
        due = due.filter(due_on__gt=self.period.covers_to, due_on__lte=next_end(self.period))
        return list(due.select_related("task__lead_unit").order_by("due_on", "task__order"))

    def _left_to_people(self, key: str) -> Iterator[Piece]:
        """Causes and proposals are judgements: the office writes them."""
        yield Piece(f"{key}.text", Kind.TEXT, "")


def next_end(period: Period) -> dt.date:
    """The last day of the next period of the same kind; after nine months, or outside the calendar, of the year."""
    year, ordinal = period.year, period.ordinal + 1
    if period.kind not in calendar.MONTHS or period.kind == Period.Kind.NINE_MONTHS:
        return calendar.window("year", year).covers_to
    if ordinal > calendar.count(period.kind):
        year, ordinal = year + 1, 1
    return calendar.window(period.kind, year, ordinal).covers_to


def _result(one: Occurrence, update: ProgressUpdate) -> Result:
    return Result(
        update_id=update.pk,
        title=one.task.title,
        unit=str(one.task.lead_unit or ""),
        state=update.state,
        text=update.text,
        difficulties=update.difficulties,
        files=update.files,  # type: ignore[attr-defined]
    )
