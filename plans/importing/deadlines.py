"""Deadlines and frequencies in the words of a plan.

A citation (“Chỉ thị số 33/CT-TTg ngày 26/11/2021”) is no deadline: in a running sentence a date counts only after a
word that makes it one (trước, chậm nhất, xong, hoàn thành, trong …). In a clause about time (“Thời gian: …”, the
column of a table) every date counts.
"""

import re
from dataclasses import dataclass, field

from .times import SPAN_GUESS, Time, find_times

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_CUES = [
    ("before", r"trước(?:\s+(?:ngày|các ngày|thời điểm|khi kết thúc|hết))*"),
    # What was counted up to a day, or began on it, is not due then.
    ("since", r"(?:tính đến|kể từ|tính từ|số liệu đến|chốt đến|từ|sau|ban hành)(?:\s+(?:hết|các|ngày))*"),
    ("by", r"(?:chậm nhất|muộn nhất|đến|tới|hết|không quá)(?:\s+(?:là|vào|đến|hết|trong|ngày|các))*"),
    ("done", r"(?:xong|hoàn thành|kết thúc)(?:\s+(?:vào|trong|các|ngày|dịp))*"),
    ("within", r"(?:trong|vào|thời hạn|thời gian|hạn)(?:\s+(?:là|trong|vào|các|ngày|dịp))*"),
    # “báo cáo quý I”, “kế hoạch năm 2024” name a thing, not a time.
    (
        "named",
        r"(?:báo cáo|kết quả|số liệu|kế hoạch|chương trình|nhiệm vụ|công tác|chỉ tiêu|kỳ|đợt|họp|giao ban|tình hình|so với|các)"
        r"(?:\s+(?:của|trong|sơ kết|tổng kết|thực hiện|kết quả))*",
    ),
]
_CUES_BEFORE = [(cue, re.compile(rf"(?<!\w){pattern}\s*:?\s*$", re.IGNORECASE)) for cue, pattern in _CUES]
_CHAIN = re.compile(r"\s*(?:,\s*và\b|,|;|và\b|hoặc\b|&)?\s*(?:(?:các\s+)?ngày)?\s*", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?", re.IGNORECASE)
_COUNTED = re.compile(r"số liệu|tính|chốt|thời điểm|kỳ báo cáo", re.IGNORECASE)
# “quý I trước ngày 15/3”: the quarter names the report, the day is its deadline.
_PERIOD_NAME = re.compile(
    r"[\s:,(–-]*(?:(?:gửi|nộp|xong|báo cáo|hoàn thành|thực hiện)\s+)*"
    r"(?:trước|chậm nhất|muộn nhất|vào|xong|đến)(?:\s+(?:ngày|là|vào|trước|hết))*\s*",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"\s*(?:[.;,)]|$)")

_PERIODS = {"tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_PERIOD = r"(?:(?:0?6|sáu|0?9|chín)\s+tháng|(?:0?1|một)\s+năm|tuần|tháng|quý|(?:cả\s+)?năm)(?!\s*(?:[0-9]+(?![0-9]|\s*(?:buổi|lần|cuộc|hội nghị|lượt|đợt|mô hình|tin|bài|kỳ|chuyên))|[IVX]+(?!\w)|đầu|cuối|qua|trước(?!\s+(?:ngày|khi|[0-9]))|sau))"
_EVERY = r"(?:hằng|hàng|mỗi|từng)\s+"
_PERIOD_LIST = rf"{_PERIOD}(?:\s*(?:,\s*và|,|;|/|và|hoặc)\s*(?:{_EVERY}|báo cáo\s+)?{_PERIOD})*"
_EVERY_LIST = re.compile(
    rf"(?<!\w)(?:{_EVERY}|định kỳ\s+(?:báo cáo\s+)?(?:{_EVERY}|theo\s+)?)({_PERIOD_LIST})", re.IGNORECASE
)
_REPORT_LIST = re.compile(
    rf"báo cáo\s+(?:định kỳ\s+|kết quả\s+(?:thực hiện\s+)?)?({_PERIOD_LIST})", re.IGNORECASE
)
_CLAUSE_LIST = re.compile(rf"(?!\s*cả\s+năm[\s.;]*$)\s*(?:báo cáo\s+)?({_PERIOD_LIST})[\s.;]*", re.IGNORECASE)
_ONCE_PER = re.compile(
    r"(?<![0-9])(?:0?1|một)\s+lần\s*/\s*(tuần|tháng|quý|năm)|((?:(?:0?6|sáu)\s+)?(?:tuần|tháng|quý))\s*/\s*(?:0?1\s+)?lần",
    re.IGNORECASE,
)
_QUARTER_END = re.compile(r"tháng cuối(?:\s+(?:cùng|của|mỗi|hằng|từng))*\s+quý", re.IGNORECASE)
_ONGOING_CLAUSE = re.compile(r"thường xuyên|liên tục|quanh năm|suốt năm|(?:hằng|hàng) ngày", re.IGNORECASE)
_ONGOING_SENTENCE = re.compile(
    r"^thường xuyên(?!,? đột xuất)|thường xuyên(?: trong năm)?\s*(?:[.;)]|$)", re.IGNORECASE
)
_NEEDED_CLAUSE = re.compile(
    r"khi (?:có )?(?:phát sinh|thay đổi|yêu cầu|chỉ đạo|vụ việc|tình huống|đề nghị)|khi cần|đột xuất|theo yêu cầu|theo vụ việc",
    re.IGNORECASE,
)
_NEEDED_SENTENCE = re.compile(
    r"(?:báo cáo|định kỳ)[^.;]{0,40}đột xuất|đột xuất khi có|khi (?:có )?(?:vụ việc )?phát sinh\s*(?:[.;)]|$)|khi có yêu cầu\s*(?:[.;)]|$)",
    re.IGNORECASE,
)
_ORDER = ["weekly", "monthly", "quarterly", "half_yearly", "yearly", "ongoing", "as_needed"]


@dataclass
class Timing:
    """`due`, `bound` and `frequency` in the shapes of the contract; `guesses` are reasons for doubt, in Vietnamese."""

    due: list[str] = field(default_factory=list)
    bound: str | None = None
    frequency: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)


def read_time(text: str, year: int | None, *, is_clause: bool) -> Timing:
    """Deadlines and frequencies in `text`. A day without a year takes `year`, the plan's.

    `is_clause`: the text speaks of nothing but time, so every date in it counts.
    """
    masked = _QUOTED.sub(lambda match: "\0" * len(match[0]), text)
    times = _without_spans_and_names(masked, _with_cues(masked, find_times(masked, year)))
    kept = [time for time in times if (_counts_in_clause(time) if is_clause else _counts(masked, time, year))]
    frequency = read_frequency(masked, has_due=bool(kept), is_clause=is_clause)
    if len(kept) > 1 or "ongoing" in frequency:  # “thường xuyên trong năm”, “Quý II năm 2024”
        kept = [time for time in kept if time.kind != "year"]
    due = list(dict.fromkeys(date for time in kept for date in time.dates))
    bounds = {time.cue if time.cue in ("before", "by") else None for time in kept if time.dates}
    guesses = list(dict.fromkeys(time.guess for time in kept if time.guess))
    if is_clause and year and any(not date.startswith(str(year)) for date in due):
        guesses.append("Thời hạn không nằm trong năm của kế hoạch; hãy kiểm tra lại.")
    return Timing(due, bounds.pop() if len(bounds) == 1 else None, frequency, guesses)


def _with_cues(text: str, times: list[Time]) -> list[Time]:
    """A time takes the cue before it; in a list (`trước 15/3, 15/6`) the cue of the one before."""
    for position, time in enumerate(times):
        before = text[max(0, time.start - 40) : time.start]
        time.cue = next((cue for cue, pattern in _CUES_BEFORE if pattern.search(before)), "")
        previous = times[position - 1] if position else None
        if previous and not time.cue and _CHAIN.fullmatch(text[previous.end : time.start]):
            time.cue = previous.cue
    return times


def _without_spans_and_names(text: str, times: list[Time]) -> list[Time]:
    """Of a span (`từ tháng 3 đến tháng 5`) its end is left, as a guess; of `quý I trước ngày 15/3` the day."""
    kept = []
    for time, following in zip(times, [*times[1:], None], strict=False):
        gap = text[time.end : following.start] if following else ""
        if following and _SPAN.fullmatch(gap):
            counted = _COUNTED.search(text[max(0, time.start - 40) : time.start])
            following.cue = "since" if counted else "by"
            following.guess = SPAN_GUESS
            continue
        is_name = time.kind in ("month", "quarter", "year") and following and following.kind.endswith("day")
        if not (is_name and _PERIOD_NAME.fullmatch(gap)):
            kept.append(time)
    return kept


def _counts_in_clause(time: Time) -> bool:
    return time.kind != "repeat" and time.cue != "since" and not (time.kind == "year" and time.cue == "named")


def _counts(text: str, time: Time, year: int | None) -> bool:
    """Whether a time in a running sentence is a deadline. Years gone by are history, not deadlines."""
    if year and any(int(date[:4]) < year for date in time.dates):
        return False
    if time.kind in ("loose_day", "loose_month"):
        return time.cue in ("before", "by", "done")
    if time.kind == "day":
        return time.cue in ("before", "by", "done", "within")
    if time.kind in ("month", "quarter"):
        stands_alone = time.cue == "" and (time.start == 0 or bool(_CLAUSE_END.match(text, time.end)))
        return stands_alone or time.cue in ("before", "by", "done", "within")
    if time.kind == "year":
        return time.cue == "done"
    if time.kind == "quarter_day":
        return time.cue != "since"
    return time.kind == "year_end" and time.cue not in ("named", "since")


def read_frequency(text: str, *, has_due: bool, is_clause: bool) -> list[str]:
    """`báo cáo 6 tháng, năm` counts only where no dates say when: with dates it names the reports."""
    lists = [match[1] for match in _EVERY_LIST.finditer(text)]
    if not has_due:
        lists += [match[1] for match in _REPORT_LIST.finditer(text)]
    if is_clause:
        lists += [match[1] for match in [_CLAUSE_LIST.fullmatch(text)] if match]
        lists += [match[1] or match[2] for match in _ONCE_PER.finditer(text)]
    found = {name for words in lists for name in _names(words)}
    if _QUARTER_END.search(text):
        found.add("quarterly")
    if (_ONGOING_CLAUSE if is_clause else _ONGOING_SENTENCE).search(text):
        found.add("ongoing")
    if (_NEEDED_CLAUSE if is_clause else _NEEDED_SENTENCE).search(text):
        found.add("as_needed")
    return sorted(found, key=_ORDER.index)


def _names(words: str) -> list[str]:
    """`quý, 6 tháng, năm` → quarterly, half_yearly, yearly. The contract has no word for nine months."""
    words = re.sub(r"(?:0?9|chín)\s+tháng", " ", words.lower())
    half = re.search(r"(?:0?6|sáu)\s+tháng", words)
    words = re.sub(r"(?:0?6|sáu)\s+tháng", " ", words)
    return [name for word, name in _PERIODS.items() if word in words] + (["half_yearly"] if half else [])
