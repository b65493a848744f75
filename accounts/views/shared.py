"""What the office's pages about units and people have in common."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from accounts.models import Agency, Role, User
from accounts.permissions import can_keep_person


def agency_of(user: User, *roles: str) -> Agency:
    """The agency in which the user holds one of `roles`; 403 if there is none."""
    for membership in user.active_memberships:
        if membership.role in roles:
            return membership.agency
    raise PermissionDenied


def kept_agency(user: User) -> Agency:
    return agency_of(user, Role.OFFICE)


def kept_person(user: User, pk: int) -> tuple[Agency, User]:
    """The office's agency and one of its people; 404 if not its own, 403 if not its to change."""
    person = get_object_or_404(User.objects.visible_to(user), pk=pk)
    agency = kept_agency(user)
    if not can_keep_person(user, person):
        raise PermissionDenied(
            "Người này là quản trị viên hoặc còn làm việc ở cơ quan khác: hãy nhờ người quản trị."
        )
    return agency, person


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; an empty body is bound too, so that it is told what is missing."""
    return request.POST if request.method == "POST" else None


def posted_version(request: HttpRequest) -> int | None:
    """The version that the form was opened with."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
