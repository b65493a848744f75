"""The styles of a report's Word file and the few pieces of WordprocessingML that python-docx has no words for."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as new_word_file
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from . import blocks as b

FONT = "Times New Roman"
TEXT_WIDTH = Mm(165)
LANDSCAPE_WIDTH = Mm(257)
LINE_SPACING = 1.09  # of Word's single spacing, 1.15 × size: as in the PDF

# name: (size, bold, italic, alignment, space before in points, keep with next)
STYLES: dict[str, tuple[float, bool, bool, ALIGN, float, bool]] = {
    "Quốc hiệu": (b.NATION_SIZE, True, False, ALIGN.CENTER, 0, False),
    "Tiêu ngữ": (b.MOTTO_SIZE, True, False, ALIGN.CENTER, 0, False),
    "Cơ quan chủ quản": (b.SUPERIOR_SIZE, False, False, ALIGN.CENTER, 0, False),
    "Cơ quan ban hành": (b.AGENCY_SIZE, True, False, ALIGN.CENTER, 0, False),
    "Số, ký hiệu": (b.NUMBER_SIZE, False, False, ALIGN.CENTER, 13, False),
    "Địa danh, ngày tháng": (b.TEXT_SIZE, False, True, ALIGN.CENTER, 12, False),
    "Dấu dự thảo": (b.NUMBER_SIZE, True, False, ALIGN.CENTER, 8, False),
    "Đường kẻ": (2, False, False, ALIGN.CENTER, 2, False),
    "Tên loại": (b.TEXT_SIZE, True, False, ALIGN.CENTER, 22, True),
    "Trích yếu": (b.TEXT_SIZE, True, False, ALIGN.CENTER, 0, True),
    "Kính gửi": (b.TEXT_SIZE, False, False, ALIGN.CENTER, 12, False),
    "Căn cứ": (b.TEXT_SIZE, False, True, ALIGN.JUSTIFY, 6, False),
    "Nội dung": (b.TEXT_SIZE, False, False, ALIGN.JUSTIFY, 6, False),
    "Heading 1": (b.TEXT_SIZE, True, False, ALIGN.JUSTIFY, 6, True),
    "Heading 2": (b.TEXT_SIZE, True, False, ALIGN.JUSTIFY, 6, True),
    "Header": (b.TEXT_SIZE, False, False, ALIGN.CENTER, 0, False),
    "Nơi nhận": (b.RECIPIENTS_TITLE_SIZE, True, True, ALIGN.LEFT, 1.5, True),
    "Danh sách nơi nhận": (b.RECIPIENTS_SIZE, False, False, ALIGN.LEFT, 0, True),
    "Quyền hạn, chức vụ": (b.TEXT_SIZE, True, False, ALIGN.CENTER, 0, True),
    "Họ tên người ký": (b.TEXT_SIZE, True, False, ALIGN.CENTER, 85, False),
    "Phụ lục": (b.TEXT_SIZE, True, False, ALIGN.CENTER, 0, True),
    "Tên phụ lục": (b.TEXT_SIZE, True, False, ALIGN.CENTER, 0, True),
    "Kèm theo": (b.TEXT_SIZE, False, True, ALIGN.CENTER, 0, True),
    "Tên bảng": (b.TABLE_SIZE, True, False, ALIGN.LEFT, 8, True),
    "Ô bảng": (b.TABLE_SIZE, False, False, ALIGN.LEFT, 0, False),
    "Ô bảng đậm": (b.TABLE_SIZE, True, False, ALIGN.LEFT, 0, False),
    "Ghi chú bảng": (b.TABLE_SIZE, False, True, ALIGN.LEFT, 8, False),
}
INDENTED = ("Căn cứ", "Nội dung", "Heading 1", "Heading 2")


def new_file() -> WordFile:
    """An empty A4 file with the styles above and nothing of python-docx's own sample left."""
    word = new_word_file()
    _set_language(word)
    _set_style(word.styles["Normal"], b.TEXT_SIZE, False, False, ALIGN.LEFT, 0, False)
    present = {style.name for style in word.styles}
    for name, form in STYLES.items():
        style = word.styles[name] if name in present else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_style(style, *form)
        if name in INDENTED:
            style.paragraph_format.first_line_indent = Mm(12.7)
            style.paragraph_format.line_spacing = LINE_SPACING
    word.styles["Header"].paragraph_format.tab_stops.clear_all()
    for name in ("Ô bảng", "Ô bảng đậm"):
        word.styles[name].paragraph_format.space_before = word.styles[name].paragraph_format.space_after = Pt(
            2
        )
    outline = word.styles["Phụ lục"].element.get_or_add_pPr()
    outline.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))
    set_page(word.sections[0], landscape=False)
    return word


def _set_style(
    style: Any, size: float, bold: bool, italic: bool, align: ALIGN, before: float, keep_with_next: bool
) -> None:
    run = style.element.get_or_add_rPr()
    for child in list(run):
        run.remove(child)
    run.append(
        parse_xml(
            f"<w:rFonts {nsdecls('w')} "
            + " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
            + "/>"
        )
    )
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    form = style.paragraph_format
    form.alignment, form.space_before, form.space_after, form.line_spacing = align, Pt(before), Pt(0), 1.0
    form.keep_with_next = keep_with_next


def _set_language(word: WordFile) -> None:
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    # With a lower figure Word opens the file in the compatibility mode of 2010.
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for relation, target in list(word.part.package.rels.items()):
        if target.reltype.endswith("/thumbnail"):
            del word.part.package.rels[relation]


def set_page(section: Section, *, landscape: bool) -> None:
    """A4 and the margins of I.3; a landscape page has 20 mm all round."""
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    if landscape:
        section._sectPr.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = (Mm(20), Mm(20)) if landscape else (Mm(30), Mm(15))
    section.header_distance = section.footer_distance = Mm(10)


def number_pages(section: Section, *, hide_first: bool, mark: str) -> None:
    """A page number in the top margin, counted from 1 in this section; `mark` stands at the right of the same line."""
    section.different_first_page_header_footer = hide_first
    section.header.is_linked_to_previous = False
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.find(qn("w:cols")).addprevious(numbering)
    line = section.header.paragraphs[0]
    if mark:
        width = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
        line.alignment = ALIGN.LEFT
        line.paragraph_format.tab_stops.add_tab_stop(Length(width // 2), WD_TAB_ALIGNMENT.CENTER)
        line.paragraph_format.tab_stops.add_tab_stop(Length(width), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run("\t")
    _add_page_field(line)
    if mark:
        run = line.add_run(f"\t{mark}")
        run.font.bold, run.font.size = True, Pt(11)


def _add_page_field(paragraph: Paragraph) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)


def rule(paragraph: Paragraph, place: int, length: float) -> None:
    """Makes a nearly flat paragraph into a rule of `length` points in the middle of a place `place` EMU wide."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Length((place - Pt(length)) // 2)
    form.line_spacing = Pt(4)
    _add_borders(paragraph, ("top",))


def frame(paragraph: Paragraph, place: int, length: float) -> None:
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Length((place - Pt(length)) // 2)
    _add_borders(paragraph, ("top", "left", "bottom", "right"))


def _add_borders(paragraph: Paragraph, sides: tuple[str, ...]) -> None:
    lines = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="1" w:color="000000"/>' for side in sides)
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    properties = paragraph._p.get_or_add_pPr()
    later = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *later)


def fixed_zip(word: WordFile) -> bytes:
    """The file as bytes that depend on its content only: zip entries carry the day zip began, not today."""
    saved, fixed = BytesIO(), BytesIO()
    word.save(saved)
    with ZipFile(saved) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
