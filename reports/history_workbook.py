"""The history as an Excel file: one row per deed, text that stays text. Pure."""

import datetime as dt
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from accounts.models import Event
from danvan import clock
from reports.history import kind_words

COLUMNS = (("Thời điểm", 18), ("Người thực hiện", 28), ("Loại", 26), ("Nội dung", 100))
MOMENT = "dd/mm/yyyy hh:mm"
# What Excel takes in one cell.
CELL_LENGTH = 32_767


def workbook(events: Iterable[Event]) -> bytes:
    """An .xlsx that is written row by row, so that years of history need no memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Lịch sử thay đổi")
    sheet.freeze_panes = "A2"
    for letter, (_, width) in zip("ABCD", COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = width
    heads = [_text(sheet, words) for words, _ in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for event in events:
        who = str(event.actor or "Cổng tự làm")
        sheet.append(
            [
                _moment(sheet, event.at),
                *(_text(sheet, words) for words in (who, kind_words(event), event.words)),
            ]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: object, words: str) -> WriteOnlyCell:
    """A text is never a formula, whatever it begins with."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", words)[:CELL_LENGTH])
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _moment(sheet: object, at: dt.datetime) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, at.astimezone(clock.ZONE).replace(tzinfo=None))
    cell.number_format = MOMENT
    cell.alignment = Alignment(vertical="top")
    return cell
