import io
import zipfile
import zlib

import docx
import openpyxl
import pytest
from PIL import Image

from danvan import uploads
from danvan.uploads import Refused, judge_document, judge_evidence

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word_file() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def excel_file() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def zip_file(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def pdf_stream(packing: bytes, packed: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj << /Filter " + packing + b" >>\nstream\n" + packed + b"\nendstream endobj"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("ke-hoach.DOCX", word_file(), "docx"),
        ("ke-hoach.md", "KẾ HOẠCH".encode(), "md"),
        ("ke-hoach.txt", "KẾ HOẠCH".encode("utf-16"), "txt"),
        ("ke-hoach.txt", "KẾ HOẠCH công tác dân vận".encode("utf-16-le"), "txt"),
        ("ke-hoach.txt", "KẾ HOẠCH công tác dân vận".encode("utf-16-be"), "txt"),
        ("ke-hoach.pdf", pdf_stream(b"/FlateDecode", zlib.compress(bytes(1_000_000))), "pdf"),
    ],
)
def test_plan_documents_are_taken(name, content, kind):
    assert judge_document(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", b"", "rỗng"),
        ("a.doc", OLE + b"..", "Office cũ"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.pdf", b"xin chao", "PDF"),
        ("a.pdf", b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>", "mật khẩu"),
        ("a.pdf", pdf_stream(b"/FlateDecode", zlib.compress(bytes(3_000_000))), "không an toàn"),
        ("a.pdf", pdf_stream(b"[/FlateDecode /FlateDecode]", bytes(200_000)), "không an toàn"),
        ("a.docx", b"%PDF-1.7", "không phải dạng này"),
        ("a.docx", excel_file(), "Excel"),
        ("a.docx", b"xin chao", "không phải dạng này"),
        ("a.docx", word_file()[:2000], "hỏng"),
        ("a.docx", zip_file(word__document="x"), "không phải dạng .docx"),
        ("a.docx", zip_file(**{"..__x": b"x", "word__document.xml": b"x"}), "thành phần lạ"),
        ("a.docx", zip_file(**{"word__vbaProject.bin": b"x", "word__document.xml": b"x"}), "macro"),
        ("a.docx", zip_file(**{"word__document.xml": bytes(30_000_000)}), "không an toàn"),
        ("a.txt", b"MZ\x00\x00", "không phải văn bản"),
        ("a.txt", word_file(), "dạng khác"),
        ("a.xlsx", excel_file(), "bảng tính"),
        ("khong-duoi", b"abc", ".docx"),
    ],
)
def test_other_documents_are_refused_with_a_reason(name, content, says):
    with pytest.raises(Refused, match=says):
        judge_document(name, content)


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_ENTRIES", 3)
    with pytest.raises(Refused, match="không an toàn"):
        judge_document("a.docx", word_file())


def test_a_large_upload_is_refused_before_it_is_read():
    class Large:
        name, size = "a.pdf", uploads.MAX_BYTES + 1

        def read(self):
            raise AssertionError("was read")

    with pytest.raises(Refused, match="20 MB"):
        uploads.read_upload(Large())


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("bien-ban.pdf", b"%PDF-1.7 ...", "pdf"),
        ("bang.xlsx", excel_file(), "xlsx"),
        ("anh.JPEG", picture(), "jpg"),
        ("anh.png", picture("PNG"), "png"),
    ],
)
def test_evidence_is_taken(name, content, kind):
    assert judge_evidence(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("anh.png", picture(), "đuôi .png"),
        ("anh.heic", b"....", "Tương thích nhất"),
        ("anh.jpg", b"\0\0\0\x18ftypheic....", "HEIC"),
        ("phim.mp4", b"....", "Minh chứng"),
        ("bang.xlsx", word_file(), "Word đổi đuôi"),
        ("bang.xls", OLE, "Office cũ"),
    ],
)
def test_other_evidence_is_refused_with_a_reason(name, content, says):
    with pytest.raises(Refused, match=says):
        judge_evidence(name, content)
