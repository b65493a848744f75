"""Real phrases about time. The plan is of 2024."""

import pytest

from plans.importing.deadlines import read_time

CLAUSES = [
    ("Tháng 4/2024", ["2024-04"], None, []),
    ("tháng 5 và tháng 10", ["2024-05", "2024-10"], None, []),
    ("Tháng 3, 6, 9", ["2024-03", "2024-06", "2024-09"], None, []),
    ("04/2024", ["2024-04"], None, []),
    ("15/6/2024", ["2024-06-15"], None, []),
    ("15/6", ["2024-06-15"], None, []),
    ("trước ngày 15/6", ["2024-06-15"], "before", []),
    ("Trước ngày 10 tháng 11 năm 2024", ["2024-11-10"], "before", []),
    ("xong trước 31.5.2024", ["2024-05-31"], "before", []),
    ("Chậm nhất là ngày 30/6", ["2024-06-30"], "by", []),
    ("Đến hết ngày 30-9-2024", ["2024-09-30"], "by", []),
    ("Trước ngày 15/3, 15/6 và 15/9", ["2024-03-15", "2024-06-15", "2024-09-15"], "before", []),
    ("Quý II/2024", ["2024-Q2"], None, []),
    ("Quý 3 năm 2024", ["2024-Q3"], None, []),
    ("Quý II và quý IV/2024", ["2024-Q2", "2024-Q4"], None, []),
    ("Quý I, II, III", ["2024-Q1", "2024-Q2", "2024-Q3"], None, []),
    ("cả năm 2024", ["2024"], None, []),
    ("Trong năm", ["2024"], None, []),
    ("Cuối năm", ["2024-12-31"], None, []),
    ("6 tháng đầu năm", ["2024-06-30"], None, []),
    ("Đăng ký trước 31/3; tổng kết tháng 11/2024", ["2024-03-31", "2024-11"], None, []),
    ("Trước ngày 30/3/2024 và khi có thay đổi", ["2024-03-30"], "before", ["as_needed"]),
    ("Quý III/2024 (thông báo chậm nhất 07 ngày trước ngày tổ chức)", ["2024-Q3"], None, []),
    ("Thứ Năm hằng tuần", [], None, ["weekly"]),
    ("hàng tháng", [], None, ["monthly"]),
    ("Trước ngày 20 hằng tháng", [], None, ["monthly"]),
    ("Hằng quý, 6 tháng, năm", [], None, ["quarterly", "half_yearly", "yearly"]),
    ("6 tháng/lần", [], None, ["half_yearly"]),
    ("1 lần/quý", [], None, ["quarterly"]),
    ("thường xuyên trong năm.", [], None, ["ongoing"]),
    ("Khi phát sinh", [], None, ["as_needed"]),
    ("Tuần cuối tháng 9/2024", ["2024-09"], None, []),
    (
        "Chậm nhất ngày 25 tháng cuối quý",
        ["2024-03-25", "2024-06-25", "2024-09-25", "2024-12-25"],
        "by",
        ["quarterly"],
    ),
    ("Cả năm", ["2024"], None, []),
    ("Định kỳ 6 tháng", [], None, ["half_yearly"]),
    ("Theo kế hoạch của quận", [], None, []),
    ("Ngày 15 tháng đầu quý sau", [], None, []),
    ("31/6/2024", [], None, []),
]


@pytest.mark.parametrize(("text", "due", "bound", "frequency"), CLAUSES, ids=[row[0] for row in CLAUSES])
def test_time_clause(text, due, bound, frequency):
    found = read_time(text, 2024, is_clause=True)
    assert (found.due, found.bound, found.frequency) == (due, bound, frequency)


SENTENCES = [
    ("Báo cáo quý I trước ngày 15/3, 6 tháng trước ngày 15/6 và báo cáo năm trước ngày 15/11/2024.",
     ["2024-03-15", "2024-06-15", "2024-11-15"], "before", []),
    ("Gửi kết quả trước ngày 10 của tháng cuối quý.",
     ["2024-03-10", "2024-06-10", "2024-09-10", "2024-12-10"], "before", ["quarterly"]),
    ("Báo cáo ngày 12 tháng cuối quý.", ["2024-03-12", "2024-06-12", "2024-09-12", "2024-12-12"], None, ["quarterly"]),
    ("Tiếp công dân vào ngày 10 và ngày 25 hằng tháng.", [], None, ["monthly"]),
    ("Tổ chức hội nghị, hoàn thành trong tháng 10.", ["2024-10"], None, []),
    ("Tổ chức đối thoại trong Quý II và Quý IV/2024", ["2024-Q2", "2024-Q4"], None, []),
    ("Tổng kết công tác vào cuối năm.", ["2024-12-31"], None, []),
    ("Định kỳ quý, 6 tháng, năm báo cáo UBND quận.", [], None, ["quarterly", "half_yearly", "yearly"]),
    ("Báo cáo 6 tháng và năm theo quy định.", [], None, ["half_yearly", "yearly"]),
    ("Ra quân dọn vệ sinh, mỗi quý 01 buổi.", [], None, ["quarterly"]),
    ("Báo cáo hằng quý trước ngày 15.", [], None, ["quarterly"]),
    ("Thường xuyên đôn đốc các đơn vị.", [], None, ["ongoing"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "due", "bound", "frequency"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_time_in_a_sentence(text, due, bound, frequency):
    found = read_time(text, 2024, is_clause=False)
    assert (found.due, found.bound, found.frequency) == (due, bound, frequency)


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ",
        "Kế hoạch số 41/KH-UBND, ngày 23/02/2024 về công tác dân vận",
        "Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022",
        "Nghị định 04/2015/NĐ-CP và Nghị định số 59/2023/NĐ-CP",
        "theo tiêu chuẩn TCVN ISO 9001:2015",
        "chào mừng kỷ niệm ngày 30/4 và 01/5",
        "Ngày thành lập ngành dân vận 15/10",
        "triển khai nhiệm vụ công tác năm 2024",
        "thực hiện các chỉ tiêu đến năm 2030",
        "trong vòng 3-5 ngày làm việc",
        "đạt 2/3 số hộ, trong 1/3 số hộ",
        "số liệu từ ngày 15/12/2023 đến ngày 14/3/2024",
        "hộ nghèo tính đến ngày 31/12/2024",
        "phong trào “Xong trước ngày 30/6/2024”",
        "sơ kết báo cáo quý I",
        "thực hiện quy định ban hành ngày 01/02/2024",
        "thường xuyên lắng nghe ý kiến Nhân dân và giải quyết; thường xuyên kiểm tra",
    ],
)
def test_what_is_no_deadline_gives_none(text):
    found = read_time(f"Thực hiện {text} của phường.", 2024, is_clause=False)
    assert (found.due, found.bound, [f for f in found.frequency if f != "ongoing"]) == ([], None, [])


def test_a_span_gives_its_end_as_a_guess():
    found = read_time("Từ tháng 3 đến tháng 5/2024", 2024, is_clause=True)
    assert found.due == ["2024-05"]
    assert "khoảng thời gian" in found.guesses[0]


@pytest.mark.parametrize(("text", "year"), [("31/6", 2024), ("15/6", None)])
def test_a_day_the_calendar_does_not_have_is_doubted(text, year):
    found = read_time(text, year, is_clause=True)
    assert not found.due
    assert "không có trong lịch" in found.guesses[0]


def test_another_year_than_the_plans_is_doubted():
    assert read_time("15/6/2023", 2024, is_clause=True).guesses
