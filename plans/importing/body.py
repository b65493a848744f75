"""The body of the document: sections and the lines in them, by their labels."""

import re
from collections.abc import Sequence
from dataclasses import replace

from danvan.text import fold

from .annexes import read_table
from .bullets import Open, Signs, place_of
from .clauses import is_assignment
from .labels import RANKS, Label, ranks_for, roman, roman_value, split_label
from .lines import MAX_PARAGRAPH, Line, begins_closing, ends_sentence, is_capitals, joined
from .outline import Item, Outline, Section
from .table_parts import continues

# Folded beginnings of section titles → their kind; the first that fits counts.
_KINDS = [
    ("organisation", r"to chuc,? thuc hien|to chuc trien khai|trach nhiem|phan cong|(?:che do|cong tac) (?:thong tin,? )?bao cao|thong tin,? bao cao"),
    ("content", r"(?:muc tieu|yeu cau|muc dich)\b.*(?:nhiem vu|noi dung|giai phap)"),
    ("purpose", r"muc dich|yeu cau|muc tieu|quan diem|(?:(?:cac|mot so|nhung) )?(?:chi tieu|muc tieu)"),
    ("content", r"(?:cac )?(?:noi dung|nhiem vu|giai phap)|trong tam"),
    ("other", r"kinh phi|thoi gian|dia diem|doi tuong|pham vi|thanh phan|dac diem|tinh hinh|danh gia|ket qua|khen thuong|khai quat|bieu mau"),
]  # fmt: skip
_KNOWN = re.compile("|".join(f"(?:{pattern})" for _, pattern in _KINDS))
_WIDE = 60  # a line broken by the width of a page is at least so long


def section_kind(title: str) -> str:
    """`purpose`, `content`, `organisation`, `other`, or nothing for a title that tells none of them."""
    folded = fold(title)
    return next((kind for kind, pattern in _KINDS if re.match(pattern, folded)), "")


def join_wrapped(lines: Sequence[Line], outline: Outline) -> list[Line]:
    """Put sentences together that a page break or the width of a page has cut."""
    out: list[Line] = []
    length = 0  # of the last physical line
    for line in lines:
        if out and _goes_on(out[-1], length, line):
            if line.gap:
                outline.doubt(
                    line.number, line.text, "Câu bị ngắt giữa chừng, đã nối với dòng trên; hãy kiểm tra lại."
                )
            out[-1] = replace(out[-1], text=joined(out[-1].text, line.text))
        else:
            out.append(line)
        length = len(line.text)
    return out


def _goes_on(previous: Line, length: int, line: Line) -> bool:
    if (
        re.match(r"Căn cứ\s", line.text)
        or begins_closing(line.text)
        or len(previous.text) > MAX_PARAGRAPH
        or previous.table
        or line.table
        or line.label
        or ends_sentence(previous.text)
        or is_assignment(line.text)
    ):
        return False
    label = split_label(line.text)
    if label:  # “kinh tế / - xã hội”: a hyphen at the beginning of a wrapped line is no bullet
        return label.sign == "-" and label.text[:1].islower() and not line.gap and length >= _WIDE
    if is_capitals(previous.text) != is_capitals(line.text):
        return False
    if line.text[:1].islower():
        return True
    return (
        not line.gap and length >= _WIDE and previous.is_bold == line.is_bold and not is_capitals(line.text)
    )


def section_labels(lines: Sequence[Line]) -> str:
    """The kind of label that numbers the sections of this document: part, upper, roman, number, or nothing."""
    labels = [(label, line) for line in lines if not line.table and (label := split_label(line.text))]
    for kind in ("part", "upper", "roman", "number"):
        heads = [label for label, line in labels if label.kind == kind and _looks_like_head(label, line)]
        known = [label for label in heads if _KNOWN.match(fold(label.text))]
        if kind == "roman" and heads:
            return kind
        if kind == "part" and heads and heads[0].value == "I":
            return kind
        if kind in ("upper", "number") and len(known) >= 2:
            return kind
    return ""


def _looks_like_head(label: Label, line: Line) -> bool:
    if label.kind in ("part", "roman"):
        return not label.text or not label.text[0].islower()
    return is_capitals(label.text) or (line.is_bold and not ends_sentence(label.text))


def section_head(line: Line, label: Label | None, head_kind: str) -> tuple[str, str] | None:
    """Numeral and title, where the line heads a section whose labels are of `head_kind`.

    The numeral is empty where it was lost: a short line in capitals or bold with the words of a section's title.
    """
    if label:
        if label.kind != head_kind or not _looks_like_head(label, line):
            return None
        return (roman(int(label.value)) if head_kind == "number" else label.value), label.text
    is_loud = is_capitals(line.text) or (line.is_bold and not ends_sentence(line.text))
    is_lost = is_loud and len(line.text) <= 120 and _KNOWN.match(fold(line.text))
    return ("", line.text) if is_lost else None


def _is_row_of(rows: Sequence[Line], line: Line) -> bool:
    """A table that a page has cut in two is whole again, with or without its head printed anew."""
    return bool(line.table) and (line.table == rows[-1].table or continues(rows, line, is_next=True))


class BodyReader:
    """Reads the lines of the body one after the other into `outline.sections`."""

    def __init__(self, outline: Outline, head_kind: str) -> None:
        self.outline = outline
        self.head_kind = head_kind
        self.ranks = RANKS
        self.signs = Signs()
        self.open: list[Open] = []
        self.untitled: Section | Item | None = None  # its words stand on the next line

    def read(self, lines: Sequence[Line]) -> None:
        labels = (split_label(line.text) for line in lines if not line.table)
        self.ranks = ranks_for([label.kind for label in labels if label])
        self.signs = Signs(lines)
        rows: list[Line] = []
        for line in [*lines, None]:
            if rows and not (line is not None and _is_row_of(rows, line)):
                self._table(rows)
                rows = []
            if line is not None and line.table:
                rows.append(line)
            elif line is not None:
                self._line(line)

    def _line(self, line: Line) -> None:
        label = split_label(line.text)
        if self._begins_section(line, label):
            return
        if is_assignment(label.text if label else line.text) and self._assign(line, label):
            return
        if label:
            self._place(line, label)
        elif not self._give_title(line):
            self._loose(line)

    # -- sections --

    def _begins_section(self, line: Line, label: Label | None) -> bool:
        head = section_head(line, label, self.head_kind)
        if not head:
            return False
        numeral, title = head
        if not numeral:
            is_below_a_title = bool(self.outline.sections) and not self.outline.sections[-1].items
            if self.untitled or (is_below_a_title and not is_capitals(title)):
                return False
            numeral = self._next_numeral()
            self.outline.doubt(line.number, line.text, f"Đề mục này không có số; tạm coi là mục {numeral}.")
        section = Section(numeral, title.rstrip(" :."), section_kind(title), line.number)
        self.outline.sections.append(section)
        self.open = []
        self.untitled = None if title else section
        return True

    def _next_numeral(self) -> str:
        sections = self.outline.sections
        return roman(roman_value(sections[-1].numeral) + 1 if sections else 1)

    def _give_title(self, line: Line) -> bool:
        """`Phần I` / `MỤC ĐÍCH, YÊU CẦU`, and titles in capitals that go on on the next line."""
        section = self.outline.sections[-1] if self.outline.sections else None
        if isinstance(self.untitled, Section):
            self.untitled.title = line.text.rstrip(" :.")
            self.untitled.kind = section_kind(line.text)
        elif self.untitled:
            self.untitled.text = line.text
        elif section and not section.items and is_capitals(section.title) and is_capitals(line.text):
            section.title = f"{section.title} {line.text}".rstrip(" :.")
        else:
            return False
        self.untitled = None
        return True

    def _section(self, line: Line) -> Section:
        if not self.outline.sections:
            self.outline.doubt(
                line.number, line.text, "Văn bản không có đề mục I, II, III; tạm coi tất cả là nội dung."
            )
            self.outline.sections.append(Section("I", "", "content", line.number))
        return self.outline.sections[-1]

    # -- items --

    def _place(self, line: Line, label: Label) -> None:
        section = self._section(line)
        rank = self.ranks[label.kind]
        signs = frozenset([label.sign])
        if label.kind == "bullet":
            at, reason = place_of(self.open, line, label, self.signs)
            signs |= self.open[at].signs if at < len(self.open) else frozenset()
            self.open = self.open[:at]
            if reason:
                self.outline.doubt(line.number, line.text, reason)
        else:
            while self.open and self.open[-1].rank >= rank:
                self.open.pop()
        siblings = self.open[-1].item.items if self.open else section.items
        item = Item(label.value, label.text, line.number, is_bold=line.is_bold)
        siblings.append(item)
        level = line.level if line.label else None
        self.open.append(Open(rank, label.sign, item, siblings, level, signs))
        self.untitled = None if label.text else item

    def _loose(self, line: Line) -> None:
        """A paragraph without a label: under a heading it is the first line there, else one among its siblings."""
        section = self._section(line)
        siblings = section.items
        if self.open:
            last = self.open[-1]
            is_heading = last.rank < RANKS["bullet"] and (
                last.item.text.endswith(":") or not ends_sentence(last.item.text)
            )
            siblings = last.item.items if is_heading else last.siblings
        siblings.append(Item("", line.text, line.number, is_bold=line.is_bold))

    def _assign(self, line: Line, label: Label | None) -> bool:
        """Keep a “Chủ trì: …” line with the item it belongs to; False where there is none before it."""
        if not self.open:
            return False
        owner = self._owner(line, label)
        if owner is None:
            return False
        item = owner.item
        item.assignment_text = f"{item.assignment_text}\n{line.text}" if item.assignment_text else line.text
        return True

    def _owner(self, line: Line, label: Label | None) -> Open | None:
        """Under a) the bullets “- Chủ trì”, “- Thời gian” speak of a); after bullets of their own kind, of their parent."""
        last = self.open[-1]
        if label and label.kind == "bullet":
            same = [at for at, entry in enumerate(self.open) if entry.is_like(label, line)]
            if not same:
                return last
            if same[0] > 0:
                return self.open[same[0] - 1]
            last = self.open[0]
        elif label:
            wider = [entry for entry in self.open if entry.rank < self.ranks[label.kind]]
            return wider[-1] if wider and label.kind in ("letter", "paren", "number2", "number3") else None
        before = last.siblings[-2] if len(last.siblings) > 1 else None
        if (
            before
            and last.rank == RANKS["bullet"]
            and not before.assignment_text
            and not last.item.assignment_text
        ):
            self.outline.doubt(
                line.number, line.text, "Chưa rõ dòng phân công này của riêng ý ngay trên hay của cả mục."
            )
        return last

    def _table(self, rows: list[Line]) -> None:
        items = read_table(rows, self.outline, self.outline.year)
        if items is None:
            self.outline.doubt(
                rows[0].number, rows[0].text, "Bảng này không phải bảng giao việc nên chưa đưa vào kế hoạch."
            )
            return
        section = self._section(rows[0])
        (self.open[-1].item.items if self.open else section.items).extend(items)
