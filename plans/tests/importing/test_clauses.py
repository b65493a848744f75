import pytest

from plans.importing.clauses import clauses, find_target, is_assignment, kind_of, read_line


def test_assignment_line_is_divided_into_its_clauses():
    line = "Chủ trì: Công an phường; Phối hợp: Đoàn Thanh niên, Hội Phụ nữ; Thời gian hoàn thành: trước ngày 28/02/2024."
    assert clauses(line) == {
        "lead": "Công an phường",
        "coordinating": "Đoàn Thanh niên, Hội Phụ nữ",
        "time": "trước ngày 28/02/2024",
    }


@pytest.mark.parametrize(
    "line",
    [
        "Chủ trì: Công an phường",
        "Đơn vị chủ trì : Công an phường",
        "Cơ quan thực hiện: Công an phường",
        "Phối hợp thực hiện: các đoàn thể",
        "Thời gian: hằng tháng.",
        "Thời hạn hoàn thành: 30/6",
        "Thời gian hoàn thành trước ngày 30 tháng 11 năm 2024.",
        "Sản phẩm: 01 báo cáo",
        "Kinh phí thực hiện: ngân sách phường",
        "Lưu ý: bảo đảm an toàn",
        "(Chủ trì: Công an phường; Thời gian: Quý I).",
        "( Thời gian: hằng tháng)",
    ],
)
def test_line_that_only_assigns_is_known(line):
    assert is_assignment(line)


@pytest.mark.parametrize(
    "line",
    [
        "Công chức Tài chính - Kế toán: cân đối kinh phí",
        "Phối hợp tuyên truyền: thực hiện tốt",
        "Chủ trì:",
        "(Công an phường chủ trì)",
        "(kèm theo phụ lục phân công: 02 trang)",
        "Hoàn thành trước ngày 30/6 việc rà soát",
        "Nội dung: ôn lại",
    ],
)
def test_other_lines_do_not_assign(line):
    assert not is_assignment(line)


def test_clauses_inside_the_sentence_are_read_too():
    text = "Tổ chức tuyên truyền (Chủ trì: Văn hóa - Xã hội; phối hợp: Đài truyền thanh; thời gian: tháng 3; sản phẩm: 03 tin)."
    reading, guesses = read_line(text, "", 2024)
    assert (reading.lead, reading.coordinating) == (["Văn hóa - Xã hội"], ["Đài truyền thanh"])
    assert (reading.due, reading.deliverable, guesses) == (["2024-03"], "03 tin", [])


def test_time_that_cannot_be_read_is_doubted_and_left_empty():
    reading, guesses = read_line("Tổ chức hội nghị.", "Thời gian: theo lịch của quận", 2024)
    assert (reading.due, reading.frequency) == ([], [])
    assert "theo lịch của quận" in guesses[0]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("đạt từ 99,5% trở lên", "99.5%"),
        ("đối với 100% hồ sơ trễ hạn", "100%"),
        ("đạt trên 85%.", "85%"),
        ("giảm 05% đơn thư", "5%"),
        ("(ít nhất 02 lần/năm)", "2 lần/năm"),
        ("tối thiểu 04 tin, bài/tháng", "4 tin, bài/tháng"),
        ("xây dựng ít nhất 02 mô hình “Dân vận khéo”", "2 mô hình"),
        ("90% hồ sơ trực tuyến, 100% đúng hạn", "90%; 100%"),
        ("Tổ chức 02 hội nghị tại 08 thôn", None),
        ("theo TCVN ISO 9001:2015", None),
    ],
)
def test_target_is_the_figure_the_sentence_promises(text, target):
    assert find_target(text) == target


@pytest.mark.parametrize(
    ("text", "is_duty", "kind"),
    [
        ("Đề nghị Ủy ban MTTQ phường giám sát", True, "request"),
        ("Tổng hợp và tham mưu báo cáo của UBND quận về kết quả thực hiện", True, "report"),
        ("là đầu mối đôn đốc, tổng hợp báo cáo UBND quận", True, "report"),
        ("gửi kết quả về Văn phòng", True, "report"),
        ("Báo cáo trước ngày 12 tháng cuối quý", True, "report"),
        ("Thực hiện chế độ thông tin, báo cáo", False, "action"),
        ("Tổ chức hội nghị báo cáo kết quả", False, "action"),
        ("Tổng hợp, báo cáo UBND tỉnh kết quả", False, "report"),
        ("Tuyên truyền pháp luật", True, "action"),
    ],
)
def test_kind_follows_the_words(text, is_duty, kind):
    assert kind_of(text, is_duty=is_duty) == kind
