"""The common shape into which every reader turns its file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from danvan.text import fold
from danvan.uploads import Refused

# A ward's plan has some 70 lines and 17,000 characters; what is hundreds of times longer is no plan.
MAX_LINES = 30_000
MAX_CHARACTERS = 4_000_000
MAX_PARAGRAPH = 10_000  # characters that rows are joined to; the longest real paragraph has 1,900
TOO_LONG = "Văn bản quá dài so với một kế hoạch; hãy tách riêng phần kế hoạch rồi tải lên."

# A line that is nothing but a page number: “2”, “- 2 -”, “Trang 2/5”.
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—]?\s*[0-9]{1,3}(?:\s*/\s*[0-9]{1,3})?\s*[-–—]?", re.IGNORECASE)
_RULE = re.compile(r"[-–—_=*~.…─━═\s]{3,}|[-*\s]*o0o[-*\s]*", re.IGNORECASE)
# Words at both ends of a line; the blank of a draft (“ngày      tháng 02”, “Số:      /KH-UBND”) is no such gap.
BOTH_ENDS = re.compile(r"(?<=\S)(?<!ngày)(?<!tháng)(?<!năm)(?<!Số)(?<!Số:)(?:[ ]*\t\s*| {4,})(?=\S)")
_CLOSING = re.compile(r"Trên đây là\s|Căn cứ (?:nội dung )?[Kk]ế hoạch này")
_SENTENCE_END = tuple(".;:!?…")
_CLOSERS = "”\"’')]»"


@dataclass(frozen=True)
class Line:
    """One paragraph or one table row, cleaned (`danvan.text.clean`).

    `number` counts from 1 in the file. `cells` are the cells of a table row, or the words at both ends of a line;
    within a cell `\\n` divides paragraphs. Rows of one table share `table` (0 = no table). `label` is what automatic
    numbering prints at the head of `text`, `level` how deep it stands in its list, and `is_latin` that Word itself prints
    a, b, c, d, e there. `gap` says that an empty line stands before. `printed` are the cells
    of a PDF's table with `\v` where a printed row ended for want of room.
    """

    number: int
    text: str
    is_bold: bool = False
    label: str = ""
    cells: tuple[str, ...] = ()
    table: int = 0
    gap: bool = False
    printed: tuple[str, ...] = ()
    level: int = 0
    is_latin: bool = False


def within_limits(lines: Iterable[Line]) -> list[Line]:
    """The lines, if they are no more than a plan can have. Raises `Refused`."""
    kept: list[Line] = []
    length = 0
    for line in lines:
        kept.append(line)
        length += len(line.text)
        if len(kept) > MAX_LINES or length > MAX_CHARACTERS:
            raise Refused(TOO_LONG)
    return kept


def drop_noise(lines: Sequence[Line]) -> list[Line]:
    """Without empty lines, drawn rules and page numbers; a rule parts what stands above and below it."""
    kept: list[Line] = []
    is_parted = False
    for line in lines:
        is_rule = bool(_RULE.fullmatch(line.text))
        if line.table or not (not line.text or is_rule or _PAGE_NUMBER.fullmatch(line.text)):
            kept.append(replace(line, gap=True) if is_parted else line)
            is_parted = False
        is_parted = is_parted or is_rule
    return kept


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


def joined(above: str, below: str) -> str:
    """Two rows of one sentence. A hyphen at the end goes where it parts a syllable (“hi-” / “ện”), not in “kinh tế-”."""
    if above.endswith("-") and below[:1].islower():
        last, first = above[:-1].rsplit(" ", 1)[-1], re.match(r"\w+", below)
        if first and _SYLLABLE.fullmatch(fold(last + first[0])) and not _SYLLABLE.fullmatch(fold(first[0])):
            return above[:-1] + below
    is_bound = above.endswith("/") and below[:1].isalnum()  # “02 lần/” / “năm”, “59/2023/NĐ-” / “CP”
    if is_bound or (
        above[-2:-1].isalnum() and above.endswith("-") and below[:1].isalnum() and not below[0].islower()
    ):
        return above + below
    return f"{above} {below}"


def ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(_SENTENCE_END)


def begins_closing(text: str) -> bool:
    """“Trên đây là Kế hoạch …” is a paragraph of its own, whatever ends above it."""
    return bool(_CLOSING.match(text))


def is_capitals(text: str) -> bool:
    """Whether the words are written in capitals; figures and signs do not count."""
    letters = [char for char in text[:600] if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) >= 0.8 * len(letters)


def by_columns(lines: Sequence[Line]) -> list[Line]:
    """Undo a layout table (heading block, signature): the left column from top to bottom, then the next one."""
    out: list[Line] = []
    block: list[Line] = []
    for line in [*lines, None]:
        if line is not None and line.cells:
            block.append(line)
            continue
        for column in range(max((len(row.cells) for row in block), default=0)):
            out += [part for row in block for part in _column(row, column)]
        block = []
        if line is not None:
            out.append(line)
    return out


def _column(row: Line, column: int) -> list[Line]:
    cell = row.cells[column] if column < len(row.cells) else ""
    return [replace(row, text=text, cells=(), table=0) for text in cell.split("\n") if text]
