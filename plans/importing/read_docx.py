"""`.docx` → lines: paragraphs and table rows in their order, straight from WordprocessingML.

Read without python-docx, which leaves out tracked insertions, content controls and text boxes. Deleted text,
comments, footnotes and field codes are no words of the document.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from danvan.text import clean
from danvan.uploads import Refused

from .lines import BOTH_ENDS, TOO_LONG, Line, within_limits

MAX_XML = 12 * 2**20  # bytes; some twelve times as much in memory
MAX_TAGS = 600_000
MAX_COLUMNS = 63  # Word's own limit
MAX_REPEATED = 2_000  # characters of a merged cell that its rows repeat
UNREAD_LABEL = "?"  # Word prints a number here that this reader does not know

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = "Tệp Word bị hỏng; hãy mở bằng Word, lưu lại ở dạng .docx rồi tải lên."


def read_docx(content: bytes) -> list[Line]:
    """Raises `Refused`. The zip directory has been judged before (`danvan.uploads`)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = _part(archive, "word/document.xml")
            styles = _part(archive, "word/styles.xml") if "word/styles.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, ParseError, KeyError, OSError, ValueError, EOFError, zlib.error):
        raise Refused(_BROKEN)
    body = document.find(f"{_W}body")
    return within_limits(_Reader(_bold_styles(styles)).lines(body)) if body is not None else []


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MAX_XML:
        raise Refused(TOO_LONG)
    xml = archive.read(name)
    if xml.count(b"<") > MAX_TAGS:
        raise Refused(TOO_LONG)
    try:
        return fromstring(xml, forbid_dtd=True)
    except DefusedXmlException:
        raise Refused(
            "Tệp Word chứa khai báo lạ nên không an toàn; hãy sao nội dung sang một tệp mới rồi tải lên."
        )


def _bold_styles(styles: Element | None) -> set[str]:
    """The ids of the paragraph and character styles that print bold, through the styles they are based on."""
    bold: dict[str, bool | None] = {}
    based_on: dict[str, str] = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.get(f"{_W}styleId", "")
        bold[name] = _is_on(style.find(f"{_W}rPr/{_W}b"))
        based_on[name] = _value(style.find(f"{_W}basedOn"))
    return {name for name in bold if _inherited(name, bold, based_on)}


def _inherited(name: str, bold: dict[str, bool | None], based_on: dict[str, str]) -> bool:
    for _ in range(12):  # a chain of styles is short; a ring of them would be endless
        if bold.get(name) is not None or name not in based_on:
            break
        name = based_on[name]
    return bool(bold.get(name))


def _value(element: Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _is_on(toggle: Element | None) -> bool | None:
    """A Word toggle: None = not said, `<w:b/>` = on, `<w:b w:val="0"/>` = off."""
    return None if toggle is None else _value(toggle) not in ("0", "false", "off")


@dataclass
class _Reader:
    bold_styles: set[str]
    number: int = 0

    def lines(self, parent: Element) -> Iterator[Line]:
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED:  # content controls, tracked insertions
                yield from self.lines(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        self.number += 1
        number = self.number
        text, is_bold = self._words(paragraph)
        label = UNREAD_LABEL if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else ""
        gap = True  # a paragraph is whole; only a line broken within it may be a wrapped one
        for part in text.split("\n"):
            ends = tuple(end for end in map(clean, BOTH_ENDS.split(part.strip())) if end)
            if ends:
                yield Line(number, clean(part), is_bold, label, ends if len(ends) > 1 else (), gap=gap)
                gap, label = False, ""
        for box in _outside_fallback(paragraph, f"{_W}txbxContent"):
            yield from self.lines(box)

    def _words(self, paragraph: Element) -> tuple[str, bool]:
        """The text with `\\n` and `\\t`, and whether (nearly) all of it is bold."""
        style_is_bold = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) in self.bold_styles
        parts: list[str] = []
        bold_length = length = 0
        for run in _outside_fallback(paragraph, f"{_W}r"):
            words = "".join(map(_piece, run))
            parts.append(words)
            visible = len("".join(words.split()))
            length += visible
            bold_length += visible * self._is_bold(run, style_is_bold)
        return "".join(parts), length > 0 and bold_length >= 0.8 * length

    def _is_bold(self, run: Element, style_is_bold: bool) -> bool:
        said = _is_on(run.find(f"{_W}rPr/{_W}b"))
        if said is not None:
            return said
        return style_is_bold or _value(run.find(f"{_W}rPr/{_W}rStyle")) in self.bold_styles

    def _table(self, table: Element) -> Iterator[Line]:
        above: list[str] = []
        first = self.number + 1
        for row in _nearest(table, f"{_W}tr"):
            self.number += 1
            cells, is_bold = self._row(row, above)
            above = cells
            text = " ".join(cell.replace("\n", " ") for cell in cells if cell)
            yield Line(self.number, text, is_bold, cells=tuple(cells), table=first, gap=True)

    def _row(self, row: Element, above: list[str]) -> tuple[list[str], bool]:
        """One text per grid column; a cell merged with the one above repeats its words."""
        cells: list[str] = []
        is_bold = True
        for cell in _nearest(row, f"{_W}tc"):
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and _value(merge) != "restart" and len(cells) < len(above):
                cells.append(above[len(cells)][:MAX_REPEATED])
            else:
                words = [self._words(paragraph) for paragraph in cell.iter(f"{_W}p")]
                parts = (clean(part) for text, _ in words for part in text.split("\n"))
                cells.append("\n".join(part for part in parts if part))
                is_bold = is_bold and all(bold for text, bold in words if text.strip())
            span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
            cells += [""] * (min(int(span[:4]), MAX_COLUMNS) - 1 if span.isdecimal() else 0)
        return cells[:MAX_COLUMNS], is_bold


def _outside_fallback(element: Element, tag: str) -> Iterator[Element]:
    """Descendants of that tag; what a text box holds, or repeats for old versions of Word, does not belong here."""
    for child in element:
        if child.tag == tag:
            yield child
        if child.tag == _FALLBACK or child.tag in _SKIPPED:
            continue
        yield from _outside_fallback(child, tag)


def _nearest(element: Element, tag: str) -> Iterator[Element]:
    """Rows of this table, cells of this row: also those in content controls, not those of tables within."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != f"{_W}tbl" and child.tag not in _SKIPPED:
            yield from _nearest(child, tag)


def _piece(element: Element) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    return {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}.get(
        element.tag, ""
    )
