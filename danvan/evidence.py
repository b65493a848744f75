"""Evidence at the border: what a file is, what will be kept of it, a small picture to recognise it by.

Photos and PDFs are opened in a process of their own (`evidence_child`); Word and Excel files are never opened, only
the directory of their zip is read.
"""

import datetime as dt
import hashlib
import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from danvan.uploads import BROKEN, Refused, judge_evidence

_CHILD = Path(__file__).with_name("evidence_child.py")
_SECONDS = 20
# Each child may take half a gigabyte; a web process has several threads and a ward's machine little memory.
_TURNS = threading.BoundedSemaphore(2)
_PROBLEMS = {
    "broken": BROKEN,
    "huge": "Ảnh lớn hơn 50 triệu điểm ảnh; hãy thu nhỏ ảnh rồi tải lên.",
    "locked": "Tệp PDF đang đặt mật khẩu; hãy mở tệp, bỏ mật khẩu, lưu lại rồi tải lên.",
}
_TOO_MUCH = (
    "Tệp này quá nặng hoặc bị lỗi nên máy chủ không đọc được; hãy lưu lại tệp cho nhẹ hơn rồi tải lên, "
    "hoặc gửi ảnh chụp trang cần xem."
)
_BUSY = "Máy chủ đang bận nên chưa đọc được tệp này; hãy gửi lại tệp sau ít phút."


@dataclass(frozen=True)
class Read:
    """A piece of evidence that was taken. `content` is what will be kept, `received_sha256` is of what came.

    `preview` is a JPEG of at most 480 points a side, empty for Word and Excel; `taken_on` is the day a photo names.
    """

    kind: str
    content: bytes
    received_sha256: str
    preview: bytes = b""
    taken_on: dt.date | None = None


def read_evidence(name: str, content: bytes) -> Read:
    """Raises `Refused`. Photos come back upright, written anew, without place, camera or any other metadata."""
    kind = judge_evidence(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    if kind in ("docx", "xlsx"):
        return Read(kind, content, sha256)
    told, bodies = _ask_child(kind, content)
    if "problem" in told:
        raise Refused(_PROBLEMS[told["problem"]])
    kept, preview = bodies[: told["kept"]], bodies[told["kept"] :]
    taken_on = dt.date.fromisoformat(told["taken_on"]) if told["taken_on"] else None
    return Read(kind, kept or content, sha256, preview, taken_on)


def _ask_child(kind: str, content: bytes) -> tuple[dict, bytes]:
    """What the child said and the bytes after it. Its answer goes through a file, so that its limit on writing holds.

    The child gets no environment: nothing there is its business, and some of it is secret.
    """
    command = [sys.executable, "-I", str(_CHILD), kind]
    with tempfile.TemporaryFile() as out, _TURNS:
        try:
            subprocess.run(  # noqa: S603 - our own script, one of three words
                command,
                input=content,
                stdout=out,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                env={},
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise Refused(_TOO_MUCH)
        except OSError as error:  # no memory or no process left for a child
            raise Refused(_BUSY) from error
        out.seek(0)
        return json.loads(out.readline()), out.read()
