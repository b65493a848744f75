from accounts.views.pages import csrf_failed, help_page
from accounts.views.people import membership_add, membership_end, people, person_add, person_edit
from accounts.views.slips import slip_make, slip_use
from accounts.views.units import unit_add, unit_edit, unit_end, unit_reopen, units

__all__ = [
    "csrf_failed",
    "help_page",
    "membership_add",
    "membership_end",
    "people",
    "person_add",
    "person_edit",
    "slip_make",
    "slip_use",
    "unit_add",
    "unit_edit",
    "unit_end",
    "unit_reopen",
    "units",
]
