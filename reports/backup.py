"""The whole portal in one archive: every row, every stored file, and the hash of each.

The rows are Django's own JSON lines, so what was saved on SQLite can be restored on PostgreSQL. Left out are sessions
(people sign in again) and whatever `script/setup` makes anew. `reports/restore.py` reads the archive back.
"""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from danvan import clock
from danvan.problems import Problem

FORMAT = 1
ROWS = "rows.jsonl"
MANIFEST = "manifest.json"
FILES = "files/"


class _ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts instants to milliseconds; a backup keeps them whole."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def saved_models() -> list[type[models.Model]]:
    """Every table there is, those between two models too, in a steady order."""
    everything = apps.get_models(include_auto_created=True)
    return [m for m in everything if m._meta.managed and not m._meta.proxy and m is not Session]


def applied_migrations() -> list[str]:
    return sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations())


def stored_files() -> Iterator[Path]:
    return (path for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")) if path.is_file())


def make_backup(target: Path) -> Path:
    """Writes the archive and returns its path; into a folder, under a name that tells the time.

    Raises Problem if the file exists already. An archive that is not finished never has its final name.
    """
    if target.is_dir():
        target = target / f"danvan-{clock.real_now():%Y%m%d-%H%M%S}.tar.gz"
    if target.exists():
        raise Problem(f"Đã có tệp {target}; hãy chọn tên khác.")
    part = target.with_name(target.name + ".part")
    try:
        part.touch(mode=0o600)
        with part.open("wb") as out:
            _write_archive(out)
        part.replace(target)
    except OSError as error:
        raise Problem(
            f"Không ghi được {target}: {error.strerror}. Hãy xem lại thư mục và chỗ trống."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _write_archive(out: IO[bytes]) -> None:
    hashes: dict[str, str] = {}
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        # Rows first: a file is stored before its row, so every row saved here finds its file afterwards.
        with tempfile.TemporaryFile() as rows:
            counts = _write_rows(rows)
            hashes[ROWS] = _add(archive, ROWS, rows)
        for path in stored_files():
            name = FILES + path.relative_to(settings.MEDIA_ROOT).as_posix()
            with path.open("rb") as content:
                hashes[name] = _add(archive, name, content)
        manifest = {
            "format": FORMAT,
            "made_at": clock.real_now().isoformat(),
            "migrations": applied_migrations(),
            "rows": counts,
            "sha256": hashes,
        }
        _add(archive, MANIFEST, io.BytesIO(json.dumps(manifest, ensure_ascii=False, indent=1).encode()))


def _write_rows(out: IO[bytes]) -> dict[str, int]:
    """One JSON line per row, all from one moment. Returns the number of rows per model."""
    counts = {}
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    with _one_moment():
        for model in saved_models():
            own = [field.name for field in model._meta.concrete_fields]
            rows = model._base_manager.order_by("pk")
            counts[model._meta.label_lower] = rows.count()
            serializers.serialize("jsonl", rows.iterator(), stream=text, fields=own, cls=_ExactEncoder)
    text.flush()
    text.detach()
    return counts


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """Rows as they are at one instant: SQLite's transaction does so by itself, PostgreSQL's when asked."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> str:
    """Adds `content` from its beginning to its end and returns its SHA-256."""
    info = tarfile.TarInfo(name)
    info.size = content.seek(0, os.SEEK_END)
    info.mode = 0o600
    content.seek(0)
    archive.addfile(info, content)
    content.seek(0)
    return hash_of(content)


def hash_of(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(2**20):
        digest.update(chunk)
    return digest.hexdigest()
