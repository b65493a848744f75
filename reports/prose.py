"""Plain official sentences from figures and accepted updates. Pure: strings in, strings out.

Nothing is added that nobody said: what is missing is told as missing, and what only people can judge stays empty.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from danvan.text import day_and_month
from reports.figures import Tally
from reports.indicator_table import IndicatorRow

NOTHING_YET = "Chưa có kết quả được báo cáo trong kỳ."


@dataclass(frozen=True)
class Result:
    """One accepted update, as the report needs it. `state` is a value of `Occurrence.State`."""

    update_id: int
    title: str
    unit: str
    state: str
    text: str
    difficulties: str
    files: int


def number(value: Decimal | int) -> str:
    """1.234,5 without trailing zeros; numbers below ten as they are."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def day(on: dt.date) -> str:
    """05/3/2024: as the decree on documents writes a date."""
    return f"{day_and_month(on)}/{on.year}"


def sentence(text: str) -> str:
    """First letter upper case, one full stop at the end."""
    text = text.strip().rstrip(" .;,")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def told(result: Result) -> str:
    """What one unit did: «Bộ phận Văn hóa: đã tổ chức 02 hội nghị (02 tài liệu minh chứng).»"""
    words = (
        result.text
        or {"done": f"đã hoàn thành: {result.title}", "in_progress": f"đang thực hiện: {result.title}"}[
            result.state
        ]
    )
    proof = f" ({result.files:02d} tài liệu minh chứng)" if result.files else ""
    return f"{result.unit}: {sentence(words).rstrip('.')}{proof}."


def nothing_arose(results: Sequence[Result]) -> str:
    titles = "; ".join(short(result.title) for result in results)
    return f"Nội dung không phát sinh trong kỳ: {titles}." if titles else ""


def short(title: str) -> str:
    """A title inside a sentence; one that was cut keeps its dots."""
    return title.rstrip(" .;,")


def counted(rows: Iterable[IndicatorRow]) -> str:
    """«Số liệu trong kỳ: hội nghị tuyên truyền: 3 cuộc; …» of the indicators that have figures."""
    parts = [
        f"{lower_first(row.name)}: {number(row.in_period)}{_measure(row)}"
        for row in rows
        if row.in_period is not None
    ]
    return f"Số liệu trong kỳ: {'; '.join(parts)}." if parts else ""


def _measure(row: IndicatorRow) -> str:
    return "%" if row.measure == "%" else f" {row.measure}"


def lower_first(text: str) -> str:
    """Lower-case start, unless the first word is an abbreviation."""
    head = text.split(" ", 1)[0]
    return text if len(head) > 1 and head.isupper() else f"{text[:1].lower()}{text[1:]}"


def strengths(tally: Tally) -> str:
    """What was done: the answers of the period, then the work with a deadline."""
    said = []
    if tally.asked:
        said.append(f"{tally.answered}/{tally.asked} nhiệm vụ theo kỳ đã có kết quả")
    if tally.dated:
        cells = [
            (tally.done_on_time, "hoàn thành đúng hạn"),
            (tally.done_late, "hoàn thành quá hạn"),
            (tally.open_in_time, "đang trong hạn"),
        ]
        parts = ", ".join(f"{count} {words}" for count, words in cells if count)
        said.append(f"trong {tally.dated} nhiệm vụ có thời hạn, {parts}" if parts else "")
    return sentence("; ".join(filter(None, said)))


def shortfall(tally: Tally) -> str:
    """How much is missing; the missing tasks follow one by one. Empty when nothing is."""
    said = []
    if tally.missing:
        said.append(f"còn {tally.missing} nhiệm vụ chưa có kết quả trong kỳ")
    if tally.open_overdue:
        said.append(f"{tally.open_overdue} nhiệm vụ quá hạn chưa hoàn thành")
    return sentence("; ".join(said)).rstrip(".") + ":" if said else ""


def difficulty(result: Result) -> str:
    return f"{result.unit}: {sentence(result.difficulties)}"
