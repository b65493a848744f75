"""PDF files → lines. The files are made from pages of HTML."""

import contextlib
import random
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML

from danvan.uploads import Refused
from plans.importing import Outline, read_document
from plans.importing.read_pdf import read_pdf

STYLE = """@page { size: A4; margin: 20mm 20mm 20mm 30mm; @bottom-center { content: counter(page) } }
body { font-size: 14pt } p { margin: 0 0 6pt; text-align: justify } .head td { width: 50%; text-align: center }
.grid { border-collapse: collapse; width: 100% } .grid td { border: 1px solid black } .grid tr { break-inside: avoid }"""


def pdf(body: str) -> bytes:
    return HTML(string=f"<style>{STYLE}</style>{body}").write_pdf()


def texts(body: str) -> list[str]:
    return [line.text for line in read_pdf(pdf(body))]


def rows(body: str) -> list[tuple[str, ...]]:
    return [line.cells for line in read_pdf(pdf(body)) if line.table]


LONG = (
    "Tiếp tục đổi mới nội dung, phương thức vận động quần chúng. Nâng cao hiệu quả Quy chế dân chủ ở cơ sở. "
    * 3
)


def test_rows_of_a_paragraph_are_one_line():
    assert texts(f"<p>- {LONG}</p><p>- Họp dân.</p>") == [f"- {LONG}".strip(), "- Họp dân."]


def test_a_paragraph_goes_on_over_the_page_and_its_number_is_gone():
    lines = [f"{at}. {LONG}{LONG.replace('chúng', str(at * 37))}".strip() for at in range(1, 15)]
    assert texts("".join(f"<p>{line}</p>" for line in lines)) == lines


# So many rows that the next paragraph begins a new page; the last row ends near the margin, so room tells nothing.
FULL = "".join(f"<p>{at}. {LONG}</p>" for at in range(1, 12))
LAST = "12. Đề nghị Mặt trận Tổ quốc phường giám sát việc làm của Kế hoạch này."


@pytest.mark.parametrize(
    "first",
    [
        "Trên đây là Kế hoạch công tác dân vận năm 2024.",
        "Căn cứ Kế hoạch này, các đơn vị thực hiện.",
        "Yêu cầu các đơn vị nghiêm túc thực hiện./.",
        "Quá trình thực hiện nếu có vướng mắc thì báo cáo.",
    ],
)
def test_a_paragraph_that_begins_a_page_stands_alone(first):
    near_the_margin = f"<p style='text-align: right; padding-right: 4mm'>{LAST}</p>"
    found = texts(f"{FULL}{near_the_margin}<p style='break-before: page'>{first}</p>")
    assert found[-2:] == [LAST, first]


def test_bold_paragraphs_are_seen():
    lines = read_pdf(pdf("<p><b>II. NỘI DUNG</b></p><p>Họp <b>dân</b> phố hằng tháng</p>"))
    assert [line.is_bold for line in lines] == [True, False]


def test_two_columns_become_cells():
    block = (
        "<table class=head><tr><td>UBND QUẬN A<td>Độc lập - Tự do<tr><td><td>ngày 05 tháng 3 năm 2024</table>"
    )
    assert [line.cells for line in read_pdf(pdf(block))] == [
        ("UBND QUẬN A", "Độc lập - Tự do"),
        ("", "ngày 05 tháng 3 năm 2024"),
    ]


def test_ruled_tables_become_rows_with_merged_cells():
    table = """<table class=grid><tr><td>TT<td>Việc<td>Chủ trì<tr><td colspan=3>I. Tuyên truyền
    <tr><td>1<td>Họp dân phố<td rowspan=2>Đài<tr><td>2<td>Viết tin</table>"""
    assert rows(table) == [
        ("TT", "Việc", "Chủ trì"),
        ("I. Tuyên truyền", "", ""),
        ("1", "Họp dân phố", "Đài"),
        ("2", "Viết tin", "Đài"),
    ]


def test_units_on_rows_of_their_own_are_two():
    cell = "<td style='width: 27mm'>"
    table = (
        "<table class=grid><tr><td>STT<td>Nội dung<td>Chủ trì<td>Phối hợp<tr><td>1<td>Họp dân phố<td>Đài"
        f"{cell}Công an phường<br>Hội Nông dân phường<tr><td>2<td>Viết tin{cell}Đoàn Thanh niên<br>Công an phường<td>Đài</table>"
    )
    outline = read_document("a.pdf", pdf(f"<p>KẾ HOẠCH</p><p>Dân vận năm 2024</p><p>I. NỘI DUNG</p>{table}"))
    assert outline.tasks[0].reading.coordinating == ["Công an phường", "Hội Nông dân phường"]


def test_a_table_over_pages_is_one_for_the_plan():
    body = "".join(f"<tr><td>{at}<td>Việc {at}<td>Đài<td>Quý I" for at in range(1, 60))
    head = "<tr><td>STT<td>Nội dung<td>Chủ trì<td>Thời gian"
    outline = read_document(
        "a.pdf",
        pdf(f"<p><b>KẾ HOẠCH</b></p><p><b>Dân vận năm 2024</b></p><p>I. NỘI DUNG</p><p>Theo phụ lục kèm theo.</p>"
            f"<p>Nơi nhận:</p><p>- Lưu: VT.</p><p>PHỤ LỤC</p><table class=grid>{head}{body}</table>"),
    )  # fmt: skip
    assert [task.path for task in outline.tasks] == [f"PL/{at}" for at in range(1, 60)]


def test_a_scan_is_refused_as_a_scan():
    picture = "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\">"
    with pytest.raises(Refused, match="bản quét"):
        read_pdf(pdf(picture))


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>"])
def test_a_broken_file_is_refused(content):
    with pytest.raises(Refused, match="hỏng"):
        read_pdf(content)


def test_a_locked_file_is_refused(tmp_path):
    path = tmp_path / "khoa.pdf"
    (tmp_path / "mo.pdf").write_bytes(pdf("<p>KẾ HOẠCH</p>"))
    with pikepdf.open(tmp_path / "mo.pdf") as opened:
        opened.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Refused, match="mật khẩu"):
        read_document("khoa.pdf", path.read_bytes())


SHAPES = Path(__file__).resolve().parents[3] / "samples" / "shapes"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 60))
def test_any_mutated_pdf_ends_in_an_outline_or_a_refusal(seed, changes):
    chance = random.Random(seed)
    content = bytearray((SHAPES / "01-so-la-ma-tu-dong.pdf").read_bytes())
    for _ in range(changes):
        content[chance.randrange(8, len(content))] = chance.randrange(256)
    with contextlib.suppress(Refused):
        assert isinstance(read_document("a.pdf", bytes(content)), Outline)
