"""Word's automatic numbering, built up from its parts."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plans.importing.numbering import read_numbering
from plans.importing.read_docx import read_docx

from .documents import read_word, word, word_bytes


def level(at: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def definition(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'


def labels(xml: str, *steps: tuple[str, int]) -> list[str]:
    numbering = read_numbering(parse_xml(xml))
    return [numbering.label(number_id, at) for number_id, at in steps]


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("upperRoman", "Phần %1", ["Phần I.", "Phần II.", "Phần III."]),
        ("decimal", "Mục %1", ["Mục 1.", "Mục 2.", "Mục 3."]),
        ("decimal", "%1/", ["1/", "2/", "3/"]),
        ("decimal", "%1", ["1.", "2.", "3."]),
        ("decimalZero", "%1.", ["01.", "02.", "03."]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("bullet", "-", ["-", "-", "-"]),
        ("bullet", "+", ["+", "+", "+"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("none", "", ["", "", ""]),
    ],
)
def test_each_form_is_printed(form, text, printed):
    assert labels(definition(level(0, form, text)), *[("1", 0)] * 3) == printed


def test_letters_follow_the_vietnamese_alphabet():
    found = labels(definition(level(0, "lowerLetter", "%1)")), *[("1", 0)] * 6)
    assert found == ["a)", "b)", "c)", "d)", "đ)", "e)"]


LEVELS = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.")


def test_levels_begin_again_below_a_wider_one():
    steps = [("1", at) for at in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert labels(definition(LEVELS), *steps) == ["I.", "1.", "2.", "2.1.", "2.2.", "II.", "1.", "1.1."]


def test_a_level_may_count_on_over_wider_ones():
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    assert labels(definition(levels), ("1", 0), ("1", 1), ("1", 0), ("1", 1)) == ["I.", "1.", "II.", "2."]


def test_a_legal_level_prints_roman_numbers_in_figures():
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
    assert labels(definition(levels), ("1", 0), ("1", 0), ("1", 1)) == ["I.", "II.", "2.1."]


def test_lists_of_one_definition_count_on_unless_they_say_where_to_start():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    found = labels(
        definition(level(0, "decimal", "%1."), nums), ("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0)
    )
    assert found == ["1.", "2.", "1.", "2.", "3."]


def test_an_override_may_change_the_level_itself():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'lowerLetter', '%1)')}</w:lvlOverride></w:num>"
    )
    assert labels(definition(level(0, "decimal", "%1."), nums), ("1", 0)) == ["a)"]


def test_a_definition_may_be_linked_to_a_style():
    xml = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Muc"/>{LEVELS}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    assert labels(xml, ("5", 0), ("5", 1)) == ["I.", "1."]


def document_with(levels: str, *paragraphs: tuple[str, str]):
    """A Word file whose list 77 has `levels`; each paragraph with what stands in its `w:numPr`, if anything."""
    document = word()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, inner in paragraphs:
        paragraph = document.add_paragraph(text)
        if inner:
            paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}>{inner}</w:numPr>"))
    return document


def texts(document) -> list[str]:
    return [line.text for line in read_docx(word_bytes(document))]


FIRST, SECOND = '<w:ilvl w:val="0"/><w:numId w:val="77"/>', '<w:ilvl w:val="1"/><w:numId w:val="77"/>'


def test_numbers_stand_at_the_head_of_their_lines():
    document = document_with(
        LEVELS, ("Mục đích", FIRST), ("Gần dân", SECOND), ("Thường", ""), ("Nội dung", FIRST)
    )
    assert texts(document) == ["I. Mục đích", "1. Gần dân", "Thường", "II. Nội dung"]


def test_a_style_may_number_its_paragraphs_and_a_paragraph_may_say_no():
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", '<w:pStyle w:val="Heading2"/>')
    document = document_with(levels)
    style = document.styles["Heading 2"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    for text in ("Một", "Hai", "Không"):
        document.add_paragraph(text, style="Heading 2")
    none = f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'
    document.paragraphs[-1]._p.get_or_add_pPr().append(parse_xml(none))
    assert texts(document) == ["1. Một", "2. Hai", "Không"]


def test_numbers_of_table_cells_are_kept():
    document = document_with(LEVELS)
    cell = document.add_table(rows=1, cols=2).cell(0, 0)
    cell.paragraphs[0]._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}>{FIRST}</w:numPr>"))
    assert read_docx(word_bytes(document))[0].cells == ("I.", "")


@pytest.mark.parametrize(
    ("form", "entries", "doubted"),
    [("lowerLetter", 4, []), ("lowerLetter", 6, ["đ"]), ("decimal", 6, []), ("custom", 6, [])],
)
def test_the_fifth_of_words_own_letters_is_doubted(form, entries, doubted):
    document = word("KẾ HOẠCH", "Dân vận năm 2024", "I. NỘI DUNG", "1. Việc chung:")
    document.part.numbering_part.element.append(parse_xml(_abstract(form)))
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for at in range(entries):
        paragraph = document.add_paragraph(f"Họp dân lần {at}.")
        numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(numbered))
    outline = read_word(document)
    lines = {doubt.line for doubt in outline.doubts if "Word tự đánh số" in doubt.reason}
    assert [task.label for task in outline.tasks if task.line in lines] == doubted
    assert len(outline.tasks) == entries


def _abstract(form: str) -> str:
    inner = level(0, form, "%1)")
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{inner}</w:abstractNum>'
