"""Reads one stranger's photo or PDF, alone in a process with little memory and little time: a picture made to break
its reader breaks this process and no other. Run by `danvan.evidence`, by its path and with `-I`.

`jpg`, `png` or `pdf` as the one argument, the file on standard input; on standard output a line of JSON
(`problem`, or `taken_on` and the two sizes), the picture to keep (none for a PDF), the small picture.

It imports nothing of the portal on purpose: the package itself would bring Celery along, half a second for each photo.
"""

import datetime as dt
import io
import json
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 50_000_000
LIMITS = {
    resource.RLIMIT_AS: 1_200 * 2**20,  # of addresses, half of which are libraries and room to move
    resource.RLIMIT_CPU: 12,  # seconds
    resource.RLIMIT_FSIZE: 80 * 2**20,
    resource.RLIMIT_CORE: 0,
}
PREVIEW = 480  # points, the longer side
_EXIF, _TAKEN = 0x8769, 0x9003
_FORMATS = {"jpg": "JPEG", "png": "PNG"}


class Unfit(Exception):
    """A word for `danvan.evidence` to say in Vietnamese: `broken`, `huge`, `locked`."""


def limit() -> None:
    for kind, most in LIMITS.items():
        _, already = resource.getrlimit(kind)
        bound = most if already == resource.RLIM_INFINITY else min(most, already)
        resource.setrlimit(kind, (bound, bound))


def read_photo(content: bytes, kind: str) -> tuple[bytes, bytes, dt.date | None]:
    """The picture upright and without its metadata, a small one, the day it was taken."""
    picture = _open(content, kind)
    try:
        taken_on = _taken_on(picture)
        _turn_upright(picture)
        upright = _plain(picture, keeps_holes=kind == "png")
        upright.info.clear()  # Pillow would otherwise carry comments and colour profile over from the original
        return _written(upright, _FORMATS[kind], 85), _small(upright), taken_on
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, OverflowError):
        raise Unfit("broken")


def _open(content: bytes, kind: str) -> "Image.Image":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # judged here, in our own words
    try:
        picture = Image.open(io.BytesIO(content), formats=[_FORMATS[kind]])
        if picture.width * picture.height > MAX_PIXELS:
            raise Unfit("huge")
        picture.load()
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, OverflowError):
        raise Unfit("broken")
    return picture


def _taken_on(picture: "Image.Image") -> dt.date | None:
    try:
        told = str(picture.getexif().get_ifd(_EXIF).get(_TAKEN, ""))
        taken_on = dt.datetime.strptime(told[:10], "%Y:%m:%d").date()
    except Exception:
        return None  # metadata of any camera, in any state: a photo without a day is a photo
    return taken_on if taken_on.year >= 1990 else None


def _turn_upright(picture: "Image.Image") -> None:
    """In place: a copy would double what 50 million points take."""
    from PIL import ImageOps

    try:
        ImageOps.exif_transpose(picture, in_place=True)
    except MemoryError:
        raise
    except Exception:
        return  # metadata in any state: what could be read of it has been followed


def _plain(picture: "Image.Image", *, keeps_holes: bool) -> "Image.Image":
    if picture.mode.startswith(("I", "F")):  # 16 bits a point
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGB", "L") or (picture.mode == "RGBA" and keeps_holes):
        return picture
    return picture.convert("RGBA" if keeps_holes else "RGB")


def _small(picture: "Image.Image") -> bytes:
    from PIL import Image

    small = picture.copy() if max(picture.size) <= PREVIEW else picture
    small.thumbnail((PREVIEW, PREVIEW), Image.Resampling.BICUBIC, reducing_gap=2.0)
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    return _written(small.convert("RGB"), "JPEG", 75)


def _written(picture: "Image.Image", kind: str, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, format=kind, quality=quality, compress_level=4, exif=b"", icc_profile=None)
    return out.getvalue()


def read_pdf(content: bytes) -> bytes:
    """The first page as a small picture."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        page = document[0]
        longer = max(page.get_size())
        if not longer > 0:
            raise Unfit("broken")
        shown = page.render(scale=PREVIEW / longer).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Unfit("locked" if "password" in str(error).lower() else "broken")
    except (ValueError, IndexError):
        raise Unfit("broken")
    return _written(shown.convert("RGB"), "JPEG", 75)


def answer(kind: str, content: bytes) -> bytes:
    try:
        kept, small, taken_on = (b"", read_pdf(content), None) if kind == "pdf" else read_photo(content, kind)
    except Unfit as unfit:
        return json.dumps({"problem": str(unfit)}).encode() + b"\n"
    told = {"taken_on": taken_on and taken_on.isoformat(), "kept": len(kept), "preview": len(small)}
    return json.dumps(told).encode() + b"\n" + kept + small


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(answer(sys.argv[1], sys.stdin.buffer.read()))
