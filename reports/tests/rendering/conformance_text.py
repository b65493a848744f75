"""C18–C27, C31–C33: the text, its parts, the signature, nơi nhận and the appendices."""

import re

from .measures import FONT_TOLERANCE, Check, Findings, has_size, same_centre
from .pdf_reader import MM, Paragraph, Reading

ALPHABET = "abcdđeghiklmnopqrstuvxy"
TITLES = re.compile(r"^(TSKH|TS|ThS|PGS|GS|BS)\b", re.IGNORECASE)


def c18_bases(reading: Reading) -> Findings:
    bases = [paragraph for paragraph in reading.paragraphs if paragraph.text.startswith("Căn cứ")]
    for n, paragraph in enumerate(bases, start=1):
        if paragraph.faces != {"italic"} or not has_size(paragraph.lines[0], 13, 14):
            yield paragraph.page, f"căn cứ not italic: {paragraph.text[:40]}"
        if not paragraph.text.endswith("." if n == len(bases) else ";"):
            yield paragraph.page, f"end of căn cứ: {paragraph.text[-20:]}"


def c19_paragraphs(reading: Reading) -> Findings:
    yield from _indents(reading)
    yield from _leading(reading)
    for line in reading.text_lines:
        if not has_size(line, 13, 14):
            yield line.page, f"text of {line.size} pt: {line.text[:40]}"


def _indents(reading: Reading) -> Findings:
    for paragraph in reading.paragraphs:
        indent = (paragraph.lines[0].x0 - reading.left) / MM
        if min(abs(indent - 10), abs(indent - 12.7)) > 0.5 and not _is_centred(reading, paragraph):
            yield paragraph.page, f"first line indented {indent:.1f} mm: {paragraph.text[:40]}"
        for line in paragraph.lines[:-1]:
            if abs(line.x1 - reading.right) > 1:
                yield line.page, f"not justified: {line.text[:40]}"


def _leading(reading: Reading) -> Findings:
    size = reading.text_lines[0].size if reading.text_lines else 14
    if reading.leading and not 1.15 <= round(reading.leading / size, 3) <= 1.725:
        yield 1, f"leading {reading.leading:.1f} pt at {size} pt"
    for above, below in zip(reading.paragraphs, reading.paragraphs[1:], strict=False):
        upper, lower = above.lines[-1], below.lines[0]
        gap = lower.baseline - upper.baseline - (reading.leading or 1.15 * size)
        if upper.page == lower.page and gap < 6 - FONT_TOLERANCE:
            yield lower.page, f"{gap:.1f} pt between paragraphs: {lower.text[:40]}"


def c20_chapters(reading: Reading) -> Findings:
    for paragraph in reading.paragraphs:
        is_label = re.match(r"^(Phần|Chương) [IVXL]+$", paragraph.text)
        if is_label and (paragraph.faces != {"bold"} or not _is_centred(reading, paragraph)):
            yield paragraph.page, f"not centred and bold: {paragraph.text}"


def c21_parts(reading: Reading) -> Findings:
    for paragraph in reading.paragraphs:
        if re.match(r"^[IVXL]+\. ", paragraph.text):
            title = paragraph.text.partition(". ")[2]
            if title != title.upper() or paragraph.faces != {"bold"}:
                yield paragraph.page, f"mục not in bold capitals: {paragraph.text[:40]}"


def c22_clauses(reading: Reading) -> Findings:
    for paragraph in reading.paragraphs:
        if re.match(r"^\d+\.? ?\)? ", paragraph.text):
            is_title = not re.search(r"[.;:/]$", paragraph.text)
            if not re.match(r"^\d+\. ", paragraph.text):
                yield paragraph.page, f"khoản: {paragraph.text[:40]}"
            if paragraph.faces != ({"bold"} if is_title else {"regular"}):
                yield paragraph.page, f"khoản, {set(paragraph.faces)}: {paragraph.text[:40]}"


def c23_points(reading: Reading) -> Findings:
    expected = 0
    for paragraph in reading.paragraphs:
        label = re.match(r"^(\w)\) ", paragraph.text)
        if not label:
            expected = 0 if re.match(r"^(\d+|[IVXL]+)\. ", paragraph.text) else expected
            continue
        if label[1] != ALPHABET[expected : expected + 1]:
            yield paragraph.page, f"điểm {label[1]}) where {ALPHABET[expected : expected + 1]}) is due"
        if paragraph.faces != {"regular"}:
            yield paragraph.page, f"điểm {label[1]}) not upright"
        expected += 1


def c24_articles(reading: Reading) -> Findings:
    for paragraph in reading.paragraphs:
        if (
            paragraph.text.startswith("Điều ")
            and paragraph.faces != {"bold"}
            and re.match(r"^Điều \d+\.", paragraph.text)
        ):
            yield paragraph.page, f"Điều not bold: {paragraph.text[:40]}"


def c25_closing(reading: Reading) -> Findings:
    if not reading.paragraphs or not reading.paragraphs[-1].text.endswith("./."):
        yield len(reading.body_pages), "the text does not end with ./."
    for paragraph in reading.paragraphs[:-1]:
        if paragraph.text.endswith("./."):
            yield paragraph.page, "./. before the end"


def c26_authority(reading: Reading) -> Findings:
    lines = reading.authority
    if not lines:
        yield len(reading.body_pages), "no authority of the signer"
        return
    if not re.match(r"^(TM|Q|KT|TL|TUQ)\. |^CHỦ TỊCH", lines[0].text):
        yield lines[0].page, f"authority: {lines[0].text}"
    texts = [line.text for line in lines]
    if texts[-1] == "PHÓ CHỦ TỊCH" and (len(texts) != 3 or texts[1] != "KT. CHỦ TỊCH"):
        yield lines[0].page, "a deputy signs in three lines"
    for line in lines:
        if not (line.is_face("bold") and has_size(line, 13, 14)) or not same_centre(
            line.centre, lines[0].centre
        ):
            yield line.page, f"authority: {line.text}, {line.size} pt, {set(line.faces)}"


def c27_signer(reading: Reading) -> Findings:
    line, authority = reading.signer, reading.authority
    if line is None:
        yield len(reading.body_pages), "no name of the signer"
        return
    if TITLES.match(line.text) or not (line.is_face("bold") and has_size(line, 13, 14)):
        yield line.page, f"signer: {line.text}, {line.size} pt, {set(line.faces)}"
    if authority and not same_centre(line.centre, authority[0].centre):
        yield line.page, "signer not centred under the authority"
    if authority and line.baseline - authority[-1].baseline < 20 * MM:
        yield line.page, "no place for the signature"
    if reading.pages[line.page - 1].images:
        yield line.page, "a picture on the page of the signature"


def c31_recipients_title(reading: Reading) -> Findings:
    line = reading.recipients_title
    if line is None or line.text != "Nơi nhận:":
        yield len(reading.body_pages), "no Nơi nhận:"
        return
    if not (line.is_face("bold italic") and has_size(line, 12, 12)):
        yield line.page, f"Nơi nhận: {line.size} pt, {set(line.faces)}"
    if abs(line.x0 - reading.left) > 0.5 * MM:
        yield line.page, "Nơi nhận: not flush left"
    if not reading.authority or abs(line.baseline - reading.authority[0].baseline) > 2:
        yield line.page, "Nơi nhận: not level with the authority"


def c32_recipients(reading: Reading) -> Findings:
    page = reading.recipients_title.page if reading.recipients_title else len(reading.body_pages)
    lines: list[str] = []
    for line in reading.recipients:
        if line.text.startswith("- ") or not lines:
            lines.append(line.text)
        else:
            lines[-1] += f" {line.text}"
    if not lines or not re.match(r"^- Lưu: VT(, .+)?\.$", lines[-1]):
        yield page, "the last recipient is not Lưu: VT"
    if reading.addressees and lines and lines[0] != "- Như trên;":
        yield page, "the first recipient is not Như trên"
    for text in lines[:-1]:
        if not re.match(r"^- .+;$", text):
            yield page, f"recipient: {text}"
    for line in reading.recipients:
        if not (line.is_face("regular") and has_size(line, 11, 11)) or abs(line.x0 - reading.left) > 0.5 * MM:
            yield page, f"recipient: {line.text}, {line.size} pt, {set(line.faces)}"


def c33_appendices(reading: Reading) -> Findings:
    text = " ".join(paragraph.text for paragraph in reading.paragraphs)
    for pages in reading.appendices:
        first, lines = pages[0], pages[0].lines
        label = next(line for line in lines if line in reading.appendix_starts)
        if len(reading.appendices) > 1 and label.text == "Phụ lục":
            yield first.number, "appendix without a Roman number"
        if not re.search(rf"{label.text}\b", text, re.IGNORECASE):
            yield first.number, f"the text does not refer to {label.text}"
        if not has_size(label, 14, 14):
            yield first.number, f"{label.text}: {label.size} pt"
        yield from _appendix_heading(reading, first.number)
        shown = [
            [line.text for line in page.lines if line.baseline < 20 * MM and line.text.isdigit()]
            for page in pages
        ]
        if shown != [[str(n)] for n in range(1, len(pages) + 1)]:
            yield first.number, f"pages of {label.text} numbered {shown}"


def _appendix_heading(reading: Reading, number: int) -> Findings:
    lines = [line for line in reading.pages[number - 1].lines if line.baseline > 20 * MM]
    centre = lines[0].centre
    names = []
    for line in lines[1:]:
        if line.text.startswith("(Kèm theo"):
            if not (line.is_face("italic") and has_size(line, 13, 14)):
                yield number, f"{line.text[:20]}: {line.size} pt, {set(line.faces)}"
            break
        names.append(line)
    else:
        yield number, "no (Kèm theo …)"
    for line in names:
        if not (line.is_face("bold") and has_size(line, 13, 14) and line.text == line.text.upper()):
            yield number, f"name of the appendix: {line.text}"
        if not same_centre(line.centre, centre):
            yield number, f"not centred: {line.text}"


def _is_centred(reading: Reading, paragraph: Paragraph) -> bool:
    return all(same_centre(line.centre, reading.centre) for line in paragraph.lines)


CHECKS: dict[str, Check] = {
    "C18": c18_bases,
    "C19": c19_paragraphs,
    "C20": c20_chapters,
    "C21": c21_parts,
    "C22": c22_clauses,
    "C23": c23_points,
    "C24": c24_articles,
    "C25": c25_closing,
    "C26": c26_authority,
    "C27": c27_signer,
    "C31": c31_recipients_title,
    "C32": c32_recipients,
    "C33": c33_appendices,
}
