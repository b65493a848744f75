"""The three plans in samples/, read exactly."""

import datetime as dt
import json
import sys
from pathlib import Path

import pytest

from plans.importing import read_document, to_json

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
REAL = "ke-hoach-10-KH-UBND-2024"


def read(name: str):
    return read_document(name, (SAMPLES / name).read_bytes())


@pytest.fixture(scope="module")
def real():
    return read(f"{REAL}.md")


@pytest.mark.parametrize("name", ["ke-hoach-mau-01", "ke-hoach-mau-02"])
def test_invented_plans_are_read_as_expected(name):
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    found = to_json(read(f"{name}.md"))
    assert found | {"doubts": []} == expected


def test_real_plan_has_its_heading(real):
    assert (real.number, real.date, real.place) == ("10/KH-UBND", dt.date(2024, 2, 27), "Lãm Hà")
    assert real.title == "Triển khai thực hiện công tác dân vận chính quyền năm 2024"
    assert (real.year, real.issuer, real.superior) == (
        2024,
        "Ủy ban nhân dân phường Lãm Hà",
        "UBND quận Kiến An",
    )


def test_real_plan_has_two_bases_out_of_one_paragraph(real):
    assert [basis[:26] for basis in real.legal_bases] == [
        "Thực hiện Chỉ thị số 33/CT",
        "Thực hiện Kế hoạch số 41/K",
    ]
    assert real.opening_words.startswith("Ủy ban nhân dân phường Lãm Hà ban hành Kế hoạch")
    assert real.opening_words.endswith("như sau:")


def test_real_plan_has_its_sections_and_lines(real):
    aims, content, organisation = real.sections
    assert [(part.numeral, part.kind) for part in real.sections] == [
        ("I", "purpose"), ("II", "content"), ("III", "organisation"),
    ]  # fmt: skip
    assert [item.label for item in aims.items] == ["-"] * 4
    assert [(item.label, len(item.items)) for item in content.items] == [
        ("1", 4), ("2", 4), ("3", 3), ("4", 2), ("5", 3),
    ]  # fmt: skip
    assert [(item.label, len(item.items)) for item in organisation.items] == [("1", 3), ("2", 4)]


def test_real_plan_keeps_the_paragraph_without_a_bullet_in_its_place(real):
    lines = real.sections[1].items[2].items
    assert [line.label for line in lines] == ["-", "", "-"]
    assert lines[1].text.startswith("Thực hiện Quy chế dân chủ ở cơ sở gắn với phương châm")
    assert lines[1].reading is None


def test_real_plan_has_the_cut_sentence_whole_again(real):
    line = real.sections[1].items[4].items[0]
    assert "trách nhiệm của cấp ủy, tổ chức đảng, chính quyền các cấp" in line.text


def test_real_plan_has_no_stray_marks(real):
    words = json.dumps(to_json(real), ensure_ascii=False)
    assert "*" not in words
    assert "#" not in words


def test_real_plan_has_22_tasks_and_no_deadline(real):
    assert len(real.tasks) == 22
    assert not [
        task.text for task in real.tasks if task.reading.due or task.reading.due_bound or task.reading.target
    ]


def test_real_plan_names_leads_only_where_it_says_so(real):
    leads = [(task.path, task.reading.lead) for task in real.tasks]
    assert leads[0] == ("II/1", ["UBND phường"])
    assert leads[1:15] == [
        (path, []) for path in ["II/1"] * 3 + ["II/2"] * 4 + ["II/3"] * 2 + ["II/4"] * 2 + ["II/5"] * 3
    ]
    assert leads[15:18] == [("III/1", ["Văn phòng UBND phường"])] * 3
    assert leads[18:21] == [("III/2", ["Các ban, ngành, đoàn thể phường"])] * 3
    assert leads[21:] == [("III/2", ["Bộ phận Văn hóa - Xã hội và phát thanh phường"])]


def test_real_plan_has_its_end(real):
    assert len(real.recipients) == 7
    assert real.recipients[-1] == "Lưu: VT, VPTK"
    assert (real.authority, real.position) == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
    assert real.signer == "Nguyễn Thị Tâm"
    assert real.closing_words.startswith("Trên đây là Kế hoạch")
    assert real.closing_words.endswith("./.")


def test_real_plan_marks_each_guess_at_its_line(real):
    lines = {doubt.line for doubt in real.doubts}
    assert {10, 21, 45, 59} <= lines  # the bases, II.1, the paragraph in II.3, the cut sentence
    assert {"UBND quận Kiến An", "Ủy ban nhân dân phường Lãm Hà"} <= {doubt.text for doubt in real.doubts}


def test_word_file_reads_like_the_markdown(real):
    word = to_json(read(f"{REAL}.docx"))
    assert word | {"doubts": []} == to_json(real) | {"doubts": []}


def test_word_file_is_certain_of_its_agencies():
    texts = {doubt.text for doubt in read(f"{REAL}.docx").doubts}
    assert not {"UBND quận Kiến An", "Ủy ban nhân dân phường Lãm Hà"} & texts


def test_word_file_is_what_the_script_makes(monkeypatch):
    monkeypatch.syspath_prepend(str(SAMPLES.parent / "script"))
    import make_samples

    text = (SAMPLES / f"{REAL}.md").read_text(encoding="utf-8")
    assert make_samples.word_file(text) == (SAMPLES / f"{REAL}.docx").read_bytes()
    sys.modules.pop("make_samples")
