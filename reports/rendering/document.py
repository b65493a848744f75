"""The frozen document: everything the renderers may read, as a plain dict that survives JSON unchanged.

Composing and numbering a report make such a dict; `pdf.py` and `docx.py` turn it into files and look at nothing else,
so that renaming a unit tomorrow changes no report of yesterday.

Texts are plain NFC strings without markup, in the words of the final document. The renderers add only what the form
of an administrative document asks for (Nghị định 30/2020/NĐ-CP, Phụ lục I): capitals of headings, `;` and `.` at the
ends of list lines, the closing `./.`, the number and date lines, `DỰ THẢO`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict, cast


class Unprintable(ValueError):
    """Words that people can mend keep the document from being printed; the message is Vietnamese sentences."""


class Malformed(Exception):
    """The dict is not a document at all: a fault of the portal, told to the log and to nobody else."""


class BodyEntry(TypedDict):
    """One paragraph of a part.

    heading: a khoản with a title, bold, on its own line: label `1.`, text `Công tác tuyên truyền`.
    paragraph: running text; label may be empty, `1.` (khoản without a title) or `a)` (điểm).
    bullet: running text that begins with `-`; label stays empty.
    """

    kind: Literal["heading", "paragraph", "bullet"]
    label: str
    text: str


class Part(TypedDict):
    """A mục of the report: numeral `I`, title in any case (printed in capitals; without one nothing is), its paragraphs."""

    numeral: str
    title: str
    body: list[BodyEntry]


class Column(TypedDict):
    """A table column: width is a share relative to its neighbours (any positive number)."""

    title: str
    width: float
    align: Literal["left", "center", "right"]


class HeaderCell(TypedDict):
    text: str
    colspan: int
    rowspan: int


class Row(TypedDict):
    """row, total: one cell for each column. group: fewer cells are allowed, the last one spans the rest of the row."""

    kind: Literal["row", "group", "total"]
    cells: list[str]


class Table(TypedDict):
    """header holds rows of cells with spans; when empty, the column titles make one header row."""

    caption: str
    columns: list[Column]
    header: list[list[HeaderCell]]
    rows: list[Row]


class Appendix(TypedDict):
    """numeral `I`, or empty where the document has only one. The `(Kèm theo …)` note is built from the number."""

    numeral: str
    title: str
    landscape: bool
    tables: list[Table]
    footnote: str


class Document(TypedDict):
    """A whole report; see the module docstring. `""` and `[]` stand for what is absent."""

    is_draft: bool  # prints DỰ THẢO, and blanks for number and date, whatever `number` says
    document_type: str  # BÁO CÁO
    code: str  # BC-UBND
    number: int | None  # final: required
    subject: str  # trích yếu, in sentence case
    superior_heading: str  # line above the agency's name, or ""
    agency_heading: list[str]  # the agency's name as printed, one string per line
    agency_name: str  # the same in running text: "Ủy ban nhân dân phường Lãm Hà"
    place: str  # Lãm Hà
    dated_on: str | None  # 2024-03-18; final: required
    addressees: list[str]  # Kính gửi, without punctuation
    bases: list[str]  # căn cứ, without punctuation at the end
    opening: str
    parts: list[Part]
    closing: str  # last sentence after the parts, or ""
    authority: list[str]  # ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    signer: str  # name without titles
    recipients: list[str]  # without dash and punctuation: "Như trên", …, "Lưu: VT, VPTK"
    appendices: list[Appendix]
    illustrative: bool  # figures are invented; the texts themselves say so, nothing is added
    title: str  # shown by readers as the name of the file
    created: str  # instant with offset: 2024-03-18T10:30:00+07:00
    identifier: str  # from `digest`; becomes the identifier of the PDF
    data: NotRequired[dict[str, Any]]  # figures for machines, attached to the PDF beside the document
    # A công văn: no name of its kind, «V/v» below the number; the clerk writes number and date by hand.
    is_letter: NotRequired[bool]


ACADEMIC_TITLE = re.compile(r"^(TS|ThS|CN|KS|BS|PGS|GS|TSKH)\b\.?", re.IGNORECASE)


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the document without its `identifier`: equal documents, equal digests."""
    content = {key: value for key, value in document.items() if key != "identifier"}
    return hashlib.sha256(as_json(content)).hexdigest()


def as_json(document: Mapping[str, Any]) -> bytes:
    """The one JSON form of a document, the same on every machine."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check(document: Mapping[str, Any]) -> Document:
    """Returns the document as typed; raises Unprintable where people must mend it, Malformed where the portal failed.

    A draft may still break the form (an appendix nobody mentions, no “Lưu: VT”); a final document may not.
    """
    if missing := sorted(Document.__required_keys__ - document.keys()):
        raise Malformed("Keys are missing: " + ", ".join(missing))
    document = cast(Document, document)
    if malformed := list(_malformed(document)):
        raise Malformed("; ".join(malformed))
    faults = list(_faults_of_words(document))
    if not document["is_draft"]:
        faults += problems(document)
    if faults:
        raise Unprintable(" ".join(faults))
    return document


def problems(document: Document) -> list[str]:
    """What keeps the text from being issued, one Vietnamese sentence each. Ask before submitting and numbering."""
    return list(_faults_of_form(document))


def _malformed(document: Document) -> Iterator[str]:
    if datetime.fromisoformat(document["created"]).tzinfo is None:
        yield "created has no offset"
    for appendix in document["appendices"]:
        yield from _rows_cut_short(appendix)


def _rows_cut_short(appendix: Appendix) -> Iterator[str]:
    for table in appendix["tables"]:
        width = len(table["columns"])
        for row in table["rows"]:
            too_short = row["kind"] != "group" and len(row["cells"]) < width
            if too_short or not 1 <= len(row["cells"]) <= width:
                yield f"appendix {appendix['numeral']} has a row without its {width} cells: {row['cells']}"


def _faults_of_words(document: Document) -> Iterator[str]:
    if not any(part["body"] for part in document["parts"]):
        yield "Văn bản chưa có nội dung."
    if not document["agency_heading"]:
        yield "Văn bản chưa có tên cơ quan ban hành."
    if not document["authority"]:
        yield "Văn bản chưa có quyền hạn, chức vụ người ký."
    if not document["is_draft"] and not document.get("is_letter"):
        if document["number"] is None or document["number"] < 1:
            yield "Văn bản chưa có số."
        if not document["dated_on"]:
            yield "Văn bản chưa có ngày ban hành."


def _faults_of_form(document: Document) -> Iterator[str]:
    text = " ".join(body_texts(document))
    for appendix in document["appendices"]:
        if not re.search(rf"{re.escape(appendix_label(appendix))}\b", text, re.IGNORECASE):
            yield f"Nội dung chưa nhắc đến {appendix_label(appendix)}: hãy ghi “(chi tiết tại {appendix_label(appendix)})”."
    recipients = document["recipients"]
    if not recipients or not recipients[-1].startswith("Lưu: VT"):
        yield "Dòng cuối của nơi nhận phải là “Lưu: VT, …”."
    if document["addressees"] and recipients and not recipients[0].startswith("Như trên"):
        yield "Dòng đầu của nơi nhận phải là “Như trên”, vì văn bản có “Kính gửi”."
    if ACADEMIC_TITLE.match(document["signer"]):
        yield "Họ tên người ký không ghi học hàm, học vị."
    if not document["signer"]:
        yield "Văn bản chưa có họ tên người ký."


def body_texts(document: Document) -> Iterator[str]:
    """Opening, every paragraph of the parts, closing."""
    yield document["opening"]
    for part in document["parts"]:
        yield from (entry["text"] for entry in part["body"])
    yield document["closing"]


def appendix_label(appendix: Appendix) -> str:
    return f"Phụ lục {appendix['numeral']}".strip()
