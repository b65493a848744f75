"""A table of an appendix in WordprocessingML: spans, header rows repeated on each page, rows that do not split.

Written cell by cell, since python-docx looks through the whole table for every cell it touches.
"""

from docx.document import Document as WordFile
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml.etree import _Element

from .blocks import Cell, Grid, GridRow

EMU_PER_TWIP = 635
BOLD_ROWS = ("header", "group", "total")


def add_grid(word: WordFile, grid: Grid, width: int) -> None:
    """Appends the table, `width` EMU wide, at the end of the text."""
    twips = [round(width * share / 100 / EMU_PER_TWIP) for share in grid.shares]
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="68" w:type="dxa"/><w:right w:w="68" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
        + "</w:tblGrid></w:tbl>"
    )
    covered: dict[int, int] = {}  # column → header rows still covered by a cell above
    for row in grid.header:
        table.append(_header_row(word, row, twips, covered))
    for row in grid.rows:
        table.append(_row(word, row, twips))
    word.element.body.insert_element_before(table, "w:sectPr")


def _header_row(word: WordFile, row: GridRow, twips: list[int], covered: dict[int, int]) -> _Element:
    line = _new_row(repeated=True)
    cells = iter(row.cells)
    column = 0
    while column < len(twips):
        if covered.get(column):
            covered[column] -= 1
            line.append(
                _cell(word, Cell("", "center"), "header", twips[column : column + 1], merge="continue")
            )
            column += 1
            continue
        cell = next(cells, Cell("", "center"))
        if cell.rowspan > 1:
            covered.update(dict.fromkeys(range(column, column + cell.colspan), cell.rowspan - 1))
        merge = "restart" if cell.rowspan > 1 else ""
        line.append(_cell(word, cell, "header", twips[column : column + cell.colspan], merge=merge))
        column += cell.colspan
    return line


def _row(word: WordFile, row: GridRow, twips: list[int]) -> _Element:
    line = _new_row(repeated=False)
    column = 0
    for cell in row.cells:
        line.append(_cell(word, cell, row.kind, twips[column : column + cell.colspan]))
        column += cell.colspan
    return line


def _new_row(*, repeated: bool) -> _Element:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    return row


def _cell(word: WordFile, cell: Cell, kind: str, twips: list[int], merge: str = "") -> _Element:
    span = f'<w:gridSpan w:val="{len(twips)}"/>' if len(twips) > 1 else ""
    joined = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    style = word.styles["Ô bảng đậm" if kind in BOLD_ROWS else "Ô bảng"].style_id
    keep = "<w:keepNext/>" if kind == "group" else ""
    element = parse_xml(
        f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{sum(twips)}" w:type="dxa"/>{span}{joined}'
        f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}'
        f'<w:jc w:val="{cell.align}"/></w:pPr><w:r><w:t xml:space="preserve"/></w:r></w:p></w:tc>'
    )
    next(element.iter(qn("w:t"))).text = cell.text
    return element
