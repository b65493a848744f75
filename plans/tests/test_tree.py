from plans import tree
from plans.models import Item, Section


def item(pk: int, parent: int | None, order: int, label: str = "-") -> Item:
    return Item(pk=pk, parent_id=parent, order=order, label=label)


def test_rows_know_level_and_edges():
    found = tree.rows([item(1, None, 1, "1"), item(2, 1, 2), item(3, 1, 3), item(4, None, 4, "2")])

    assert [(row.level, row.has_children) for row in found] == [(1, True), (2, False), (2, False), (1, False)]
    assert [(row.is_first, row.is_last) for row in found] == [
        (True, False),
        (True, False),
        (False, True),
        (False, True),
    ]


def test_rows_indent_no_deeper_than_the_style_sheet():
    deep = [item(pk, pk - 1 or None, pk) for pk in range(1, 9)]

    assert [row.level for row in tree.rows(deep)][-2:] == [5, 5]


def test_in_order_puts_children_after_their_parent():
    shuffled = [item(1, None, 5), item(2, 1, 1), item(3, None, 2), item(4, 3, 3)]

    assert [one.pk for one in tree.in_order(shuffled)] == [3, 4, 1, 2]


def test_neighbour_is_under_the_same_parent():
    items = [item(1, None, 1), item(2, 1, 2), item(3, None, 3)]

    assert tree.neighbour(items, items[2], -1).pk == 1
    assert tree.neighbour(items, items[1], 1) is None


def test_paths_end_at_the_last_numbered_item():
    items = [item(1, None, 1, "1"), item(2, 1, 2, "2"), item(3, 2, 3, "đ"), item(4, 3, 4, "-")]

    assert list(tree.paths(Section(numeral="II"), items).values()) == [
        "II/1",
        "II/1/2",
        "II/1/2/đ",
        "II/1/2/đ",
    ]


def test_paths_of_an_annex_name_the_row_alone():
    rows = [item(1, None, 1, "I"), item(2, 1, 2, "7")]

    assert tree.paths(Section(kind="annex"), rows)[2] == "PL/7"


def test_a_new_row_of_a_further_annex_has_its_prefix():
    rows = [item(1, None, 1, "1"), item(2, None, 2, "2")]
    rows[0].path = "PL2/1"

    assert list(tree.paths(Section(kind="annex"), rows).values()) == ["PL2/1", "PL2/2"]
