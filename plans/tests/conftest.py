"""A small draft to mend, and a small document to bring in."""

from functools import partial

import pytest

from accounts.models import Agency
from plans.forms import ItemForm
from plans.models import Doubt, Item, LegalBasis, Plan, Recipient, Section

SMALL_PLAN = """ỦY BAN NHÂN DÂN QUẬN KIẾN AN
ỦY BAN NHÂN DÂN PHƯỜNG LÃM HÀ

Số: 10/KH-UBND

Lãm Hà, ngày 27 tháng 02 năm 2024

KẾ HOẠCH
Triển khai công tác dân vận chính quyền năm 2024

Thực hiện Kế hoạch số 41/KH-UBND ngày 23/02/2024 của Ủy ban nhân dân quận Kiến An về công tác dân vận năm 2024, \
Ủy ban nhân dân phường Lãm Hà ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

- Nâng cao nhận thức của cán bộ, công chức về công tác dân vận.

II. NỘI DUNG

1. Tuyên truyền

- Tuyên truyền chủ trương của Đảng về công tác dân vận.

- Báo cáo kết quả tuyên truyền trước ngày 15/6/2024.

2. Cải cách hành chính

- Niêm yết công khai các thủ tục hành chính.

III. TỔ CHỨC THỰC HIỆN

1. Văn phòng UBND phường

- Theo dõi, đôn đốc việc thực hiện Kế hoạch này.

Trên đây là Kế hoạch thực hiện công tác dân vận chính quyền năm 2024 của UBND phường./.

Nơi nhận:

- UBND quận;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Mẫu
"""


@pytest.fixture
def small_file() -> bytes:
    return SMALL_PLAN.encode()


def build_plan(agency: Agency, bullets: int = 2, **fields) -> Plan:
    """A draft of `agency` with `bullets` lines under II.1 and one under II.2, all of them tasks."""
    named = {"number": "10/KH-UBND", "title": "Công tác dân vận năm 2024", "year": 2024} | fields
    plan = Plan.objects.create(agency=agency, **named)
    LegalBasis.objects.create(plan=plan, order=1, text="Thực hiện Kế hoạch số 41/KH-UBND")
    Recipient.objects.create(plan=plan, order=1, text="UBND quận")
    section = Section.objects.create(plan=plan, order=1, numeral="II", title="NỘI DUNG", kind="content")
    first = add(section, None, 1, "1", "Tuyên truyền", "II/1")
    for place in range(bullets):
        add(section, first, 2 + place, "-", f"Việc thứ {place + 1}", "II/1", is_task=True)
    second = add(section, None, 2 + bullets, "2", "Cải cách hành chính", "II/2")
    add(section, second, 3 + bullets, "-", "Niêm yết thủ tục", "II/2", is_task=True)
    return plan


@pytest.fixture
def make_plan(world):
    """`make_plan(3)` is a draft of the ward with three lines under II.1."""
    return partial(build_plan, world.ward)


def add(section, parent, order, label, text, path, **fields) -> Item:
    fields = {"section": section, "parent": parent, "order": order, "label": label, "path": path} | fields
    return Item.objects.create(text=text, line=10 + order, **fields)


@pytest.fixture
def draft(make_plan) -> Plan:
    return make_plan()


@pytest.fixture
def item(draft) -> Item:
    """«Việc thứ 1» under II.1."""
    return Item.objects.get(section__plan=draft, text="Việc thứ 1")


@pytest.fixture
def doubt(draft, item) -> Doubt:
    return Doubt.objects.create(
        plan=draft, item=item, line=item.line, text=item.text, reason="Dòng này mất số."
    )


WORDS = ("label", "text", "is_task", *ItemForm.READ_FIELDS)


def words_of(item: Item, **changes) -> dict:
    """What `mend_item` takes, as the item stands, with changes."""
    return {name: getattr(item, name) for name in WORDS} | changes


def typed(item: Item, **changes) -> dict:
    """What a browser posts from the form of an item."""
    posted = {"version": item.version, "label": item.label, "text": item.text, "is_task": "on"}
    return (
        posted
        | {"lead": "", "coordinating": "", "due": "", "due_bound": "", "target": "", "deliverable": ""}
        | changes
    )
