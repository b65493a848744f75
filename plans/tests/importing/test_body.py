"""Sections and lines, and which of them are tasks."""

import pytest

from .documents import content, duties, read, reasons, shape


def test_levels_follow_the_labels():
    outline = content(
        "1. Tuyên truyền",
        "1.1. Hội nghị",
        "a) Tổ chức:",
        "- Mời;",
        "+ Cán bộ;",
        "- Gửi;",
        "b) Họp.",
        "2. Khác",
    )
    assert shape(outline.sections[1].items) == [("1", [("1.1", [("a", [("-", ["+"]), "-"]), "b"])]), "2"]


def test_parts_and_their_titles_stand_on_two_lines():
    outline = read(
        "Phần I\nMỤC ĐÍCH\n1. Gần dân.\nPhần II\nNỘI DUNG\nMục 1\nTUYÊN TRUYỀN\n1. Họp.\nMục 2\nCẢI CÁCH\n1. Rà soát."
    )
    assert [(part.numeral, part.title) for part in outline.sections] == [
        ("I", "MỤC ĐÍCH"),
        ("II", "NỘI DUNG"),
    ]
    assert [item.text for item in outline.sections[1].items] == ["TUYÊN TRUYỀN", "CẢI CÁCH"]
    assert [task.path for task in outline.tasks] == ["II/1/1", "II/2/1"]


def test_letters_may_number_the_sections():
    outline = read("A. MỤC ĐÍCH\nI. Mục đích\n- Gần dân.\nB. NỘI DUNG\nI. Tuyên truyền\n1. Họp.")
    assert [part.numeral for part in outline.sections] == ["A", "B"]
    assert [task.path for task in outline.tasks] == ["B/I/1"]


def test_plain_numbers_may_number_the_sections():
    outline = read(
        "1. MỤC ĐÍCH\n- Gần dân.\n2. NỘI DUNG\n2.1. Họp.\n3. TỔ CHỨC THỰC HIỆN\n- Văn phòng theo dõi."
    )
    assert [part.numeral for part in outline.sections] == ["I", "II", "III"]
    assert shape(outline.sections[1].items) == ["2.1"]


def test_a_heading_without_its_numeral_gets_one_and_a_doubt():
    outline = read("I. MỤC ĐÍCH\n- Gần dân.\nNỘI DUNG\n- Họp dân.\nIII. TỔ CHỨC THỰC HIỆN\n- Theo dõi.")
    assert [part.numeral for part in outline.sections] == ["I", "II", "III"]
    assert "không có số" in reasons(outline)


def test_a_document_without_sections_is_all_content_with_a_doubt():
    outline = read("1. Họp dân.\n2. Rà soát.")
    assert [task.path for task in outline.tasks] == ["I/1", "I/2"]
    assert "không có đề mục" in reasons(outline)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "purpose"),
        ("CHỈ TIÊU", "purpose"),
        ("MỤC TIÊU, NHIỆM VỤ", "content"),
        ("CÁC NHIỆM VỤ TRỌNG TÂM", "content"),
        ("ĐẨY MẠNH CẢI CÁCH HÀNH CHÍNH", "content"),
        ("TỔ CHỨC THỰC HIỆN", "organisation"),
        ("CHẾ ĐỘ BÁO CÁO", "organisation"),
        ("KINH PHÍ THỰC HIỆN", "other"),
    ],
)
def test_title_tells_the_kind_of_a_section(title, kind):
    outline = read(f"I. MỤC ĐÍCH\n- Gần dân.\nII. {title}\n- Họp dân.")
    assert outline.sections[1].kind == kind


def test_lines_broken_by_the_width_of_the_page_are_joined():
    outline = content(
        "- Tiếp tục đổi mới nội dung, phương thức vận động quần chúng gắn với kinh tế",
        "- xã hội của phường và nâng cao hiệu quả hoạt động của các đoàn thể, của Mặt",
        "trận Tổ quốc;",
        "- Họp dân.",
    )
    texts = [item.text for item in outline.sections[1].items]
    assert texts[0].endswith(
        "kinh tế - xã hội của phường và nâng cao hiệu quả hoạt động của các đoàn thể, của Mặt trận Tổ quốc;"
    )
    assert len(texts) == 2


def test_a_page_number_in_the_middle_of_a_sentence_disappears():
    outline = content("- Tuyên truyền cho cấp ủy, tổ chức", "", "- 2 -", "\f", "đảng và chính quyền.")
    assert outline.sections[1].items[0].text == "Tuyên truyền cho cấp ủy, tổ chức đảng và chính quyền."
    assert "đã nối" in reasons(outline)


def test_assignment_lines_belong_to_the_line_above_and_are_no_items():
    outline = content(
        "a) Tổ chức hội nghị.",
        "Chủ trì: Công an phường.",
        "b) Duy trì chuyên mục.",
        "- Chủ trì: Đài.",
        "- Thời gian: hằng tháng.",
    )
    assert shape(outline.sections[1].items) == ["a", "b"]
    assert [task.reading.lead for task in outline.tasks] == [["Công an phường"], ["Đài"]]
    assert outline.tasks[1].assignment_text == "- Chủ trì: Đài.\n- Thời gian: hằng tháng."


@pytest.mark.parametrize("end", [")", ").", ");", ""])
def test_a_bracket_on_its_own_line_assigns_the_line_above(end):
    outline = content(
        "a) Tổ chức hội nghị.",
        f"(Chủ trì: Công an phường; Phối hợp: Đài; Thời gian: trước ngày 30/6{end}",
        "b) Treo pa nô.",
    )
    assert shape(outline.sections[1].items) == ["a", "b"]
    first, second = (task.reading for task in outline.tasks)
    assert (first.lead, first.coordinating, first.due) == (["Công an phường"], ["Đài"], ["2024-06-30"])
    assert (second.lead, second.due) == ([], [])


def test_assignment_under_a_heading_holds_for_the_lines_below():
    outline = content(
        "1. Tuyên truyền",
        "- Họp dân.",
        "- Treo pa nô, thời gian: tháng 5.",
        "- Chủ trì: Đài; Thời gian: Quý II",
    )
    assert [(task.reading.lead, task.reading.due) for task in outline.tasks] == [
        (["Đài"], ["2024-Q2"]),
        (["Đài"], ["2024-05"]),
    ]
    assert "tính cho mọi việc bên dưới" in reasons(outline)


def test_assignment_after_several_bullets_is_doubted():
    outline = content("1. Tuyên truyền", "- Họp dân.", "- Treo pa nô.", "Chủ trì: Đài truyền thanh")
    assert [task.reading.lead for task in outline.tasks] == [[], ["Đài truyền thanh"]]
    assert "Chưa rõ dòng phân công" in reasons(outline)


def test_a_paragraph_without_label_among_bullets_is_no_task():
    outline = content("1. Tuyên truyền", "- Họp dân.", "Gắn với phong trào.", "- Treo pa nô.")
    assert shape(outline.sections[1].items) == [("1", ["-", "", "-"])]
    assert [task.label for task in outline.tasks] == ["-", "-"]


def test_paragraphs_without_labels_alone_are_tasks():
    outline = duties("Giao Công an phường giữ gìn trật tự.", "Các tổ dân phố tuyên truyền.")
    assert [(task.path, task.reading.lead) for task in outline.tasks[1:]] == [
        ("III", ["Công an phường"]),
        ("III", ["Các tổ dân phố"]),
    ]


def test_a_line_that_points_to_the_annex_is_no_task():
    outline = duties(
        "1. Nội dung chi tiết theo Phụ lục đính kèm Kế hoạch này.",
        "2. Căn cứ Phụ lục, Công an phường tuần tra.",
    )
    assert [task.label for task in outline.tasks[1:]] == ["2"]


def test_aims_are_no_tasks_but_numbered_targets_are():
    outline = read(
        "I. MỤC TIÊU\n1. Mục tiêu chung\n- Gần dân.\n2. Chỉ tiêu\n- 100% hộ ký cam kết.\nII. NỘI DUNG\n1. Mục đích\n- Vì dân.\n2. Họp."
    )
    assert [(task.path, task.reading.kind, task.reading.target) for task in outline.tasks] == [
        ("I/2", "target", "100%"),
        ("II/2", "action", None),
    ]


def test_a_unit_heading_leads_the_bullets_that_name_no_unit():
    outline = duties(
        "1. Văn phòng UBND phường",
        "- Theo dõi, đôn đốc.",
        "- Công an phường: giữ trật tự.",
        "2. Các ban, ngành",
        "- Tự kiểm tra.",
    )
    assert [task.reading.lead for task in outline.tasks[1:]] == [
        ["Văn phòng UBND phường"],
        ["Công an phường"],
        ["Các ban, ngành"],
    ]


def test_several_leads_are_doubted():
    assert "2 đơn vị cùng làm" in reasons(duties("1. Công an phường, Đoàn Thanh niên tuần tra."))


def test_an_item_that_lost_its_number_between_two_is_found():
    outline = content(
        "1. Tuyên truyền",
        "- Họp dân;",
        "- **Cải cách hành chính**",
        "- Rà soát;",
        "- Niêm yết.",
        "3. Dân chủ",
        "- Đối thoại.",
    )
    assert shape(outline.sections[1].items) == [("1", ["-"]), ("2", ["-", "-"]), ("3", ["-"])]
    assert "mất số thứ tự" in reasons(outline)


def test_a_number_that_stays_missing_is_doubted():
    assert "từ 1 sang 3" in reasons(content("1. Họp.", "3. Rà soát."))
    assert "từ a sang c" in reasons(content("a) Họp.", "c) Rà soát."))


@pytest.mark.parametrize("letters", ["abcdđe", "abcde"])
def test_both_alphabets_of_points_are_in_order(letters):
    assert "Số thứ tự" not in reasons(content(*(f"{letter}) Họp dân." for letter in letters)))


def test_closing_words_are_no_item():
    outline = duties(
        "1. Công an phường tuần tra.",
        "Trên đây là Kế hoạch công tác dân vận.",
        "Đề nghị các đơn vị thực hiện./.",
    )
    assert outline.closing_words == "Trên đây là Kế hoạch công tác dân vận.\nĐề nghị các đơn vị thực hiện./."
    assert shape(outline.sections[1].items) == ["1"]


def test_lines_under_a_request_are_requests():
    outline = duties("1. Đề nghị Mặt trận Tổ quốc phường:", "- Tuyên truyền.", "- Giám sát.")
    assert [task.reading.kind for task in outline.tasks[1:]] == ["request", "request"]


def test_numbers_in_parentheses_are_the_widest_where_no_others_are():
    assert shape(content("1) Tuyên truyền", "1.1) Họp.", "2) Khác").sections[1].items) == [
        ("1", ["1.1"]),
        "2",
    ]


def test_letters_may_name_the_clauses_of_an_assignment():
    task = content("1. Họp dân", "a. Chủ trì: Công an phường.", "b. Thời gian: Quý I.").tasks[0]
    assert (task.reading.lead, task.reading.due) == (["Công an phường"], ["2024-Q1"])
