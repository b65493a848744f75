"""C01–C05: paper, margins, typeface, colour, page numbers; F01: the file."""

import re
import unicodedata

import pikepdf

from .measures import LENGTH_TOLERANCE, Check, Findings, has_size, same_centre, within
from .pdf_reader import MM, Reading

FAMILIES = ("TimesNewRoman", "Times-New-Roman", "Tinos", "LiberationSerif", "Liberation-Serif")
A4 = (595.28, 841.89)


def c01_paper(reading: Reading) -> Findings:
    for page in reading.body_pages:
        if (abs(page.width - A4[0]) > 1 or abs(page.height - A4[1]) > 1) or page.rotation:
            yield (
                page.number,
                f"not A4 portrait: {page.width:.1f} x {page.height:.1f}, rotated {page.rotation}",
            )
    for page in (page for appendix in reading.appendices for page in appendix):
        if any(abs(a - b) > 1 for a, b in zip(sorted((page.width, page.height)), A4, strict=True)):
            yield page.number, "appendix not A4"


def c02_margins(reading: Reading) -> Findings:
    last = len(reading.body_pages)
    if not within(reading.left, 30, 35):
        yield 1, f"left margin {reading.left / MM:.1f} mm"
    if not within(A4[0] - reading.right, 15, 20):
        yield 1, f"right margin {(A4[0] - reading.right) / MM:.1f} mm"
    for page in reading.body_pages:
        lines = [line for line in reading.body_lines if line.page == page.number]
        top, bottom = min(line.top for line in lines), page.height - max(line.bottom for line in lines)
        if top < 20 * MM - LENGTH_TOLERANCE or (page.number < last and not within(top, 20, 25)):
            yield page.number, f"top margin {top / MM:.1f} mm"
        if bottom < 20 * MM - LENGTH_TOLERANCE:
            yield page.number, f"bottom margin {bottom / MM:.1f} mm"


def c03_typeface(reading: Reading) -> Findings:
    fonts = [
        item for item in reading.file.objects if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
    ]
    for font in fonts:
        name = str(font.BaseFont).lstrip("/").partition("+")[2] or str(font.BaseFont).lstrip("/")
        if not name.startswith(FAMILIES):
            yield 1, f"typeface {name}"
        if "/FontDescriptor" in font and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(
            font.FontDescriptor.keys()
        ):
            yield 1, f"{name} not embedded"
        if font.get("/Subtype") == "/Type0" and "/ToUnicode" not in font:
            yield 1, f"{name} without ToUnicode"
    for line in (line for page in reading.pages for line in page.lines):
        if line.text != unicodedata.normalize("NFC", line.text):
            yield line.page, f"not NFC: {line.text[:40]}"


def c04_colour(reading: Reading) -> Findings:
    for line in (line for page in reading.pages for line in page.lines):
        if any(any(colour) for colour in line.colours):
            yield line.page, f"not black: {line.text[:40]}"


def c05_page_numbers(reading: Reading) -> Findings:
    for page in reading.body_pages:
        lone = [line for line in page.lines if line.baseline < 20 * MM and re.fullmatch(r"\d+", line.text)]
        if page.number == 1:
            if lone:
                yield 1, "page 1 shows its number"
        elif [line.text for line in lone] != [str(page.number)]:
            yield page.number, f"page number {[line.text for line in lone]}"
        elif not (has_size(lone[0], 13, 14) and lone[0].is_face("regular")):
            yield page.number, f"page number in {lone[0].size} pt, {set(lone[0].faces)}"
        elif not same_centre(lone[0].centre, reading.centre):
            yield page.number, "page number not centred"


def f01_file(reading: Reading) -> Findings:
    root = reading.file.Root
    metadata = bytes(root.Metadata.read_bytes()).decode() if "/Metadata" in root else ""
    facts = {
        "OutputIntent": "/OutputIntents" in root,
        "PDF/A part 3": 'pdfaid:part="3"' in metadata,
        "PDF/A level A": 'pdfaid:conformance="A"' in metadata,
        "tags": "/StructTreeRoot" in root and bool(root.get("/MarkInfo", {}).get("/Marked")),
        "language": str(root.get("/Lang", "")) == "vi-VN",
        "title shown": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"))
        and "/Title" in reading.file.docinfo,
        "attached data": any(str(item.get("/AFRelationship")) == "/Data" for item in root.get("/AF", [])),
    }
    yield from ((1, f"missing: {fact}") for fact, holds in facts.items() if not holds)
    for item in reading.file.objects:
        if isinstance(item, pikepdf.Dictionary) and any(key in item for key in ("/URI", "/JS", "/Launch")):
            yield 1, "a reference to something outside"


CHECKS: dict[str, Check] = {
    "C01": c01_paper,
    "C02": c02_margins,
    "C03": c03_typeface,
    "C04": c04_colour,
    "C05": c05_page_numbers,
    "F01": f01_file,
}
