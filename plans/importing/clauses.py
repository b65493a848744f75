"""What one line of the plan says of lead, coordination, time, target, deliverable and kind."""

import re
from collections.abc import Iterator

from .deadlines import Timing, read_time
from .outline import Reading
from .units import read_units, split_roles, split_units

# Labels that announce a clause, wherever they stand: “Chủ trì: …; Phối hợp: …; Thời gian hoàn thành: …”.
_LABELS = {
    "lead": r"(?:(?:đơn vị|cơ quan|bộ phận|người|công chức|phân công)\s+)?(?:chủ trì|chịu trách nhiệm(?:\s+chính)?)(?:\s+(?:thực hiện|tham mưu))?"
    r"|(?:đơn vị|cơ quan|bộ phận|người|công chức|phân công)\s+(?:thực hiện|phụ trách|đầu mối)|phân công|phân công nhiệm vụ|giao nhiệm vụ",
    "coordinating": r"(?:(?:đơn vị|cơ quan|bộ phận|các đơn vị)\s+)?phối hợp(?:\s+(?:thực hiện|với))?",
    "time": r"(?:thời gian|thời hạn|tiến độ)(?:\s+(?:thực hiện|hoàn thành|tổ chức|triển khai|báo cáo|dự kiến))*|hạn hoàn thành|hoàn thành",
    "deliverable": r"(?:kết quả,?\s+)?sản phẩm(?:\s+(?:đầu ra|dự kiến|hoàn thành|cần đạt))?|kết quả(?:\s+đầu ra|\s+dự kiến)",
    "target": r"chỉ tiêu(?:\s+(?:phấn đấu|cần đạt))?",
    # Known and kept beside the item, but nothing that a task records.
    "other": r"thành phần(?:\s+tham dự)?|địa điểm|kinh phí(?:\s+thực hiện)?|lãnh đạo phụ trách|ghi chú|lưu ý",
}
# The colon may be missing before a time: “Thời gian hoàn thành trước ngày 30/11”.
_COLON = (
    r"(?:\s*:\s*|(?:(?<=gian thực hiện)|(?<=gian hoàn thành)|(?<=hạn hoàn thành))\s+"
    r"(?=(?:xong )?(?:trước|trong|từ|đến|chậm nhất|quý|tháng|ngày)\s))"
)
_MARK = re.compile(
    r"(?<!\w)(?:" + "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _LABELS.items()) + ")" + _COLON,
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(r"\n\s*\(?(?:[a-zđ]|[0-9]{1,2}(?:\.[0-9]{1,2})?)\s*[.)/]\s*$")
_BEFORE_MARK = re.compile(r"(?:^|[.;,(–-])\s*[-+•–]?\s*$")

_PERCENT = re.compile(r"(?<![0-9.,])([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*%")
_RATE = re.compile(
    r"(?<![0-9.,/])([0-9]{1,4})\s+(lần|cuộc|buổi|hội nghị|lượt|đợt|mô hình|tin(?:,? ?bài)?|bài|số|chuyên mục|kỳ)\s*/\s*"
    r"(năm|quý|tháng|tuần)",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:ít nhất|tối thiểu|phấn đấu(?:\s+(?:có|đạt))?)\s+(?:từ\s+)?([0-9]{1,4})(?:\s+trở lên)?\s+"
    r"(mô hình|hội nghị|cuộc|lần|buổi|lớp|tin,? bài|bài|công trình|hộ|tổ|người|lượt|đợt|điển hình)(?!\w)(?!\s*/)",
    re.IGNORECASE,
)

LONGEST = 10_000  # characters of a line that are looked at; the longest real line has 1,900

_REQUEST = re.compile(r"(?:(?:trân trọng|kính)\s+)?đề nghị\s", re.IGNORECASE)
_REPORTS = re.compile(
    r"báo cáo\s+(?:của\s+)?(?:UBND|[ỦU][ỷy] ban|kết quả|cấp|Chủ tịch|Thường trực|Đảng ủy|Quận ủy|Huyện ủy|Phòng|về|với|cho|theo quy định"
    r"|định kỳ|đột xuất|trước|chậm nhất|hằng|hàng|\(|sơ kết|tổng kết|quý|6 tháng|năm|tháng)|tổng hợp[^.;]{0,40}báo cáo|gửi\s+(?:kết quả|báo cáo)",
    re.IGNORECASE,
)
_REPORT_REGIME = re.compile(r"chế độ\s+(?:thông tin,?\s*)?(?:và\s+)?báo cáo(?:\s+định kỳ)?", re.IGNORECASE)
_REPORT_FIRST = re.compile(r"(?:định kỳ|tổng hợp|báo cáo|gửi),?\s", re.IGNORECASE)


def clauses(text: str) -> dict[str, str]:
    """The labelled clauses of `text` by name (lead, coordinating, time, deliverable, target, other)."""
    found: dict[str, str] = {}
    marks = [mark for mark in _MARK.finditer(text) if _BEFORE_MARK.search(text[: mark.start()])]
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        value = text[mark.end() : following.start() if following else len(text)]
        value = _NEXT_LABEL.sub("", value)
        value = re.sub(r"[\s;.,(\-–+•]+$", "", value)
        if value.endswith(")") and value.count("(") < value.count(")"):
            value = value[:-1]
        name = str(mark.lastgroup)
        found[name] = f"{found[name]}; {value}" if name in found else value
    return found


def is_assignment(text: str) -> bool:
    """Whether the line does nothing but assign: it begins with a label such as `Chủ trì:` or `(Chủ trì:`."""
    said = re.sub(r"^\(\s*", "", text)
    return bool(_MARK.match(said)) and not _MARK.fullmatch(said)


def read_line(text: str, assignment: str, year: int | None) -> tuple[Reading, list[str]]:
    """The reading of a line and its assignment lines, and what in it was guessed. `kind` is left to `kind_of`."""
    text, assignment = text[:LONGEST], assignment[:LONGEST]
    said = clauses(text) | clauses(assignment)
    lead, coordinating = read_units(text)
    timing = (
        read_time(said["time"], year, is_clause=True)
        if "time" in said
        else read_time(text, year, is_clause=False)
    )
    if "time" in said and not (timing.due or timing.frequency):
        timing.guesses.append(f"Chưa đọc được thời gian “{said['time']}”; hãy ghi thời hạn nếu có.")
    if "lead" in said:
        lead, beside = split_roles(said["lead"])
        coordinating = beside or coordinating
    reading = Reading(
        lead=lead,
        coordinating=split_units(said["coordinating"]) if "coordinating" in said else coordinating,
        target=said.get("target") or find_target(text),
        deliverable=said.get("deliverable") or None,
    )
    return with_timing(reading, timing), timing.guesses


def with_timing(reading: Reading, timing: Timing) -> Reading:
    reading.due, reading.due_bound, reading.frequency = timing.due, timing.bound, timing.frequency
    return reading


def find_target(text: str) -> str | None:
    """The figures the sentence promises: shares and rates, `99.5%`, `2 lần/năm`; several joined by `; `."""
    found = sorted(_figures(text))
    return "; ".join(dict.fromkeys(figure for _, figure in found)) or None


def _figures(text: str) -> Iterator[tuple[int, str]]:
    for match in _PERCENT.finditer(text):
        yield match.start(), f"{_plain(match[1])}%"
    for match in _RATE.finditer(text):
        yield match.start(), f"{int(match[1])} {match[2].lower()}/{match[3].lower()}"
    for match in _AT_LEAST.finditer(text):
        yield match.start(1), f"{int(match[1])} {match[2].lower()}"


def _plain(figure: str) -> str:
    """`99,5` → `99.5`, `05` → `5`."""
    whole, _, fraction = figure.replace(",", ".").partition(".")
    return f"{int(whole)}.{fraction}" if fraction else str(int(whole))


def kind_of(text: str, *, is_duty: bool) -> str:
    """`request`, `report` or `action`. Outside the duties of section III only a line that begins so is a report."""
    if _REQUEST.match(text):
        return "request"
    said = _REPORT_REGIME.sub("", text)
    if _REPORTS.search(said) and (is_duty or _REPORT_FIRST.match(said)):
        return "report"
    return "action"
