"""Every write to a plan. Others call what is named here."""

from plans.services.drafts import activate, delete_draft
from plans.services.imports import find_import, import_plan
from plans.services.mending import mark_task, mend_item, move_item, settle_doubt
from plans.services.mending_header import mend_header, mend_section
from plans.services.naming import create_unit, name_unit, set_members
from plans.services.removing import remove_item, restore_items
from plans.services.reshaping import add_item, merge_item, shift_item, split_item

__all__ = [
    "activate",
    "add_item",
    "create_unit",
    "delete_draft",
    "find_import",
    "import_plan",
    "mark_task",
    "mend_header",
    "mend_item",
    "mend_section",
    "merge_item",
    "move_item",
    "name_unit",
    "remove_item",
    "restore_items",
    "set_members",
    "settle_doubt",
    "shift_item",
    "split_item",
]
