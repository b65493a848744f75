"""Files → lines."""

import io
import unicodedata
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from danvan.uploads import Refused
from plans.importing.read_docx import read_docx
from plans.importing.read_text import read_text

from .documents import read_word, reasons, word, word_bytes


def texts(source: str) -> list[str]:
    return [line.text for line in read_text(source.encode())]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**I. MỤC ĐÍCH**", "I. MỤC ĐÍCH"),
        ("## **2. Gắn *dân vận***", "2. Gắn dân vận"),
        ("####Thi đua", "Thi đua"),
        ("thi đua “*dân vận khéo*” **", "thi đua “dân vận khéo”"),
        ("* Họp dân", "- Họp dân"),
        (r"1\. Họp \- dân \*", "1. Họp - dân *"),
        ("> Trích", "Trích"),
        ("Họp<br>dân <b>phố</b>", "Họp dân phố"),
        (unicodedata.normalize("NFD", "Ủy ban\u00a0nhân\u200b dân"), "Ủy ban nhân dân"),
    ],
)
def test_marks_of_markdown_and_odd_characters_disappear(source, text):
    assert texts(source) == [text]


@pytest.mark.parametrize("source", ["**Đề mục**", "1. **Đề mục**", "# Đề mục", "- Đề mục**", "***Đề mục***"])
def test_bold_is_seen_even_with_a_lost_mark(source):
    assert read_text(source.encode())[0].is_bold


def test_bold_goes_on_over_line_breaks_but_not_over_an_empty_line():
    lines = read_text("**TM. ỦY BAN\nCHỦ TỊCH**\nkhông\n\n**mở\n\nkhông".encode())
    assert [line.is_bold for line in lines] == [True, True, False, True, False]


def test_lines_keep_their_numbers():
    assert [line.number for line in read_text(b"a\r\n\r\nb\r\n\x0cc")] == [1, 3, 4]


PLAN = "Kế hoạch thực hiện công tác dân vận của Ủy ban nhân dân phường"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_are_read(encoding):
    assert read_text(PLAN.encode(encoding))[0].text == PLAN


def in_windows_1258(text: str) -> bytes:
    """The letters that the code page lacks as letter and tone."""
    out = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in "\u0300\u0309\u0303\u0301\u0323")
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out += (bare + tones).encode("cp1258")
    return out


def test_windows_1258_is_read():
    assert read_text(in_windows_1258(PLAN))[0].text == PLAN


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("®Ò nghÞ ®¬n vÞ".encode("latin-1"), "TCVN3"),
        ("ñôn vò ñeà nghò".encode("latin-1"), "VNI"),
        ("KÕ ho¹ch cña Uû ban nh©n d©n".encode("latin-1"), "TCVN3"),
        ("KÕ ho¹ch cña Uû ban nh©n d©n".encode(), "TCVN3"),
        ("Keá hoaïch cuûa UÛy ban nhaân daân".encode(), "VNI"),
        ("Káº¿ hoáº¡ch cá»§a nhÃ¢n dÃ¢n".encode(), "UTF-8"),
        (b"\x8a\xc3 \x90", "lạ"),
        (b"\xff\xfe\x00", "mã"),
    ],
)
def test_other_encodings_are_refused_by_name(content, name):
    with pytest.raises(Refused, match=name):
        read_text(content)


def test_words_at_both_ends_of_a_line_are_cells():
    assert read_text("Nơi nhận:\t\tTM. ỦY BAN".encode())[0].cells == ("Nơi nhận:", "TM. ỦY BAN")


def test_table_of_markdown_becomes_rows():
    rows = read_text("| STT | Việc |\n|:--|---|\n| 1 | Họp;<br>viết \\| ghi |".encode())
    assert [row.cells for row in rows] == [("STT", "Việc"), ("1", "Họp;\nviết | ghi")]
    assert {row.table for row in rows} == {1}


def test_word_paragraphs_and_tables_come_in_their_order():
    document = word("Trước")
    document.add_table(rows=1, cols=2).cell(0, 1).text = "Trong bảng"
    document.add_paragraph("Sau").add_run(" dòng\nMới").bold = True
    assert [(line.number, line.text) for line in read_docx(word_bytes(document))] == [
        (1, "Trước"), (2, "Trong bảng"), (3, "Sau dòng"), (3, "Mới"),
    ]  # fmt: skip


def test_word_bold_comes_from_runs_and_styles():
    document = word()
    document.add_heading("Đề mục")
    document.add_paragraph().add_run("Đậm").bold = True
    document.add_paragraph("Thường ").add_run("đậm").bold = True
    assert [line.is_bold for line in read_docx(word_bytes(document))] == [True, True, False]


def test_word_tracked_changes_are_read_as_accepted():
    document = word("Họp ")
    paragraph = document.paragraphs[0]._p
    for tag, inner in (("ins", "<w:t>dân</w:t>"), ("del", "<w:delText>chợ</w:delText>")):
        paragraph.append(parse_xml(f"<w:{tag} {nsdecls('w')}><w:r>{inner}</w:r></w:{tag}>"))
    assert read_docx(word_bytes(document))[0].text == "Họp dân"


def test_word_text_in_content_controls_and_boxes_is_kept():
    document = word("Nền")
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>Hộp</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    document.paragraphs[-1]._p.append(parse_xml(box))
    assert [line.text for line in read_docx(word_bytes(document))] == ["Ô", "Nền", "Hộp"]


def test_word_numbers_without_their_definition_are_doubted():
    document = word("KẾ HOẠCH", "Dân vận năm 2024", "I. NỘI DUNG")
    document.add_paragraph("Họp dân.", style="List Number")
    document.paragraphs[-1]._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="99"/></w:numPr>')
    )
    assert "đánh số tự động" in reasons(read_word(document))


def test_word_with_an_entity_bomb_is_refused():
    bomb = b'<!DOCTYPE b [<!ENTITY a "aaaa">]><w:document xmlns:w="w"><w:body>&a;</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(Refused, match="không an toàn"):
        read_docx(out.getvalue())


def test_word_with_broken_xml_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"<w:document")
    with pytest.raises(Refused, match="hỏng"):
        read_docx(out.getvalue())


def test_word_paragraphs_whose_mark_was_deleted_are_one():
    document = word("Họp ", "dân phố")
    mark = f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='a'/></w:rPr>"
    document.paragraphs[0]._p.get_or_add_pPr().append(parse_xml(mark))
    assert [line.text for line in read_docx(word_bytes(document))] == ["Họp dân phố"]


def test_word_hidden_text_is_not_printed():
    document = word("Họp dân")
    document.paragraphs[0].add_run(" (nháp)").font.hidden = True
    assert read_docx(word_bytes(document))[0].text == "Họp dân"


def test_word_deleted_rows_are_gone():
    document = word()
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text = "Bỏ", "Giữ"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='a'/>"))
    assert [line.text for line in read_docx(word_bytes(document))] == ["Giữ"]


HEAD = ("STT", "Nội dung", "Đơn vị chủ trì", "Thời gian")


@pytest.mark.parametrize(
    "source",
    [
        "STT\tNội dung\tĐơn vị chủ trì\tThời gian\n1\tHọp dân phố\tĐài\tQuý I\n2\tViết tin\t\tQuý II",
        "STT | Nội dung | Đơn vị chủ trì | Thời gian\n----|----|----|----\n1 | Họp dân phố | Đài | Quý I\n2 | Viết tin | | Quý II",
        "STT  Nội dung     Đơn vị chủ trì  Thời gian\n1    Họp dân      Đài             Quý I\n     phố\n\n2    Viết tin                     Quý II",
        "+---+\n| STT | Nội dung | Đơn vị chủ trì | Thời gian |\n+---+\n| 1 | Họp dân phố | Đài | Quý I |\n| 2 | Viết tin | | Quý II |",
    ],
    ids=["tabs", "bars", "spaces", "box"],
)
def test_tables_of_plain_text_become_rows(source):
    rows = [line.cells for line in read_text(source.encode()) if line.table]
    assert rows == [HEAD, ("1", "Họp dân phố", "Đài", "Quý I"), ("2", "Viết tin", "", "Quý II")]


def test_a_table_of_text_ends_where_the_text_goes_on():
    source = "STT\tNội dung\tChủ trì\tThời gian\nI. Tuyên truyền\n1\tHọp\tĐài\tQuý I\n\nNơi nhận:\tTM. ỦY BAN"
    lines = read_text(source.encode())
    assert [bool(line.table) for line in lines] == [True, True, True, False]
    assert lines[1].cells == ("I. Tuyên truyền", "", "", "")
