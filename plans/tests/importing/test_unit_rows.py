"""Two units in one cell of a PDF's table: only the printed rows tell them apart."""

import pytest

from plans.importing.unit_rows import known, parted, unsure
from plans.importing.units import split_units

CELLS = [
    ("Văn phòng HĐND|và UBND phường|Công an phường", ["Văn phòng HĐND và UBND phường", "Công an phường"]),
    ("Công an phường|Hội|Nông dân phường", ["Công an phường", "Hội Nông dân phường"]),
    ("Ban Chỉ huy|Quân sự phường|Trạm Y tế phường", ["Ban Chỉ huy Quân sự phường", "Trạm Y tế phường"]),
    ("Ủy ban MTTQ|Việt Nam phường|các đoàn thể", ["Ủy ban MTTQ Việt Nam phường", "các đoàn thể"]),
    ("Bộ phận Tư pháp -|Hộ tịch|Công an xã", ["Bộ phận Tư pháp - Hộ tịch", "Công an xã"]),
    ("Phòng Văn hóa -|Xã hội|Trung tâm Phục vụ|hành chính công phường",
     ["Phòng Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công phường"]),
    ("Đoàn TNCS Hồ|Chí Minh phường;|Công an phường", ["Đoàn TNCS Hồ Chí Minh phường", "Công an phường"]),
    ("Công an phường,|Hội Nông dân", ["Công an phường", "Hội Nông dân"]),
    ("Công an phường và|Hội Nông dân phường", ["Công an phường", "Hội Nông dân phường"]),
    ("Tổ dân phố số 5|Tổ dân phố số 6", ["Tổ dân phố số 5", "Tổ dân phố số 6"]),
    ("Văn phòng|Đảng ủy", ["Văn phòng Đảng ủy"]),
    ("Bộ phận|Văn phòng - Thống kê", ["Bộ phận Văn phòng - Thống kê"]),
    ("Ban Thường trực|Ủy ban MTTQ xã", ["Ban Thường trực Ủy ban MTTQ xã"]),
    ("Trưởng|Công an phường", ["Trưởng Công an phường"]),
    ("Chủ tịch|UBND phường", ["Chủ tịch UBND phường"]),
    ("UBND|các xã", ["UBND các xã"]),
    ("Đài truyền thanh|phường", ["Đài truyền thanh phường"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "units"), CELLS, ids=[row[0] for row in CELLS])
def test_printed_rows_part_units(rows, units):
    cell = parted(rows.replace("|", "\v"))
    assert split_units(cell) == units
    assert unsure(cell) == ""


@pytest.mark.parametrize(
    "rows",
    [
        "Đoàn Thanh niên|Công an phường",
        "Chi bộ Quân sự|Công an",
        "Công an phường|Đoàn Kết",
        "Công an phường|Trường Thi",
        "Hội Phụ nữ|Công an phường",
        "Ủy ban nhân dân|Công an",
    ],
)
def test_what_may_be_one_or_two_gives_no_unit(rows):
    cell = parted(rows.replace("|", "\v"))
    assert known(split_units(cell)) == []
    assert unsure(cell) == rows.replace("|", " ")


def test_units_beside_an_unsure_one_are_kept():
    cell = parted("Trạm Y tế phường;\vĐoàn Thanh niên\vCông an phường")
    assert known(split_units(cell)) == ["Trạm Y tế phường"]
