"""The office's page of people and the roles they hold."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import MembershipForm, NewPersonForm, PersonForm
from accounts.models import INSIDE, Agency, Membership, Role, User
from accounts.permissions import can_keep_people
from accounts.requests import SignedInRequest
from accounts.services import add_membership, end_membership, save_person, version_of
from accounts.views.shared import agency_of, kept_agency, kept_person, posted, posted_version
from danvan import clock
from danvan.problems import Conflict, Problem
from danvan.text import clean, fold


@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    agency = agency_of(request.user, Role.OFFICE, Role.INSPECTOR)
    query = clean(request.GET.get("tim", ""))
    rows = _listed_people(agency, query)
    rows.sort(key=lambda person: not person.roles_here)  # type: ignore[attr-defined]
    context = {"rows": rows, "query": query, "may_keep": can_keep_people(request.user, agency)}
    return render(request, "accounts/people.html", context)


def _listed_people(agency: Agency, query: str) -> list[User]:
    here = Membership.objects.filter(agency=agency)
    roles = here.unended(clock.today()).select_related("unit", "agency").order_by("pk")
    listed = User.objects.filter(pk__in=here.values("user"))
    listed = listed.filter(Q(folded__contains=fold(query)) | Q(username__contains=query.lower()))
    listed = listed.prefetch_related(Prefetch("memberships", roles, to_attr="roles_here"))
    return list(listed.order_by("sort_key", "pk"))


@require_http_methods(["GET", "POST"])
def person_add(request: SignedInRequest) -> HttpResponse:
    agency = kept_agency(request.user)
    form = NewPersonForm(posted(request), agency=agency)
    if request.method == "GET":
        return render(request, "accounts/person_add.html", {"form": form})
    try:
        person = _saved(request, agency, form, None)
    except Problem as problem:
        form.add_error(None, str(problem))
    else:
        if person:
            messages.success(
                request, f"Đã thêm {person}. Tên đăng nhập: {person.username}. Giờ hãy in phiếu đăng nhập."
            )
            return redirect("accounts:person_edit", person.pk)
    return render(request, "accounts/person_add.html", {"form": form}, status=422)


def _saved(request: SignedInRequest, agency: Agency, form: Form, person: User | None) -> User | None:
    if not form.is_valid():
        return None
    return save_person(
        agency=agency, actor=request.user, person=person, version=posted_version(request), **form.cleaned_data
    )


@require_http_methods(["GET", "POST"])
def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    agency, person = kept_person(request.user, pk)
    if request.method == "GET":
        return _show(request, agency, person, PersonForm(person=person))
    form = PersonForm(request.POST, person=person)
    try:
        saved = _saved(request, agency, form, person)
    except Problem as problem:
        form.add_error(None, str(problem))
        stale = isinstance(problem, Conflict)
        return _show(request, agency, person, form, stale=stale, status=409 if stale else 422)
    if saved is None:
        return _show(request, agency, person, form, status=422)
    messages.success(request, f"Đã lưu thông tin của {saved}.")
    return redirect("accounts:people")


def _show(
    request: SignedInRequest,
    agency: Agency,
    person: User,
    form: PersonForm,
    *,
    role_form: MembershipForm | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    memberships = list(
        person.memberships.filter(agency=agency).select_related("unit", "agency").order_by("pk")
    )
    keeps_version = form.is_bound and not stale
    context = {
        "form": form,
        "role_form": role_form or MembershipForm(agency=agency),
        "person": person,
        "roles": [m for m in memberships if m.to_on is None or m.to_on >= today],
        "former_roles": [m for m in memberships if m.to_on and m.to_on < today],
        "stale": stale,
        "version": posted_version(request) if keeps_version else version_of(person),
    }
    return render(request, "accounts/person_edit.html", context, status=status)


@require_POST
def membership_add(request: SignedInRequest, pk: int) -> HttpResponse:
    agency, person = kept_person(request.user, pk)
    form = MembershipForm(request.POST, agency=agency)
    try:
        if form.is_valid():
            membership = add_membership(person=person, agency=agency, actor=request.user, **form.cleaned_data)
            messages.success(request, f"{person} có thêm vai trò: {membership}.")
            return redirect("accounts:person_edit", person.pk)
    except Problem as problem:
        form.add_error(None, str(problem))
    return _show(request, agency, person, PersonForm(person=person), role_form=form, status=422)


@require_POST
def membership_end(request: SignedInRequest, pk: int) -> HttpResponse:
    mine = Membership.objects.filter(agency__in=request.user.agency_ids(*INSIDE))
    membership = get_object_or_404(mine.select_related("agency", "user", "unit"), pk=pk)
    if not can_keep_people(request.user, membership.agency):
        raise PermissionDenied
    try:
        person = end_membership(membership=membership, actor=request.user)
        messages.success(request, f"{person} đã thôi vai trò: {membership}.")
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("accounts:people")
