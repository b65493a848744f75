"""“Giao …”: whom an order names, also where the name is written small; and where it is not sure."""

import pytest

from plans.importing.units import is_only_units, read_units, unread_order

from .documents import duties, read, reasons

ORDERS = [
    ("Giao công chức văn hóa – xã hội chủ trì tham mưu tổ chức hội nghị", ["công chức văn hóa – xã hội"]),
    ("Giao công chức Văn phòng - Thống kê tham mưu UBND xã", ["công chức Văn phòng - Thống kê"]),
    ("Giao bộ phận một cửa tiếp nhận hồ sơ", ["bộ phận một cửa"]),
    ("Giao bộ phận tiếp nhận và trả kết quả hướng dẫn người dân", ["bộ phận tiếp nhận và trả kết quả"]),
    ("Giao các tổ dân phố tuyên truyền tới từng hộ", ["các tổ dân phố"]),
    ("Giao Bộ phận Địa chính - Xây dựng lắp đặt bảng công khai", ["Bộ phận Địa chính - Xây dựng"]),
    ("Giao ban chỉ huy quân sự phường xây dựng kế hoạch", ["ban chỉ huy quân sự phường"]),
    ("Giao hội liên hiệp phụ nữ phường theo dõi, đôn đốc", ["hội liên hiệp phụ nữ phường"]),
    ("Giao đoàn thanh niên tổ chức ra quân", ["đoàn thanh niên"]),
    ("Giao văn phòng HĐND – UBND phường tổng hợp", ["văn phòng HĐND – UBND phường"]),
    ("Giao trạm y tế, trường tiểu học An Dương rà soát", ["trạm y tế", "trường tiểu học An Dương"]),
    ("Giao công chức tư pháp – hộ tịch và công an phường hướng dẫn", ["công chức tư pháp – hộ tịch", "công an phường"]),
    ("Giao các tổ dân phố và công an phường tuyên truyền", ["các tổ dân phố", "công an phường"]),
    ("Giao các ban, ngành và đoàn thể phường thực hiện", ["các ban, ngành và đoàn thể phường"]),
    ("Giao Công an phường và bộ phận một cửa chủ trì", ["Công an phường", "bộ phận một cửa"]),
    ("Giao cho tổ công nghệ số cộng đồng hướng dẫn người dân", ["tổ công nghệ số cộng đồng"]),
    ("Tổ chức họp; giao bộ phận văn hóa – xã hội theo dõi", ["bộ phận văn hóa – xã hội"]),
    ("UBND phường giao công an phường theo dõi", ["công an phường"]),
    ("Giao công chức địa chính xây dựng tham mưu", ["công chức địa chính xây dựng"]),
    ("Giao công chức địa chính xây dựng kế hoạch sử dụng đất", ["công chức địa chính"]),
    ("Phân công kế toán ngân sách cân đối kinh phí", ["kế toán ngân sách"]),
    ("Giao trưởng các thôn, tổ trưởng tổ dân phố vận động", ["trưởng các thôn", "tổ trưởng tổ dân phố"]),
    ("Giao Văn phòng HĐND và UBND xã chuẩn bị nội dung", ["Văn phòng HĐND và UBND xã"]),
    ("Trước ngày 30/6, giao công chức tư pháp - hộ tịch rà soát, báo cáo", ["công chức tư pháp - hộ tịch"]),
    ("Giao: công an phường tuần tra", ["công an phường"]),
    ("Giao công chức địa chính - nông nghiệp - xây dựng và môi trường tham mưu",
     ["công chức địa chính - nông nghiệp - xây dựng và môi trường"]),
    ("Giao hiệu trưởng các trường tuyên truyền", ["hiệu trưởng các trường"]),
    ("Giao bí thư chi bộ, tổ trưởng các tổ dân phố vận động", ["bí thư chi bộ", "tổ trưởng các tổ dân phố"]),
    ("giao tổ trưởng tổ dân phố số 5 theo dõi", ["tổ trưởng tổ dân phố số 5"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead"), ORDERS, ids=[row[0][:45] for row in ORDERS])
def test_an_order_names_its_units(text, lead):
    assert read_units(text) == (lead, [])
    assert unread_order(text) == ""


def test_those_who_help_may_be_written_small():
    text = "Giao công an phường phối hợp với ban chỉ huy quân sự phường, các tổ dân phố tuần tra"
    assert read_units(text) == (["công an phường"], ["ban chỉ huy quân sự phường", "các tổ dân phố"])


@pytest.mark.parametrize(
    "text",
    [
        "Giao ban hằng tuần với các tổ trưởng",
        "Giao lưu văn nghệ giữa các thôn",
        "Giao thông trên địa bàn phường thông suốt",
        "Giao tiếp, ứng xử với công dân",
        "Giao chỉ tiêu thu ngân sách cho các tổ",
        "Giao hội nghị bàn thống nhất",
        "Thực hiện nhiệm vụ được giao các đơn vị thực hiện nghiêm",
        "Bàn giao trường học theo dõi",
        "Phân công cán bộ, công chức tiếp công dân",
        "Phối hợp với hội viên, cán bộ tổ chức",
        "Thực hiện quy chế phối hợp với Công an phường tổ chức tuần tra",
    ],
)
def test_what_is_no_order_to_a_unit_names_none(text):
    assert read_units(text) == ([], [])
    assert unread_order(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Giao công chức phụ trách theo dõi",
        "Giao công chức văn hóa – xã hội, tư pháp – hộ tịch chủ trì",
        "Giao đồng chí Nguyễn Văn An, công chức văn hóa – xã hội, theo dõi",
        "Giao bộ phận một cửa tiếp nhận và trả kết quả hồ sơ",
        "Giao tổ giúp việc đi cơ sở",
    ],
)
def test_an_order_whose_unit_is_not_sure_gives_no_lead_but_a_doubt(text):
    assert read_units(text)[0] == []
    assert unread_order(text).startswith("Giao")
    outline = read(f"I. NỘI DUNG\n1. {text}.\n2. Họp dân.")
    assert outline.tasks[0].reading.lead == []
    assert "hãy chọn đơn vị chủ trì" in reasons(outline)


REQUESTS = [
    ("Đề nghị cấp ủy các chi bộ tổ dân phố quan tâm lãnh đạo", ["cấp ủy các chi bộ tổ dân phố"]),
    ("Đề nghị cấp uỷ chi bộ các thôn lãnh đạo, chỉ đạo", ["cấp uỷ chi bộ các thôn"]),
    ("Đề nghị chi bộ các tổ dân phố tuyên truyền", ["chi bộ các tổ dân phố"]),
    ("Đề nghị các chi bộ lãnh đạo việc thực hiện", ["các chi bộ"]),
    ("Kính đề nghị đảng ủy phường chỉ đạo", ["đảng ủy phường"]),
    ("Đề nghị ủy ban MTTQ phường và các đoàn thể giám sát", ["ủy ban MTTQ phường", "các đoàn thể"]),
    ("Đề nghị ban thường trực ủy ban MTTQ xã vận động", ["ban thường trực ủy ban MTTQ xã"]),
    ("Đề nghị hội nông dân, hội phụ nữ phường vận động", ["hội nông dân", "hội phụ nữ phường"]),
    ("Đề nghị Đảng ủy phường quan tâm lãnh đạo", ["Đảng ủy phường"]),
    ("Yêu cầu trưởng các thôn báo cáo", ["trưởng các thôn"]),
]


@pytest.mark.parametrize(("text", "lead"), REQUESTS, ids=[row[0][:45] for row in REQUESTS])
def test_a_request_names_its_units(text, lead):
    assert read_units(text) == (lead, [])
    assert unread_order(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị Nhân dân trên địa bàn hưởng ứng",
        "Đề nghị cấp ủy, chính quyền quan tâm",
        "Đề nghị cấp có thẩm quyền xem xét",
        "Đề nghị các cơ quan đóng chân trên địa bàn hưởng ứng",
    ],
)
def test_a_request_to_whom_is_not_sure_gives_no_lead_but_a_doubt(text):
    outline = duties(f"1. {text}.")
    assert outline.tasks[1].reading.lead == []
    assert "hãy chọn đơn vị chủ trì" in reasons(outline)


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị khen thưởng tập thể, cá nhân",
        "Yêu cầu công tác dân vận phải thiết thực",
        "Tiếp nhận đề nghị hội viên phản ánh",
    ],
)
def test_what_asks_nobody_names_none(text):
    assert read_units(text) == ([], [])
    assert unread_order(text) == ""


def test_an_order_as_a_heading_leads_the_lines_under_it():
    assert is_only_units("Giao công chức văn hóa - xã hội:") == ["công chức văn hóa - xã hội"]
