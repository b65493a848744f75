"""The border for files: size and content are judged here before any parser touches them.

A refusal is one Vietnamese sentence that says what to do; nothing of a refused file is kept.
"""

import io
import stat
import zipfile
from pathlib import PurePosixPath
from typing import Protocol

from danvan import pdf_border

MAX_BYTES = 20 * 2**20
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 100

DOCUMENT_KINDS = ("docx", "pdf", "md", "txt")
EVIDENCE_KINDS = ("pdf", "docx", "xlsx", "jpg", "png")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, and every encrypted Office file
_MAGIC = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
}
_APPLE_KINDS = ("heic", "heif", "hif")
_APPLE = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"))
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
BROKEN = "Tệp bị hỏng hoặc chưa tải lên hết; hãy mở lại tệp trên máy, lưu lại rồi tải lên lần nữa."

_UNSAFE = (
    "Tệp nén quá nhiều dữ liệu bên trong nên không an toàn; hãy sao nội dung sang một tệp mới rồi tải lên."
)


class Refused(Exception):
    """A file that will not be taken. `str(refused)` is one Vietnamese sentence that says what to do."""


class Upload(Protocol):
    """What Django hands over for an uploaded file; anything else with these three will do."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...


def read_upload(upload: Upload) -> bytes:
    """The bytes of `upload`, read only once its size in bytes is known to be allowed. Raises `Refused`."""
    _judge_size(upload.size or 0)
    return upload.read()


def judge_document(name: str, content: bytes) -> str:
    """The kind of a plan document: `docx`, `pdf`, `md` or `txt`. Raises `Refused`."""
    _judge_size(len(content))
    kind = _extension(name)
    _judge_old_office(content, wanted="docx")
    if kind in ("xls", "xlsx", "xlsm", "ods", "csv"):
        raise Refused("Đây là bảng tính; hãy tải lên văn bản kế hoạch ở dạng .docx hoặc .pdf.")
    if kind not in DOCUMENT_KINDS:
        raise Refused(
            "Chỉ đọc được kế hoạch ở dạng .docx, .pdf, .md hoặc .txt; "
            "hãy lưu lại văn bản ở dạng .docx rồi tải lên."
        )
    if kind == "docx":
        _judge_office(content, kind)
    elif kind == "pdf":
        _judge_pdf(content)
    else:
        _judge_plain_text(content)
    return kind


def judge_evidence(name: str, content: bytes) -> str:
    """The kind of a piece of evidence: `pdf`, `docx`, `xlsx`, `jpg` or `png`. Raises `Refused`.

    Opens nothing: photos and PDFs are opened by `danvan.evidence`, in a process of their own.
    """
    _judge_size(len(content))
    kind = {"jpeg": "jpg"}.get(_extension(name), _extension(name))
    if kind in _APPLE_KINDS or content[4:12] in _APPLE:
        raise Refused(
            "Ảnh dạng HEIC của iPhone chưa đọc được; trên iPhone hãy vào Cài đặt, Camera, Định dạng, "
            "chọn “Tương thích nhất” rồi chụp lại, hoặc chụp màn hình ảnh ấy và gửi ảnh chụp màn hình."
        )
    _judge_old_office(content, wanted="docx, .xlsx hoặc .pdf")
    if kind not in EVIDENCE_KINDS:
        raise Refused(
            "Minh chứng phải là tệp .pdf, .docx, .xlsx, .jpg hoặc .png; hãy lưu lại ở một trong các dạng này."
        )
    if not content.startswith(_MAGIC[kind]):
        raise Refused(
            f"Tệp mang đuôi .{kind} nhưng nội dung không phải dạng này; hãy mở tệp gốc và lưu lại đúng dạng."
        )
    if kind in _MAIN_PART:
        _judge_office(content, kind)
    return kind


def _extension(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def _judge_size(size: int) -> None:
    if size == 0:
        raise Refused("Tệp rỗng, không có nội dung; hãy chọn lại tệp.")
    if size > MAX_BYTES:
        raise Refused("Tệp lớn hơn 20 MB; hãy giảm dung lượng ảnh trong tệp hoặc chia nhỏ rồi tải lên lại.")


def _judge_old_office(content: bytes, *, wanted: str) -> None:
    if not content.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("Tệp đang đặt mật khẩu; hãy mở tệp, bỏ mật khẩu, lưu lại rồi tải lên.")
    raise Refused(
        f"Tệp ở dạng Office cũ (.doc, .xls); hãy mở tệp, chọn “Lưu thành” dạng .{wanted} rồi tải lên."
    )


def _judge_pdf(content: bytes) -> None:
    if not content.startswith(_MAGIC["pdf"]):
        raise Refused("Tệp mang đuôi .pdf nhưng nội dung không phải PDF; hãy xuất lại tệp PDF từ Word.")
    if pdf_border.is_locked(content):
        raise Refused(
            "Tệp PDF đang đặt mật khẩu hoặc khóa sao chép; hãy mở khóa, lưu lại rồi tải lên, hoặc tải lên tệp Word."
        )
    if pdf_border.is_bomb(content):
        raise Refused(_UNSAFE)


def utf16_order(content: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where bytes without a mark at their head look like it, else nothing.

    Nearly every second byte of Vietnamese in UTF-16 is 0x00, 0x01, 0x03, 0x1e or 0x20; of any other file it is not.
    """
    sample = content[: 2 * 4_000]
    for order, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if (
            len(high) > 8
            and high.count(0)
            and sum(high.count(byte) for byte in b"\0\x01\x03\x1e\x20") > 0.97 * len(high)
        ):
            low = sample[0::2] if order == "utf-16-le" else sample[1::2]
            if low.count(0) < 0.02 * len(low):
                return order
    return ""


def _judge_plain_text(content: bytes) -> None:
    if content.startswith(tuple(_MAGIC.values())):
        raise Refused(
            "Tệp mang đuôi văn bản thường nhưng nội dung là dạng khác; hãy đổi lại đúng đuôi tệp rồi tải lên."
        )
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in content and not utf16_order(content):
        raise Refused("Tệp này không phải văn bản đọc được; hãy lưu văn bản ở dạng .docx rồi tải lên.")


def _judge_office(content: bytes, kind: str) -> None:
    """Judge the zip directory alone: nothing is unpacked before it has passed."""
    if not content.startswith(_MAGIC[kind]):
        raise Refused(
            f"Tệp mang đuôi .{kind} nhưng nội dung không phải dạng này; hãy mở tệp gốc và lưu lại đúng dạng."
        )
    if content.count(b"PK\x01\x02") > MAX_ENTRIES:  # before zipfile makes an object of each
        raise Refused(_UNSAFE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(BROKEN)
    _judge_entries(entries, len(content))
    names = {entry.filename for entry in entries}
    if _MAIN_PART[kind] not in names:
        _refuse_other_office(kind, names)


def _judge_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise Refused(_UNSAFE)
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(
                "Tệp có thành phần lạ bên trong nên không an toàn; hãy sao nội dung sang một tệp mới rồi tải lên."
            )
        if path.name.lower().startswith("vbaproject"):
            raise Refused("Tệp có macro; hãy lưu lại ở dạng không có macro (.docx, .xlsx) rồi tải lên.")
        if entry.flag_bits & 0x1:
            raise Refused("Tệp đang đặt mật khẩu; hãy mở tệp, bỏ mật khẩu, lưu lại rồi tải lên.")


def _refuse_other_office(kind: str, names: set[str]) -> None:
    if kind == "docx" and _MAIN_PART["xlsx"] in names:
        raise Refused("Đây là bảng tính Excel đổi đuôi thành .docx; hãy tải lên tệp Word của kế hoạch.")
    if kind == "xlsx" and _MAIN_PART["docx"] in names:
        raise Refused("Đây là tệp Word đổi đuôi thành .xlsx; hãy đổi lại đuôi .docx rồi tải lên.")
    raise Refused(f"Tệp không phải dạng .{kind} thật; hãy mở tệp gốc và lưu lại đúng dạng.")
