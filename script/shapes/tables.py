"""Annex tables of a Word file: merged cells, group rows, a heading row that repeats on every page.

`!stt auto`: the first column holds no digits, Word counts its rows.
"""

from docx.oxml import OxmlElement
from docx.table import Table

from shapes import ooxml
from shapes.words import Annex

ROWS = 120


def annex_table(writer, annex: Annex) -> None:
    if not annex.rows:
        return
    width = len(annex.rows[0][1])
    is_auto = writer.plan.get("stt") == "auto"
    if is_auto:
        ooxml.add_list(writer.document, ROWS, [("decimal", "%1", "")])
    table = writer.document.add_table(rows=len(annex.rows), cols=width, style="Table Grid")
    for at, (kind, texts) in enumerate(annex.rows):
        for column, text in enumerate(texts):
            if is_auto and kind == "R" and column == 0:
                ooxml.number_paragraph(table.cell(at, 0).paragraphs[0], number=ROWS, level=0)
            elif text not in {'"', "<"}:
                _fill(writer, table.cell(at, column), text, bold=kind != "R")
        if kind == "T":
            table.rows[at]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _merge(table, annex)


def _fill(writer, cell, text: str, *, bold: bool) -> None:
    for at, part in enumerate(text.split("{p}")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        writer.write(paragraph, part, bold=bold)


def _merge(table: Table, annex: Annex) -> None:
    """From the last row up, so that a block of several `"` becomes one cell."""
    for column in range(len(annex.rows[0][1])):
        top = 0
        for at, (_, texts) in enumerate([*annex.rows, ("", [""] * 99)]):
            if texts[column : column + 1] != ['"']:
                if at - top > 1:
                    table.cell(top, column).merge(table.cell(at - 1, column))
                top = at
    for at, (_, texts) in enumerate(annex.rows):
        left = 0
        for column, text in enumerate([*texts, ""]):
            if text != "<":
                if column - left > 1:
                    table.cell(at, left).merge(table.cell(at, column - 1))
                left = column
