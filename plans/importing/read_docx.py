"""`.docx` → lines: paragraphs and table rows in their order, straight from WordprocessingML.

Read without python-docx, which leaves out tracked insertions, content controls and text boxes. Deleted and hidden
text, comments, footnotes and field codes are no words of the document; automatic numbers are.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from danvan.text import clean
from danvan.uploads import Refused

from .labels import split_label
from .lines import BOTH_ENDS, TOO_LONG, Line, within_limits
from .numbering import UNREAD_LABEL, Numbering, read_numbering
from .word_styles import Styles, W, is_on, read_styles, value

MAX_XML = 12 * 2**20  # bytes; some twelve times as much in memory
MAX_TAGS = 600_000
MAX_COLUMNS = 63  # Word's own limit
MAX_REPEATED = 2_000  # characters of a merged cell that its rows repeat

_SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "rt")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = "Tệp Word bị hỏng; hãy mở bằng Word, lưu lại ở dạng .docx rồi tải lên."
_PIECES = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}sym": "•",
}


def read_docx(content: bytes) -> list[Line]:
    """Raises `Refused`. The zip directory has been judged before (`danvan.uploads`)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = _part(archive, "word/document.xml")
            styles = _optional_part(archive, "word/styles.xml")
            numbering = _optional_part(archive, "word/numbering.xml")
    except (zipfile.BadZipFile, ParseError, KeyError, OSError, ValueError, EOFError, zlib.error):
        raise Refused(_BROKEN)
    body = document.find(f"{W}body")
    reader = _Reader(read_styles(styles), read_numbering(numbering))
    return within_limits(reader.lines(body)) if body is not None else []


def _optional_part(archive: zipfile.ZipFile, name: str) -> Element | None:
    return _part(archive, name) if name in archive.namelist() else None


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
            "Tệp Word có thành phần lạ bên trong nên không an toàn; hãy sao nội dung sang một tệp mới rồi tải lên."
        )


@dataclass
class _Words:
    """What one paragraph says, with `\\n` and `\\t`; `label` is the number Word prints before it."""

    text: str
    is_bold: bool
    label: str = ""
    level: int = 0
    is_latin: bool = False


@dataclass
class _Reader:
    styles: Styles
    numbering: Numbering
    number: int = 0
    carried: list[str] = field(default_factory=list)  # of paragraphs whose end mark was deleted

    def lines(self, parent: Element) -> Iterator[Line]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK:  # content controls, tracked insertions
                yield from self.lines(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        self.number += 1
        number = self.number
        if (words := self._words(paragraph)) is not None:
            yield from _divided(words, number)
        for box in _outside_fallback(paragraph, f"{W}txbxContent"):
            yield from self.lines(box)

    def _words(self, paragraph: Element) -> _Words | None:
        """None where the mark at its end was deleted: then its words begin the next paragraph."""
        text, is_bold = self._text(paragraph)
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self.carried.append(text)
            return None
        text = "".join([*self.carried, text])
        self.carried.clear()
        return _Words(text, is_bold, *self._label(paragraph))

    def _label(self, paragraph: Element) -> tuple[str, int, bool]:
        """The number printed before the paragraph, its level, and whether it counts in Latin letters.

        Said by the paragraph or else by its style.
        """
        style = value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.styles.default
        number_id, level, owner = self.styles.numbering(style)
        if (own := paragraph.find(f"{W}pPr/{W}numPr")) is not None:
            own_id, own_level = value(own.find(f"{W}numId")), value(own.find(f"{W}ilvl"))
            number_id, level, owner = (
                (own_id, own_level or level, "") if own_id else (number_id, own_level, owner)
            )
        if number_id in ("", "0"):
            return "", 0, False
        at = int(level[:2]) if level.isdecimal() else self.numbering.level_of_style(number_id, owner or style)
        return self.numbering.label(number_id, at), at, self.numbering.is_latin(number_id, at)

    def _text(self, paragraph: Element) -> tuple[str, bool]:
        """The text, and whether (nearly) all of it is bold."""
        style_is_bold = self.styles.is_bold(value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.styles.default)
        parts: list[str] = []
        bold_length = length = 0
        for run in _outside_fallback(paragraph, f"{W}r"):
            style = value(run.find(f"{W}rPr/{W}rStyle"))
            hidden = is_on(run.find(f"{W}rPr/{W}vanish"))
            if hidden or (hidden is None and self.styles.is_hidden(style)):
                continue
            words = "".join(map(_piece, run))
            parts.append(words)
            visible = len("".join(words.split()))
            length += visible
            said = is_on(run.find(f"{W}rPr/{W}b"))
            bold_length += visible * (
                said if said is not None else style_is_bold or self.styles.is_bold(style)
            )
        return "".join(parts), length > 0 and bold_length >= 0.8 * length

    def _table(self, table: Element) -> Iterator[Line]:
        above: list[str] = []
        first = self.number + 1
        for row in _nearest(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            self.number += 1
            cells, is_bold = self._row(row, above)
            above = cells
            text = " ".join(cell.replace("\n", " ") for cell in cells if cell)
            yield Line(self.number, text, is_bold, cells=tuple(cells), table=first, gap=True)

    def _row(self, row: Element, above: list[str]) -> tuple[list[str], bool]:
        """One text per grid column; a cell merged with the one above repeats its words."""
        before = value(row.find(f"{W}trPr/{W}gridBefore"))
        cells: list[str] = [""] * (min(int(before[:2]), MAX_COLUMNS) if before.isdecimal() else 0)
        is_bold = True
        for cell in _nearest(row, f"{W}tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and value(merge) != "restart" and len(cells) < len(above):
                cells.append(above[len(cells)][:MAX_REPEATED])
            else:
                words = [found for one in _outside_fallback(cell, f"{W}p") if (found := self._words(one))]
                cells.append("\n".join(part for one in words for part in _cell_parts(one)))
                is_bold = is_bold and all(one.is_bold for one in words if one.text.strip())
            span = value(cell.find(f"{W}tcPr/{W}gridSpan"))
            cells += [""] * (min(int(span[:4]), MAX_COLUMNS) - 1 if span.isdecimal() else 0)
        return cells[:MAX_COLUMNS], is_bold


def _divided(words: _Words, number: int) -> Iterator[Line]:
    """One line per line break, but for a break within a sentence; the label stands before the first words."""
    gap, label = True, words.label  # a paragraph is whole; only a line broken within it may be a wrapped one
    for part in _unbroken(words.text):
        ends = tuple(end for end in map(clean, BOTH_ENDS.split(part.strip())) if end)
        if not ends:
            continue
        text = f"{label} {clean(part)}" if label and label != UNREAD_LABEL else clean(part)
        cells = ends if len(ends) > 1 else ()
        is_latin = words.is_latin and bool(label)
        yield Line(number, text, words.is_bold, label, cells, gap=gap, level=words.level, is_latin=is_latin)
        gap, label = False, ""


def _unbroken(text: str) -> list[str]:
    """The parts between line breaks; one that begins small, without a label, goes on with the one before."""
    parts: list[str] = []
    for part in text.split("\n"):
        if parts and part.lstrip()[:1].islower() and not split_label(clean(part)):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return parts


def _cell_parts(words: _Words) -> list[str]:
    parts = [part for part in map(clean, words.text.split("\n")) if part]
    if not words.label or words.label == UNREAD_LABEL:
        return parts
    return [f"{words.label} {parts[0]}", *parts[1:]] if parts else [words.label]


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
        elif child.tag != f"{W}tbl" and child.tag not in _SKIPPED:
            yield from _nearest(child, tag)


def _piece(element: Element) -> str:
    return element.text or "" if element.tag == f"{W}t" else _PIECES.get(element.tag, "")
