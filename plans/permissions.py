"""Who may do what with a plan. Whether its state allows it is said by the services, in words."""

from accounts.models import Role, User
from plans.models import Plan


def can_import_plan(user: User) -> bool:
    return bool(user.agency_ids(Role.OFFICE))


def can_mend_plan(user: User, plan: Plan) -> bool:
    return user.has_role(Role.OFFICE, plan.agency_id)


def can_read_original(user: User, plan: Plan) -> bool:
    """The uploaded file may hold more than the reading: only for those who answer for it, or inspect."""
    return any(user.has_role(role, plan.agency_id) for role in (Role.OFFICE, Role.INSPECTOR))
