"""What python-docx cannot write: automatic numbering, text boxes, tracked changes, footnotes, content controls."""

from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BY = 'w:id="{}" w:author="Người soạn" w:date="2024-02-27T08:00:00Z"'
FORMATS = {"roman": "upperRoman", "letter": "lowerLetter", "bullet": "bullet"}


def add_list(document: Document, number: int, levels: list[tuple[str, str, str]]) -> None:
    """An abstract list and its instance `number`. A level is kind, text (`%1.`) and linked style or nothing."""
    parts = []
    for at, (kind, text, style) in enumerate(levels):
        linked = f'<w:pStyle w:val="{style}"/>' if style else ""
        parts.append(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{FORMATS.get(kind, "decimal")}"/>{linked}'
            f'<w:suff w:val="space"/><w:lvlText w:val="{escape(text.replace("_", " "))}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>'
        )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(parts)}</w:abstractNum>"
    )
    numbering.insert(list(numbering).index(numbering.find(qn("w:num"))), abstract)
    add_instance(document, number, abstract=number)


def add_instance(document: Document, number: int, *, abstract: int, restart: bool = False) -> None:
    """A further instance of a list; with `restart` it counts from 1 again."""
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{again}</w:num>')
    )


def number_style(document: Document, style: str, *, number: int, level: int) -> None:
    _number(document.styles[style].element.get_or_add_pPr(), number, level)


def number_paragraph(paragraph: Paragraph, *, number: int, level: int) -> None:
    _number(paragraph._p.get_or_add_pPr(), number, level)


def _number(properties, number: int, level: int) -> None:
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = number


def text_box(paragraph: Paragraph, lines: list[str], *, left: int, at: int) -> None:
    """A text box as Word saves it: the drawing, and the same words once more for old programs. `left` in mm."""
    inner = "".join(
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in lines
    )
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0"'
            ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="column"><wp:posOffset>{left * 36000}</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            '<wp:extent cx="2880000" cy="1080000"/><wp:wrapTopAndBottom/>'
            f'<wp:docPr id="{at}" name="Khung {at}"/><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
            '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2880000" cy="1080000"/></a:xfrm>'
            f'<a:prstGeom prst="rect"/></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>'
            "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f'<v:shape id="khung{at}" style="width:80mm;height:30mm"><v:textbox>{content}</v:textbox></v:shape>'
            "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )


def tracked(name: str, words: str, at: int):
    """An `ins` or `del` around one run."""
    tag = "delText" if name == "del" else "t"
    return parse_xml(
        f'<w:{name} {W} {BY.format(at)}><w:r><w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r></w:{name}>'
    )


def mark_deleted(paragraph: Paragraph, at: int) -> None:
    """The paragraph's own mark is deleted too, so that nothing of it stays."""
    mark = parse_xml(f"<w:rPr {W}><w:del {BY.format(at)}/></w:rPr>")
    paragraph._p.get_or_add_pPr().append(mark)


def content_control(words: str):
    return parse_xml(
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="Nội dung"/><w:text/></w:sdtPr><w:sdtContent><w:r>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def field_runs(code: str, shown: str) -> list:
    """A complex field: begin, its code, the words shown, end."""
    char = f'<w:r {W}><w:fldChar w:fldCharType="{{}}"/></w:r>'
    return [
        parse_xml(char.format("begin")),
        parse_xml(f'<w:r {W}><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'),
        parse_xml(char.format("separate")),
        parse_xml(f'<w:r {W}><w:t xml:space="preserve">{escape(shown)}</w:t></w:r>'),
        parse_xml(char.format("end")),
    ]


def hyperlink(words: str):
    return parse_xml(
        f'<w:hyperlink {W} w:anchor="_top"><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:hyperlink>'
    )


def footnote_reference(at: int):
    return parse_xml(
        f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{at}"/></w:r>'
    )


def add_footnotes(document: Document, notes: dict[int, str]) -> None:
    """The part word/footnotes.xml with `notes` by their numbers."""
    edges = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    own = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(note)}</w:t>'
        "</w:r></w:p></w:footnote>"
        for at, note in notes.items()
    )
    blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>{edges}{own}</w:footnotes>'
    )
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), content_type, blob.encode(), document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)


def wrap_in_control(elements: list) -> None:
    """Puts neighbouring paragraphs into one content control."""
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    elements[0].addprevious(control)
    control.append(content)
    for element in elements:
        content.append(element)
