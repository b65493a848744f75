"""How deep bullets stand whose signs are mixed, and that no task is lost without a word."""

import pytest

from .documents import content, reasons, shape

SAME = "tạm coi là cùng cấp"

LEVELS = [
    ("one • among -", ["- Họp.", "• Gặp.", "- Nói."], ["-", "-", "-"], SAME),
    ("• last", ["- Họp.", "- Gặp.", "• Nói."], ["-", "-", "-"], SAME),
    ("• first", ["• Họp.", "- Gặp.", "- Nói."], ["-", "-", "-"], SAME),
    ("in turns", ["- Họp.", "• Gặp.", "- Nói.", "• Đi.", "- Về."], ["-"] * 5, SAME),
    ("• between +", ["- Họp:", "+ Mời.", "• Gửi.", "+ Đón.", "- Nói."], [("-", ["+", "-", "+"]), "-"], SAME),
    ("• after three +", ["- Họp:", "+ Mời.", "+ Gửi.", "+ Đón.", "• Nói."], [("-", ["+", "+", "+"]), "-"], SAME),
    ("custom", ["- Họp;", "+ Mời;", "+ Gửi;", "- Nói."], [("-", ["+", "+"]), "-"], ""),
    ("announced by a colon", ["- Họp:", "• Mời.", "• Gửi.", "- Nói."], [("-", ["-", "-"]), "-"], ""),
    ("- under • announced", ["• Họp:", "- Mời.", "- Gửi.", "• Nói."], [("-", ["-", "-"]), "-"], ""),
    ("under a heading", ["- Tuyên truyền", "• Mời.", "• Gửi.", "- Nói."], [("-", ["-", "-"]), "-"], ""),
    ("a colon lost once", ["- Họp:", "• Mời.", "- Gửi.", "• Đón."], [("-", ["-"]), ("-", ["-"])], ""),
    ("again and again", ["- Họp.", "• Mời.", "• Gửi.", "- Nói.", "• Đi.", "• Về."],
     [("-", ["-", "-"]), ("-", ["-", "-"])], "tạm coi là ý nhỏ"),
    ("- under • again", ["• Họp.", "- Mời.", "- Gửi.", "• Nói.", "- Đi."],
     [("-", ["-", "-"]), ("-", ["-"])], "tạm coi là ý nhỏ"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "levels", "reason"), [row[1:] for row in LEVELS], ids=[row[0] for row in LEVELS]
)
def test_bullets_stand_as_deep_as_their_use_says(lines, levels, reason):
    outline = content("1. Tuyên truyền", *lines)
    assert shape(outline.sections[1].items) == [("1", levels)]
    assert ("Dấu đầu dòng" in reasons(outline)) == bool(reason)
    assert reason in reasons(outline)


def test_a_sign_seen_between_siblings_stands_beside_them_elsewhere():
    outline = content("1. Nói", "- Họp.", "• Gặp.", "- Đi.", "2. Làm", "- Giúp:", "+ Mời.", "• Gửi.")
    assert shape(outline.sections[1].items) == [("1", ["-", "-", "-"]), ("2", [("-", ["+"]), "-"])]


def test_the_same_sign_in_the_next_item_begins_anew():
    outline = content("1. Nói", "- Họp.", "2. Làm", "+ Gặp.", "+ Đi.")
    assert shape(outline.sections[1].items) == [("1", ["-"]), ("2", ["+", "+"])]


@pytest.mark.parametrize(
    "line",
    [
        "- Công an phường chủ trì tổ chức hội nghị.",
        "- Tổ chức hội nghị, xong trước 31/3.",
        "- Tổ chức đối thoại hằng quý;",
    ],
)
def test_a_whole_sentence_that_says_who_or_when_stays_a_task_with_a_doubt(line):
    outline = content(line, "+ Mời đại biểu.", "+ In tài liệu.")
    assert [task.text for task in outline.tasks] == [line[2:], "Mời đại biểu.", "In tài liệu."]
    assert "bên dưới còn có các ý nhỏ" in reasons(outline)


@pytest.mark.parametrize(
    "line", ["- Công an phường chủ trì thực hiện:", "- Các việc xong trước 31/3:", "- Họp hằng quý, gồm:"]
)
def test_an_opening_that_says_who_or_when_is_no_task_but_doubted(line):
    outline = content(line, "+ Mời đại biểu.", "+ In tài liệu.")
    assert [task.text for task in outline.tasks] == ["Mời đại biểu.", "In tài liệu."]
    assert "nên chưa tính là một việc" in reasons(outline)


@pytest.mark.parametrize(
    "line", ["1. Văn phòng UBND phường:", "1. Tuyên truyền", "1. Đẩy mạnh tuyên truyền."]
)
def test_a_heading_that_says_no_more_is_not_doubted(line):
    outline = content(line, "- Mời đại biểu.", "- In tài liệu.")
    assert len(outline.tasks) == 2
    assert "bên dưới" not in reasons(outline)
