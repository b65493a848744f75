"""Who may do what with tasks. Predicates only; objects were fetched through `visible_to`."""

from accounts.models import Agency, Role, User
from tasks.models import Evidence, Occurrence, ProgressUpdate, Task


def can_assign(user: User, agency: Agency) -> bool:
    return user.has_role(Role.OFFICE, agency.pk)


def can_review(user: User, agency: Agency) -> bool:
    return user.has_role(Role.OFFICE, agency.pk)


def can_check(user: User, update: ProgressUpdate) -> bool:
    """The office; for what one of the office recorded a leader too, because nobody takes their own words."""
    agency_id = update.occurrence.task.plan.agency_id
    if user.has_role(Role.OFFICE, agency_id):
        return True
    return user.has_role(Role.CHAIR, agency_id) and update.is_of_office


def can_confirm(user: User, update: ProgressUpdate) -> bool:
    """A leader, where the office has taken the result and passed it on."""
    is_chair = user.has_role(Role.CHAIR, update.occurrence.task.plan.agency_id)
    return is_chair and update.outcome == ProgressUpdate.Outcome.CONFIRMING


def can_direct(user: User, agency: Agency) -> bool:
    return user.has_role(Role.CHAIR, agency.pk)


def can_record_progress(user: User, occurrence: Occurrence) -> bool:
    """The lead unit itself (any member of a group), or the office for it. Supporting units only read."""
    return records_as_unit(user, occurrence.task) or user.has_role(
        Role.OFFICE, occurrence.task.plan.agency_id
    )


def can_remove_evidence(user: User, evidence: Evidence) -> bool:
    """The office any time; the unit until its update is accepted. Nobody once the period is closed."""
    occurrence = evidence.occurrence
    if occurrence.period is not None and occurrence.period.is_closed:
        return False
    if can_review(user, occurrence.task.plan.agency):
        return True
    taken = (ProgressUpdate.Outcome.ACCEPTED, ProgressUpdate.Outcome.CONFIRMING)
    return records_as_unit(user, occurrence.task) and evidence.update.outcome not in taken


def records_as_unit(user: User, task: Task) -> bool:
    return task.lead_unit_id in user.acting_unit_ids


def sees_whole_agency(user: User) -> bool:
    return bool(user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR))
