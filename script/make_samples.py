"""Makes samples/ke-hoach-10-KH-UBND-2024.docx: the text of the .md beside it, as an office's Word file holds it.

    .venv/bin/python script/make_samples.py [FOLDER]

The heading block, which the .md lost, is written as the office would; item II.1 keeps its quirk, a lost number.
The same text gives the same bytes.
"""

import datetime as dt
import io
import re
import sys
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
NAME = "ke-hoach-10-KH-UBND-2024"
MADE_AT = dt.datetime(2024, 2, 27, 8, 0)

SUPERIOR, AGENCY = "UBND QUẬN KIẾN AN", "UBND PHƯỜNG LÃM HÀ"
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    text = (SAMPLES / f"{NAME}.md").read_text(encoding="utf-8")
    (folder / f"{NAME}.docx").write_bytes(word_file(text))


def word_file(markdown: str) -> bytes:
    paragraphs = [part for part in re.split(r"\n\s*\n|\n(?=- )", markdown) if part.strip()]
    name = next(at for at, part in enumerate(paragraphs) if "KẾ HOẠCH" in part)
    end = next(at for at, part in enumerate(paragraphs) if "Nơi nhận" in part)
    document = _blank()
    _heading(document, *(_plain(part) for part in paragraphs[:name]))
    for line in paragraphs[name].splitlines():
        _write(document.add_paragraph(), line, align=ALIGN.CENTER)
    for part in _whole_sentences(paragraphs[name + 1 : end]):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        _write(paragraph, part, align=ALIGN.JUSTIFY)
    _signature(document, paragraphs[end:])
    return _same_bytes(document)


def _blank() -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Kế hoạch 10/KH-UBND", "", ""
    properties.created = properties.modified = MADE_AT
    return document


def _heading(document: Document, number: str, place: str) -> None:
    """A borderless table of two columns, as every office writes it."""
    table = document.add_table(rows=2, cols=2)
    left, right = table.rows[0].cells
    _fill(left, [(SUPERIOR, 13, ""), (AGENCY, 13, "bold")])
    _fill(right, [(NATION, 13, "bold"), (MOTTO, 14, "bold")])
    left, right = table.rows[1].cells
    _fill(left, [(number, 13, "")])
    _fill(right, [(place, 14, "italic")])
    document.add_paragraph()


def _signature(document: Document, paragraphs: list[str]) -> None:
    recipients = [_plain(part) for part in paragraphs if "Nơi nhận" in part or part.startswith("- ")]
    authority, signer = (part for part in paragraphs[1:] if not part.startswith("- "))
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _fill(
        left, [(recipients[0], 12, "bold italic"), *((text, 11, "") for text in recipients[1:])], ALIGN.LEFT
    )
    lines = [_plain(line) for line in authority.splitlines()]
    _fill(right, [*((line, 14, "bold") for line in [*lines, "", "", "", _plain(signer)])])


def _fill(cell: _Cell, lines: list[tuple[str, int, str]], align: ALIGN = ALIGN.CENTER) -> None:
    for at, (text, size, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.bold, run.italic = "bold" in style or None, "italic" in style or None


def _write(paragraph: Paragraph, markdown: str, *, align: ALIGN) -> None:
    paragraph.alignment = align
    text = re.sub(r"^#+\s*", "", markdown.strip())
    is_bold = "**" in text
    for at, part in enumerate(re.split(r"\*+", text.replace("**", ""))):
        if part:
            run = paragraph.add_run(part)
            run.bold, run.italic = is_bold or None, at % 2 == 1 or None


def _whole_sentences(parts: list[str]) -> list[str]:
    """Without the page break that cut a sentence of the .md in two: Word breaks pages by itself."""
    out: list[str] = []
    for part in parts:
        if out and _plain(part)[0].islower():
            out[-1] = f"{out[-1].rstrip('*')} {part.lstrip('*')}"
        else:
            out.append(part)
    return out


def _plain(markdown: str) -> str:
    return re.sub(r"[*#]+", "", markdown).strip()


def _same_bytes(document: Document) -> bytes:
    """Word files carry the time of each part: set one time for all."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for part in parts.infolist():
            info = zipfile.ZipInfo(part.filename, MADE_AT.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fixed.writestr(info, parts.read(part.filename))
    return out.getvalue()


if __name__ == "__main__":
    main()
