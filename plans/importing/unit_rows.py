"""Units in a cell of a printed table, where a row of words ends at the cell's edge and nothing else parts two units."""

import re

from .lexicon import HEAD

ROW = "\v"  # where a printed row ends because the next word had no room
UNSURE = "\0"  # stands in a name that may be one unit or two

# The name above waits for more: after a joining word, a sign, or a word that is only the kind or the office.
_WAITS = re.compile(
    r"(?:[-–,(/&]|(?<!\w)(?:và|của|với|cùng|các|do|thuộc|tại|ở|Ban|BCH|BCĐ|Ban Chỉ huy|Ban Công tác|Ban Thường trực|Ban Thường vụ|"
    r"Ban Chấp hành|Ban Chỉ đạo|Bộ Chỉ huy|Chỉ huy trưởng|(?<!Xã )Hội|Chi hội|Đoàn|Chi đoàn|Hội đồng|Thường trực|Cơ quan|Bộ phận|"
    r"(?<!Văn )Phòng|Trung tâm|Trạm|Trường|Tổ|Đội|Sở|Công chức|Cán bộ|Chuyên viên|Lãnh đạo|Thủ trưởng|Đồng chí|Chủ tịch|Bí thư|"
    r"[Tt]rưởng|[Pp]hó|Chánh|Đại diện|Người đứng đầu|Ủy ban|Uỷ ban|TNCS|TNCS Hồ))$"
)
_OFFICE_OF = re.compile(
    r"(?:.*\W)?(?:Văn phòng\0(?:HĐND|UBND|Đảng|Hội đồng|Ủy ban|Uỷ ban)|(?:UBND|HĐND|nhân dân)\0các ).*"
)
# The name above is over for certain.
_OVER = re.compile(
    r"(?:[;.)]|[0-9]|(?<!\w)(?:phường|xã|thị trấn|quận|huyện|thành phố|tỉnh|tổ dân phố|dân phố|khu phố|khu dân cư|thôn|liên quan|trực thuộc))$",
    re.IGNORECASE,
)
# Names that have no other unit in them, unlike “Đoàn Thanh niên Công an”, “Chi bộ Trường Tiểu học”.
_SELF_STANDING = re.compile(r"(?:Bộ phận|Phòng|Công chức|Trung tâm|Trạm)\s+\w+(?:\s+\w+|\s*[-–])+$")
# Wards are called Đoàn Kết, Trường Thi, Hội Hợp: after “phường” such words are the unit's beginning only with these.
_MAY_BE_PLACE = re.compile(
    r"(?:Đoàn|Hội|Chi hội|Trường|Trạm|Đội|Tổ|Đài|Sở|Trưởng|Chánh|Bản|Phòng|Trung tâm) "
    r"(?!Thanh niên|TNCS|Nông dân|LHPN|Liên hiệp|Phụ nữ|Cựu|CCB|CTĐ|Người|NCT|Chữ|Khuyến|Luật|Đông y|Nạn nhân|Tiểu|TH|Mầm|Trung học|Mẫu giáo"
    r"|Y tế|Cảnh sát|Thông tin|Truyền|Văn h|VH|Kinh tế|KT|Nội vụ|Tư pháp|Tài chính|Giáo dục|Lao động|Phục vụ|Hành chính|Học tập|Dịch vụ|Quản lý|Dân quân|Dân phòng|Bảo vệ|Hòa giải|Công nghệ)"
    r"(?=[A-ZĐÀ-Ỵ])"
)


def parted(cell: str) -> str:
    """The cell with `\\n` between two units that stand on two printed rows; `UNSURE` where they may be two or one."""
    rows = cell.split(ROW)
    text = rows[0]
    for at, row in enumerate(rows[1:], start=1):
        text += _joint(_last(text), " ".join(rows[at : at + 3])) + row
    return text


def _last(text: str) -> str:
    """The end of the name above, as far as a mark parts it from others; longer than any name is not looked at."""
    return re.split(r"[;,\n]\s*(?=\S)", text[-200:])[-1].rstrip(" ")


def _joint(above: str, below: str) -> str:
    if not HEAD.match(below) or _WAITS.search(above) or above.count("(") > above.count(")"):
        return " "
    if _OFFICE_OF.match(f"{above}\0{below[:40]}"):
        return " "
    if _OVER.search(above):
        return UNSURE if _MAY_BE_PLACE.match(below) else "\n"
    return "\n" if _SELF_STANDING.match(above) and not _MAY_BE_PLACE.match(below) else UNSURE


def known(units: list[str]) -> list[str]:
    """The units without those of which it is not sure whether they are one or two."""
    return [unit for unit in units if UNSURE not in unit]


def unsure(cell: str) -> str:
    """The words of the first name of `parted` that may be one unit or two; nothing where all is clear."""
    return next(
        (part.replace(UNSURE, " ").strip() for part in re.split(r"[;\n]", cell) if UNSURE in part), ""
    )
