"""Whole files: what is refused, what any text ends in, and how long it takes."""

import contextlib
import io
import json
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.uploads import Refused
from plans.importing import Outline, read_document, read_lines, read_source, to_json
from plans.importing.read_text import read_text

from .documents import content, word, word_bytes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n \n***\n", "không có chữ"),
        ("Xin chào các bạn.", "Không tìm thấy nội dung"),
        ("QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\nKẾ HOẠCH\nI. NỘI DUNG\n1. Họp.", "quyết định"),
        ("BÁO CÁO\nI. KẾT QUẢ\n1. Họp.", "báo cáo"),
        ("V/v dân vận\nKính gửi: Các phường\n1. Họp.", "công văn"),
    ],
)
def test_what_is_no_plan_is_refused(text, says):
    with pytest.raises(Refused, match=says):
        read_document("ke-hoach.txt", text.encode())


def test_another_kind_of_document_is_read_if_the_user_insists():
    outline = read_document(
        "a.txt", "QUYẾT ĐỊNH\nVề dân vận năm 2024\n\nI. NỘI DUNG\n1. Họp.".encode(), insist=True
    )
    assert [task.text for task in outline.tasks] == ["Họp."]


def test_the_source_is_the_lines_as_they_stand():
    lines = read_source("a.txt", "QUYẾT ĐỊNH\n\n- 2 -\n1. Họp.".encode())
    assert [(line.number, line.text) for line in lines] == [(1, "QUYẾT ĐỊNH"), (3, "- 2 -"), (4, "1. Họp.")]


def test_the_source_of_another_kind_of_file_is_refused():
    with pytest.raises(Refused, match="bảng tính"):
        read_source("a.xlsx", b"PK")


def test_a_word_file_without_words_is_refused():
    with pytest.raises(Refused, match="không có chữ"):
        read_document("ke-hoach.docx", word_bytes(word("", "")))


def test_json_has_the_keys_of_the_contract():
    found = to_json(content("1. Họp dân trước ngày 15/6."))
    assert list(found) == [
        "number", "date", "place", "issuer", "superior", "title", "year", "legal_bases", "sections", "recipients",
        "authority", "position", "signer", "tasks", "doubts",
    ]  # fmt: skip
    assert found["tasks"] == [{
        "path": "II/1", "label": "1", "text": "Họp dân trước ngày 15/6.", "lead": [], "coordinating": [], "due": ["2024-06-15"],
        "due_bound": "before", "frequency": [], "target": None, "deliverable": None, "kind": "action",
    }]  # fmt: skip
    assert found["date"] == "2024-02-27"


SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "ke-hoach-10-KH-UBND-2024.docx"
XML = zipfile.ZipFile(SAMPLE).read("word/document.xml")

PIECES = [
    "KẾ HOẠCH", "Phần I", "I. MỤC ĐÍCH", "II. NỘI DUNG", "NỘI DUNG", "1. ", "1.1. ", "a) ", "- ", "+ ", "Mục 1", "Chủ trì: ",
    "Phối hợp với các ban, ngành", "trước ngày 31/2", "Quý II/2024", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "Phụ lục", "| 1 | Họp | ",
    "| STT | Nội dung | Chủ trì |", "Trên đây là", "**", "#", "\n", "\n\n", "    ", "\t", " ", "Công an phường", "100%", "Số: 1/KH-UBND",
    "ngày 1 tháng 2 năm 2024", "Căn cứ Luật; ", "UBND phường A ban hành ", "Căn cứ", "2", "Giao ", "đến ", "(", ")", "“",
    "STT\tNội dung\tChủ trì\n", "1\tHọp\tĐài\n", "STT   Nội dung   Chủ trì\n", "1     Họp        Đài\n", "a | b | c", "II.1. ", "1) ",
    "hi-\n", "ện", " chủ trì, phối hợp ", "(chủ trì)", "o0o", "Các ", "KÕ ho¹ch ",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40).map("".join))
def test_any_text_ends_in_an_outline_or_a_refusal(text):
    try:
        outline = read_lines(read_text(text.encode("utf-8", "ignore")), insist=True)
    except Refused as refused:
        assert str(refused).endswith(".")
    else:
        assert isinstance(outline, Outline)
        json.dumps(to_json(outline))


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["a.docx", "a.txt", "a.md", "a", "a.pdf"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"%PDF-1.7\n", b"K\0\xbf\x1e "]),
)
def test_any_bytes_end_in_an_outline_or_a_refusal(tail, name, head):
    try:
        assert isinstance(read_document(name, head + tail), Outline)
    except Refused as refused:
        assert "\n" not in str(refused)


def test_three_thousand_items_take_seconds():
    line = "- Công an phường chủ trì, phối hợp với các ban, ngành tuyên truyền đến 100% hộ, xong trước ngày 15/6/2024."
    started = time.process_time()
    outline = content(*(f"{number % 90 + 1}. Việc {number}\n{line * 3}" for number in range(3000)))
    assert len(outline.tasks) == 3000
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "text",
    [
        "- " * 300_000,
        "a" * 1_000_000,
        "ngày 1/2 và " * 60_000,
        "Công an, " * 20_000,
        "| " * 300_000,
        "Đề nghị cấp ủy " * 35_000,
        "“" * 500_000,
        "(" * 500_000 + ":\n- Họp.",
        "Họp.\n" + "• Họp dân.\n- Gặp\n" * 5_000,
        "tuyên truyền các chủ trương lớn và các\n" * 12_000,
        "Họp.\nNơi nhận:\n" + "- UBND quận,\n(b/c)\n" * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_text_does_not_hold_the_reader_up(text):
    started = time.process_time()
    with contextlib.suppress(Refused):
        read_document("a.txt", f"KẾ HOẠCH\nDân vận năm 2024\n\nI. NỘI DUNG\n1. {text}".encode())
    assert time.process_time() - started < 10


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_any_mutated_word_file_ends_in_an_outline_or_a_refusal(seed, changes):
    chance = random.Random(seed)
    xml = bytearray(XML)
    for _ in range(changes):
        at = chance.randrange(len(xml))
        if chance.random() < 0.5:
            xml[at] = chance.randrange(32, 127)
        else:
            other = chance.randrange(len(xml))
            xml[at : at + 20] = xml[other : other + chance.randrange(60)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bytes(xml))
    with contextlib.suppress(Refused):
        assert isinstance(read_document("a.docx", out.getvalue()), Outline)
