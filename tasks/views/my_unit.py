"""«Việc của đơn vị tôi»: the daily screen of a unit, and of the office when it writes for one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Agency, Role, Unit, User
from accounts.requests import SignedInRequest
from danvan import clock
from danvan.problems import Conflict, Problem
from tasks import permissions
from tasks.cards import Card, UnitPage, unit_page
from tasks.evidence_hints import point_out
from tasks.forms.progress import ProgressForm
from tasks.models import Occurrence, Period, ProgressUpdate
from tasks.reminders import reminder_text
from tasks.services import record_progress
from tasks.services.evidence import quota_bytes, used_bytes
from tasks.views.address import number


@require_safe
def my_unit(request: SignedInRequest) -> HttpResponse:
    """GET `don-vi` (unit), `ky` (period), `lam` (occurrence whose card stands open)."""
    unit = unit_asked(request)
    if unit is None:
        context = {
            "units": _units_to_choose(request.user),
            "room": _room(request.user.agency_as(Role.OFFICE)),
        }
        return render(request, "tasks/choose_unit.html", context)
    page = _page(request, unit, extra_id=number(request.GET.get("lam")))
    wanted = page.card(number(request.GET.get("lam")) or 0)
    opened = wanted or next((card for card in page.cards if card.asks), None)
    if opened is not None:
        opened.is_open = True
    return render(request, "tasks/my_unit.html", _context(request, page))


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """One «Gửi». Whoever signs in again on the way here is led back to the card."""
    occurrence, unit = _occurrence_to_record(request, pk)
    if request.method != "POST":
        return redirect(f"{reverse('tasks:my_unit')}?{urlencode({'don-vi': unit.pk, 'lam': pk})}#viec-{pk}")
    page = _page(request, unit, extra_id=pk)
    card = page.card(pk)
    if card is None:
        raise Http404
    card.form = ProgressForm(request.POST, request.FILES, card=card)
    try:
        update = _send(request.user, occurrence, card.form)
    except Problem as problem:
        return _not_sent(request, page, card, problem)
    return _sent(request, page, card, _to_be_told(request.user, card.form, update))


@require_safe
def reminder(request: SignedInRequest, pk: int) -> HttpResponse:
    """Words for the unit's Zalo group, ready to copy."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    if not permissions.can_review(request.user, unit.agency):
        raise PermissionDenied
    on = clock.today()
    page = unit_page(unit=unit, on=on)
    occurrences = [card.occurrence for card in page.cards]
    text = reminder_text(unit=unit, occurrences=occurrences, on=on)
    return render(request, "tasks/reminder.html", {"unit": unit, "reminder": text, "progress": page.progress})


def unit_asked(request: SignedInRequest) -> Unit | None:
    """The unit whose work is wanted; None where the office has not named one. Foreign → 404, not theirs → 403."""
    user = request.user
    asked = number(request.GET.get("don-vi"))
    if asked is None:
        if not user.led_units and not user.agency_ids(Role.OFFICE):
            raise PermissionDenied
        return user.led_units[0] if user.led_units else None
    led = [unit for unit in user.led_units if unit.pk == asked]
    if led:
        return led[0]
    unit = get_object_or_404(Unit.objects.visible_to(user), pk=asked)
    if not user.has_role(Role.OFFICE, unit.agency_id):
        raise PermissionDenied
    return unit


def _occurrence_to_record(request: SignedInRequest, pk: int) -> tuple[Occurrence, Unit]:
    rows = Occurrence.objects.visible_to(request.user).live()
    occurrence = get_object_or_404(
        rows.select_related("task__plan__agency", "task__lead_unit", "period"), pk=pk
    )
    lead = occurrence.task.lead_unit
    if lead is None or not permissions.can_record_progress(request.user, occurrence):
        raise PermissionDenied
    mine = [unit for unit in request.user.led_units if unit.agency_id == lead.agency_id]
    asked = number(request.POST.get("don-vi"))
    chosen = [unit for unit in mine if unit.pk == asked] or [unit for unit in mine if unit == lead] or mine
    return occurrence, chosen[0] if chosen else lead


def _page(request: SignedInRequest, unit: Unit, extra_id: int | None) -> UnitPage:
    period_id = number(request.POST.get("ky") or request.GET.get("ky"))
    try:
        page = unit_page(unit=unit, on=clock.today(), period_id=period_id, extra_id=extra_id)
    except Period.DoesNotExist:
        raise Http404
    for card in page.cards:
        if not card.is_read_only:
            card.form = ProgressForm(card=card)
    return page


def _send(user: User, occurrence: Occurrence, form: ProgressForm) -> ProgressUpdate:
    """Raises Problem; the form then tells which field, if one is to blame."""
    if not form.is_valid():
        raise Problem
    return record_progress(
        occurrence=occurrence,
        version=form.cleaned_data["version"],
        form_key=form.cleaned_data["form_key"],
        progress=form.progress(),
        by=user,
        on_behalf=not permissions.records_as_unit(user, occurrence.task),
    )


def _not_sent(request: SignedInRequest, page: UnitPage, card: Card, problem: Problem) -> HttpResponse:
    """The same card with everything typed; the form now carries the fresh version, so that Gửi sends."""
    if isinstance(problem, Conflict):
        form, page = card.form, _page(request, page.unit, extra_id=card.occurrence.pk)
        card = page.card(card.occurrence.pk) or card
        card.form, card.conflict = form, str(problem)
        form.is_key_used = True  # perhaps not, but never twice
    elif str(problem):
        card.form.add_error(None, str(problem))
    card.is_open, card.notices = True, card.form.refused
    code = 409 if card.conflict else 422
    if request.htmx:
        return render(request, "tasks/_card.html", _context(request, page) | {"card": card}, status=code)
    return render(request, "tasks/my_unit.html", _context(request, page) | {"failed": card}, status=code)


def _to_be_told(user: User, form: ProgressForm, update: ProgressUpdate) -> list[str]:
    """Which files were refused, what is odd about those that were kept, and about the figures."""
    files = update.evidence.all() if form.uploads else ()  # type: ignore[attr-defined]
    return [*form.refused, *form.oddities(), *point_out(files, of=update.occurrence, to=user)]


def _sent(request: SignedInRequest, page: UnitPage, card: Card, sentences: list[str]) -> HttpResponse:
    if not request.htmx:
        for sentence in sentences:
            messages.warning(request, sentence)
        return redirect(f"{reverse('tasks:my_unit')}?{_query(request, page)}#viec-{card.occurrence.pk}")
    fresh = _page(request, page.unit, extra_id=card.occurrence.pk)
    card = fresh.card(card.occurrence.pk) or card
    card.notices = sentences
    return render(request, "tasks/_sent.html", _context(request, fresh) | {"card": card, "was_sent": True})


def _query(request: SignedInRequest, page: UnitPage) -> str:
    asked = {"don-vi": page.unit.pk, "ky": number(request.POST.get("ky") or request.GET.get("ky"))}
    return urlencode({key: value for key, value in asked.items() if value})


def _context(request: SignedInRequest, page: UnitPage) -> dict[str, object]:
    user = request.user
    return {
        "page": page,
        "unit": page.unit,
        "today": clock.today(),
        "on_behalf": page.unit not in user.led_units,
        "units": user.led_units if len(user.led_units) > 1 else [],
        "asked_period": number(request.POST.get("ky") or request.GET.get("ky")),
    }


def _room(agency: Agency | None) -> dict[str, float]:
    """What the agency's evidence takes and may take, in GB."""
    if agency is None:
        return {}
    used, quota = used_bytes(agency), quota_bytes(agency)
    return {"used": used / 1e9, "quota": quota / 1e9, "is_short": used > 0.9 * quota}


def _units_to_choose(user: User) -> list[Unit]:
    offices = user.agency_ids(Role.OFFICE)
    units = Unit.objects.filter(agency__in=offices, led_tasks__plan__state="active").distinct()
    return list(units.valid(clock.today()))
