import hashlib
import json
import subprocess
import sys
from io import BytesIO

import pdfplumber
import pikepdf
import pytest
from django.conf import settings

from reports.rendering.fonts import FontMissing, Typeface, find_typeface
from reports.rendering.pdf import ClosedFetcher, render_html, render_pdf

from .pdf_reader import Reading
from .sample import document_with_appendices, full_document, paragraph, small_document, tainted

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src='file:///etc/passwd'>",
    "<link rel=attachment href='file:///etc/passwd'>",
    "</style><style>p{display:none}</style>",
    "{{ 7|add:7 }} {% now 'Y' %}",
    "&lt;b&gt; &amp; &#65;",
    '"><b onclick=x>',
    "url(http://127.0.0.1:9/x)",
]

BUILD = """
import hashlib, django
django.setup()
from reports.rendering.pdf import render_pdf
from reports.tests.rendering.sample import full_document
print(hashlib.sha256(render_pdf(full_document())).hexdigest())
"""


def printed_text(data):
    return " ".join(line.text for page in Reading(data).pages for line in page.lines)


@pytest.fixture(scope="module")
def full_pdf():
    return render_pdf(full_document())


def attached(data):
    with pikepdf.open(BytesIO(data)) as pdf:
        return {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}


def built_elsewhere(hash_seed):
    environment = {"DJANGO_SETTINGS_MODULE": "danvan.settings", "PYTHONHASHSEED": hash_seed, "PATH": ""}
    command = [sys.executable, "-c", BUILD]
    return subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_same_document_gives_same_bytes_in_another_process(full_pdf):
    here = hashlib.sha256(full_pdf).hexdigest()
    assert built_elsewhere("1") == here


def test_another_text_gives_other_bytes():
    assert render_pdf(small_document()) != render_pdf(small_document(place="Bắc Hà"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_literally(text):
    document = small_document(
        subject=text, parts=[{"numeral": "I", "title": "x", "body": [paragraph(text, "1.")]}]
    )
    data = render_pdf(document)
    assert text.replace(" ", "") in printed_text(data).replace(" ", "")
    assert list(attached(data)) == ["bao-cao.json"]


def test_markup_in_any_field_appears_literally():
    document, texts = tainted(full_document(is_draft=True))
    with pdfplumber.open(BytesIO(render_pdf(document))) as pdf:
        # In the order of drawing, cell by cell: in the order of lines, narrow cells mix.
        shown = "".join(letter["text"].strip().lower() for page in pdf.pages for letter in page.chars)
    assert [text for text in texts if text not in shown] == []


def test_character_outside_the_typeface_is_shown_as_its_code():
    data = render_pdf(small_document(opening="Đạt kết quả 👍 tốt"))
    assert "Đạt kết quả [U+1F44D] tốt" in printed_text(data)


def test_draft_shows_mark_on_every_page_and_no_number():
    reading = Reading(render_pdf(document_with_appendices(is_draft=True, number=9)))
    assert all(any(line.text == "DỰ THẢO" for line in page.lines) for page in reading.pages)
    assert "09/BC" not in " ".join(line.text for page in reading.pages for line in page.lines)


def test_final_carries_no_draft_mark(full_pdf):
    assert "DỰ THẢO" not in printed_text(full_pdf)


def test_attached_json_is_the_document(full_pdf):
    files = {name: json.loads(content) for name, content in attached(full_pdf).items()}
    assert files == {"bao-cao.json": full_document()}


def test_outline_lists_parts_headings_and_appendices(full_pdf):
    with pikepdf.open(BytesIO(full_pdf)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        results = outline.root[1].children
    assert titles[0].startswith("I. CÔNG TÁC") and titles[-2:] == ["Phụ lục I", "Phụ lục II"]
    assert len(results) == 5


def test_wide_appendix_is_landscape_and_repeats_its_header_row(full_pdf):
    reading = Reading(full_pdf)
    pages = reading.appendices[1]
    assert len(pages) > 1
    assert all(page.width > page.height for page in pages)
    assert all(any("Đơn vị chủ trì" in line.text for line in page.lines) for page in pages)


@pytest.mark.parametrize("lines", [8, 10, 11, 12, 14])
def test_signature_never_stands_alone_on_a_page(lines):
    body = [
        paragraph(f"Nội dung thứ {n} của báo cáo, viết đủ dài để chiếm hơn một dòng trên trang giấy A4.")
        for n in range(lines)
    ]
    reading = Reading(render_pdf(small_document(parts=[{"numeral": "I", "title": "Kết quả", "body": body}])))
    assert reading.text_lines[-1].page == reading.authority[0].page == reading.signer.page


def test_missing_face_fails_loudly(settings, tmp_path):
    settings.FONTS = tmp_path
    with pytest.raises(FontMissing, match="Thiếu phông chữ Times New Roman kiểu thường"):
        render_html(small_document())


def test_broken_face_fails_loudly(settings, tmp_path):
    for name in ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"):
        (tmp_path / name).write_bytes(b"not a font")
    settings.FONTS = tmp_path
    with pytest.raises(FontMissing, match="Không đọc được tệp phông times.ttf"):
        render_pdf(small_document())


def test_default_typeface_is_metric_equal_to_times():
    assert find_typeface(settings.FONTS).family in ("Tinos", "Times New Roman", "Liberation Serif")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x",
        "https://example.org/x",
        "ftp://x/y",
        "data:text/css,p{}",
        "times.ttf",
    ],
)
def test_fetcher_refuses_every_address_outside(address):
    with pytest.raises(ValueError, match="Refused"):
        ClosedFetcher(Typeface("Tinos", {})).fetch(address)


def test_fetcher_serves_images_in_memory():
    response = ClosedFetcher(Typeface("Tinos", {})).fetch("data:image/png;base64,iVBORw0KGgo=")
    assert response.read() == b"\x89PNG\r\n\x1a\n"
