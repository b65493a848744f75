"""A plan as a Word file, laid out as its `!` lines say."""

import datetime as dt
import io
import zipfile
from itertools import zip_longest

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from shapes import ooxml
from shapes.tables import annex_table
from shapes.words import TOKEN, Line, Plan, heading_block, plain, signature_block, typed_label

MADE_AT = dt.datetime(2024, 2, 27, 8, 0)
LIST, BULLETS = 60, 90


class Writer:
    """One document on its way; counts the numbers that changes, notes and boxes need."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.document = plan, _blank()
        self.notes: dict[int, str] = {}
        self.ids = 0
        self.list = LIST

    def next_id(self) -> int:
        self.ids += 1
        return self.ids

    def paragraph(
        self, text: str, *, align: ALIGN = ALIGN.JUSTIFY, bold: bool = False, style: str | None = None
    ):
        paragraph = self.document.add_paragraph(style=style)
        paragraph.alignment = align
        self.write(paragraph, text, bold=bold)
        return paragraph

    def write(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
        if "{gone}" in text:
            paragraph._p.append(ooxml.tracked("del", text.replace("{gone}", ""), self.next_id()))
            ooxml.mark_deleted(paragraph, self.next_id())
            return
        end = 0
        for token in TOKEN.finditer(text):
            self.run(paragraph, text[end : token.start()], bold)
            self.token(paragraph, token[1], token[2] or "", bold)
            end = token.end()
        self.run(paragraph, text[end:], bold)

    def run(self, paragraph: Paragraph, words: str, bold: bool):
        if not words:
            return None
        run = paragraph.add_run(words.replace("~", "\u00a0"))
        run.bold = bold or None
        return run

    def token(self, paragraph: Paragraph, name: str, words: str, bold: bool) -> None:
        add = paragraph._p.append
        if name in {"ins", "del"}:
            add(ooxml.tracked(name, words, self.next_id()))
        elif name == "fn":
            self.notes[len(self.notes) + 1] = words
            add(ooxml.footnote_reference(len(self.notes)))
        elif name == "field":
            for run in ooxml.field_runs(*words.split("/", 1)):
                add(run)
        elif name == "cm":
            note, _, words = words.partition("/")
            run = self.run(paragraph, words, bold)
            comment = self.document.add_comment(run, text=note, author="Người soạn", initials="NS")
            comment._comment_elm.set(qn("w:date"), "2024-02-27T08:00:00Z")
        elif name in {"sdt", "link"}:
            add(ooxml.content_control(words) if name == "sdt" else ooxml.hyperlink(words))
        elif name == "br":
            paragraph.add_run().add_break()
        elif name == "zw":
            self.run(paragraph, "\u200b", bold)
        elif name == "i":
            self.run(paragraph, words, bold).italic = True


def word_file(plan: Plan) -> bytes:
    writer = Writer(plan)
    _number_lists(writer)
    _heading(writer)
    for at, title in enumerate([plan.get("type", "KẾ HOẠCH"), *plan.said["title"]]):
        writer.paragraph(title, align=ALIGN.CENTER, bold=at < 9)
    for text in [*plan.said["base"], *plan.said["opening"]]:
        writer.paragraph(text)
    start = len(writer.document.element.body)
    for at, line in enumerate(plan.lines):
        _body_line(writer, at, line)
    if control := plan.get("control"):
        first, last = map(int, control.split())
        ooxml.wrap_in_control(list(writer.document.element.body)[start:][first:last])
    for text in plan.said["closing"]:
        writer.paragraph(text)
    _signature(writer)
    for annex in plan.annexes:
        _annex(writer, annex)
    if writer.notes:
        ooxml.add_footnotes(writer.document, writer.notes)
    return _same_bytes(writer.document)


def _blank() -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Kế hoạch", "", ""
    properties.created = properties.modified = MADE_AT
    return document


def _number_lists(writer: Writer) -> None:
    """`!auto roman:%1. decimal:%2.`: one list, its levels in this order; `!styles`: linked to these styles."""
    levels, styles = writer.plan.pairs("auto"), writer.plan.pairs("styles")
    if levels:
        linked = [(kind, text, styles.get(kind, "")) for kind, text in levels.items() if kind != "bullet"]
        if linked:
            ooxml.add_list(writer.document, LIST, linked)
        for level, (_, _, style) in enumerate(linked):
            if style:
                name = next(found.name for found in writer.document.styles if found.style_id == style)
                ooxml.number_style(writer.document, name, number=LIST, level=level)
    if "bullet" in levels:
        ooxml.add_list(
            writer.document, BULLETS, [("bullet", text, "") for text in levels["bullet"].split(",")]
        )


def _body_line(writer: Writer, at: int, line: Line) -> None:
    plan, levels = writer.plan, writer.plan.pairs("auto")
    bold = plan.is_heading(at)
    if line.kind == "clause" and plan.get("clauses") == "break":
        last = writer.document.paragraphs[-1]
        last.add_run().add_break()
        writer.write(last, typed_label(plan, line) + line.text)
        return
    if line.kind not in levels:
        if line.kind == "roman":
            _restart(writer, levels)
        _typed(writer, line, bold)
        return
    style = plan.pairs("styles").get(line.kind)
    paragraph = writer.paragraph("", style=None)
    if style:
        paragraph.style = next(found for found in writer.document.styles if found.style_id == style)
    elif line.kind == "bullet":
        level = levels["bullet"].split(",").index(line.label)
        ooxml.number_paragraph(paragraph, number=BULLETS, level=level)
    else:
        order = [kind for kind in levels if kind != "bullet"]
        ooxml.number_paragraph(paragraph, number=writer.list, level=order.index(line.kind))
    writer.write(paragraph, line.text, bold=bold)


def _restart(writer: Writer, levels: dict[str, str]) -> None:
    """Under a heading typed by hand the automatic list begins again: another instance of it."""
    if any(kind != "bullet" for kind in levels):
        writer.list += 1
        ooxml.add_instance(writer.document, writer.list, abstract=LIST, restart=True)


def _typed(writer: Writer, line: Line, bold: bool) -> None:
    label = typed_label(writer.plan, line)
    if label.startswith(("Phần", "Mục")):
        writer.paragraph(label.strip(), align=ALIGN.CENTER, bold=True)
        writer.paragraph(line.text, align=ALIGN.CENTER, bold=True)
    elif line.kind == "roman" and writer.plan.get("roman-style"):
        writer.paragraph(label + line.text, style=writer.plan.get("roman-style"))
    elif writer.plan.get("after-label") == "tab":
        writer.paragraph(f"{label.strip()}\t{line.text}" if label else line.text, bold=bold)
    else:
        writer.paragraph(label + line.text, bold=bold)


def _heading(writer: Writer) -> None:
    plan = writer.plan
    if plan.get("draft"):
        writer.paragraph(plan.get("draft"), align=ALIGN.RIGHT, bold=True)
    _pair(writer, plan.get("head", "table"), *heading_block(plan))
    writer.paragraph("")


def _signature(writer: Writer) -> None:
    _pair(writer, writer.plan.get("foot", "table"), *signature_block(writer.plan), align=ALIGN.LEFT)


def _pair(
    writer: Writer, layout: str, left: list[str], right: list[str], *, align: ALIGN = ALIGN.CENTER
) -> None:
    """Two columns side by side: a table without lines, tab stops, or two text boxes."""
    if layout == "tabs":
        stop, size = map(float, writer.plan.get("tab", "8 0").split())
        for one, other in zip_longest(left, right, fillvalue=""):
            paragraph = writer.document.add_paragraph(plain(f"{one}\t{other}" if other else one))
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(stop), TAB.LEFT)
            for run in paragraph.runs if size else []:
                run.font.size = Pt(size)
    elif layout == "box":
        paragraph = writer.document.add_paragraph()
        ooxml.text_box(paragraph, [plain(line) for line in left if line], left=0, at=writer.next_id())
        ooxml.text_box(paragraph, [plain(line) for line in right if line], left=80, at=writer.next_id())
    else:
        cells = writer.document.add_table(rows=1, cols=2).rows[0].cells
        for cell, lines, side in ((cells[0], left, align), (cells[1], right, ALIGN.CENTER)):
            for at, text in enumerate(lines):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                paragraph.alignment = side
                writer.write(paragraph, text)


def _annex(writer: Writer, annex) -> None:
    if writer.plan.get("annex-section") == "landscape":
        _landscape(writer.document)
    else:
        writer.document.add_page_break()
    for text in (annex.heading, annex.title, *annex.notes):
        if text:
            writer.paragraph(text, align=ALIGN.CENTER, bold=text in {annex.heading, annex.title})
    annex_table(writer, annex)


def _landscape(document: Document) -> None:
    """A new section on its own page, with the long side across."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if section.orientation != WD_ORIENT.LANDSCAPE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width


def _same_bytes(document: Document) -> bytes:
    """Word files carry the time of each part: set one time for all, and leave out the template's picture."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for part in parts.infolist():
            info = zipfile.ZipInfo(part.filename, MADE_AT.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fixed.writestr(info, parts.read(part.filename))
    return out.getvalue()
