"""The small world in which the tests live: two wards under two districts, and everybody who works there.

Lan is the office, Hùng and Mai head units, Tâm is the vice-chairwoman, Bình inspects, Dung receives at the district;
the `other` ward is where nothing of theirs may be seen.
"""

import datetime as dt
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.models import Agency, Membership, Role, Unit, User
from danvan.text import fold, sort_key
from plans.models import Item, Plan, Section
from tasks.models import Occurrence
from tasks.services import activate_plan, assign_task, assignment_of

TODAY = dt.date(2024, 3, 5)


@pytest.fixture(autouse=True)
def _standing_in_march_2024(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("DANVAN_TODAY", TODAY.isoformat())
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Otherwise every test client walks through all collected files first, which takes ten times as long as a page.
    settings.WHITENOISE_AUTOREFRESH = True
    # Pages are tested without collecting static files; the browser tests and CI collect them for real.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def stand_on(monkeypatch):
    """`stand_on("2024-03-20")` moves the business clock."""
    return lambda day: monkeypatch.setenv("DANVAN_TODAY", str(day))


def make_agency(code: str, name: str, superior: Agency | None = None) -> Agency:
    return Agency.objects.create(
        code=code,
        name=f"Ủy ban nhân dân {name}",
        short_name=f"UBND {name}",
        superior=superior,
        heading_superior=superior.short_name.upper() if superior else "",
        heading=f"UBND {name.upper()}",
        place=name.split(" ", 1)[1],
    )


def make_unit(agency: Agency, name: str, **fields) -> Unit:
    return Unit.objects.create(agency=agency, name=name, folded=fold(name), sort_key=sort_key(name), **fields)


def make_user(username: str, full_name: str, agency: Agency, role: str, unit: Unit | None = None) -> User:
    user = User.objects.create(
        username=username, full_name=full_name, folded=fold(full_name), sort_key=fold(full_name.split()[-1])
    )
    user.set_password("mat-khau-rat-dai")
    user.save()
    Membership.objects.create(user=user, agency=agency, role=role, unit=unit)
    return user


@pytest.fixture
def world(db):
    """`world.ward`, `world.district`, `world.other`, units `culture`, `justice`, `youth`, group `bodies`, and people."""
    district = make_agency("kien-an", "quận Kiến An")
    ward = make_agency("lam-ha", "phường Lãm Hà", district)
    other = make_agency("hoa-binh", "phường Hòa Bình", make_agency("nam-giang", "quận Nam Giang"))
    culture = make_unit(ward, "Bộ phận Văn hóa - Xã hội")
    justice = make_unit(ward, "Tư pháp - Hộ tịch")
    youth = make_unit(ward, "Đoàn Thanh niên")
    bodies = make_unit(ward, "Các ban, ngành, đoàn thể phường", kind=Unit.Kind.GROUP)
    bodies.members.add(culture, youth)
    stranger_unit = make_unit(other, "Văn hóa - Xã hội")
    return SimpleNamespace(
        district=district,
        ward=ward,
        other=other,
        culture=culture,
        justice=justice,
        youth=youth,
        bodies=bodies,
        stranger_unit=stranger_unit,
        lan=make_user("lan", "Nguyễn Thị Lan", ward, Role.OFFICE),
        hung=make_user("hung", "Trần Văn Hùng", ward, Role.DEPARTMENT, culture),
        mai=make_user("mai", "Lê Thị Mai", ward, Role.DEPARTMENT, justice),
        tam=make_user("tam", "Nguyễn Thị Tâm", ward, Role.CHAIR),
        binh=make_user("binh", "Vũ Thanh Bình", ward, Role.INSPECTOR),
        dung=make_user("dung", "Phạm Tiến Dung", district, Role.RECEIVER),
        stranger=make_user("ngoai", "Hoàng Ngoại", other, Role.OFFICE),
        stranger_head=make_user("ngoai2", "Đỗ Ngoại", other, Role.DEPARTMENT, stranger_unit),
        stranger_chair=make_user("ngoai3", "Bùi Ngoại", other, Role.CHAIR),
        stranger_receiver=make_user("ngoai4", "Cao Ngoại", other.superior, Role.RECEIVER),
    )


@pytest.fixture
def browse(client):
    """`browse(user)` is a test client that has signed in as that user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def markup_of(response) -> str:
    """The page as it was sent, its white space folded."""
    return " ".join(response.content.decode().split())


def text_of(response) -> str:
    """What a person reads of the page: no marks, white space folded."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


# What the plan of the tests says: (section, label, text, what was read). Four lines ask every quarter, one has a date.
PLAN_LINES = (
    ("content", "1", "Công tác tuyên truyền, quán triệt", {}),
    ("content", "-", "Phổ biến Quy chế dân chủ ở cơ sở đến các tổ dân phố", {}),
    ("content", "-", "Tổ chức hội nghị quán triệt Chỉ thị số 33/CT-TTg", {"due": ["2024-03-30"], "due_bound": "before"}),
    ("content", "2", "Đẩy mạnh cải cách hành chính", {}),
    ("content", "-", "Niêm yết công khai thủ tục hành chính", {"lead": ["Tư pháp - Hộ tịch"]}),
    ("organisation", "1", "Các ban, ngành, đoàn thể phường", {}),
    ("organisation", "-", "Chủ động thực hiện lĩnh vực mình phụ trách", {"lead": ["Các ban, ngành, đoàn thể phường"]}),
    ("organisation", "-", "Đề cao trách nhiệm cá nhân", {"lead": ["Các ban, ngành, đoàn thể phường"], "is_tracked": False}),
)  # fmt: skip


def make_plan(agency: Agency) -> Plan:
    """A draft plan: two content items with three tasks, and section III with two, one of them only a direction."""
    plan = Plan.objects.create(
        agency=agency,
        number="10/KH-UBND",
        year=2024,
        dated_on=dt.date(2024, 2, 27),
        title="Thực hiện công tác dân vận chính quyền năm 2024",
        issuer=agency.name,
        signer="Nguyễn Thị Tâm",
    )
    sections = {
        kind: Section.objects.create(plan=plan, order=order, numeral=numeral, title=title, kind=kind)
        for order, (kind, numeral, title) in enumerate(
            [("content", "II", "NỘI DUNG"), ("organisation", "III", "TỔ CHỨC THỰC HIỆN")], start=1
        )
    }
    parent = None
    for order, (kind, label, text, read) in enumerate(PLAN_LINES, start=1):
        is_task = label == "-"
        item = Item.objects.create(
            section=sections[kind],
            parent=parent if is_task else None,
            order=order,
            label=label,
            text=text,
            is_task=is_task,
            **read,
        )
        parent = parent if is_task else item
    return plan


@pytest.fixture
def draft_plan(world):
    """The plan before its activation; `world` is beside it."""
    return make_plan(world.ward)


@pytest.fixture
def world_with_plan(world, draft_plan):
    """The world with its plan activated on 5/3/2024: `plan`, `period` (quý I), `tasks` and `occurrences` in its order.

    0 culture, every quarter (youth supports, Tâm oversees) · 1 culture, due 29/3/2024 · 2 justice, every quarter ·
    3 the group `bodies`, every quarter · 4 a direction that nobody tracks.
    """
    world.plan = activate_plan(plan=draft_plan, version=draft_plan.version, by=world.lan)
    for task in world.plan.tasks.all()[:2]:
        row = replace(
            assignment_of(task), lead_unit=world.culture, supporting_units=[world.youth], overseer=world.tam
        )
        assign_task(task=task, version=task.version, assignment=row, by=world.lan)
    world.period = world.plan.periods.get()
    world.tasks = list(world.plan.tasks.select_related("plan__agency", "lead_unit", "item"))
    world.occurrences = list(
        Occurrence.objects.filter(task__plan=world.plan).select_related(
            "task__plan__agency", "task__lead_unit", "period", "latest_update", "accepted_update"
        )
    )
    return world
