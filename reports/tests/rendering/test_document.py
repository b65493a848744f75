import json

import pytest

from reports.rendering.blocks import Letterhead, Paragraph, Signature, Title, compose, date_text, number_text
from reports.rendering.document import Malformed, Unprintable, check, digest, problems
from reports.rendering.typography import balanced_lines, bold_width, printable

from .sample import full_document, paragraph, small_document


def block(document, kind):
    return next(item for item in compose(document) if isinstance(item, kind))


def test_document_survives_json():
    document = full_document()
    assert json.loads(json.dumps(document)) == document


def test_digest_ignores_the_identifier_and_sees_every_other_change():
    document = small_document()
    assert digest({**document, "identifier": "x"}) == digest(document)
    assert digest({**document, "place": "Bắc Hà"}) != digest(document)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": None}, "chưa có số"),
        ({"dated_on": None}, "chưa có ngày ban hành"),
        ({"parts": []}, "chưa có nội dung"),
        ({"agency_heading": []}, "chưa có tên cơ quan"),
        ({"authority": []}, "chưa có quyền hạn"),
        ({"signer": ""}, "chưa có họ tên người ký"),
        ({"signer": "TS. Trần Thị Thu An"}, "không ghi học hàm"),
        ({"recipients": ["Như trên", "Lưu: VPTK"]}, "Lưu: VT"),
        ({"recipients": ["UBND quận", "Lưu: VT, VPTK"]}, "Như trên"),
        (
            {"opening": "", "parts": [{"numeral": "I", "title": "x", "body": [paragraph("y")]}]},
            "chưa nhắc đến Phụ lục I:",
        ),
    ],
)
def test_check_refuses_what_cannot_be_issued(changes, sentence):
    with pytest.raises(Unprintable, match=sentence):
        check(full_document(**changes))


def test_check_names_missing_keys():
    document = small_document()
    del document["place"]
    with pytest.raises(Malformed, match="missing: place"):
        check(document)


def test_check_refuses_a_row_with_missing_cells():
    document = full_document()
    document["appendices"][0]["tables"][0]["rows"][0]["cells"].pop()
    with pytest.raises(Malformed, match="appendix I has a row"):
        check(document)


def test_draft_may_break_the_form():
    draft = full_document(is_draft=True, number=None, dated_on=None, recipients=["Như trên"])
    assert check(draft) is draft
    assert problems(draft) == ["Dòng cuối của nơi nhận phải là “Lưu: VT, …”."]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-02-05", "ngày 05 tháng 02 năm 2024"),
        ("2024-03-18", "ngày 18 tháng 3 năm 2024"),
        ("2024-10-01", "ngày 01 tháng 10 năm 2024"),
    ],
)
def test_date_has_zeros_where_the_decree_asks(day, words):
    assert date_text(small_document(dated_on=day)) == words


@pytest.mark.parametrize(("number", "text"), [(7, "07/BC-UBND"), (37, "37/BC-UBND"), (205, "205/BC-UBND")])
def test_number_below_ten_takes_a_zero(number, text):
    assert number_text(small_document(number=number)) == text


def test_draft_has_blanks_for_number_and_date():
    letterhead = block(small_document(is_draft=True), Letterhead)
    assert letterhead.number.split() == ["Số:", "/BC-UBND"]
    assert letterhead.place_date.split() == ["Lãm", "Hà,", "ngày", "tháng", "năm", "2024"]


@pytest.mark.parametrize("end", ["báo cáo", "báo cáo.", "báo cáo;", "báo cáo./."])
def test_last_paragraph_ends_with_the_closing_mark(end):
    paragraphs = [
        b.text for b in compose(small_document(closing=f"Trân trọng {end}")) if isinstance(b, Paragraph)
    ]
    assert paragraphs[-1] == "Trân trọng báo cáo./."
    assert not any(text.endswith("./.") for text in paragraphs[:-1])


def test_recipients_get_dashes_and_ends():
    signature = block(small_document(recipients=["Như trên;", "UBND quận", "Lưu: VT, VPTK."]), Signature)
    assert signature.recipients == ("- Như trên;", "- UBND quận;", "- Lưu: VT, VPTK.")


def test_long_subject_breaks_into_even_lines():
    subject = "Kết quả thực hiện công tác dân vận chính quyền và Quy chế dân chủ ở cơ sở quý I năm 2024"
    first, second = block(small_document(subject=subject), Title).subject
    assert f"{first} {second}" == subject
    assert 0.7 < bold_width(first, 14) / bold_width(second, 14) < 1.4


def test_quarter_stays_with_its_number():
    assert all(
        not line.endswith("quý") for line in balanced_lines("Tiến độ nhiệm vụ quý I năm 2024", 14, 130)
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\u0309 dòng\nmới\t!", "ả dòng mới !"),
        ("ẩn\u200bgiữa\ufeff", "ẩngiữa"),
        ("đảo\u202echiều", "đảo[U+202E]chiều"),
        ("xong ☑ 漢", "xong [U+2611] [U+6F22]"),
        ("<b> & 50.000 ₫ “dân vận khéo” – ½", "<b> & 50.000 ₫ “dân vận khéo” – ½"),
    ],
)
def test_printable_text(typed, shown):
    assert printable(typed) == shown


def test_widths_are_those_of_the_bold_face(settings):
    from fontTools.ttLib import TTFont

    from reports.rendering.fonts import find_typeface

    font = TTFont(find_typeface(settings.FONTS).faces["bold"])
    letters, advances = font.getBestCmap(), font["hmtx"]
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, Ưu tiên Đường kẻ: “ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ” 0123456789"
    assert round(bold_width(text, 2048)) == sum(advances[letters[ord(letter)]][0] for letter in text)
