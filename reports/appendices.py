"""The two appendices of a report, from its frozen figures. Pure: the same rows feed PDF, DOCX and XLSX."""

import datetime as dt
from decimal import Decimal

from reports import prose
from reports.figures import CountRow, Figures, IndicatorRow, ProgressRow, Tally
from reports.outline import TRAINING_WORDS
from reports.rendering.document import Appendix, Column, Row, Table

EMPTY = "—"


def appendices(figures: Figures, *, is_training: bool) -> list[Appendix]:
    """Phụ lục I (biểu số liệu) and Phụ lục II (tiến độ nhiệm vụ)."""
    training = f" {TRAINING_WORDS}" if is_training else ""
    return [
        {
            "numeral": "I",
            "title": f"Biểu số liệu {figures.period}{training}",
            "landscape": True,
            "tables": [_indicator_table(figures)],
            "footnote": "Dấu “—” là chưa có số liệu. Chỉ tổng hợp số liệu Văn phòng đã kiểm tra.",
        },
        {
            "numeral": "II",
            "title": f"Tiến độ nhiệm vụ {figures.period}{training}",
            "landscape": True,
            "tables": [
                _count_table(
                    "1. Theo nội dung kế hoạch", "Nội dung", figures.counts.by_content, figures.counts.total
                ),
                _count_table(
                    "2. Theo đơn vị chủ trì", "Đơn vị", figures.counts.by_unit, figures.counts.total
                ),
                _task_table(figures),
            ],
            "footnote": _footnote(figures),
        },
    ]


def _footnote(figures: Figures) -> str:
    cancelled = figures.counts.total.cancelled
    left_out = f" Đã rút {cancelled} việc khỏi kế hoạch, không tính vào tổng số." if cancelled else ""
    return (
        f"Tính đến ngày {prose.day(figures.on)}. Tỷ lệ hoàn thành chỉ tính việc đã đến hạn: đã hoàn thành ÷ "
        f"(đã hoàn thành + quá hạn chưa hoàn thành).{left_out}"
    )


def _column(title: str, width: float, align: str = "center") -> Column:
    return {"title": title, "width": width, "align": align}  # type: ignore[typeddict-item]


def _figure(value: Decimal | None) -> str:
    return EMPTY if value is None else prose.number(value)


def _of_target(row: IndicatorRow) -> str:
    return "" if row.of_target is None else f"đạt {prose.number(row.of_target)} % kế hoạch năm"


def _indicator_table(figures: Figures) -> Table:
    rows: list[Row] = [
        {
            "kind": "row",
            "cells": [
                str(row.number),
                row.name,
                row.measure,
                _figure(row.yearly_target),
                _figure(row.in_period),
                _figure(row.cumulative),
                _figure(row.last_year),
                _figure(row.comparison),
                "; ".join(filter(None, (row.note, _of_target(row), row.warning))),
            ],
        }
        for row in figures.indicators
    ]
    columns = [
        _column("TT", 5),
        _column("Chỉ tiêu", 40, "left"),
        _column("Đơn vị tính", 12),
        _column("Kế hoạch năm", 10, "right"),
        _column("Trong kỳ", 10, "right"),
        _column("Lũy kế", 10, "right"),
        _column("Cùng kỳ năm trước", 11, "right"),
        _column("So sánh (%)", 10, "right"),
        _column("Ghi chú", 22, "left"),
    ]
    return {"caption": "", "columns": columns, "header": [], "rows": rows}


def _count_table(caption: str, first: str, rows: tuple[CountRow, ...], total: Tally) -> Table:
    body: list[Row] = [
        {"kind": "row", "cells": [str(order), row.title, *_cells(row.tally)]}
        for order, row in enumerate(rows, start=1)
    ]
    body.append({"kind": "total", "cells": ["", "Tổng cộng", *_cells(total)]})
    columns = [
        _column("TT", 5),
        _column(first, 44, "left"),
        _column("Việc theo kỳ", 9, "right"),
        _column("Đã có kết quả", 9, "right"),
        _column("Còn thiếu", 9, "right"),
        _column("Việc có thời hạn", 9, "right"),
        _column("Hoàn thành đúng hạn", 10, "right"),
        _column("Hoàn thành quá hạn", 10, "right"),
        _column("Chưa hoàn thành, trong hạn", 10, "right"),
        _column("Chưa hoàn thành, quá hạn", 10, "right"),
        _column("Tỷ lệ hoàn thành (%)", 10, "right"),
    ]
    return {"caption": caption, "columns": columns, "header": [], "rows": body}


def _cells(tally: Tally) -> list[str]:
    counts = (
        tally.asked,
        tally.answered,
        tally.missing,
        tally.dated,
        tally.done_on_time,
        tally.done_late,
        tally.open_in_time,
        tally.open_overdue,
    )
    return [*map(str, counts), _figure(tally.rate)]


def _task_table(figures: Figures) -> Table:
    titles = {row.key: str(row) for row in figures.counts.by_content}
    rows: list[Row] = []
    group = None
    for order, row in enumerate(figures.progress, start=1):
        if row.content_key != group:
            group = row.content_key
            rows.append({"kind": "group", "cells": [titles.get(group, "")]})
        rows.append({"kind": "row", "cells": _task_cells(order, row, figures.period)})
    columns = [
        _column("TT", 5),
        _column("Nhiệm vụ", 44, "left"),
        _column("Chủ trì", 22, "left"),
        _column("Thời hạn", 14),
        _column("Tình trạng", 16, "left"),
        _column("Kết quả", 44, "left"),
    ]
    return {"caption": "3. Từng nhiệm vụ", "columns": columns, "header": [], "rows": rows}


def _task_cells(order: int, row: ProgressRow, period: str) -> list[str]:
    due = _day(row.due_on) if row.due_on else "Mỗi kỳ"
    if row.first_due_on and row.first_due_on != row.due_on:
        due += f" (ban đầu {_day(row.first_due_on)})"
    return [str(order), row.title, row.unit, due, row.words, row.result or EMPTY]


def _day(day: dt.date | None) -> str:
    return prose.day(day) if day else EMPTY
