"""Who may open and send what of the plans. A draft is the office's own: department heads do not find it."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from accounts.tests.matrix import (
    CHAIR,
    DEPARTMENT,
    GET_CODES,
    INSIDE,
    INSPECTOR,
    OFFICE,
    POST_CODES,
    RECEIVER,
    Row,
)
from danvan import clock
from plans import services
from plans.models import Doubt, Import, Item, Plan
from plans.tests.conftest import build_plan


def _draft(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": build_plan(world.ward).pk}


def _active_with_its_file(world: SimpleNamespace) -> dict[str, object]:
    plan = build_plan(world.ward, state=Plan.State.ACTIVE)
    kept = Import(agency=world.ward, plan=plan, file_name="ke-hoach.md", sha256="0" * 64, made_at=clock.now())
    kept.file.save("ke-hoach.md", ContentFile(b"tep"))
    return {"pk": plan.pk}


def _item(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": Item.objects.filter(section__plan=build_plan(world.ward), is_task=True)[0].pk}


def _section(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": build_plan(world.ward).sections.get().pk}


def _doubt(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": Doubt.objects.create(plan=build_plan(world.ward), reason="Chưa chắc.").pk}


def _removal(world: SimpleNamespace) -> dict[str, object]:
    item = Item.objects.get(pk=_item(world)["pk"])
    return {"pk": services.remove_item(item=item, version=1, by=world.lan).pk}


HIDDEN = {DEPARTMENT: 404, RECEIVER: 404}
READ_DRAFT = dict.fromkeys([OFFICE, CHAIR, INSPECTOR], GET_CODES) | HIDDEN
MEND = {OFFICE: GET_CODES} | HIDDEN
PRESS = {OFFICE: POST_CODES} | HIDDEN

ROWS = [
    Row("plans:list", get=[*INSIDE, RECEIVER]),
    Row("plans:upload", get=[OFFICE], post=[OFFICE]),
    Row("plans:draft", _draft, get=READ_DRAFT),
    Row("plans:document", _active_with_its_file, get=INSIDE),
    Row("plans:original", _active_with_its_file, get=[OFFICE, INSPECTOR]),
    Row("plans:source", _active_with_its_file, get=[OFFICE, INSPECTOR]),
    Row("plans:units", _draft, get=MEND),
    Row("plans:name_unit", _draft, post=PRESS),
    Row("plans:add_unit", _draft, post=PRESS),
    Row("plans:group_members", _draft, post=PRESS),
    Row("plans:delete", _draft, get=MEND, post=PRESS),
    Row("plans:header", _draft, get=MEND, post=PRESS),
    Row("plans:section", _section, get=MEND, post=PRESS),
    # Without JavaScript a line is shown where it stands in the draft.
    Row("plans:item", _item, get={OFFICE: 302} | HIDDEN),
    Row("plans:edit_item", _item, get=MEND, post=PRESS),
    Row("plans:move_item", _item, post=PRESS),
    Row("plans:mark_task", _item, post=PRESS),
    Row("plans:item_tools", _item, get=MEND),
    Row("plans:shift_item", _item, post=PRESS),
    Row("plans:split_item", _item, get=MEND, post=PRESS),
    Row("plans:merge_item", _item, post=PRESS),
    Row("plans:add_below", _item, get=MEND, post=PRESS),
    Row("plans:add_line", _section, get=MEND, post=PRESS),
    Row("plans:remove_item", _item, post=PRESS),
    Row("plans:restore", _removal, post=PRESS),
    Row("plans:settle_doubt", _doubt, post=PRESS),
]
