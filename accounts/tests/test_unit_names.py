import pytest

from accounts.models import Unit
from accounts.unit_names import UnitNames, plain_name

ONE_UNIT_EACH = [
    [
        "Ủy ban MTTQ", "Uỷ ban MTTQ phường", "UB MTTQ VN phường", "UBMTTQ", "Mặt trận", "MTTQ Việt Nam phường Lãm Hà",
        "Ủy ban Mặt trận Tổ quốc Việt Nam phường", "ỦY BAN MTTQ VIỆT NAM PHƯỜNG LÃM HÀ", "Mặt trận Tổ quốc",
    ],
    ["Đoàn Thanh niên", "ĐTN", "Đoàn TN phường", "Đoàn TNCS Hồ Chí Minh phường", "Đoàn TNCS HCM", "doan thanh nien"],
    ["Hội Liên hiệp Phụ nữ", "Hội LHPN phường", "Hội Phụ nữ phường", "HPN", "Hội Liên hiệp Phụ nữ Việt Nam phường"],
    ["Hội Cựu chiến binh", "Hội CCB phường", "CCB phường", "Hội Cựu chiến binh Việt Nam"],
    ["Ban Chỉ huy Quân sự phường", "BCH Quân sự", "BCH QS phường Lãm Hà"],
    ["Văn phòng UBND phường", "VP UBND phường", "Văn phòng Ủy ban nhân dân phường Lãm Hà"],
    ["Văn phòng HĐND và UBND phường", "VP HĐND - UBND", "Văn phòng HĐND&UBND phường"],
    ["Tư pháp - Hộ tịch", "Công chức Tư pháp - Hộ tịch", "Bộ phận Tư pháp – Hộ tịch phường", "công chức tư pháp hộ tịch"],
    ["Bộ phận Văn hóa - Xã hội", "Công chức Văn hoá - Xã hội phường", "VH-XH"],
    ["Công an phường", "CA phường", "Công an phường Lãm Hà", "Công an"],
    ["Bộ phận Một cửa", "Bộ phận tiếp nhận và trả kết quả"],
]  # fmt: skip


@pytest.mark.parametrize("names", ONE_UNIT_EACH, ids=lambda names: names[0])
def test_names_of_one_unit_are_one(names):
    assert len({plain_name(name, "Lãm Hà") for name in names}) == 1


def test_names_of_different_units_stay_apart():
    first = [plain_name(names[0], "Lãm Hà") for names in ONE_UNIT_EACH]

    assert len(set(first)) == len(first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công an phường", "Công an quận"),
        ("Công an phường", "Công an phường Hòa Bình"),
        ("UBND phường", "UBND quận Kiến An"),
        ("UBND phường", "Văn phòng UBND phường"),
        ("Văn phòng UBND", "Văn phòng HĐND và UBND"),
        ("Mặt trận", "Ban công tác Mặt trận"),
        ("Đoàn Thanh niên", "Đoàn thể"),
        ("BCH Quân sự", "BCH Đoàn Thanh niên"),
        ("Ban Chỉ huy Đoàn", "BCH Đoàn"),
        ("Văn hóa", "Văn hóa - Xã hội"),
        ("Cán bộ, công chức", "Công chức"),
        ("Các ban, ngành", "Các ban, ngành, đoàn thể"),
        ("Hội Nông dân", "Hội đồng nhân dân"),
    ],
)
def test_names_that_only_sound_alike_stay_apart(one, other):
    assert plain_name(one, "Lãm Hà") != plain_name(other, "Lãm Hà")


def unit(pk: int, name: str, aliases: str = "") -> Unit:
    return Unit(pk=pk, name=name, aliases=aliases)


def test_match_finds_the_unit_by_an_alias():
    front = unit(1, "Ủy ban MTTQ phường", "Khối Mặt trận")

    assert UnitNames([front], "Lãm Hà").match("khối mặt trận phường").unit == front


def test_match_of_a_name_that_fits_two_units_is_unclear():
    two = [unit(1, "Công chức Tư pháp"), unit(2, "Bộ phận Tư pháp")]

    match = UnitNames(two).match("Tư pháp")

    assert (match.unit, match.is_unclear, match.shown) == (None, True, "1,2")


def test_match_prefers_the_name_as_it_is_written():
    two = [unit(1, "Công chức Tư pháp"), unit(2, "Bộ phận Tư pháp")]

    assert UnitNames(two).match("bộ phận tư pháp").unit == two[1]


@pytest.mark.parametrize("name", ["Phòng Kinh tế", "", "…", "phường"])
def test_match_invents_no_unit(name):
    assert UnitNames([unit(1, "Công an phường"), unit(2, "Phường đội")]).match(name).units == ()


def test_find_leaves_out_what_is_unclear_or_unknown():
    units = [unit(1, "Công chức Tư pháp"), unit(2, "Bộ phận Tư pháp"), unit(3, "Công an phường")]
    names = UnitNames(units)

    assert names.find(["CA phường", "Công an", "Tư pháp", "Hội Khuyến học"]) == [units[2]]
    assert names.unknown(["CA phường", "Tư pháp", "Hội Khuyến học"]) == ["Tư pháp", "Hội Khuyến học"]
