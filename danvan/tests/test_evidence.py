import datetime as dt
import hashlib
import io
import os
import struct
import sys
import zlib

import docx
import pypdfium2
import pytest
from PIL import Image, PngImagePlugin

from danvan import evidence
from danvan.evidence import read_evidence
from danvan.uploads import Refused

ORIENTATION, MAKER, EXIF, TAKEN, GPS = 0x0112, 0x010F, 0x8769, 0x9003, 0x8825


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def told(taken: str = "2024:02:10 08:30:00") -> Image.Exif:
    """What a phone held upright in Hà Nội writes into a photo."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "May anh"
    exif.get_ifd(EXIF)[TAKEN] = taken
    exif.get_ifd(GPS).update({1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 15.0)})
    return exif


def pdf(pages: int = 1, size: tuple[int, int] = (600, 800)) -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(*size)
    document.save(out)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is `side` points high and wide."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_photo_is_turned_upright_and_loses_all_it_tells(kind, ending):
    kept = read_evidence(f"anh.{ending}", photo(kind, exif=told()))

    picture = opened(kept.content)
    assert (picture.size, picture.format) == ((20, 40), kind)
    assert not dict(picture.getexif()) and not picture.info.get("exif")
    assert b"May anh" not in kept.content and b"Exif" not in kept.content


def test_notes_of_a_picture_go_too():
    note = PngImagePlugin.PngInfo()
    note.add_text("Location", "21.0285, 105.8542")
    kept = read_evidence("anh.png", photo("PNG", pnginfo=note))
    assert b"105.8542" not in kept.content
    kept = read_evidence("anh.jpg", photo("JPEG", comment=b"Ha Noi", icc_profile=b"profile"))
    assert b"Ha Noi" not in kept.content and b"profile" not in kept.content


def test_a_photo_in_several_sizes_is_kept_as_one():
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8)), Image.new("RGB", (4, 4))]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])

    assert opened(read_evidence("anh.jpg", out.getvalue()).content).format == "JPEG"


@pytest.mark.parametrize(
    ("taken", "day"),
    [
        ("2024:02:10 08:30:00", dt.date(2024, 2, 10)),
        ("0000:00:00 00:00:00", None),
        ("hôm qua", None),
        ("1970:01:01 00:00:00", None),
    ],
)
def test_the_day_of_a_photo_outlives_its_metadata(taken, day):
    assert read_evidence("anh.jpg", photo(exif=told(taken))).taken_on == day


@pytest.mark.parametrize(
    "notes", [b"II*\0\x08\0\0\0\xff\xff" + b"\x12\x01" * 40, b"MM\0*\xff\xff\xff\xff", b"...."]
)
def test_a_photo_with_damaged_metadata_is_a_photo(notes):
    kept = read_evidence("anh.jpg", photo(exif=b"Exif\0\0" + notes))

    assert (opened(kept.content).size, kept.taken_on) == ((40, 20), None)


def test_the_small_picture_is_upright_and_small():
    small = opened(read_evidence("anh.jpg", photo(size=(1600, 800), exif=told())).preview)

    assert (small.size, small.format) == ((240, 480), "JPEG")
    assert not dict(small.getexif())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_picture_of_any_colours_is_taken(mode):
    kept = read_evidence("anh.png", photo("PNG", mode=mode))

    assert opened(kept.preview).mode == "RGB"
    assert opened(kept.content).size == (40, 20)


def test_the_first_page_of_a_pdf_becomes_a_picture():
    content = pdf(pages=3)

    kept = read_evidence("bien-ban.pdf", content)

    assert opened(kept.preview).size == (360, 480)
    assert kept.content == content


def test_what_came_is_known_by_its_own_sum():
    content = photo(exif=told())

    kept = read_evidence("anh.jpg", content)

    assert kept.received_sha256 == hashlib.sha256(content).hexdigest()
    assert kept.content != content


def test_a_word_file_has_no_picture():
    out = io.BytesIO()
    docx.Document().save(out)

    kept = read_evidence("a.docx", out.getvalue())

    assert (kept.content, kept.preview, kept.taken_on) == (out.getvalue(), b"", None)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.jpg", photo(size=(400, 400))[:900], "hỏng"),
        ("cut.png", photo("PNG", (400, 400))[:60], "hỏng"),
        ("head.jpg", b"\xff\xd8\xff" + b"\0" * 500, "hỏng"),
        ("wrong.jpg", b"\xff\xd8\xff\xe1\xff\xff" + os.urandom(3_000), "hỏng"),
        ("bomb.png", bomb(60_000), "điểm ảnh"),
        ("hollow.png", bomb(6_000), "hỏng"),
        ("cut.pdf", pdf()[:200], "hỏng"),
        ("head.pdf", b"%PDF-1.7 ...", "hỏng"),
        ("none.pdf", b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF", "hỏng"),
    ],
)
def test_a_file_made_to_break_is_refused_in_a_sentence(name, content, says):
    with pytest.raises(Refused, match=says):
        read_evidence(name, content)


@pytest.mark.parametrize(
    "script",
    [
        "import time; time.sleep(60)",
        "x = [b'x' * 2**20 for _ in range(4000)]",
        "import os; os.kill(os.getpid(), 11)",
        "while True: pass",
        "import sys\nwhile True: sys.stdout.buffer.write(b'x' * 2**20)",
    ],
)
def test_a_child_that_goes_wrong_is_a_refusal(script, monkeypatch, tmp_path):
    wild = tmp_path / "evidence_child.py"
    own = evidence._CHILD.read_text().partition("if __name__")[0]
    wild.write_text(f"{own}\nlimit()\n{script}\n")
    monkeypatch.setattr(evidence, "_CHILD", wild)
    monkeypatch.setattr(evidence, "_SECONDS", 2)

    with pytest.raises(Refused, match="quá nặng"):
        read_evidence("anh.jpg", photo())


def test_the_child_knows_nothing_of_the_portal(monkeypatch, tmp_path):
    spy = tmp_path / "evidence_child.py"
    spy.write_text(
        "import json, os, sys\n"
        "known = 'SECRET' in os.environ or any(name.startswith('django') for name in sys.modules)\n"
        "print(json.dumps({'problem': 'broken'} if known else {'taken_on': None, 'kept': 0, 'preview': 0}))\n"
    )
    monkeypatch.setattr(evidence, "_CHILD", spy)
    monkeypatch.setenv("SECRET", "x")

    assert "django" in sys.modules
    assert read_evidence("anh.jpg", photo()).kind == "jpg"


def test_a_machine_without_room_for_a_child_is_a_refusal(monkeypatch):
    monkeypatch.setattr(evidence.sys, "executable", "/nowhere/python")

    with pytest.raises(Refused, match="đang bận"):
        read_evidence("anh.jpg", photo())
