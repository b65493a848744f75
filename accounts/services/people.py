"""People and the roles they hold. Each write is one transaction and leaves an `Event`."""

import datetime as dt
import re

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.models import Agency, Membership, Role, Unit, User
from accounts.services.events import check_version, record_event, take_turn
from accounts.services.slips import withdraw_slips
from danvan import clock
from danvan.problems import Problem
from danvan.text import clean, fold, person_sort_key

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


@transaction.atomic
def save_person(
    *,
    agency: Agency,
    actor: User | None,
    full_name: str,
    username: str = "",
    position: str = "",
    email: str = "",
    role: str | None = None,
    unit: Unit | None = None,
    person: User | None = None,
    version: int | None = None,
) -> User:
    """Make a person with a first role in `agency`, or change `person`; a new one has no password yet.

    Without a user name one is proposed. Problem: the user name is taken, or a new person has no role.
    """
    take_turn(agency)
    if person is None and role is None:
        raise Problem("Hãy chọn vai trò.")
    if person is not None:
        check_version(person, version)
    made = person is None
    full_name = clean(full_name)
    username = _checked_username(username or propose_username(full_name), person)
    person = person or _new_user()
    _write_person(person, full_name, username, clean(position), email.strip().lower())
    record_event(
        agency=agency,
        actor=actor,
        verb="save_person",
        about=person,
        words=f"{'Thêm' if made else 'Sửa thông tin'} người dùng {full_name} ({username})",
    )
    if role is not None:
        add_membership(person=person, agency=agency, actor=actor, role=role, unit=unit)
    return person


def _new_user() -> User:
    user = User()
    user.set_unusable_password()
    return user


def _write_person(person: User, full_name: str, username: str, position: str, email: str) -> None:
    if person.pk and person.email != email:
        # The sign-in library remembers addresses on its own; an old one must not reset the password any more.
        EmailAddress.objects.filter(user=person).delete()
    person.full_name, person.username, person.position, person.email = full_name, username, position, email
    fill_keys(person)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # another agency took the name between the look and the writing
        raise _name_is_taken(username) from None


def fill_keys(person: User) -> None:
    person.folded, person.sort_key = fold(person.full_name)[:255], person_sort_key(person.full_name)[:255]


def _checked_username(username: str, person: User | None) -> str:
    username = clean(username).lower()
    if not USERNAME.fullmatch(username):
        raise Problem(
            "Tên đăng nhập viết liền, không dấu: chỉ gồm chữ, chữ số, dấu chấm, gạch ngang; từ 2 đến 60 ký tự."
        )
    if User.objects.filter(username__iexact=username).exclude(pk=person.pk if person else 0).exists():
        raise _name_is_taken(username)
    return username


def _name_is_taken(username: str) -> Problem:
    return Problem(f"Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác, ví dụ thêm một chữ số.")


def propose_username(full_name: str) -> str:
    """`Nguyễn Thị Lan` → `lannt`, and a number where that is taken."""
    *family, given = re.sub(r"[^a-z0-9 ]", "", fold(full_name)).split() or ["nguoidung"]
    base = (given + "".join(word[0] for word in family))[:50]
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for name in [base, *(f"{base}{n}" for n in range(2, 1000))] if name not in taken)


@transaction.atomic
def add_membership(
    *, person: User, agency: Agency, actor: User | None, role: str, unit: Unit | None = None
) -> Membership:
    """Give `person` a role from today on. Problem: no unit for a head, a receiver where nothing is received, twice."""
    take_turn(agency)
    _check_role(agency, role, unit)
    today = clock.today()
    if person.memberships.unended(today).filter(agency=agency, role=role, unit=unit).exists():
        raise Problem(f"{person} đã có vai trò này.")
    membership = Membership.objects.create(user=person, agency=agency, role=role, unit=unit, from_on=today)
    _forget_memberships(person)
    words = f"{person} có vai trò {membership}"
    record_event(agency=agency, actor=actor, verb="add_membership", about=person, words=words)
    return membership


def _check_role(agency: Agency, role: str, unit: Unit | None) -> None:
    if role == Role.DEPARTMENT and unit is None:
        raise Problem("Hãy chọn đơn vị mà người này phụ trách.")
    if role != Role.DEPARTMENT and unit is not None:
        raise Problem("Chỉ trưởng đơn vị mới gắn với một đơn vị: để trống ô đơn vị.")
    if unit is not None and unit.agency_id != agency.pk:
        raise Problem("Đơn vị này thuộc cơ quan khác.")
    if role == Role.RECEIVER and not agency.inferiors.exists():
        raise Problem("Cơ quan không có cơ quan cấp dưới nên không nhận báo cáo.")


@transaction.atomic
def end_membership(*, membership: Membership, actor: User | None) -> User:
    """The role ends now: yesterday was its last day. Given only today, it never was, and only the events tell.

    Problem: nobody would be left to keep the agency's units and people.
    """
    agency, person, today = membership.agency, membership.user, clock.today()
    take_turn(agency)
    if membership.to_on and membership.to_on < today:
        raise Problem(f"Vai trò này đã kết thúc ngày {membership.to_on:%d/%m/%Y}.")
    offices = Membership.objects.active(today).filter(agency=agency, role=Role.OFFICE, user__is_active=True)
    if membership.role == Role.OFFICE and not offices.exclude(pk=membership.pk).exists():
        raise Problem("Cơ quan phải còn ít nhất một người của Văn phòng. Hãy thêm người thay rồi kết thúc.")
    words = f"{person} thôi vai trò {membership}"
    if membership.from_on and membership.from_on >= today:
        membership.delete()
    else:
        membership.to_on = today - dt.timedelta(days=1)
        membership.save(update_fields=["to_on"])
    if not person.memberships.unended(today).exists():
        withdraw_slips(person)
    _forget_memberships(person)
    record_event(agency=agency, actor=actor, verb="end_membership", about=person, words=words)
    return person


def _forget_memberships(person: User) -> None:
    for cached in ("active_memberships", "led_units", "acting_unit_ids"):
        person.__dict__.pop(cached, None)
