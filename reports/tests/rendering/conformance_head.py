"""C06–C17: the head of page 1, from the agency's name to Kính gửi."""

import re

from .measures import Check, Findings, has_size, same_centre
from .pdf_lines import Line
from .pdf_reader import MM, Reading, bars_between

NUMBER = re.compile(r"Số: (0[1-9]|[1-9]\d+)/[A-ZĐ][A-Za-zĐđ]*-UBND")
BLANK_NUMBER = re.compile(r"Số:\s+/[A-ZĐ][A-Za-zĐđ]*-UBND")
DATE = re.compile(r".+, ngày (0[1-9]|[12]\d|3[01]) tháng (01|02|[3-9]|1[0-2]) năm \d{4}")
BLANK_DATE = re.compile(r".+, ngày\s+tháng\s+năm \d{4}")


def c06_nation(reading: Reading) -> Findings:
    line = reading.nation
    if line is None:
        yield 1, "no quốc hiệu on one line"
    elif not (has_size(line, 12, 13) and line.is_face("bold") and line.centre > reading.pages[0].width / 2):
        yield 1, f"quốc hiệu: {line.size} pt, {set(line.faces)}"


def c07_motto(reading: Reading) -> Findings:
    line, nation = reading.motto, reading.nation
    if line is None or line.text != "Độc lập - Tự do - Hạnh phúc":
        yield 1, "no tiêu ngữ in the right words"
        return
    if not (has_size(line, 13, 14) and line.is_face("bold")):
        yield 1, f"tiêu ngữ: {line.size} pt, {set(line.faces)}"
    if nation and not same_centre(line.centre, nation.centre):
        yield 1, "tiêu ngữ not centred under quốc hiệu"
    if nation and not 0 < line.baseline - nation.baseline <= 1.3 * line.size:
        yield 1, "tiêu ngữ too far below quốc hiệu"


def c08_motto_rule(reading: Reading) -> Findings:
    if reading.motto is None or reading.place_date is None:
        return
    bars = bars_between(reading, reading.motto, reading.place_date.baseline - reading.place_date.size / 2)
    if len(bars) != 1:
        yield 1, f"{len(bars)} rules under tiêu ngữ"
    elif abs(bars[0].width / reading.motto.width - 1) > 0.03 or not same_centre(
        bars[0].centre, reading.motto.centre
    ):
        yield 1, "rule not as long as tiêu ngữ"


def c09_superior(reading: Reading) -> Findings:
    for line in (line for line in reading.agency_lines if not line.is_face("bold")):
        if not (line.is_face("regular") and has_size(line, 12, 13) and line.text == line.text.upper()):
            yield 1, f"superior: {line.text}, {line.size} pt, {set(line.faces)}"


def c10_agency(reading: Reading) -> Findings:
    bold = [line for line in reading.agency_lines if line.is_face("bold")]
    if not bold:
        yield 1, "no agency in bold"
    for line in bold:
        if not (has_size(line, 12, 13) and line.text == line.text.upper()):
            yield 1, f"agency: {line.text}, {line.size} pt"
    lines = reading.agency_lines
    for above, below in zip(lines, lines[1:], strict=False):
        if not same_centre(above.centre, below.centre) or below.baseline - above.baseline > 1.3 * below.size:
            yield 1, f"{below.text} not right below {above.text}"
        if above.is_face("bold") and not below.is_face("bold"):
            yield 1, "the superior stands below the agency"


def c11_agency_rule(reading: Reading) -> Findings:
    if reading.agency_lines and reading.number:
        yield from _third_to_half(reading, reading.agency_lines[-1], reading.number.baseline - 8)


def c12_number(reading: Reading) -> Findings:
    line = reading.number
    if line is None:
        yield 1, "no Số:"
        return
    form = BLANK_NUMBER if reading.is_draft else NUMBER
    if not form.fullmatch(line.text):
        yield 1, f"number: {line.text}"
    if not (line.is_face("regular") and has_size(line, 13, 13)):
        yield 1, f"number: {line.size} pt, {set(line.faces)}"
    if reading.agency_lines and not same_centre(line.centre, reading.agency_lines[-1].centre):
        yield 1, "number not centred under the agency"


def c13_place_date(reading: Reading) -> Findings:
    line = reading.place_date
    if line is None:
        yield 1, "no place and date"
        return
    form = BLANK_DATE if reading.is_draft else DATE
    if not form.fullmatch(line.text) or not line.text[0].isupper():
        yield 1, f"place and date: {line.text}"
    if not (line.is_face("italic") and has_size(line, 13, 14)):
        yield 1, f"place and date: {line.size} pt, {set(line.faces)}"
    if reading.number and abs(reading.number.baseline - line.baseline) > 1:
        yield 1, "place and date not level with the number"
    if reading.nation and not same_centre(line.centre, reading.nation.centre):
        yield 1, "place and date not centred under quốc hiệu"


def c14_type(reading: Reading) -> Findings:
    if not reading.title_lines:
        yield 1, "no tên loại"
        return
    line = reading.title_lines[0]
    if not (has_size(line, 13, 14) and line.text == line.text.upper()):
        yield 1, f"tên loại: {line.text}, {line.size} pt"
    if not same_centre(line.centre, reading.centre):
        yield 1, "tên loại not centred"


def c15_subject(reading: Reading) -> Findings:
    lines = reading.title_lines[1:]
    if not lines:
        yield 1, "no trích yếu"
    for line in lines:
        if (
            not has_size(line, 13, 14)
            or line.text == line.text.upper()
            or not same_centre(line.centre, reading.centre)
        ):
            yield 1, f"trích yếu: {line.text}, {line.size} pt"


def c16_subject_rule(reading: Reading) -> Findings:
    if reading.title_lines:
        last = reading.title_lines[-1]
        yield from _third_to_half(reading, last, last.baseline + 15)


def c17_addressees(reading: Reading) -> Findings:
    lines = reading.addressees
    kind = reading.title_lines[0].text if reading.title_lines else ""
    if kind == "KẾ HOẠCH" and lines:
        yield 1, "Kính gửi in a plan"
    if kind == "BÁO CÁO" and not lines:
        yield 1, "no Kính gửi in a report"
    for line in lines:
        if not (line.is_face("regular") and has_size(line, 13, 14)):
            yield 1, f"Kính gửi: {line.size} pt, {set(line.faces)}"
    if lines and lines[0].text == "Kính gửi:":
        yield from _addressee_list(lines[0], lines[1:])


def _addressee_list(label: Line, names: list[Line]) -> Findings:
    if len(names) < 2:
        yield 1, "one addressee belongs on the line of Kính gửi"
    for n, line in enumerate(names, start=1):
        end = "." if n == len(names) else ";"
        if not line.text.startswith("- ") or not line.text.endswith(end):
            yield 1, f"addressee: {line.text}"
        if not label.x1 - 1.5 * MM <= line.x0 <= label.x1 + 0.5 * MM or abs(line.x0 - names[0].x0) > 0.5:
            yield 1, "dashes not under the colon"


def _third_to_half(reading: Reading, line: Line, below: float) -> Findings:
    bars = bars_between(reading, line, below)
    if len(bars) != 1:
        yield 1, f"{len(bars)} rules under {line.text}"
    elif not 0.333 <= bars[0].width / line.width <= 0.5 or not same_centre(bars[0].centre, line.centre):
        yield 1, f"rule under {line.text}: {bars[0].width / line.width:.2f} of the line"


CHECKS: dict[str, Check] = {
    "C06": c06_nation,
    "C07": c07_motto,
    "C08": c08_motto_rule,
    "C09": c09_superior,
    "C10": c10_agency,
    "C11": c11_agency_rule,
    "C12": c12_number,
    "C13": c13_place_date,
    "C14": c14_type,
    "C15": c15_subject,
    "C16": c16_subject_rule,
    "C17": c17_addressees,
}
