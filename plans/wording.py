"""What was read of deadlines and frequency, in the words people use, and back again. Pure.

Codes are those of the importer's contract: `2024-06-15`, `2024-06`, `2024-Q2`, `2024`; `monthly`, `quarterly`, …
"""

import datetime as dt
import re

from danvan.problems import Problem
from plans.models import Item

FREQUENCIES: dict[str, str] = {
    "weekly": "hằng tuần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "half_yearly": "6 tháng một lần",
    "yearly": "hằng năm",
    "ongoing": "thường xuyên",
    "as_needed": "khi phát sinh",
}
BOUNDS = {"by": "chậm nhất ", "before": "trước "}
_QUARTERS = ("I", "II", "III", "IV")
_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"quý\s*(I{1,3}|IV|[1-4])\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s*)?(\d{4})", re.IGNORECASE)


def due_words(code: str) -> str:
    """`2024-06-15` → 15/06/2024 · `2024-06` → tháng 6/2024 · `2024-Q2` → quý II/2024 · `2024` → năm 2024."""
    year, _, rest = code.partition("-")
    if not rest:
        return f"năm {year}"
    if rest.startswith("Q"):
        return f"quý {_QUARTERS[int(rest[1]) - 1]}/{year}"
    month, _, day = rest.partition("-")
    return f"{day}/{month}/{year}" if day else f"tháng {int(month)}/{year}"


def dues_words(codes: list[str], bound: str = "") -> str:
    return BOUNDS.get(bound, "") + ", ".join(map(due_words, codes)) if codes else ""


def frequency_words(codes: list[str]) -> str:
    return ", ".join(FREQUENCIES.get(code, code) for code in codes)


def target_words(target: str) -> str:
    """«ít nhất 99,5%» of a target that was read as `99.5%`; the point of thousands stays."""
    return re.sub(r"(?<=\d)\.(?=\d{1,2}(?!\d))", ",", target)


def said(item: Item, *, with_units: bool = True) -> list[str]:
    """What the document says of one line, as read: «chủ trì: …», «hạn: …». Empty where it says nothing."""
    parts = (
        ("chủ trì", "; ".join(item.lead) if with_units else ""),
        ("phối hợp", "; ".join(item.coordinating) if with_units else ""),
        ("hạn", dues_words(item.due, item.due_bound)),
        ("lặp lại", frequency_words(item.frequency)),
        ("mức giao", target_words(item.target)),
        ("sản phẩm", item.deliverable),
    )
    return [f"{name}: {words}" for name, words in parts if words]


def day_words(day: dt.date) -> str:
    """«ngày 27 tháng 02 năm 2024»: days under 10 and months 1 and 2 with a zero (Nghị định 30, Phụ lục I, II.4)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def due_code(words: str) -> str:
    """The code of one deadline typed by hand; `Problem` where it is none."""
    words = words.strip()
    try:
        if found := _DAY.fullmatch(words):
            day, month, year = map(int, found.groups())
            return dt.date(year, month, day).isoformat()
        if found := _MONTH.fullmatch(words):
            month, year = map(int, found.groups())
            return f"{dt.date(year, month, 1):%Y-%m}"
        if found := _QUARTER.fullmatch(words):
            return f"{found[2]}-Q{_quarter(found[1])}"
        if found := _YEAR.fullmatch(words):
            return f"{dt.date(int(found[1]), 1, 1):%Y}"
    except ValueError:
        pass
    raise Problem(
        f"Thời hạn “{words}” chưa đúng. Hãy ghi như 15/06/2024, tháng 6/2024, quý II/2024 hoặc năm 2024."
    )


def due_codes(words: str) -> list[str]:
    """Several deadlines, parted by commas, semicolons or lines."""
    parts = filter(None, (part.strip() for part in re.split(r"[,;\n]", words)))
    return [due_code(part) for part in parts]


def _quarter(words: str) -> int:
    return int(words) if words.isdigit() else _QUARTERS.index(words.upper()) + 1
