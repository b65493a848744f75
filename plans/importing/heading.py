"""The beginning of the document: heading block, title, legal bases, opening words."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from danvan.text import fold

from .agencies import (
    CITY_LEVELS,
    COMMITTEE,
    DISTRICT_LEVELS,
    in_full,
    in_sentence_case,
    in_short,
    join_heading,
    level_of,
    named_agencies,
)
from .lines import Line, by_columns, ends_sentence, is_capitals
from .outline import Outline

_BLANK = r"[\s.…_]*"
_NUMBER = re.compile(
    rf"Số\s*:?{_BLANK}(?P<number>[0-9]*){_BLANK}/\s*(?P<sign>[A-ZĐ][\wĐđ]*(?:\s*-\s*[\wĐđ&]+)*)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"(?P<place>[^\d,]{{1,60}}?)\s*,?\s*ngày{_BLANK}(?P<day>[0-9]{{0,2}}){_BLANK}tháng{_BLANK}(?P<month>[0-9]{{0,2}}){_BLANK}"
    rf"năm{_BLANK}(?P<year>[0-9]{{0,4}}){_BLANK}",
    re.IGNORECASE,
)
_SHORT_PLACE = re.compile(
    r"(?P<place>[^\d,]{1,60}?)\s*,\s*(?:ngày\s*)?(?P<day>[0-9]{1,2})\s*[/.-]\s*(?P<month>[0-9]{1,2})\s*[/.-]\s*(?P<year>20[0-9]{2})"
)
_NATION = (
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "doc lap tu do hanh phuc",
    "du thao",
)
# Where the two columns of the heading block stand close together.
_MOTTO = re.compile(r"(?<=\S)\s+(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự do).*$")
_YEAR = re.compile(r"năm\s+(20[0-9]{2})", re.IGNORECASE)

_BASIS = re.compile(
    r"(?:Căn cứ|Xét|Theo đề nghị)\s|(?:Thực hiện|Thi hành|Theo|Triển khai|Tiếp tục|Để|Trên cơ sở)\s.{0,60}?"
    r"(?:số\s|Luật|Nghị|Chỉ thị|Kế hoạch|Quyết định|Hướng dẫn|Chương trình|Công văn|Thông tư|Kết luận|Quy chế)"
)
_ISSUES = rf"(?:Nay,?\s+)?{COMMITTEE}[^,.;]{{0,60}}?\s(?:ban hành|xây dựng|triển khai|đề ra|lập|tổ chức|thực hiện)\s"
_BETWEEN = re.compile(
    rf"(?:(?<=[.;])\s+(?=(?:Căn cứ|Thực hiện|Thi hành|Theo|Xét|Để)\s))|(?:[,.;]\s+(?={_ISSUES}))"
)
_OPENS = re.compile(
    rf"(?:Căn cứ|Thực hiện|Thi hành|Theo|Xét|Nhằm|Để|Tiếp tục|Trên cơ sở|Hưởng ứng|Năm 20|{COMMITTEE})\s"
)


def read_heading(lines: Sequence[Line], outline: Outline) -> None:
    """Number, date, place, superior and issuer from the lines above the document's name."""
    agencies: list[str] = []
    for line in _unbroken(by_columns(lines)):
        text = _MOTTO.sub("", line.text)
        if not text or _is_motto(text):
            continue
        number, place = _NUMBER.search(text), _place(_NUMBER.sub("", text).strip())
        if number and outline.number is None:
            sign = re.sub(r"\s", "", number["sign"])
            outline.number = f"{number['number']}/{sign}" if number["number"] else None
        if place and outline.place is None:
            outline.place, outline.date = place["place"].strip(" ,"), _date(place)
        if number or place:
            continue
        if is_capitals(text) or re.match(COMMITTEE, text):
            agencies.append(text)
        else:
            outline.doubt(line.number, text, "Dòng này ở đầu văn bản chưa tìm được chỗ; hãy kiểm tra lại.")
    names = [in_sentence_case(name) for name in join_heading(agencies)]
    if names:
        outline.issuer = in_full(names[-1])
    if len(names) > 1:
        outline.superior = in_short(names[-2])


def _unbroken(lines: Sequence[Line]) -> list[Line]:
    """With the place and day in one line, where a narrow column broke them."""
    whole: list[Line] = []
    for line in lines:
        is_rest = re.match(r"(?:năm|tháng|ngày)\s", line.text) is not None
        if whole and is_rest and re.search(r"(?:ngày\b.*|,)\s*$", whole[-1].text):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    return whole


def _is_motto(text: str) -> bool:
    """The nation's name and motto, or a part of them where a narrow column broke them."""
    bare = fold(text).replace("–", "-").replace("—", "-").strip("-_ *")
    return len(bare) >= 5 and any(bare in words for words in _NATION)


def _place(text: str) -> re.Match[str] | None:
    return _PLACE.fullmatch(text) or _SHORT_PLACE.fullmatch(text)


def _date(match: re.Match[str]) -> dt.date | None:
    """None for a draft that leaves the day open."""
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def read_opening(lines: Sequence[Line], outline: Outline) -> None:
    """Title, year, legal bases and opening words from the lines between the document's name and section I."""
    length = _title_length(lines)
    if title := " ".join(line.text for line in lines[:length]):
        outline.title = title
    _read_year(outline)
    opening: list[str] = []
    for line in lines[length:]:
        pieces = [piece.strip() for piece in _BETWEEN.split(line.text)]
        bases = [piece.rstrip(" ;.,") for piece in pieces if _BASIS.match(piece)]
        outline.legal_bases += bases
        opening += [piece for piece in pieces if piece and not _BASIS.match(piece)]
        if len(bases) > 1:
            outline.doubt(
                line.number,
                line.text,
                f"{len(bases)} căn cứ đứng chung một đoạn, đã tách ra; hãy kiểm tra lại.",
            )
    outline.opening_words = "\n".join(opening)
    if outline.issuer is None:
        _guess_issuer(lines[length:], outline)


def _title_length(lines: Sequence[Line]) -> int:
    """How many lines the title has: the first, and those that look like it and do not begin the text."""
    length = 0
    for line in lines:
        previous = lines[length - 1] if length else None
        if previous is None:
            goes_on = not re.match(r"Căn cứ\s", line.text)
        else:
            is_alike = (
                is_capitals(line.text) if is_capitals(previous.text) else previous.is_bold and line.is_bold
            )
            is_next = not line.gap and len(line.text) < 160 and not ends_sentence(line.text)
            goes_on = (
                (is_alike or is_next) and not ends_sentence(previous.text) and not _OPENS.match(line.text)
            )
        if not goes_on:
            break
        length += 1
    return length


def _read_year(outline: Outline) -> None:
    named = _YEAR.search(outline.title or "")
    if named:
        outline.year = int(named[1])
    elif outline.date:
        outline.year = outline.date.year
        outline.doubt(
            None,
            outline.title or "",
            f"Tên kế hoạch không ghi năm; lấy năm {outline.year} theo ngày ban hành.",
        )


def _guess_issuer(lines: Sequence[Line], outline: Outline) -> None:
    for line in lines:
        for match in re.finditer(
            rf"({COMMITTEE}[^,.;]{{0,60}}?)\s(?:ban hành|xây dựng|triển khai|đề ra|lập)\s", line.text
        ):
            name = in_full(match[1])
            if not named_agencies(name) and outline.place:
                name = f"{name} {outline.place}"
            if named_agencies(name):
                outline.issuer = name
                outline.doubt(line.number, name, "Không có tên cơ quan ở đầu văn bản; lấy theo lời mở đầu.")
                return


def guess_superior(outline: Outline, text: str, line: int | None) -> bool:
    """Take the one agency of the next level that `text` names; with none or several, nothing is taken."""
    above = (
        CITY_LEVELS if level_of(outline.issuer or "") in DISTRICT_LEVELS else (*DISTRICT_LEVELS, *CITY_LEVELS)
    )
    named = [name for name in named_agencies(text) if level_of(name) in above]
    nearest = [name for name in named if level_of(name) in DISTRICT_LEVELS] or named
    if len(nearest) != 1:
        return False
    outline.superior = nearest[0]
    outline.doubt(
        line, nearest[0], "Không có tên cơ quan cấp trên ở đầu văn bản; lấy theo cơ quan nêu trong kế hoạch."
    )
    return True
