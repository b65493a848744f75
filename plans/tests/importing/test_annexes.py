import pytest

from plans.importing import to_json

from .documents import read, read_word, reasons, shape, word

HEAD = "| STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian | Sản phẩm |\n|---|---|---|---|---|---|\n"
BODY = (
    "I. NỘI DUNG\nNội dung theo Phụ lục kèm theo.\n\nNơi nhận:\n- Lưu: VT.\n\nPhụ lục\nPHÂN CÔNG NHIỆM VỤ\n\n"
)


def annex(*rows: str):
    return read(BODY + HEAD + "\n".join(rows))


def test_rows_are_tasks_and_group_rows_hold_them():
    outline = annex(
        "| I | Tuyên truyền | | | | |",
        "| 1 | Họp dân | Đài | Đoàn; Hội | 15/6 | Biên bản |",
        "| 2 | Viết tin | | | Hằng tháng | |",
    )
    assert outline.annexes[0].title == "PHÂN CÔNG NHIỆM VỤ"
    assert shape(outline.annexes[0].items) == [("I", ["1", "2"])]
    first, second = outline.tasks
    assert (first.path, first.reading.lead, first.reading.coordinating) == ("PL/1", ["Đài"], ["Đoàn", "Hội"])
    assert (first.reading.due, first.reading.deliverable) == (["2024-06-15"], "Biên bản")
    assert (second.reading.lead, second.reading.frequency) == ([], ["monthly"])


def test_repeated_heads_and_column_numbers_are_no_tasks():
    outline = annex(
        "| (1) | (2) | (3) | (4) | (5) | (6) |",
        "| 1 | Họp | Đài | | | |",
        HEAD.splitlines()[0],
        "| 2 | Viết | Đài | | | |",
    )
    assert [task.path for task in outline.tasks] == ["PL/1", "PL/2"]


def test_a_figure_stands_aside_where_the_product_measures_the_work():
    outline = annex(
        "| 1 | Niêm yết 100% thủ tục | Tư pháp | | | Bảng niêm yết |",
        "| 2 | Giải quyết 100% đơn | Tư pháp | | | |",
    )
    assert [task.reading.target for task in outline.tasks] == [None, "100%"]


def test_time_that_cannot_be_read_is_doubted():
    outline = annex("| 1 | Họp | Đài | | Theo lịch của quận | |")
    assert "Theo lịch của quận" in reasons(outline)


def test_an_empty_form_has_no_tasks():
    outline = read(
        f"{BODY}| STT | Nội dung | Thời gian | Số liệu |\n|---|---|---|---|\n| 1 | Số cuộc đối thoại | | |"
    )
    assert outline.tasks == []
    assert outline.annexes == []
    assert "không có bảng giao việc" in reasons(outline)


def test_a_table_in_the_body_gives_its_rows_to_the_section():
    outline = read(f"I. NỘI DUNG\n{HEAD}| 1 | Họp dân | Đài | | | |\nII. TỔ CHỨC THỰC HIỆN\n- Theo dõi.")
    assert [(task.path, task.reading.lead) for task in outline.tasks] == [("I/1", ["Đài"]), ("II", [])]


@pytest.mark.parametrize(
    ("rows", "paths"),
    [
        (["1||", "a|Đài|", "b|Đài|", "2||", "a|Đài|"], ["I/1/a", "I/1/b", "I/2/a"]),
        (["1.||", "1.1|Đài|", "2||", "2.1|Đài|"], ["I/1/1.1", "I/2/2.1"]),
        (["1||", "a)|Đài|", "2|Đài|", "3|Đài|"], ["I/1/a", "I/2", "I/3"]),
        (["1||", "a|Đài|", "b||", "2|Đài|"], ["I/1/a", "I/1/b", "I/2"]),
        (["I||", "1||", "a|Đài|", "II||", "1|Đài|"], ["I/I/1/a", "I/II/1"]),
        (["1||", "2|Đài|"], ["I/1", "I/2"]),
    ],
)
def test_numbered_rows_without_anything_beside_them_hold_the_rows_of_narrower_labels(rows, paths):
    cells = [row.split("|") for row in rows]
    lines = "\n".join(f"| {label} | Việc số {label} | {lead} | | | |" for label, lead, _ in cells)
    outline = read(f"I. NỘI DUNG\n{HEAD}{lines}\nII. TỔ CHỨC THỰC HIỆN\nTheo phụ lục kèm theo.")
    assert [task.path for task in outline.tasks] == paths


def test_a_head_without_rows_is_no_task_table():
    assert annex().tasks == []


def test_a_dash_in_a_cell_says_nothing():
    outline = annex("| 1 | Hỗ trợ 100% hộ | Đài | - | - | – |")
    reading = outline.tasks[0].reading
    assert (reading.coordinating, reading.due, reading.deliverable) == ([], [], None)
    assert reading.target == "100%"
    assert "Chưa đọc được thời gian" not in reasons(outline)


def test_merged_cells_of_word_hold_for_all_their_rows():
    document = word(
        "KẾ HOẠCH", "Dân vận năm 2024", "I. NỘI DUNG", "1. Theo Phụ lục kèm theo.", "Phụ lục", "NHIỆM VỤ"
    )
    table = document.add_table(rows=4, cols=4)
    for row, texts in enumerate([["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"], ["I. Tuyên truyền", "", "", ""],
                                 ["1", "Họp", "Đài", "Quý I"], ["2", "Viết", "", "Quý II"]]):  # fmt: skip
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(1, 3))
    table.cell(2, 2).merge(table.cell(3, 2))
    outline = read_word(document)
    assert shape(outline.annexes[0].items) == [("I", ["1", "2"])]
    assert [task.reading.lead for task in outline.tasks] == [["Đài"], ["Đài"]]
    assert [task.reading.due for task in outline.tasks] == [["2024-Q1"], ["2024-Q2"]]


def test_a_table_that_a_page_break_cut_in_two_is_whole_again():
    outline = read(f"{BODY}{HEAD}| 1 | Họp | Đài | | | |\n\n- 2 -\n\n| 2 | Viết | Đoàn | | | |")
    assert [(task.path, task.reading.lead) for task in outline.tasks] == [
        ("PL/1", ["Đài"]),
        ("PL/2", ["Đoàn"]),
    ]


def test_a_head_of_two_rows_is_read_by_its_lower_row():
    rows = (
        "| STT | Nội dung | Phân công | | Thời gian |\n|---|---|---|---|---|\n| | | Chủ trì | Phối hợp | |\n"
        "| 1 | Họp | Đài | Đoàn | Quý I |"
    )
    task = read(BODY + rows).tasks[0]
    assert (task.reading.lead, task.reading.coordinating, task.reading.due) == (
        ["Đài"],
        ["Đoàn"],
        ["2024-Q1"],
    )


def test_one_column_may_hold_both_roles():
    head = "| STT | Nội dung | Đơn vị chủ trì, phối hợp | Thời gian |\n|---|---|---|---|\n"
    task = read(f"{BODY}{head}| 1 | Họp | Đài chủ trì, phối hợp với Đoàn Thanh niên | |").tasks[0]
    assert (task.reading.lead, task.reading.coordinating) == (["Đài"], ["Đoàn Thanh niên"])


def test_words_of_a_cell_broken_over_lines_stay_together():
    task = annex("| 1 | Họp | Văn phòng -<br>Thống kê<br>Các thôn | | Trước ngày<br>15/6 | |").tasks[0]
    assert task.reading.lead == ["Văn phòng - Thống kê", "Các thôn"]
    assert (task.reading.due, task.reading.due_bound) == (["2024-06-15"], "before")


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        (["Phụ lục"], ["PL/1"]),
        (["Phụ lục II"], ["PL/1"]),
        (["Phụ lục I", "Phụ lục II"], ["PL/1", "PL2/1"]),
        (["Phụ lục 1", "Phụ lục 3"], ["PL/1", "PL3/1"]),
        (["Phụ lục", "PHỤ LỤC"], ["PL/1", "PL2/1"]),
        (["Phụ lục II", "Phụ lục II"], ["PL/1", "PL2/1"]),
        (["Phụ lục I", "Phụ lục III", "Phụ lục III"], ["PL/1", "PL3/1", "PL4/1"]),
    ],
)
def test_each_annex_has_its_own_prefix(names, paths):
    annexes = "\n\n".join(f"{name}\n\n{HEAD}| 1 | Họp {at} | Đài | | | |" for at, name in enumerate(names))
    outline = read(f"I. NỘI DUNG\nTheo phụ lục kèm theo.\n\nNơi nhận:\n- Lưu: VT.\n\n{annexes}")
    assert [task.path for task in outline.tasks] == paths
    assert {task["path"] for task in to_json(outline)["tasks"]} == {"PL/1"}
