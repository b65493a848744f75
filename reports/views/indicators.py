"""Phụ lục I on a page: what the indicators of a period come to."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest
from plans.content import ContentMap
from reports.figures import Figures, IndicatorRow, indicator_rows
from reports.models import Report
from reports.views.period import get_period
from tasks.models import IndicatorValue, Period
from tasks.status import UNDECIDED


@require_safe
def indicator_table(request: SignedInRequest, pk: int) -> HttpResponse:
    """The figures as they stand; of a closed period as they were frozen."""
    period = get_period(request, pk)
    if period.agency_id not in request.user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR):
        raise PermissionDenied
    contents = ContentMap(period.plan)
    frozen = _frozen(period)
    rows = indicator_rows(period=period, contents=contents) if frozen is None else frozen
    context = {
        "period": period,
        "is_frozen": frozen is not None,
        "groups": _by_content(rows, contents),
        "waiting": 0 if period.is_closed else _waiting(period),
    }
    return render(request, "reports/indicators.html", context)


def _frozen(period: Period) -> list[IndicatorRow] | None:
    if not period.is_closed:
        return None
    report = Report.objects.filter(period=period, figures__isnull=False).order_by("-pk").first()
    return list(Figures.from_json(report.figures).indicators) if report and report.figures else None


def _by_content(rows: list[IndicatorRow], contents: ContentMap) -> list[tuple[str, list[IndicatorRow]]]:
    """In the plan's order; what is bound to nothing comes last."""
    places = {root.key: (root.order, str(root)) for root in contents.roots()}
    last = (2_000_000, "Chưa gắn với nội dung nào")
    ordered = sorted(rows, key=lambda row: (places.get(row.content_key, last)[0], row.number))
    return [
        (title, list(found))
        for title, found in groupby(ordered, key=lambda row: places.get(row.content_key, last)[1])
    ]


def _waiting(period: Period) -> int:
    """How many updates with figures of this period nobody has checked yet."""
    rows = IndicatorValue.objects.filter(period=period, update__outcome__in=UNDECIDED)
    return rows.values("update").distinct().count()
