"""What the columns of a table hold, by the words at their head."""

import re
from collections.abc import Sequence

from danvan.text import fold

# Folded words of a column's head → what the column holds; the first that fits counts.
_COLUMNS = [
    ("number", r"(?:s?tt|so tt|so thu tu|tt|s\.t\.t|tt\.)\W*"),
    ("ignored", r".*(?:lanh dao|ghi chu|kinh phi|dia diem|don vi tinh|dvt).*"),
    ("both", r".*(?:chu tri|thuc hien).*phoi hop.*"),
    ("coordinating", r".*phoi hop.*"),
    (
        "lead",
        r".*(?:chu tri|phu trach|(?:don vi|co quan|bo phan|nguoi|can bo|cong chuc) (?:thuc hien|tham muu)|trach nhiem|dau moi|phan cong).*",
    ),
    ("time", r".*(?:thoi gian|thoi han|tien do|hoan thanh|thoi diem|ngay).*|han"),
    ("deliverable", r".*(?:san pham|ket qua dau ra|ket qua).*"),
    ("text", r".*(?:noi dung|nhiem vu|cong viec|hoat dong|viec phai lam|hang muc|dau viec).*|viec"),
    ("target", r".*(?:chi tieu|muc tieu|so luong|dinh muc).*"),
]
_LONGEST_HEAD = 80


def find_columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; `both` is one for lead and coordinating units."""
    found: dict[str, int] = {}
    for position, cell in enumerate(cells):
        if name := _name(cell):
            found.setdefault(name, position)
    if "lead" not in found and "both" in found:
        found["lead"] = found["both"]
    return {name: at for name, at in found.items() if name not in ("both", "ignored")}


def _name(cell: str) -> str:
    head = fold(cell)
    if not head or len(head) >= _LONGEST_HEAD:
        return ""
    return next((name for name, pattern in _COLUMNS if re.fullmatch(pattern, head)), "")


def is_head(cells: Sequence[str]) -> bool:
    """Of a task table: a column for the work and one for who or when."""
    columns = find_columns(cells)
    return "text" in columns and bool({"lead", "time"} & columns.keys())


def is_below_head(cells: Sequence[str]) -> bool:
    """The second row of a head, under cells that span several columns: nothing but heads, at least two of them."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(_name(cell) for cell in filled)
