"""The small world in which the tests live: two wards under two districts, and everybody who works there.

Lan is the office, Hùng and Mai head units, Tâm is the vice-chairwoman, Bình inspects, Dung receives at the district;
the `other` ward is where nothing of theirs may be seen.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.models import Agency, Membership, Role, Unit, User
from danvan.text import fold, sort_key

TODAY = dt.date(2024, 3, 5)


@pytest.fixture(autouse=True)
def _standing_in_march_2024(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("DANVAN_TODAY", TODAY.isoformat())
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
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
