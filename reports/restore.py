"""Puts an archive made by `reports/backup.py` in place of what is there: all of it, or nothing.

The archive is unpacked aside and every hash checked before anything is touched. Then the rows change in one
transaction, in whose last moment the folder of files is exchanged.
"""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from accounts.models import Agency, User
from danvan.problems import Problem
from reports.backup import (
    FILES,
    FORMAT,
    MANIFEST,
    ROWS,
    applied_migrations,
    hash_of,
    saved_models,
    stored_files,
)

BATCH = 500
_DAMAGED = "Tệp sao lưu bị hỏng hoặc đã bị sửa ({what}). Chưa có gì thay đổi; hãy dùng một bản sao lưu khác."


def restore_backup(archive: Path, *, replace: bool = False) -> dict[str, int]:
    """Returns the number of rows per model. Raises Problem, with nothing changed, if

    the archive is damaged or was tampered with, comes from another version of the database's tables,
    or the portal holds something already and `replace` was not asked for.
    """
    if not replace and _is_in_use():
        raise Problem("Cổng đang có dữ liệu. Muốn thay toàn bộ dữ liệu đó, hãy thêm --replace.")
    aside = Path(tempfile.mkdtemp(prefix="restore-", dir=Path(settings.MEDIA_ROOT).parent))
    try:
        manifest = _unpack(archive, aside)
        if manifest["migrations"] != applied_migrations():
            raise Problem(
                "Bản sao lưu thuộc một phiên bản khác của cổng. Hãy cài đúng phiên bản đó, khôi phục, rồi mới nâng cấp."
            )
        _put_in_place(aside)
    finally:
        shutil.rmtree(aside)
    return manifest["rows"]


def _is_in_use() -> bool:
    return User.objects.exists() or Agency.objects.exists() or next(stored_files(), None) is not None


def _unpack(archive: Path, aside: Path) -> dict[str, Any]:
    """The manifest, once every member is what the manifest says and lies in `aside`."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            hashes = dict(_unpack_members(tar, aside))
        manifest = json.loads((aside / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise Problem(f"Không tìm thấy {error.filename}.") from error
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise Problem(_DAMAGED.format(what="không đọc hết được")) from error
    hashes.pop(MANIFEST)
    if manifest.get("format") != FORMAT:
        raise Problem(
            "Bản sao lưu do một phiên bản khác của cổng làm ra; hãy dùng phiên bản đó để khôi phục."
        )
    for name in hashes.keys() ^ manifest["sha256"].keys():
        raise Problem(_DAMAGED.format(what=f"thừa hoặc thiếu {name}"))
    for name, expected in manifest["sha256"].items():
        if hashes[name] != expected:
            raise Problem(_DAMAGED.format(what=f"sai mã băm của {name}"))
    return manifest


def _unpack_members(tar: tarfile.TarFile, aside: Path) -> Iterator[tuple[str, str]]:
    """(name, SHA-256) of each member. The archive is a stranger's: only plain files, only where they belong."""
    for member in tar:
        content = tar.extractfile(member) if member.isreg() and _belongs(member.name) else None
        target = aside / member.name
        if content is None or target.exists():
            raise Problem(_DAMAGED.format(what="có mục lạ bên trong"))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with content, target.open("r+b") as out:
            shutil.copyfileobj(content, out)
            out.seek(0)
            yield member.name, hash_of(out)


def _belongs(name: str) -> bool:
    inside = name.startswith(FILES) and ".." not in PurePosixPath(name).parts
    return name in (ROWS, MANIFEST) or inside


def _put_in_place(aside: Path) -> None:
    files = Path(settings.MEDIA_ROOT)
    (aside / FILES).mkdir(mode=0o700, exist_ok=True)
    files.mkdir(mode=0o700, exist_ok=True)
    exchanged = False
    try:
        with transaction.atomic():
            _replace_rows(aside / ROWS)
            files.rename(aside / "replaced")
            exchanged = True
            (aside / FILES).rename(files)
    except (DatabaseError, serializers.base.DeserializationError, OSError) as error:
        if exchanged:
            _take_back(files, aside)
        raise Problem(f"Không khôi phục được, mọi thứ vẫn như cũ. Lý do kỹ thuật: {error}") from error


def _take_back(files: Path, aside: Path) -> None:
    if files.exists():
        files.rename(aside / FILES)
    (aside / "replaced").rename(files)


def _replace_rows(path: Path) -> None:
    """Foreign keys are judged at the end of the transaction on both databases, so any order will do."""
    tables = saved_models()
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    with path.open(encoding="utf-8", newline="\n") as lines:
        for batch in _batches(row.object for row in serializers.deserialize("jsonl", lines)):
            type(batch[0])._base_manager.bulk_create(batch)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    ContentType.objects.clear_cache()


def _batches(rows: Iterator[models.Model]) -> Iterator[list[models.Model]]:
    """Runs of rows of one model, at most BATCH long."""
    batch: list[models.Model] = []
    for row in rows:
        if batch and (len(batch) == BATCH or type(row) is not type(batch[0])):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
