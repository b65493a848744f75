"""A document as the list of blocks that is printed: the one source of every word and figure in the PDF and the DOCX.

`compose` is where the decree's small print is applied to texts: capitals, ends of list lines, the closing mark, the
number and date lines, notes of appendices, lines broken where a rule below depends on their length. `kind` names the
block for the HTML template.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from .document import Appendix, Document, HeaderCell, Row, Table, appendix_label
from .typography import balanced_lines, printable

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT_MARK = "DỰ THẢO"
CLOSING_MARK = "./."
BLANK = "\u00a0" * 6  # a place to write in by hand

# Sizes in points, as in the decree's example; widths in points of the place a line stands in.
NATION_SIZE, MOTTO_SIZE, SUPERIOR_SIZE, AGENCY_SIZE, NUMBER_SIZE = 13, 14, 12, 13, 13
TEXT_SIZE, TABLE_SIZE, RECIPIENTS_TITLE_SIZE, RECIPIENTS_SIZE, ABOUT_SIZE = 14, 12, 12, 11, 12
AGENCY_WIDTH, TITLE_WIDTH = 180, 410


@dataclass(frozen=True)
class Letterhead:
    kind: ClassVar[str] = "letterhead"
    superior: tuple[str, ...]
    agency: tuple[str, ...]
    number: str
    place_date: str
    draft_mark: str
    about: tuple[str, ...] = ()  # «V/v …» of a công văn, below its number
    nation: str = NATION
    motto: str = MOTTO


@dataclass(frozen=True)
class Title:
    kind: ClassVar[str] = "title"
    document_type: str
    subject: tuple[str, ...]


@dataclass(frozen=True)
class Addressees:
    """One name stands behind the colon; several stand below it with dash and punctuation."""

    kind: ClassVar[str] = "addressees"
    names: tuple[str, ...]
    label: str = "Kính gửi:"


@dataclass(frozen=True)
class Basis:
    kind: ClassVar[str] = "basis"
    text: str


@dataclass(frozen=True)
class PartTitle:
    kind: ClassVar[str] = "part"
    text: str


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Signature:
    """Between authority and signer both renderers leave a blank place for hand and seal, never a picture of one."""

    kind: ClassVar[str] = "signature"
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    signer: str
    label: str = "Nơi nhận:"


@dataclass(frozen=True)
class Cell:
    text: str
    align: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class GridRow:
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    caption: str
    shares: tuple[float, ...]  # of the width, in percent, together 100
    header: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class AppendixBlock:
    kind: ClassVar[str] = "appendix"
    position: int  # from 1; names its page style and page counter
    label: str
    title: tuple[str, ...]
    note: str
    landscape: bool
    grids: tuple[Grid, ...]
    footnote: str


Block = Letterhead | Title | Addressees | Basis | PartTitle | Heading | Paragraph | Signature | AppendixBlock


def compose(document: Document) -> list[Block]:
    """The blocks in the order of the page. The document has passed `document.check`."""
    return [
        _letterhead(document),
        *_title(document),
        *_addressees(document["addressees"]),
        *(Basis(text) for text in punctuated(document["bases"])),
        *_body(document),
        _signature(document),
        *(_appendix(document, appendix, n) for n, appendix in enumerate(document["appendices"], start=1)),
    ]


def _title(document: Document) -> Iterator[Title]:
    """A công văn has none: its subject stands below the number."""
    if not document.get("is_letter"):
        kind = printable(document["document_type"]).upper()
        yield Title(kind, _lines(document["subject"], TEXT_SIZE, TITLE_WIDTH))


def appendices(blocks: Iterable[Block]) -> list[AppendixBlock]:
    return [block for block in blocks if isinstance(block, AppendixBlock)]


def punctuated(lines: Sequence[str], prefix: str = "") -> list[str]:
    """Lines of a list: `;` after each, `.` after the last."""
    bare = [printable(line).rstrip(" ;.,") for line in lines]
    return [f"{prefix}{line}{'.' if n == len(bare) else ';'}" for n, line in enumerate(bare, start=1)]


def number_text(document: Document) -> str:
    """`09/BC-UBND`; a draft has a blank for the number, and so has a letter that the clerk numbers by hand."""
    number = BLANK if document["is_draft"] or document["number"] is None else f"{document['number']:02d}"
    return f"{number}/{printable(document['code'])}"


def date_text(document: Document) -> str:
    """`ngày 05 tháng 3 năm 2024`: days below 10 and the months 1, 2 take a zero (Phụ lục I, II.4)."""
    if document["is_draft"] or document["dated_on"] is None:
        return f"ngày{BLANK}tháng{BLANK}năm {document['created'][:4]}"
    day = date.fromisoformat(document["dated_on"])
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _lines(text: str, size: float, width: float) -> tuple[str, ...]:
    return tuple(balanced_lines(printable(text), size, width))


def _letterhead(document: Document) -> Letterhead:
    heading = [
        line
        for text in document["agency_heading"]
        for line in _lines(text.upper(), AGENCY_SIZE, AGENCY_WIDTH)
    ]
    superior = document["superior_heading"]
    return Letterhead(
        superior=_lines(superior.upper(), SUPERIOR_SIZE, AGENCY_WIDTH) if superior else (),
        agency=tuple(heading),
        number=f"Số: {number_text(document)}",
        place_date=f"{printable(document['place'])}, {date_text(document)}",
        draft_mark=DRAFT_MARK if document["is_draft"] else "",
        about=_about(document),
    )


def _about(document: Document) -> tuple[str, ...]:
    return _lines(f"V/v {document['subject']}", ABOUT_SIZE, AGENCY_WIDTH) if document.get("is_letter") else ()


def _addressees(names: Sequence[str]) -> Iterator[Addressees]:
    if len(names) == 1:
        yield Addressees((printable(names[0]).rstrip(" ;."),))
    elif names:
        yield Addressees(tuple(punctuated(names, "- ")))


def _body(document: Document) -> list[Block]:
    blocks: list[Block] = []
    if document["opening"]:
        blocks.append(Paragraph(printable(document["opening"])))
    for part in document["parts"]:
        if part["title"]:
            blocks.append(PartTitle(printable(f"{part['numeral']}. {part['title']}").upper()))
        blocks += [_entry(entry["kind"], entry["label"], entry["text"]) for entry in part["body"]]
    if document["closing"]:
        blocks.append(Paragraph(printable(document["closing"])))
    for n, block in reversed(list(enumerate(blocks))):
        if isinstance(block, Paragraph | Heading):
            blocks[n] = replace(block, text=_closed(block.text))
            break
    return blocks


def _entry(kind: str, label: str, text: str) -> Block:
    label = label or ("-" if kind == "bullet" else "")
    line = printable(f"{label} {text}")
    return Heading(line) if kind == "heading" else Paragraph(line)


def _closed(text: str) -> str:
    return text if text.endswith(CLOSING_MARK) else text.rstrip(" .;,/") + CLOSING_MARK


def _signature(document: Document) -> Signature:
    return Signature(
        recipients=tuple(punctuated(document["recipients"], "- ")),
        authority=tuple(printable(line).upper() for line in document["authority"]),
        signer=printable(document["signer"]),
    )


def _appendix(document: Document, appendix: Appendix, position: int) -> AppendixBlock:
    kind = printable(document["document_type"]).capitalize()
    agency = printable(document["agency_name"])
    return AppendixBlock(
        position=position,
        label=printable(appendix_label(appendix)),
        title=_lines(appendix["title"].upper(), TEXT_SIZE, TITLE_WIDTH),
        note=f"(Kèm theo {kind} số {number_text(document)} {date_text(document)} của {agency})",
        landscape=appendix["landscape"],
        grids=tuple(_grid(table) for table in appendix["tables"]),
        footnote=printable(appendix["footnote"]),
    )


def _grid(table: Table) -> Grid:
    total = sum(column["width"] for column in table["columns"])
    aligns = [column["align"] for column in table["columns"]]
    titles: list[HeaderCell] = [{"text": c["title"], "colspan": 1, "rowspan": 1} for c in table["columns"]]
    return Grid(
        caption=printable(table["caption"]),
        shares=tuple(round(column["width"] * 100 / total, 2) for column in table["columns"]),
        header=tuple(_header_row(cells) for cells in table["header"] or [titles]),
        rows=tuple(_grid_row(row, aligns) for row in table["rows"]),
    )


def _header_row(cells: Sequence[HeaderCell]) -> GridRow:
    return GridRow(
        "header", tuple(Cell(printable(c["text"]), "center", c["colspan"], c["rowspan"]) for c in cells)
    )


def _grid_row(row: Row, aligns: Sequence[str]) -> GridRow:
    cells = [Cell(printable(text), align) for text, align in zip(row["cells"], aligns, strict=False)]
    if missing := len(aligns) - len(cells):
        cells[-1] = Cell(cells[-1].text, "left", colspan=missing + 1)
    return GridRow(row["kind"], tuple(cells))
