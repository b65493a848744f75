import pytest

from accounts.models import Unit
from accounts.unit_names import UnitNames
from plans.models import Item
from plans.naming import names_read

FRONT = Unit(pk=1, name="Ủy ban MTTQ phường")


def read(*items: Item):
    return names_read(items, UnitNames([FRONT], "Lãm Hà"))


def test_spellings_of_one_name_are_one_entry():
    found = read(Item(lead=["Công an phường"]), Item(coordinating=["CÔNG AN PHƯỜNG"]))

    assert [(one.name, len(one.leads), len(one.supports)) for one in found] == [("Công an phường", 1, 1)]


def test_names_without_a_unit_come_first():
    found = read(Item(lead=["UB MTTQ VN phường", "Hội Khuyến học"]))

    assert [(one.name, one.match.unit) for one in found] == [
        ("Hội Khuyến học", None),
        ("UB MTTQ VN phường", FRONT),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Các ban, ngành", "group"), ("Chủ tịch UBND phường", "person"), ("Công an phường", "unit")],
)
def test_kind_of_a_new_unit_is_proposed_by_its_first_word(name, kind):
    assert read(Item(lead=[name]))[0].kind == kind
