"""Real phrases that name units."""

import pytest

from plans.importing.units import is_only_units, read_units, split_roles, split_units

LISTS = [
    ("Văn phòng - Thống kê", ["Văn phòng - Thống kê"]),
    (
        "UB MTTQ phường; Công an phường;\nĐịa chính - Xây dựng",
        ["UB MTTQ phường", "Công an phường", "Địa chính - Xây dựng"],
    ),
    ("Các ban, ngành, đoàn thể", ["Các ban, ngành, đoàn thể"]),
    ("các phòng, đơn vị", ["các phòng, đơn vị"]),
    ("Ủy ban MTTQ xã, Trưởng các thôn", ["Ủy ban MTTQ xã", "Trưởng các thôn"]),
    ("Lao động - Thương binh và Xã hội", ["Lao động - Thương binh và Xã hội"]),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", ["Phòng Kinh tế, Hạ tầng và Đô thị"]),
    ("Văn phòng HĐND và UBND phường, Công an", ["Văn phòng HĐND và UBND phường", "Công an"]),
    ("Tư pháp, Địa chính và các tổ dân phố", ["Tư pháp", "Địa chính", "các tổ dân phố"]),
    ("Không", []),
    ("-", []),
]


@pytest.mark.parametrize(("text", "units"), LISTS)
def test_announced_list_is_split(text, units):
    assert split_units(text) == units


SENTENCES = [
    ("Công chức Văn phòng - Thống kê là đầu mối theo dõi", ["Công chức Văn phòng - Thống kê"], []),
    ("Các bộ phận chuyên môn, Công an phường, Ban Chỉ huy Quân sự phường căn cứ Phụ lục",
     ["Các bộ phận chuyên môn", "Công an phường", "Ban Chỉ huy Quân sự phường"], []),
    ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường và các tổ chức chính trị - xã hội phối hợp tuyên truyền",
     ["Ủy ban Mặt trận Tổ quốc Việt Nam phường", "các tổ chức chính trị - xã hội"], []),
    ("Chủ tịch UBND xã tiếp công dân định kỳ", ["Chủ tịch UBND xã"], []),
    ("Chủ trì, phối hợp với các ban, ngành tham mưu UBND phường", [], ["các ban, ngành"]),
    ("Bộ phận Văn hóa - Xã hội và phát thanh phường: Chủ động phối hợp với các ban, ngành, đoàn thể đăng tin",
     ["Bộ phận Văn hóa - Xã hội và phát thanh phường"], ["các ban, ngành, đoàn thể"]),
    ("Giao Công an phường chủ trì, phối hợp với Văn phòng UBND phường, các tổ dân phố tổ chức tuần tra",
     ["Công an phường"], ["Văn phòng UBND phường", "các tổ dân phố"]),
    ("Tư pháp - Hộ tịch chủ trì, phối hợp với Địa chính - Xây dựng rà soát", ["Tư pháp - Hộ tịch"], []),
    ("Tổ chức đối thoại do Văn phòng UBND phường chủ trì.", ["Văn phòng UBND phường"], []),
    ("Tổ chức hội nghị (Bộ phận Văn hóa - Xã hội chủ trì, phối hợp với Đoàn Thanh niên).",
     ["Bộ phận Văn hóa - Xã hội"], ["Đoàn Thanh niên"]),
    ("Văn phòng HĐND và UBND phường tổng hợp", ["Văn phòng HĐND và UBND phường"], []),
    ("Bộ phận tiếp nhận và trả kết quả niêm yết", ["Bộ phận tiếp nhận và trả kết quả"], []),
    ("Hội Phụ nữ, Hội Nông dân và Đoàn Thanh niên phát động", ["Hội Phụ nữ", "Hội Nông dân", "Đoàn Thanh niên"], []),
    ("Các ban, ngành tổ chức thực hiện", ["Các ban, ngành"], []),
    (
        "Đề nghị UB MTTQ Việt Nam và các đoàn thể thị trấn: phối hợp tuyên truyền",
        ["UB MTTQ Việt Nam", "các đoàn thể thị trấn"],
        [],
    ),
    ("Giao đồng chí Phó Chủ tịch UBND thị trấn phụ trách", ["đồng chí Phó Chủ tịch UBND thị trấn"], []),
    ("Trưởng các thôn tuyên truyền", ["Trưởng các thôn"], []),
    ("Đề nghị Ban Thường trực Ủy ban MTTQ xã chỉ đạo các tổ chức thành viên",
     ["Ban Thường trực Ủy ban MTTQ xã"], []),
    ("Hội Cựu chiến binh phường vận động hội viên", ["Hội Cựu chiến binh phường"], []),
    ("Trạm Y tế phường có trách nhiệm khám sức khỏe", ["Trạm Y tế phường"], []),
    ("Trường Tiểu học Lê Lợi, Trường THCS Nguyễn Trãi tổ chức tuyên truyền",
     ["Trường Tiểu học Lê Lợi", "Trường THCS Nguyễn Trãi"], []),
    ("Trung tâm Văn hóa, Thông tin và Thể thao huyện tuyên truyền", ["Trung tâm Văn hóa, Thông tin và Thể thao huyện"], []),
    ("Trưởng các ngành, đoàn thể, tổ trưởng các tổ dân phố căn cứ chức năng",
     ["Trưởng các ngành, đoàn thể", "tổ trưởng các tổ dân phố"], []),
    ("UBND các xã, thị trấn xây dựng kế hoạch", ["UBND các xã, thị trấn"], []),
    ("Chủ tịch, các Phó Chủ tịch UBND phường phụ trách lĩnh vực", ["Chủ tịch", "các Phó Chủ tịch UBND phường"], []),
    ("Trước ngày 30/6/2024, Bộ phận Tư pháp hoàn thành rà soát", ["Bộ phận Tư pháp"], []),
    ("Tổ chức đối thoại ít nhất 01 lần/năm (Văn phòng - Thống kê tham mưu).", ["Văn phòng - Thống kê"], []),
    ("Phòng Văn hóa chủ trì phối hợp Phòng Giáo dục và Đào tạo hướng dẫn",
     ["Phòng Văn hóa"], ["Phòng Giáo dục và Đào tạo"]),
    ("Ban Quản lý chợ phối hợp Công an phường giữ gìn trật tự", ["Ban Quản lý chợ"], ["Công an phường"]),
    ("Đảng ủy phường lãnh đạo; UBND phường thực hiện", ["Đảng ủy phường"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "coordinating"), SENTENCES, ids=[row[0][:40] for row in SENTENCES])
def test_units_in_a_sentence(text, lead, coordinating):
    assert read_units(text) == (lead, coordinating)


@pytest.mark.parametrize(
    ("text", "lead", "coordinating"),
    [
        ("Công an phường", ["Công an phường"], []),
        ("Công an phường chủ trì, phối hợp với Đoàn Thanh niên", ["Công an phường"], ["Đoàn Thanh niên"]),
        ("Tư pháp - Hộ tịch (chủ trì), Công an xã (phối hợp)", ["Tư pháp - Hộ tịch"], ["Công an xã"]),
        ("Chủ trì: Công an; Phối hợp: các thôn", ["Công an"], ["các thôn"]),
    ],
)
def test_one_cell_may_name_both_roles(text, lead, coordinating):
    assert split_roles(text) == (lead, coordinating)


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức hội nghị đối thoại với Nhân dân",
        "Hội nghị đối thoại giữa Chủ tịch UBND phường với Nhân dân",
        "Ban hành kế hoạch tuyên truyền",
        "Phòng, chống tham nhũng",
        "Phòng chống dịch bệnh",
        "Đoàn kết, thống nhất trong nội bộ",
        "Tiếp tục chủ trì các cuộc họp",
        "Thanh tra, kiểm tra công vụ",
        "Đội ngũ cán bộ nêu gương",
        "Trường hợp vướng mắc",
        "Tăng cường phối hợp với “Công an phường”",
        "Thực hiện chương trình làm việc với Ủy ban Mặt trận Tổ quốc Việt Nam",
        "Tạo điều kiện để Mặt trận Tổ quốc giám sát",
        "Ban Tổ chức hội thi tổng kết",
    ],
)
def test_what_is_no_unit_gives_none(text):
    assert read_units(text) == ([], [])


@pytest.mark.parametrize(
    ("heading", "units"),
    [
        ("Văn phòng UBND phường", ["Văn phòng UBND phường"]),
        ("Các ban, ngành, đoàn thể phường", ["Các ban, ngành, đoàn thể phường"]),
        ("Đối với Công an phường:", ["Công an phường"]),
        ("Văn phòng UBND phường có trách nhiệm:", ["Văn phòng UBND phường"]),
        ("Trách nhiệm của Ban Chỉ huy quân sự phường", ["Ban Chỉ huy quân sự phường"]),
        ("Phòng, chống tham nhũng", []),
        ("Công an phường giữ gìn an ninh", []),
    ],
)
def test_heading_that_is_nothing_but_units(heading, units):
    assert is_only_units(heading) == units
