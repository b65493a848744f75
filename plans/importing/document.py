"""A file → an outline: judge it, read its lines, divide them into zones, read each zone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from danvan.text import fold
from danvan.uploads import Refused, judge_document

from .annexes import read_table
from .body import BodyReader, join_wrapped, section_head, section_labels
from .encodings import refuse_rubble
from .heading import guess_superior, read_heading, read_opening
from .labels import split_label
from .lines import Line, drop_noise, is_capitals
from .numbering import UNREAD_LABEL
from .outline import Outline, Section
from .read_docx import read_docx
from .read_pdf import read_pdf
from .read_text import read_text
from .repair import repair
from .signature import AUTHORITY, RECIPIENTS, read_signature
from .table_parts import tables
from .tasks import find_tasks

# A reader takes the bytes of one kind of file and returns its lines.
_READERS: dict[str, Callable[[bytes], list[Line]]] = {
    "docx": read_docx,
    "md": read_text,
    "pdf": read_pdf,
    "txt": read_text,
}

_PLAN_NAME = re.compile(r"KẾ\s+HO[ẠA]CH\s*(?:[:.]\s*)?(?P<title>.*)")
_OTHER_KINDS = """quyết định, báo cáo, tờ trình, thông báo, nghị quyết, chỉ thị, công văn, biên bản, giấy mời, hướng dẫn, đề án,
phương án, chương trình, hợp đồng, quy chế, công điện, kết luận, giấy ủy quyền, giấy giới thiệu"""
_OTHER_NAMES = {fold(name): name.strip() for name in _OTHER_KINDS.split(",")}
_ANNEX = re.compile(
    r"phụ\s+lục(?:\s+(?:số\s+)?(?P<label>[0-9]{1,2}|[IVX]{1,5}))?\s*[:.]?\s*(?P<title>.*)", re.IGNORECASE
)
_LATIN = (
    "Word tự đánh số dòng này là “e)” vì bỏ qua chữ đ; bản đọc ghi “đ)” theo bảng chữ cái tiếng Việt. "
    "Nếu văn bản dẫn chiếu “điểm e” thì hãy sửa lại ký hiệu từ dòng này."
)
_ANNEX_NOTE = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo", re.IGNORECASE)
_CLOSES = re.compile(
    r"Trên đây|Yêu cầu|Trong quá trình|Quá trình|Căn cứ (?:nội dung )?Kế hoạch|Nhận được|"
    r"(?:UBND|[ỦU][ỷy] ban nhân dân)\s[^,.;]{0,50}?(?:yêu cầu|đề nghị)"
)


@dataclass
class _Zones:
    heading: list[Line] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    signature: list[Line] = field(default_factory=list)
    annexes: list[list[Line]] = field(default_factory=list)


class AnotherKind(Refused):
    """A document that says it is no plan; read all the same if the user insists."""


def read_document(name: str, content: bytes, *, insist: bool = False) -> Outline:
    """The outline of the plan in the file `name` with the bytes `content`.

    Raises `Refused` with one Vietnamese sentence for whatever is no plan, `AnotherKind` where `insist` would read it.
    """
    return read_lines(read_source(name, content), insist=insist)


def read_source(name: str, content: bytes) -> list[Line]:
    """The lines of the document as they stand in the file, before anything is made of them. Raises `Refused`."""
    kind = judge_document(name, content)
    try:
        return _READERS[kind](content)
    except RecursionError:
        raise Refused(
            "Tệp lồng nhau quá nhiều lớp nên không đọc được; hãy sao nội dung sang một tệp mới rồi tải lên."
        )


def read_lines(lines: Sequence[Line], *, insist: bool = False) -> Outline:
    """The outline of the document that these lines make. Raises `Refused`."""
    lines = drop_noise(lines)
    if not lines:
        raise Refused("Tệp không có chữ nào; hãy chọn lại tệp kế hoạch.")
    refuse_rubble("\n".join(line.text for line in lines[:400]))
    outline = Outline()
    zones = _divide(lines, outline, insist=insist)
    read_heading(zones.heading, outline)
    read_opening(zones.opening, outline)
    body, closing = _split_closing(zones.body)
    outline.closing_words = "\n".join(line.text for line in closing)
    BodyReader(outline, section_labels(body)).read(body)
    read_signature(zones.signature, outline)
    outline.annexes = [annex for zone in zones.annexes for annex in [_read_annex(zone, outline)] if annex]
    repair(outline)
    find_tasks(outline)
    _finish(outline, lines)
    return outline


# -- zones --


def _divide(lines: list[Line], outline: Outline, *, insist: bool) -> _Zones:
    at = _find_name(lines, outline, insist=insist)
    zones = _Zones(heading=lines[:at] if at is not None else [])
    rest = lines[at:] if at is not None else lines
    if at is not None:
        rest = _without_name(rest)
    else:
        outline.doubt(None, "", "Không thấy dòng “KẾ HOẠCH”; hãy kiểm tra lại tên và số, ngày của văn bản.")
    _divide_rest(rest, zones)
    zones.body = join_wrapped(zones.body, outline)
    start = _body_start(zones.body)
    if at is None:
        zones.heading, zones.body = zones.body[:start], zones.body[start:]
    else:
        zones.opening, zones.body = zones.body[:start], zones.body[start:]
    return zones


def _find_name(lines: Sequence[Line], outline: Outline, *, insist: bool) -> int | None:
    """Where the document says what it is. Raises `AnotherKind` for what says that it is something else."""
    for at, line in enumerate(lines[:120]):
        bare = fold(line.text).strip(" .:")
        if bare == "ke hoach" or _PLAN_NAME.match(line.text):
            return at
        is_other = bare in _OTHER_NAMES and (is_capitals(line.text) or line.is_bold)
        kind = _OTHER_NAMES[bare] if is_other else "công văn" if bare.startswith("kinh gui") else ""
        if not kind:
            continue
        if not insist:
            raise AnotherKind(f"Đây là {kind}, không phải kế hoạch; hãy tải lên văn bản kế hoạch.")
        reason = f"Văn bản này là {kind}, không phải kế hoạch; đã đưa vào theo yêu cầu, hãy xem kỹ từng mục."
        outline.doubt(line.number, line.text, reason)
        if is_other:
            return at
    return None


def _without_name(lines: list[Line]) -> list[Line]:
    """The lines after the document's name; `KẾ HOẠCH công tác dân vận …` leaves the title in its place."""
    first = lines[0]
    named = _PLAN_NAME.match(first.text)
    title = named["title"] if named else ""
    if not title:
        return lines[1:]
    return [Line(first.number, title, first.is_bold, gap=True), *lines[1:]]


def _divide_rest(lines: Sequence[Line], zones: _Zones) -> None:
    zone = zones.body
    for line in lines:
        if zone is not zones.signature and _begins_signature(line):
            zone = zones.signature
        elif _begins_annex(line, after_signature=bool(zones.signature)):
            zones.annexes.append([])
            zone = zones.annexes[-1]
        elif zone is zones.signature and line.table and not _is_layout(line, zones.signature):
            zones.annexes.append([])  # a table after the signature is an annex without a heading
            zone = zones.annexes[-1]
        zone.append(line)


def _begins_signature(line: Line) -> bool:
    parts = [part for cell in line.cells for part in cell.split("\n")] or [line.text]
    return any(RECIPIENTS.match(part) and len(part) < 200 for part in parts) or (
        not line.table and bool(AUTHORITY.match(line.text)) and is_capitals(line.text)
    )


def _is_layout(line: Line, signature: Sequence[Line]) -> bool:
    return signature[0].table == line.table or len(line.cells) <= 2


def _begins_annex(line: Line, *, after_signature: bool) -> bool:
    match = _ANNEX.fullmatch(line.text)
    if not match or line.table or len(line.text) > 200:
        return False
    is_bare = not match["title"]
    return is_bare or is_capitals(line.text) or (after_signature and bool(match["label"] or line.is_bold))


def _body_start(lines: Sequence[Line]) -> int:
    """Where section I begins; without sections, the first labelled line or table."""
    head_kind = section_labels(lines)
    labelled = len(lines)
    for at, line in enumerate(lines):
        if line.table:
            labelled = min(labelled, at)
            continue
        label = split_label(line.text)
        is_title = at == 0 and not label
        if not is_title and section_head(line, label, head_kind):
            return at
        if label:
            labelled = min(labelled, at)
    return labelled


def _split_closing(body: list[Line]) -> tuple[list[Line], list[Line]]:
    """“Trên đây là Kế hoạch …” and what follows it: the last paragraphs without labels."""
    start = len(body)
    while start and not body[start - 1].table and not split_label(body[start - 1].text):
        start -= 1
    for at in range(start, len(body)):
        if _CLOSES.match(body[at].text) or (at == len(body) - 1 and body[at].text.endswith("./.")):
            return body[:at], body[at:]
    return body, []


# -- annexes --


def _read_annex(lines: Sequence[Line], outline: Outline) -> Section | None:
    """An annex with its task tables; None for one of figures and forms, which has no tasks."""
    titles = [line for line in lines if not line.table]
    head = _ANNEX.fullmatch(titles[0].text) if titles else None
    names = [line.text for line in titles[1:4] if not _ANNEX_NOTE.match(line.text)]
    title = " ".join(([head["title"]] if head and head["title"] else []) + names[:2])
    annex = Section((head["label"] or "") if head else "", title, "annex", lines[0].number)
    for rows in tables(lines):
        annex.items += read_table(rows, outline, outline.year) or []
    if not annex.items:
        outline.doubt(
            lines[0].number, lines[0].text, "Phụ lục này không có bảng giao việc nên chưa đưa vào kế hoạch."
        )
        return None
    return annex


# -- the end --


def _finish(outline: Outline, lines: Sequence[Line]) -> None:
    if not any(section.items for section in outline.sections) and not outline.annexes:
        raise Refused(
            "Không tìm thấy nội dung kế hoạch (các mục I, II, III) trong tệp; hãy kiểm tra lại tệp đã chọn."
        )
    if outline.superior is None:
        duties = "; ".join(
            item.text for part in outline.sections if part.kind == "organisation" for item in part.walk()
        )
        opening = "; ".join([*outline.legal_bases, outline.opening_words])
        guess_superior(outline, opening, None) or guess_superior(outline, duties, None)
    for line in lines:
        if line.is_latin and (label := split_label(line.text)) and label.value == "đ":
            outline.doubt(line.number, line.text, _LATIN)
    if any(line.label == UNREAD_LABEL for line in lines):
        outline.doubt(
            None,
            "",
            "Tệp Word đánh số tự động nhưng thiếu bảng đánh số nên có số thứ tự chưa đọc được; hãy so lại với văn bản gốc.",
        )
    doubts = dict.fromkeys(outline.doubts)  # each once
    outline.doubts = sorted(doubts, key=lambda doubt: (doubt.line is None, doubt.line or 0))
