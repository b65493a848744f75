"""«Lịch sử thay đổi»: what happened in the agency, in words, for who sees the whole of it. Nothing here can be changed."""

import io
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role, User
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.text import fold
from reports import history as told
from reports.history_workbook import workbook

PER_PAGE = 50
# More than Excel shows comfortably; narrower dates give the rest.
MOST_EXPORTED = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def history(request: SignedInRequest) -> HttpResponse:
    """GET `nguoi` person, `loai` kind, `viec` task, `tim` words, `tu` and `den` days, `trang` page."""
    agency_ids, wanted = _asked(request)
    found = told.matching(told.events(agency_ids, wanted), wanted.words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = told.page_of(list(page.object_list))
    context = {
        "page": page,
        "rows": [(event, told.kind_words(event)) for event in page.object_list],
        "wanted": wanted,
        "people": told.people_of(agency_ids),
        "kinds": [*((key, words) for key, words, _ in told.KINDS), told.OTHER],
        "machine": told.MACHINE,
        "most": MOST_EXPORTED,
    }
    return render(request, "reports/history.html", context)


@require_safe
def history_excel(request: SignedInRequest) -> FileResponse:
    """Exactly what is filtered, all pages of it, newest first."""
    agency_ids, wanted = _asked(request)
    rows = told.events(agency_ids, wanted)
    words = fold(wanted.words).split()
    said = (event for event in rows.iterator() if told.says(event.words, words))
    name = f"lich-su-{clock.today():%Y-%m-%d}.xlsx"
    content = io.BytesIO(workbook(islice(said, MOST_EXPORTED)))
    response = FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: SignedInRequest) -> tuple[set[int], told.HistoryFilter]:
    user: User = request.user
    agency_ids = user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR)
    if not agency_ids:
        raise PermissionDenied
    return agency_ids, told.filter_of(request.GET.dict(), user=user)
