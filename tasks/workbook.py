"""The task list as an Excel file: real dates and numbers, and text that stays text. Pure."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tasks.follow_table import FollowRow

Value = str | int | dt.date | None
# What Excel takes in one cell.
CELL_LENGTH = 32_767
DAY = "dd/mm/yyyy"

# Heading, width in letters, what stands there.
COLUMNS: Sequence[tuple[str, int, Callable[[FollowRow], Value]]] = (
    ("STT", 6, lambda row: row.number),
    ("Nội dung kế hoạch", 36, lambda row: str(row.place)),
    ("Nội dung công việc", 60, lambda row: row.occurrence.task.title),
    ("Đơn vị chủ trì", 28, lambda row: row.lead),
    ("Phối hợp", 28, lambda row: row.supporting),
    ("Lãnh đạo phụ trách", 22, lambda row: str(row.occurrence.task.overseer or "")),
    ("Kỳ báo cáo", 18, lambda row: str(row.occurrence.period or "")),
    ("Thời hạn ban đầu", 13, lambda row: row.occurrence.first_due_on),
    ("Thời hạn", 13, lambda row: row.occurrence.shown_due_on),
    ("Ngày hoàn thành", 13, lambda row: row.occurrence.completed_on),
    ("Tình trạng", 22, lambda row: row.standing),
    ("Tiến độ (%)", 9, lambda row: row.percent),
    ("Số ngày chưa có tin mới", 11, lambda row: row.line.silent_days if row.line.is_open else None),
    ("Kết quả", 60, lambda row: row.result),
    ("Ghi chú", 40, lambda row: " ".join(row.notes())),
)


def workbook(*, rows: Iterable[FollowRow], about: Iterable[tuple[str, str]]) -> bytes:
    """An .xlsx: the rows under a frozen heading, and a second sheet that says what was asked for."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Nhiệm vụ"
    _head(sheet)
    count = 1
    for count, row in enumerate(rows, start=2):
        for column, (_, _, value_of) in enumerate(COLUMNS, start=1):
            _put(sheet.cell(count, column), value_of(row))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{count}"
    _about(book.create_sheet("Điều kiện"), about)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Worksheet) -> None:
    for column, (words, width, _) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, column, words)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E9EDF0")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"


def _about(sheet: Worksheet, about: Iterable[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 60
    for number, (label, words) in enumerate(about, start=1):
        _put(sheet.cell(number, 1), label)
        _put(sheet.cell(number, 2), words)


def _put(cell: Cell, value: Value) -> None:
    """A text is never a formula, whatever it begins with."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:CELL_LENGTH] or None
        if cell.value is not None:
            cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = DAY
