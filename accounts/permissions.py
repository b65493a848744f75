"""Who may do what with units and people. Pure predicates; none asks the database in a loop."""

from accounts.models import Agency, Role, User
from danvan import clock


def can_keep_people(user: User, agency: Agency) -> bool:
    """The office of an agency keeps its units and people."""
    return user.has_role(Role.OFFICE, agency.pk)


def can_keep_person(user: User, person: User) -> bool:
    """May change a person's name and sign-in, and print a slip, which amounts to signing in as that person.

    Never for maintainers, nor for people who also hold a role, now or later, where `user` is not the office.
    """
    if person.is_staff or person.is_superuser:
        return False
    held_in = set(person.memberships.unended(clock.today()).values_list("agency_id", flat=True))
    return held_in <= user.agency_ids(Role.OFFICE)
