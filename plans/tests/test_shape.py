import pytest

from plans import shape
from plans.models import Item, Section


def section_of(*rows: str) -> tuple[Section, list[Item]]:
    """`section_of("1 A", "  a B", "2 C")`: two blanks are one level; the key of a line is its place, from 1."""
    items, parents = [], []
    for pk, row in enumerate(rows, start=1):
        level = (len(row) - len(row.lstrip())) // 2
        label, _, text = row.strip().rpartition(" ")
        del parents[level:]
        parent = parents[-1] if parents else None
        items.append(Item(pk=pk, parent_id=parent, order=pk, label=label, text=text))
        parents.append(pk)
    return Section(numeral="II", kind="content"), items


def shifted(rows: list[str], at: int, step: int) -> list[str]:
    section, items = section_of(*rows)
    before = {item.pk: shape.was(item) for item in items}
    lines = shape.lines_of(items)
    shape.shift(lines, at, step)
    shape.settle(section, lines, before)
    return [f"{'  ' * (line.level - 1)}{line.item.label} {line.item.text}" for line in lines]


@pytest.mark.parametrize(
    ("rows", "at", "found"),
    [
        (["1 A", "2 B", "3 C"], 1, ["1 A", "  a B", "2 C"]),
        (["1 A", "  - B", "2 C", "3 D"], 2, ["1 A", "  - B", "  - C", "2 D"]),
        (["1 A", "  a B", "  b C", "2 D", "  a E"], 3, ["1 A", "  a B", "  b C", "  c D", "    a E"]),
        (["- A", "- B"], 1, ["- A", "  + B"]),
        (["1 A", "  1.1 B", "2 C"], 2, ["1 A", "  1.1 B", "  1.2 C"]),
    ],
)
def test_indent_labels_like_the_new_brothers(rows, at, found):
    assert shifted(rows, at, 1) == found


@pytest.mark.parametrize(
    ("rows", "at", "found"),
    [
        (["1 A", "  a B", "2 C"], 1, ["1 A", "2 B", "3 C"]),
        (["1 A", "  a B", "  b C", "  c D"], 1, ["1 A", "2 B", "  a C", "  b D"]),
        (["1 A", "  1.1 B", "2 C", "  2.1 D"], 1, ["1 A", "2 B", "3 C", "  3.1 D"]),
    ],
)
def test_outdent_takes_the_brothers_below_along(rows, at, found):
    assert shifted(rows, at, -1) == found


def numbered(*labels: str) -> list[str]:
    """A new line between the first and the second brother: what numbers follow."""
    section, items = section_of(*(f"{label} x" for label in labels))
    before = {item.pk: shape.was(item) for item in items}
    items.insert(1, Item(pk=99, order=0, label=labels[0], text="new"))
    shape.settle(section, [shape.Line(item, 1) for item in items], before)
    return [item.label for item in items]


def test_letters_follow_the_vietnamese_alphabet():
    assert numbered("d", "đ", "e") == ["d", "đ", "e", "g"]


def test_points_beyond_the_alphabet_are_numbered():
    assert numbered("x", "y") == ["x", "y", "24"]


def test_count_goes_on_from_where_the_document_began():
    assert numbered("4", "5") == ["4", "5", "6"]


def test_brothers_that_nobody_touched_keep_the_numbers_of_the_document():
    assert shifted(["1 A", "  a B", "  c C", "2 D", "3 E"], 4, 1)[1:3] == ["  a B", "  c C"]


def test_line_that_had_lost_its_number_gives_the_first_place_back():
    section, items = section_of("2 B", "3 C")
    before = {item.pk: shape.was(item) for item in items}
    items.insert(0, Item(pk=99, order=0, label="2", text="A"))

    shape.settle(section, [shape.Line(item, 1) for item in items], before)

    assert [item.label for item in items] == ["1", "2", "3"]


def test_head_of_others_is_no_work_and_a_lonely_one_is():
    section, items = section_of("1 A", "2 B")
    items[0].is_task = items[1].is_task = True
    before = {item.pk: shape.was(item) for item in items}
    lines = shape.lines_of(items)

    shape.shift(lines, 1, 1)
    shape.settle(section, lines, before)

    assert [item.is_task for item in items] == [False, True]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("b) Tổ chức hội nghị", ("b", "Tổ chức hội nghị")),
        ("- Báo cáo", ("-", "Báo cáo")),
        ("2.1. Niêm yết", ("2.1", "Niêm yết")),
        ("đ) Kiểm tra", ("đ", "Kiểm tra")),
        ("15/6/2024 báo cáo", ("", "15/6/2024 báo cáo")),
        ("2024 là năm", ("", "2024 là năm")),
        ("a b", ("", "a b")),
    ],
)
def test_split_mark_takes_only_what_is_a_mark(text, found):
    assert shape.split_mark(text) == found
