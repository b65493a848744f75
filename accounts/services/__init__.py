"""Every write about units and people."""

from accounts.services.events import record_event, version_of, versions_of
from accounts.services.people import (
    add_membership,
    end_membership,
    fill_keys,
    propose_username,
    save_person,
)
from accounts.services.slips import SLIP_DAYS, find_slip, make_slip, use_slip
from accounts.services.units import add_alias, end_unit, reopen_unit, save_unit
from accounts.unit_names import spoken

__all__ = [
    "SLIP_DAYS",
    "add_alias",
    "add_membership",
    "end_membership",
    "end_unit",
    "fill_keys",
    "find_slip",
    "make_slip",
    "propose_username",
    "record_event",
    "reopen_unit",
    "save_person",
    "save_unit",
    "spoken",
    "use_slip",
    "version_of",
    "versions_of",
]
