import hashlib
from collections import Counter
from io import BytesIO

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.rendering.docx import render_docx
from reports.rendering.pdf import render_pdf

from .pdf_reader import MM, Reading
from .sample import document_with_appendices, full_document, paragraph, small_document, tainted
from .test_pdf import HOSTILE


def opened(document):
    return open_word(BytesIO(render_docx(document)))


def word_texts(word):
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in word.element.body.iter(qn("w:p"))]


def test_same_document_gives_same_bytes():
    first, second = (hashlib.sha256(render_docx(full_document())).hexdigest() for _ in range(2))
    assert first == second


def test_words_and_figures_equal_those_of_the_pdf():
    # Appendices of one page each: a repeated header row would count twice in the PDF.
    document = document_with_appendices()
    pages = Reading(render_pdf(document)).pages
    in_pdf = " ".join(line.text for page in pages for line in page.lines if line.baseline > 20 * MM)
    in_word = " ".join(word_texts(opened(document)))
    assert Counter(in_word.split()) == Counter(in_pdf.split())


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x0b dòng\nmới", "=1+1"])
def test_hostile_text_appears_literally(text):
    document = small_document(
        parts=[{"numeral": "I", "title": "x", "body": [paragraph(text), paragraph("Hết.")]}]
    )
    shown = text.replace("\x00", "[U+0000]").replace("\x0b", "").replace("\n", " ").strip()
    assert any(shown in line for line in word_texts(opened(document)))


def test_markup_in_any_field_appears_literally():
    document, texts = tainted(full_document(is_draft=True))
    shown = " ".join(word_texts(opened(document))).replace(" ", "").lower()
    assert [text for text in texts if text not in shown] == []


def test_page_has_the_margins_of_the_decree():
    section = opened(small_document()).sections[0]
    assert round(section.page_width.mm) == 210 and round(section.page_height.mm) == 297
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]


def test_every_style_in_use_is_times_new_roman():
    word = opened(full_document())
    used = {p.style.name for p in word.paragraphs}
    faces = {word.styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:ascii")) for name in used}
    assert faces == {"Times New Roman"}


def test_text_is_14_points_with_first_line_indented():
    style = opened(small_document()).styles["Nội dung"]
    assert style.font.size == Pt(14)
    assert abs(style.paragraph_format.first_line_indent - Mm(12.7)) < 700


def test_parts_are_headings_of_word():
    headings = [p.text for p in opened(full_document()).paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI"
    assert len(headings) == 5


def test_first_page_shows_no_number_and_appendices_count_from_one():
    body, first, second = opened(document_with_appendices()).sections
    assert body.different_first_page_header_footer and not first.different_first_page_header_footer
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in (body, first, second)]
    assert starts == ["1", "1", "1"]
    assert all("PAGE" in section.header._element.xml for section in (body, first, second))


def test_landscape_appendix_turns_its_section():
    section = opened(document_with_appendices()).sections[1]
    assert section.page_width > section.page_height


def test_header_row_is_repeated():
    word = opened(document_with_appendices())
    assert word.tables[-1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_header_with_spans_covers_all_columns():
    document = document_with_appendices()
    spans = [
        [("TT", 1, 2), ("Nhiệm vụ", 1, 2), ("Thực hiện", 3, 1)],
        [("Chủ trì", 1, 1), ("Tình trạng", 1, 1), ("Kết quả", 1, 1)],
    ]
    header = [[{"text": t, "colspan": c, "rowspan": r} for t, c, r in row] for row in spans]
    document["appendices"][1]["tables"][0]["header"] = header
    table = opened(document).tables[-1]
    assert [cell.text for cell in table.rows[1].cells] == [
        "TT",
        "Nhiệm vụ",
        "Chủ trì",
        "Tình trạng",
        "Kết quả",
    ]


def test_draft_shows_mark_and_no_number():
    word = opened(document_with_appendices(is_draft=True))
    assert "DỰ THẢO" in word_texts(word)
    assert all("DỰ THẢO" in section.header._element.xml for section in word.sections)
    assert "Số: 09/BC-UBND" not in word_texts(word)


def test_file_names_its_author_and_moment():
    properties = opened(small_document()).core_properties
    assert properties.author == "Ủy ban nhân dân phường Lãm Hà"
    assert properties.created.isoformat().startswith("2024-03-18T03:30:00")
