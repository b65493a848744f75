"""Mending what copying broke: an item that lost its number, numbers that jump, sections that tell no kind."""

from danvan.text import POINT_LABELS

from .lines import ends_sentence
from .outline import Item, Outline, Section


def repair(outline: Outline) -> None:
    """Every repair is a guess and leaves a doubt at its line."""
    for section in outline.sections:
        _restore_numbers(section.items, outline)
        for item in list(section.walk()):
            _restore_numbers(item.items, outline)
        _doubt_jumps(section.items, outline)
        for item in section.walk():
            _doubt_jumps(item.items, outline)
    _doubt_section_jumps(outline)
    _tell_kinds(outline.sections, outline)


def _restore_numbers(items: list[Item], outline: Outline) -> None:
    """Where 2 stands without 1 (or 4 after 2), look for the heading that lost its number between them."""
    previous: int | None = None
    position = 0
    while position < len(items):
        label = items[position].label
        if label.isdecimal():
            expected = int(items[previous].label) + 1 if previous is not None else 1
            if int(label) == expected + 1 and _restore(items, previous, position, expected, outline):
                position, previous = 0, None  # the list has changed
                continue
            previous = position
        position += 1


def _restore(items: list[Item], previous: int | None, position: int, number: int, outline: Outline) -> bool:
    """Give `number` to the one line between that reads like a heading, and put the lines after it under it."""
    start = 0 if previous is None else previous + 1
    between = ([] if previous is None else items[previous].items) + items[start:position]
    heading = _lost_heading(between)
    if heading is None:
        return False
    at = next(at for at, item in enumerate(between) if item is heading)
    outline.doubt(heading.line, heading.text, f"Dòng này mất số thứ tự; tạm coi là mục {number}.")
    heading.label = str(number)
    heading.items += between[at + 1 :]
    if previous is not None:
        items[previous].items = between[:at]
    items[start:position] = [heading] if previous is not None else [*between[:at], heading]
    return True


def _lost_heading(between: list[Item]) -> Item | None:
    """The only bold line, or else the only one without an end of sentence, if lines follow it."""
    for candidates in (
        [item for item in between if item.is_bold and not ends_sentence(item.text)],
        [item for item in between if not ends_sentence(item.text)],
    ):
        if len(candidates) == 1 and candidates[0] is not between[-1]:
            return candidates[0]
    return None


def _doubt_jumps(items: list[Item], outline: Outline) -> None:
    for is_kind, follow in ((str.isdecimal, _number_after), (_is_point, _point_after)):
        labelled = [item for item in items if is_kind(item.label)]
        for before, item in zip([None, *labelled], labelled, strict=False):
            if item.label not in follow(before.label if before else ""):
                was = f"từ {before.label} sang {item.label}" if before else f"bắt đầu từ {item.label}"
                outline.doubt(item.line, item.text, f"Số thứ tự {was}; có thể thiếu hoặc thừa một mục.")


def _number_after(label: str) -> set[str]:
    return {str(int(label) + 1)} if label else {"1"}


def _is_point(label: str) -> bool:
    return len(label) == 1 and label.isalpha() and label.islower()


def _point_after(label: str) -> set[str]:
    """The Vietnamese alphabet is the rule; the Latin one, which leaves out đ, is common too."""
    if not label:
        return {"a"}
    at = POINT_LABELS.index(label) + 1 if label in POINT_LABELS else len(POINT_LABELS)
    return {*POINT_LABELS[at : at + 1], chr(ord(label) + 1) if label.isascii() else ""}


def _doubt_section_jumps(outline: Outline) -> None:
    numerals = [section.numeral for section in outline.sections]
    for section in outline.sections:
        if numerals.count(section.numeral) > 1:
            outline.doubt(
                section.line, section.title, f"Có hơn một mục mang số {section.numeral}; hãy kiểm tra lại."
            )


def _tell_kinds(sections: list[Section], outline: Outline) -> None:
    """A title that tells no kind (“ĐẨY MẠNH CẢI CÁCH HÀNH CHÍNH”) is content, so that no task is lost."""
    for section in sections:
        if not section.kind:
            section.kind = "content"
            outline.doubt(section.line, section.title, "Chưa rõ loại của phần này; tạm coi là phần nội dung.")
