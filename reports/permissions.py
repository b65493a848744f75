"""Who may do what with a report. Predicates only; objects were fetched through `visible_to`."""

from accounts.models import Agency, Role, User
from reports.models import Report


def can_close(user: User, agency: Agency) -> bool:
    return user.has_role(Role.OFFICE, agency.pk)


def can_draft(user: User, report: Report) -> bool:
    """Edit, submit, number, build files, issue: the office of the agency."""
    return user.has_role(Role.OFFICE, report.agency_id)


def can_approve(user: User, report: Report) -> bool:
    """A leader, never the one who drafted it."""
    return user.has_role(Role.CHAIR, report.agency_id) and user.pk != report.drafted_by_id


def reads_inside(user: User, report: Report) -> bool:
    """Drafts, sources and rounds are for the agency itself; a receiver reads what was issued."""
    return bool(user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR) & {report.agency_id})


def can_build(user: User, report: Report) -> bool:
    """Ask the worker for a draft: whoever drafts it or decides on it."""
    return bool(user.agency_ids(Role.OFFICE, Role.CHAIR) & {report.agency_id})
