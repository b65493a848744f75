import io
import json

import pytest
from django.core.management import call_command

from plans.models import Plan


def run(*args) -> tuple[str, str, int]:
    """Standard output, standard error, exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_plan", *map(str, args), stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), end.code
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def path(tmp_path, small_file):
    path = tmp_path / "ke-hoach.md"
    path.write_bytes(small_file)
    return path


def test_dry_run_prints_one_object_without_a_database(path):
    out, err, code = run(path, "--dry-run", "--json")

    reading = json.loads(out)
    assert (code, err) == (0, "")
    assert (reading["number"], reading["date"], len(reading["tasks"])) == ("10/KH-UBND", "2024-02-27", 4)


def test_dry_run_without_json_says_it_in_words(path):
    assert "4 việc" in run(path, "--dry-run")[0]


def test_run_makes_a_draft(path, world):
    out, _, code = run(path, "--agency", "lam-ha")

    assert code == 0
    assert f"Bản nháp số {Plan.objects.get().pk}" in out


def test_run_asks_for_the_agency_where_there_are_several(path, world):
    out, err, code = run(path)

    assert (out, code) == ("", 1)
    assert "--agency" in err and "lam-ha" in err


def test_run_finds_the_only_ward_by_itself(path, world):
    world.stranger.memberships.all().delete()
    Plan.objects.all().delete()
    agencies = [world.other, world.other.superior]
    for agency in agencies:
        agency.memberships.all().delete()
        agency.units.all().delete()
        agency.delete()

    assert run(path)[2] == 0
    assert Plan.objects.get().agency == world.ward


def test_run_refuses_an_unknown_agency(path, world):
    assert "Không có cơ quan mang mã" in run(path, "--agency", "khong-co")[1]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rong.docx", b"", "Tệp rỗng"),
        ("hong.docx", b"PK\x03\x04 cut", "hỏng"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office cũ"),
        ("nhi-phan.txt", bytes(range(256)), "không phải văn bản"),
    ],
)
def test_refusal_is_one_line_and_an_exit_code(name, content, sentence, tmp_path):
    (tmp_path / name).write_bytes(content)

    out, err, code = run(tmp_path / name, "--dry-run", "--json")

    assert (out, code) == ("", 1)
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "Chưa nói đọc tệp nào"),
        ("khong-co.docx", "Không có tệp"),
        (".", "là thư mục"),
        ("a\0b", "Không có tệp"),
    ],
)
def test_path_that_leads_to_no_file_is_refused(path, sentence, tmp_path):
    out, err, code = run(path, "--dry-run", "--json")

    assert (out, code) == ("", 1)
    assert sentence in err


def test_file_that_may_not_be_read_is_refused(path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.read_bytes", _denied)  # root may read anything, so chmod shows nothing

    assert "Không mở được tệp" in run(path, "--dry-run")[1]


def _denied(self):
    raise PermissionError


def test_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "lon.txt"
    with path.open("wb") as file:
        file.truncate(40 * 2**20)

    assert "20 MB" in run(path, "--dry-run")[1]


def test_another_kind_of_document_is_read_only_on_demand(tmp_path):
    path = tmp_path / "quyet-dinh.txt"
    path.write_text(
        "QUYẾT ĐỊNH\nVề công tác dân vận năm 2024\n\nI. NỘI DUNG\n1. Họp dân.\n", encoding="utf-8"
    )

    assert "quyết định" in run(path, "--dry-run")[1]
    assert "1 việc" in run(path, "--dry-run", "--insist")[0]
