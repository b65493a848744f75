"""Tables that go on over a page, as lines and as real PDF files."""

import pytest
from weasyprint import HTML

from plans.importing import Outline, read_document

from .documents import read, read_word, reasons, word

HEAD = "| STT | Nội dung | Chủ trì | Phối hợp | Thời gian |\n|---|---|---|---|---|\n"
BREAK = "\n\n- 2 -\n\n"
TEXT = "Xây dựng và nhân rộng mô hình dân vận khéo trong giải phóng mặt bằng, chỉnh trang ngõ phố"


def parted(above: str, below: str, *, annex: bool, head: str = HEAD) -> Outline:
    table = f"{HEAD}{above}{BREAK}{head}{below}"
    if annex:
        return read(
            f"I. NỘI DUNG\nTheo Phụ lục kèm theo.\n\nNơi nhận:\n- Lưu: VT.\n\nPhụ lục\nVIỆC\n\n{table}"
        )
    return read(f"I. NỘI DUNG\n1. Họp dân.\nII. TỔ CHỨC THỰC HIỆN\n{table}")


@pytest.mark.parametrize("annex", [True, False])
@pytest.mark.parametrize("head", [HEAD, ""])
def test_a_row_cut_by_the_page_is_one_task(annex, head):
    outline = parted(
        "| 7 | Xây dựng và nhân rộng | Văn phòng - | Các tổ | Cả năm |",
        "| | mô hình tự quản | Thống kê | dân phố | 2024 |\n| 8 | Tổng kết | Đài | | |",
        annex=annex,
        head=head,
    )
    first, second = [task for task in outline.tasks if task.label in ("7", "8")]
    assert first.text == "Xây dựng và nhân rộng mô hình tự quản"
    assert first.reading.lead == ["Văn phòng - Thống kê"]
    assert first.reading.coordinating == ["Các tổ dân phố"]
    assert (second.text, second.reading.lead) == ("Tổng kết", ["Đài"])
    assert "đã nối lại" in reasons(outline)


def test_a_number_in_the_middle_of_a_cut_row_stays_with_it():
    outline = parted("| | Xây dựng và | Đài | | |", "| 7 | nhân rộng mô hình | | | Quý I |", annex=True)
    task = outline.tasks[0]
    assert (task.path, task.text) == ("PL/7", "Xây dựng và nhân rộng mô hình")
    assert (task.reading.lead, task.reading.due) == (["Đài"], ["2024-Q1"])


@pytest.mark.parametrize(
    "below",
    [
        "| 8 | tổng kết, khen thưởng | Công an phường | | Quý IV |",
        "| | Tổng kết, khen thưởng | Công an phường | | Quý IV |",
        "| II | Tuyên truyền | | | |\n| 8 | Tổng kết | Công an phường | | |",
    ],
)
def test_a_row_of_its_own_is_never_joined(below):
    outline = parted("| 7 | Họp dân | Đài | | Quý I |", below, annex=True)
    assert [task.reading.lead for task in outline.tasks] == [["Đài"], ["Công an phường"]]


def test_a_row_whose_work_had_no_room_on_its_page_keeps_its_number():
    outline = parted("| 7 | | | | Quý I |", "| | Họp dân | Đài | | |", annex=True)
    task = outline.tasks[0]
    assert (task.path, task.text, task.reading.lead) == ("PL/7", "Họp dân", ["Đài"])
    assert task.reading.due == ["2024-Q1"]


def test_a_row_without_number_on_a_new_page_is_doubted():
    outline = parted("| 7 | Họp dân | Đài | | |", "| | Tổng kết năm | Đoàn | | |", annex=True)
    assert "phần còn lại của dòng trên" in reasons(outline)


def test_the_next_unit_of_a_cut_cell_stays_a_unit():
    outline = parted("| 7 | Họp dân | Đài | Công an phường | |", "| | | | Hội Phụ nữ phường | |", annex=True)
    assert [task.reading.coordinating for task in outline.tasks] == [["Công an phường", "Hội Phụ nữ phường"]]


def test_two_tables_of_a_word_file_under_the_same_head_are_one():
    document = word("KẾ HOẠCH", "Dân vận năm 2024", "I. NỘI DUNG")
    for rows in (
        [("1", "Phát động phong trào thi đua của", "Đài", "")],
        [("", "các tổ dân phố", "", "15/6"), ("2", "Viết", "Đoàn", "")],
    ):
        table = document.add_table(rows=0, cols=4)
        for texts in [("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"), *rows]:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("")
    first, second = read_word(document).tasks
    assert (first.path, first.text) == ("I/1", "Phát động phong trào thi đua của các tổ dân phố")
    assert (first.reading.due, second.path) == (["2024-06-15"], "I/2")


# -- PDF: the number of a row stands in the middle of its height, and a page may cut anywhere --

STYLE = """@page { size: A4 landscape; margin: 20mm } body { font-size: 12pt }
.grid { border-collapse: collapse; width: 100% } .grid td { border: 0.5pt solid black; padding: 2pt 4pt }"""
COLUMNS = "<thead><tr><td>STT<td>Nhiệm vụ<td>Chủ trì<td>Thời gian</thead>"


def tasks_of_pdf(
    rows: str, *, space: int, style: str = "", heading: str = "PHỤ LỤC"
) -> list[tuple[str, ...]]:
    page = (
        f"<style>{STYLE}{style}</style><p><b>KẾ HOẠCH</b></p><p><b>Dân vận năm 2024</b></p><p>I. NỘI DUNG</p>"
        f"<p>- Họp dân.</p><p>Nơi nhận:</p><p>- Lưu: VT.</p><p style='break-before: page'>{heading}</p>"
        f"<div style='height: {space}mm'></div><table class=grid>{COLUMNS}{rows}</table>"
    )
    outline = read_document("a.pdf", HTML(string=page).write_pdf())
    return [(task.path, task.text, *task.reading.lead) for task in outline.tasks if task.path != "I"]


def test_the_only_row_of_a_new_page_keeps_its_number():
    rows = "".join(
        f"<tr style='break-inside: avoid'><td>{at}<td>{TEXT} {TEXT} {TEXT}<td>Đài {at}<td>Quý I"
        for at in range(1, 10)
    )
    found = [tasks_of_pdf(rows, space=space) for space in (10, 20, 30)]
    expected = [(f"PL/{at}", f"{TEXT} {TEXT} {TEXT}", f"Đài {at}") for at in range(1, 10)]
    assert found == [expected] * 3


@pytest.mark.parametrize("space", [58, 64, 72])
@pytest.mark.parametrize("breaks", ["slice", "clone"])
def test_a_row_that_a_pdf_page_cuts_is_one(space, breaks):
    rows = "".join(f"<tr><td>{at}<td>{at} {TEXT * 4}<td>Đài {at}<td>Quý I" for at in range(1, 8))
    found = tasks_of_pdf(
        rows, space=space, style=f"td {{ vertical-align: top; box-decoration-break: {breaks} }}"
    )
    assert found == [(f"PL/{at}", f"{at} {TEXT * 4}", f"Đài {at}") for at in range(1, 8)]


def test_a_table_in_the_body_goes_on_over_a_pdf_page():
    rows = "".join(f"<tr><td>{at}<td>{at} {TEXT * 3}<td>Đài {at}<td>Quý I" for at in range(1, 10))
    page = (
        f"<style>{STYLE} td {{ vertical-align: middle }}</style><p><b>KẾ HOẠCH</b></p><p><b>Dân vận năm 2024</b></p>"
        f"<p>I. NỘI DUNG</p><table class=grid>{COLUMNS}{rows}</table><p>II. TỔ CHỨC THỰC HIỆN</p><p>- Theo dõi.</p>"
    )
    outline = read_document("a.pdf", HTML(string=page).write_pdf())
    found = [(task.path, task.text, task.reading.lead) for task in outline.tasks]
    expected = [(f"I/{at}", f"{at} {TEXT * 3}", [f"Đài {at}"]) for at in range(1, 10)]
    assert found == [*expected, ("II", "Theo dõi.", [])]


DOUBLE_HEAD = (
    "| STT | Nội dung | Phân công | | Thời gian |\n|---|---|---|---|---|\n| | | Chủ trì | Phối hợp | |\n"
)


def test_a_head_of_two_rows_and_column_numbers_printed_again_are_no_seam_of_their_own():
    head = f"{DOUBLE_HEAD}| (1) | (2) | (3) | (4) | (5) |\n"
    table = f"{head}| 1 | Ký giao ước giữa công an và | Đài | | |{BREAK}{head}| | các tổ dân phố | | Đoàn | |\n| 2 | Họp | Hội | | |"
    outline = read(f"I. NỘI DUNG\n{table}")
    assert [(task.label, task.text) for task in outline.tasks] == [
        ("1", "Ký giao ước giữa công an và các tổ dân phố"),
        ("2", "Họp"),
    ]
    assert outline.tasks[0].reading.coordinating == ["Đoàn"]
