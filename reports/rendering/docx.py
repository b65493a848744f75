"""A frozen document → a Word file in the same words, figures and form, for leaders who correct in Word.

Real styles carry the form, so that an editor changes words without breaking it: a borderless table of two columns for
the heading and for the signature, appendices in sections of their own with their own page numbers.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from . import blocks as b
from . import docx_form as form
from .document import Document, check
from .docx_grid import add_grid
from .typography import bold_width, printable

LEFT, RIGHT = Mm(66), Mm(99)
RULE_SHARE = 0.42  # of the line above: the decree asks for a third to a half


def render_docx(document: Document) -> bytes:
    """Raises Unprintable (Vietnamese sentences) or Malformed, see `check`."""
    document = check(document)
    word = form.new_file()
    _describe(word, document)
    mark = b.DRAFT_MARK if document["is_draft"] else ""
    form.number_pages(word.sections[0], hide_first=True, mark=mark)
    for block in b.compose(document):
        _add_block(word, block, mark)
    return form.fixed_zip(word)


def _describe(word: WordFile, document: Document) -> None:
    moment = datetime.fromisoformat(document["created"]).astimezone(UTC).replace(tzinfo=None)
    properties = word.core_properties
    properties.title, properties.subject = (
        printable(document["title"])[:255],
        printable(document["subject"])[:255],
    )
    properties.author = properties.last_modified_by = printable(document["agency_name"])[:255]
    properties.created = properties.modified = moment
    properties.comments, properties.keywords, properties.language = "", "", "vi-VN"
    properties.identifier = document["identifier"]


def _add_block(word: WordFile, block: b.Block, mark: str) -> None:
    match block:
        case b.Paragraph(text):
            word.add_paragraph(text, "Nội dung")
        case b.Heading(text):
            word.add_paragraph(text, "Heading 2")
        case b.PartTitle(text):
            word.add_paragraph(text, "Heading 1")
        case b.Basis(text):
            word.add_paragraph(text, "Căn cứ")
        case b.Letterhead():
            _add_letterhead(word, block)
        case b.Title():
            _add_title(word, block)
        case b.Addressees():
            _add_addressees(word, block)
        case b.Signature():
            _add_signature(word, block)
        case b.AppendixBlock():
            _add_appendix(word, block, mark)


def _add_letterhead(word: WordFile, block: b.Letterhead) -> None:
    (left, right), (left_below, right_below) = _two_columns(word, rows=2, widths=(LEFT, RIGHT))
    _fill(left, "Cơ quan chủ quản", block.superior)
    _fill(left, "Cơ quan ban hành", block.agency)
    form.rule(
        left.add_paragraph(style="Đường kẻ"), LEFT, RULE_SHARE * bold_width(block.agency[-1], b.AGENCY_SIZE)
    )
    _fill(right, "Quốc hiệu", [block.nation])
    _fill(right, "Tiêu ngữ", [block.motto])
    form.rule(right.add_paragraph(style="Đường kẻ"), RIGHT, bold_width(block.motto, b.MOTTO_SIZE))
    _fill(left_below, "Số, ký hiệu", [block.number])
    _fill(right_below, "Địa danh, ngày tháng", [block.place_date])
    if block.draft_mark:
        _fill(left_below, "Dấu dự thảo", [block.draft_mark])
        form.frame(left_below.paragraphs[-1], LEFT, 80)


def _add_title(word: WordFile, block: b.Title) -> None:
    word.add_paragraph(block.document_type, "Tên loại")
    for line in block.subject:
        word.add_paragraph(line, "Trích yếu")
    length = RULE_SHARE * bold_width(block.subject[-1], b.TEXT_SIZE)
    form.rule(word.add_paragraph(style="Đường kẻ"), form.TEXT_WIDTH, length)


def _add_addressees(word: WordFile, block: b.Addressees) -> None:
    if len(block.names) == 1:
        word.add_paragraph(f"{block.label} {block.names[0]}", "Kính gửi")
        return
    # The dashes stand below the colon; the whole stands about the middle of the page.
    colon = Pt(3.57 * b.TEXT_SIZE)
    longest = Pt(max(bold_width(name, b.TEXT_SIZE) for name in block.names))
    start = max(0, (form.TEXT_WIDTH - colon - longest) // 2)
    for n, text in enumerate((block.label, *block.names)):
        line = word.add_paragraph(text, "Kính gửi")
        line.alignment = ALIGN.LEFT
        line.paragraph_format.left_indent = start + (colon if n else 0)
        if n:
            line.paragraph_format.space_before = Pt(0)


def _add_signature(word: WordFile, block: b.Signature) -> None:
    # The last lines of the text go with the signature: it never stands alone on a page.
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    gap = word.add_paragraph(style="Đường kẻ").paragraph_format
    gap.keep_with_next, gap.space_before = True, Pt(12)
    half = form.TEXT_WIDTH // 2
    ((left, right),) = _two_columns(word, rows=1, widths=(half, half))
    _fill(left, "Nơi nhận", [block.label])
    _fill(left, "Danh sách nơi nhận", block.recipients)
    _fill(right, "Quyền hạn, chức vụ", block.authority)
    _fill(right, "Họ tên người ký", [block.signer])


def _add_appendix(word: WordFile, block: b.AppendixBlock, mark: str) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that ends the section before must not grow into an empty page behind a full one.
    word.paragraphs[-1].style = "Đường kẻ"
    form.set_page(section, landscape=block.landscape)
    form.number_pages(section, hide_first=False, mark=mark)
    word.add_paragraph(block.label, "Phụ lục")
    for line in block.title:
        word.add_paragraph(line, "Tên phụ lục")
    word.add_paragraph(block.note, "Kèm theo").paragraph_format.space_after = Pt(10)
    width = form.LANDSCAPE_WIDTH if block.landscape else form.TEXT_WIDTH
    for grid in block.grids:
        if grid.caption:
            word.add_paragraph(grid.caption, "Tên bảng")
        add_grid(word, grid, width)
        word.add_paragraph(style="Đường kẻ")
    if block.footnote:
        word.add_paragraph(block.footnote, "Ghi chú bảng")


def _two_columns(word: WordFile, *, rows: int, widths: tuple[int, int]) -> Iterator[Sequence[_Cell]]:
    """Cells without borders and without inner margins, so that indents inside them measure from the text's edge."""
    table = word.add_table(rows, 2)
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
        yield row.cells
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _fill(cell: _Cell, style: str, lines: Sequence[str]) -> None:
    """Adds lines; the empty paragraph every new cell holds takes the first."""
    for line in lines:
        empty: Paragraph | None = cell.paragraphs[-1] if len(cell.paragraphs) == 1 else None
        if empty is not None and not empty.text:
            empty.style, empty.text = style, line
        else:
            cell.add_paragraph(line, style)
