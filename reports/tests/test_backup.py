"""A backup is worth what can be restored from it: rows to the microsecond, files to the byte, and nothing by halves."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Agency, Event, User
from danvan import clock
from reports.backup import saved_models

pytestmark = pytest.mark.django_db(transaction=True)


def all_rows() -> dict[str, list[dict]]:
    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in saved_models()}


def all_files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture
def files(settings) -> Path:
    root = Path(settings.MEDIA_ROOT)
    (root / "reports/2024").mkdir(parents=True)
    (root / "reports/2024/báo cáo.pdf").write_bytes(b"%PDF-1.7 \x00\xff")
    return root


@pytest.fixture
def archive(world, files, tmp_path) -> Path:
    Event.objects.create(
        agency=world.ward,
        actor=world.lan,
        verb="x",
        subject_type="x",
        subject_id=1,
        words="Ghi",
        at=clock.now(),
    )
    call_command("backup", tmp_path / "sao-luu.tar.gz", verbosity=0)
    return tmp_path / "sao-luu.tar.gz"


def rewrite(archive: Path, change) -> None:
    """Writes the archive anew, each member's (name, bytes) passed through `change`."""
    with tarfile.open(archive) as tar:
        members = [(m.name, tar.extractfile(m).read()) for m in tar]
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in filter(None, (change(name, content) for name, content in members)):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def wreck(files: Path) -> None:
    Event.objects.all().delete()
    User.objects.update(full_name="Sai")
    (files / "reports/2024/báo cáo.pdf").write_bytes(b"sai")
    (files / "la.txt").write_bytes(b"khong co trong ban sao luu")


def test_restore_brings_back_equal_rows_and_bytes(archive, files):
    rows, contents = all_rows(), all_files(files)
    wreck(files)

    call_command("restore", archive, "--replace", verbosity=0)

    assert all_rows() == rows
    assert all_files(files) == contents


def test_restored_portal_takes_new_rows(archive):
    call_command("restore", archive, "--replace", verbosity=0)

    new = Agency.objects.create(code="moi", name="Mới", short_name="Mới", heading="MỚI", place="Mới")

    assert Agency.objects.filter(pk=new.pk).count() == 1


def test_restore_into_an_empty_portal_needs_no_replace(archive, files):
    rows = all_rows()
    call_command("flush", "--noinput", verbosity=0)
    (files / "reports/2024/báo cáo.pdf").unlink()

    call_command("restore", archive, verbosity=0)

    assert all_rows() == rows


def test_restore_refuses_a_portal_in_use(archive):
    with pytest.raises(CommandError, match="đang có dữ liệu"):
        call_command("restore", archive)


def refused(archive: Path, files: Path, sentence: str) -> None:
    rows, contents = all_rows(), all_files(files)
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", archive, "--replace")
    assert (all_rows(), all_files(files)) == (rows, contents)
    assert [p.name for p in files.parent.glob("restore-*")] == []


def test_restore_refuses_a_changed_row(archive, files):
    rewrite(archive, lambda name, content: (name, content.replace(b"Lan", b"Lam")))

    refused(archive, files, "sai mã băm của rows.jsonl")


def test_restore_refuses_a_missing_file(archive, files):
    rewrite(archive, lambda name, content: None if name.endswith(".pdf") else (name, content))

    refused(archive, files, "thừa hoặc thiếu")


@pytest.mark.parametrize("name", ["files/../../la.txt", "/tmp/la.txt", "la.txt"])
def test_restore_refuses_a_path_outside(archive, files, name):
    rewrite(archive, lambda old, content: (name if old.endswith(".pdf") else old, content))

    refused(archive, files, "có mục lạ")


def test_restore_refuses_a_link(archive, files):
    with tarfile.open(archive, "w:gz") as tar:
        link = tarfile.TarInfo("files/la")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    refused(archive, files, "có mục lạ")


def test_restore_refuses_half_an_archive(archive, files):
    archive.write_bytes(archive.read_bytes()[:-200])

    refused(archive, files, "không đọc hết được")


def test_restore_refuses_another_version(archive, files):
    def older(name: str, content: bytes) -> tuple[str, bytes]:
        if name != "manifest.json":
            return name, content
        return name, json.dumps({**json.loads(content), "migrations": []}).encode()

    rewrite(archive, older)

    refused(archive, files, "phiên bản khác")


def test_restore_undoes_everything_when_the_files_cannot_change(archive, files, monkeypatch):
    wreck(files)
    rename = Path.rename

    def fail_at_the_end(self: Path, target: Path) -> Path:
        if Path(target) == files and self.name == "files":
            raise OSError("đĩa hỏng")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_end)

    refused(archive, files, "mọi thứ vẫn như cũ")


def test_backup_leaves_an_older_archive_alone(archive):
    before = archive.read_bytes()

    with pytest.raises(CommandError, match="Đã có tệp"):
        call_command("backup", archive)

    assert archive.read_bytes() == before


def test_backup_into_a_folder_names_the_archive(world, tmp_path):
    folder = tmp_path / "sao-luu"
    folder.mkdir()

    call_command("backup", folder, verbosity=0)

    assert [p.suffixes[-2:] for p in folder.iterdir()] == [[".tar", ".gz"]]


def test_backup_is_for_its_owner_only(archive):
    assert archive.stat().st_mode & 0o077 == 0


def test_backup_omits_nothing_but_sessions():
    tables = {model._meta.db_table for model in saved_models()}

    left_out = set(connection.introspection.table_names()) - tables

    assert left_out <= {"django_session", "django_migrations", "django_cache"}
