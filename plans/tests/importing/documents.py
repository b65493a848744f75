"""Small documents for the tests: only the part a test is about is written out."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document

from plans.importing import Item, Outline, read_document

FRAME = """Số: 10/KH-UBND
Lãm Hà, ngày 27 tháng 02 năm 2024

KẾ HOẠCH
Công tác dân vận năm 2024

{body}
"""


def read(body: str, name: str = "ke-hoach.md") -> Outline:
    """A plan of 2024 whose sections are `body`."""
    return read_document(name, FRAME.format(body=body).encode())


def content(*lines: str) -> Outline:
    """A plan of 2024 whose section II holds `lines`."""
    return read("\n".join(["I. MỤC ĐÍCH", "- Gần dân.", "II. NỘI DUNG", *lines]))


def duties(*lines: str) -> Outline:
    """A plan of 2024 whose section III holds `lines`."""
    return read("\n".join(["II. NỘI DUNG", "- Gần dân.", "III. TỔ CHỨC THỰC HIỆN", *lines]))


def shape(items: Sequence[Item]) -> list:
    """Labels alone: `[("1", ["-", "-"]), …]`, a leaf being its bare label."""
    return [(item.label, shape(item.items)) if item.items else item.label for item in items]


def reasons(outline: Outline) -> str:
    return " ".join(doubt.reason for doubt in outline.doubts)


def word(*paragraphs: str) -> Document:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def read_word(document: Document) -> Outline:
    return read_document("ke-hoach.docx", word_bytes(document))


def word_bytes(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
