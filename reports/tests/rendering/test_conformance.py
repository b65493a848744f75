import re
from io import BytesIO

import pikepdf
import pytest

from reports.rendering.pdf import print_html, render_html, render_pdf

from .conformance import check_pdf
from .sample import (
    document_with_appendices,
    figures_appendix,
    full_document,
    heading,
    paragraph,
    small_document,
)


def broken_rules(data):
    return {finding.id for finding in check_pdf(data)}


@pytest.mark.parametrize(
    "document",
    [
        small_document(),
        full_document(),
        full_document(is_draft=True),
        small_document(superior_heading="", agency_heading=["Ủy ban nhân dân", "phường Lãm Hà"], number=112),
        small_document(
            addressees=["Ủy ban nhân dân quận Kiến An", "Ban Dân vận Quận ủy Kiến An"],
            bases=["Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10/11/2022", "Căn cứ Kế hoạch số 10/KH-UBND"],
            authority=["TM. Ủy ban nhân dân", "Chủ tịch"],
            subject="Kết quả thực hiện công tác dân vận chính quyền và Quy chế dân chủ ở cơ sở quý I năm 2024",
        ),
    ],
    ids=["small", "full", "draft", "no-superior", "two-addressees"],
)
def test_pdf_keeps_every_rule(document):
    assert check_pdf(render_pdf(document)) == []


CSS_FAULTS = [
    ("C01", "size: 210mm 297mm", "size: 216mm 279mm"),
    ("C02", "margin: 20mm 15mm 20mm 30mm", "margin: 20mm 15mm 20mm 24mm"),
    ("C02", "margin: 20mm 15mm 20mm 30mm", "margin: 15mm 15mm 20mm 30mm"),
    ("C04", ".number { font-size: 13pt }", ".number { font-size: 13pt; color: #800 }"),
    ("C05", "@page :first { @top-center { content: none }", "@page :first { "),
    ("C06", ".nation { font-size: 13pt", ".nation { font-size: 11pt"),
    ("C07", ".motto { font-size: 14pt", ".motto { padding-left: 9mm; font-size: 14pt"),
    ("C08", ".motto .ruled::after { width: 100% }", ""),
    ("C09", ".superior { font-size: 12pt }", ".superior { font-size: 12pt; font-style: italic }"),
    ("C10", ".agency { font-size: 13pt; font-weight: 700 }", ".agency { font-size: 13pt }"),
    ("C11", "width: 42%", "width: 60%"),
    ("C12", ".number { font-size: 13pt }", ".number { font-size: 14pt }"),
    ("C13", "font-style: italic; white-space", "white-space"),
    ("C14", ".title .line { display: block }", ".title .line { display: block; margin-left: 20mm }"),
    ("C15", ".title .line { display: block }", ".title .line { display: block; font-size: 16pt }"),
    ("C16", "width: 42%", "width: 20%"),
    ("C19", "text-indent: 12.7mm", "text-indent: 5mm"),
    ("C19", ".text { margin-top: 6pt", ".text { margin-top: 2pt"),
    ("C19", "font: 14pt/1.25", "font: 14pt/1.05"),
    ("C19", "text-align: justify", "text-align: left"),
    ("C21", "h2, h3 { font-weight: 700;", "h3 { font-weight: 700;"),
    (
        "C26",
        ".signature .right { text-align: center; font-weight: 700 }",
        ".signature .right { text-align: center }",
    ),
    ("C27", ".signer { margin-top: 30mm }", ".signer { margin-top: 5mm }"),
    ("C31", ".recipients-title { font-size: 12pt; font-weight: 700;", ".recipients-title { font-size: 12pt;"),
    (
        "C31",
        "width: 50%; vertical-align: baseline }",
        "width: 50%; vertical-align: top } .recipients-title { padding-top: 5mm }",
    ),
    ("C32", ".recipient { font-size: 11pt", ".recipient { font-size: 13pt"),
]


@pytest.mark.parametrize(("rule", "right", "wrong"), CSS_FAULTS)
def test_check_finds_a_broken_form(rule, right, wrong):
    document = small_document(superior_heading="UBND quận")
    html = render_html(document)
    assert right in html
    assert rule in broken_rules(print_html(html.replace(right, wrong), document))


TEXT_FAULTS = [
    ("C06", "CỘNG HÒA XÃ HỘI", "Cộng hòa xã hội"),
    ("C07", "Độc lập - Tự do", "Độc lập – Tự do"),
    ("C12", "Số: 09/", "Số: 9/"),
    ("C12", "Số: 09/BC-UBND", "Số: 09 / BC - UBND"),
    ("C13", "tháng 3 năm", "tháng 03 năm"),
    ("C14", ">BÁO CÁO<", ">Báo cáo<"),
    ("C17", "Kính gửi: Ủy ban", "Gửi Ủy ban"),
    ("C21", "I. CÔNG TÁC", "I. Công tác"),
    ("C25", "./.", "."),
    ("C26", "KT. CHỦ TỊCH", "CHỦ TỊCH"),
    ("C27", "Trần Thị Thu An", "ThS. Trần Thị Thu An"),
    ("C31", "Nơi nhận:", "Nơi nhận"),
    ("C32", "- Lưu: VT, VPTK.", "- Lưu: VPTK."),
    ("C32", "- Như trên;", "- UBND quận;"),
    ("C32", "- Thường trực Đảng ủy phường;", "- Thường trực Đảng ủy phường."),
]


@pytest.mark.parametrize(("rule", "right", "wrong"), TEXT_FAULTS)
def test_check_finds_wrong_words(rule, right, wrong):
    document = small_document()
    html = render_html(document)
    assert right in html
    assert rule in broken_rules(print_html(html.replace(right, wrong), document))


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("C20", [paragraph("Phần I"), paragraph("Nội dung.")]),
        ("C22", [paragraph("1) Nội dung.")]),
        ("C22", [paragraph("1. Tiêu đề không đậm"), paragraph("Nội dung.")]),
        ("C23", [paragraph("Nội dung.", "a)"), paragraph("Nội dung.", "c)")]),
        ("C23", [heading("1.", "Tiêu đề"), paragraph("Nội dung.", "f)")]),
        ("C24", [paragraph("Điều 1. Nội dung.")]),
    ],
)
def test_check_finds_wrong_numbering(rule, body):
    document = small_document(parts=[{"numeral": "I", "title": "Kết quả", "body": body}])
    assert rule in broken_rules(render_pdf(document))


def test_check_finds_upright_bases():
    document = small_document(bases=["Căn cứ Luật Thực hiện dân chủ ở cơ sở"])
    html = render_html(document).replace(".basis { font-style: italic }", "")
    assert "C18" in broken_rules(print_html(html, document))


def test_check_finds_dashes_away_from_the_colon():
    document = small_document(addressees=["UBND quận Kiến An", "Ban Dân vận Quận ủy"])
    html = render_html(document).replace("margin-left: 3.57em", "margin-left: 1em")
    assert "C17" in broken_rules(print_html(html, document))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("content: counter(appendix-2)", "content: counter(page)"),
        ("Phụ lục II.", "bảng kèm theo."),
        ("(Kèm theo Báo cáo", "Kèm theo Báo cáo"),
        (".appendix .name { font-weight: 700 }", ""),
    ],
)
def test_check_finds_wrong_appendices(right, wrong):
    document = document_with_appendices()
    html = re.sub(re.escape(right), wrong, render_html(document))
    assert "C33" in broken_rules(print_html(html, document))


def test_check_finds_a_face_that_is_not_embedded():
    with pikepdf.open(BytesIO(render_pdf(small_document()))) as pdf:
        descriptor = next(
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
        )
        del descriptor["/FontFile2"]
        assert "C03" in broken_rules(saved(pdf))


@pytest.mark.parametrize(
    "key", ["/OutputIntents", "/StructTreeRoot", "/Lang", "/ViewerPreferences", "/AF", "/Metadata"]
)
def test_check_finds_a_file_that_is_not_pdfa(key):
    with pikepdf.open(BytesIO(render_pdf(small_document()))) as pdf:
        del pdf.Root[key]
        assert "F01" in broken_rules(saved(pdf))


def test_single_appendix_needs_no_number():
    document = document_with_appendices(appendices=[{**figures_appendix(), "numeral": ""}])
    assert check_pdf(render_pdf(document)) == []


def saved(pdf):
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()
