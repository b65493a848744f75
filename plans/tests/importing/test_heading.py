"""Heading block, title, bases; recipients and signature."""

import pytest

from plans.importing import read_document

from .documents import reasons

BODY = "I. NỘI DUNG\n1. Họp dân."


def read(text: str):
    return read_document("ke-hoach.txt", text.encode())


@pytest.mark.parametrize(
    ("line", "number", "place", "date"),
    [
        ("Số: 07/KH-UBND\nTân Hưng, ngày 31 tháng 01 năm 2023", "07/KH-UBND", "Tân Hưng", "2023-01-31"),
        ("Số: 21 /KH-UBND      An Bình, ngày 5 tháng 3 năm 2024", "21/KH-UBND", "An Bình", "2024-03-05"),
        ("Số:        /KH-UBND      An Bình, ngày     tháng 02 năm 2026", None, "An Bình", None),
        ("Số: …/KH-UBND\nAn Bình, ngày … tháng … năm 2026", None, "An Bình", None),
        ("Số 5/KH-UBND Vĩnh Khê, ngày 31 tháng 2 năm 2024", "5/KH-UBND", "Vĩnh Khê", None),
    ],
)
def test_number_place_and_date(line, number, place, date):
    outline = read(f"{line}\nKẾ HOẠCH\nDân vận năm 2024\n\n{BODY}")
    assert (outline.number, outline.place) == (number, place)
    assert (outline.date and outline.date.isoformat()) == date


@pytest.mark.parametrize(
    ("block", "superior", "issuer"),
    [
        ("UBND QUẬN KIẾN AN\nUBND PHƯỜNG LÃM HÀ", "UBND quận Kiến An", "Ủy ban nhân dân phường Lãm Hà"),
        ("ỦY BAN NHÂN DÂN\nXÃ TÂN HƯNG", None, "Ủy ban nhân dân xã Tân Hưng"),
        ("UBND QUẬN A\nỦY BAN NHÂN DÂN\nPHƯỜNG HÒA BÌNH\nĐÔNG", "UBND quận A", "Ủy ban nhân dân phường Hòa Bình Đông"),
        ("UBND THÀNH PHỐ HẢI PHÒNG      CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nUBND PHƯỜNG AN BÌNH        Độc lập - Tự do - Hạnh phúc",
         "UBND thành phố Hải Phòng", "Ủy ban nhân dân phường An Bình"),
    ],
)  # fmt: skip
def test_agencies_of_the_heading_block(block, superior, issuer):
    outline = read(f"{block}\nSố: 1/KH-UBND\nKẾ HOẠCH\nDân vận năm 2024\n\n{BODY}")
    assert (outline.superior, outline.issuer) == (superior, issuer)


@pytest.mark.parametrize(
    ("title", "found", "year"),
    [
        ("KẾ HOẠCH\nDân vận năm 2024\n", "Dân vận năm 2024", 2024),
        ("KẾ HOẠCH Dân vận năm 2024\n", "Dân vận năm 2024", 2024),
        ("KẾ HOẠCH\nCÔNG TÁC DÂN VẬN CỦA PHƯỜNG\nNĂM 2024\n", "CÔNG TÁC DÂN VẬN CỦA PHƯỜNG NĂM 2024", 2024),
        (
            "KẾ HOẠCH\nThực hiện công tác dân vận\nchính quyền năm 2024\n",
            "Thực hiện công tác dân vận chính quyền năm 2024",
            2024,
        ),
        ("KẾ HOẠCH\nDân vận chính quyền\n", "Dân vận chính quyền", None),
    ],
)
def test_title_and_year(title, found, year):
    outline = read(f"{title}\nCăn cứ Luật Thực hiện dân chủ ở cơ sở;\n\n{BODY}")
    assert (outline.title, outline.year) == (found, year)
    assert outline.legal_bases == ["Căn cứ Luật Thực hiện dân chủ ở cơ sở"]


def test_year_of_the_date_is_a_guess():
    outline = read(f"A, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nDân vận\n\n{BODY}")
    assert outline.year == 2024
    assert "không ghi năm" in reasons(outline)


def test_basis_and_opening_words_part_at_the_issuer():
    outline = read(
        f"KẾ HOẠCH\nDân vận năm 2024\n\nThực hiện Kế hoạch số 5/KH-UBND của UBND quận A, UBND phường B ban hành Kế hoạch như sau:\n{BODY}"
    )
    assert outline.legal_bases == ["Thực hiện Kế hoạch số 5/KH-UBND của UBND quận A"]
    assert outline.opening_words == "UBND phường B ban hành Kế hoạch như sau:"


def test_superior_is_not_taken_from_several():
    bases = "Căn cứ Kế hoạch của UBND quận Kiến An;\nCăn cứ Kế hoạch của UBND quận Hồng Bàng;"
    assert read(f"KẾ HOẠCH\nDân vận năm 2024\n\n{bases}\n{BODY}").superior is None


def test_recipients_and_signature_side_by_side():
    end = "Nơi nhận:             TM. UỶ BAN NHÂN DÂN\n- UBND quận (b/c);            CHỦ TỊCH\n- Lưu: VT.\n(đã ký)\n            Trần Văn Thử"
    outline = read(f"KẾ HOẠCH\nDân vận năm 2024\n\n{BODY}\n{end}")
    assert outline.recipients == ["UBND quận (b/c)", "Lưu: VT"]
    assert (outline.authority, outline.position, outline.signer) == (
        "TM. UỶ BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Văn Thử",
    )


def test_recipients_in_one_line():
    outline = read(f"KẾ HOẠCH\nDân vận năm 2024\n\n{BODY}\nNơi nhận: - UBND quận; - Như mục III; - Lưu: VT.")
    assert outline.recipients == ["UBND quận", "Như mục III", "Lưu: VT"]
    assert (outline.authority, outline.position, outline.signer) == (None, None, None)


def test_order_of_a_deputy_without_collective():
    outline = read(f"KẾ HOẠCH\nDân vận năm 2024\n\n{BODY}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐỗ Thị Thử")
    assert (outline.authority, outline.position, outline.signer) == (
        None,
        "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
        "Đỗ Thị Thử",
    )


def test_a_line_of_the_end_that_fits_nowhere_is_doubted():
    outline = read(
        f"KẾ HOẠCH\nDân vận năm 2024\n\n{BODY}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Thị Ví Dụ\nnhớ gửi bản giấy"
    )
    assert "chưa tìm được chỗ" in reasons(outline)


def test_place_and_day_broken_by_a_narrow_column_are_one():
    outline = read(f"Tân Thuận Nam,\nngày 14 tháng 3\nnăm 2023\nKẾ HOẠCH\nDân vận\n\n{BODY}")
    assert (outline.place, str(outline.date)) == ("Tân Thuận Nam", "2023-03-14")


def test_motto_beside_an_agency_is_no_part_of_its_name():
    outline = read(
        f"UBND HUYỆN A CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nUBND XÃ B\nKẾ HOẠCH\nDân vận\n\n{BODY}"
    )
    assert (outline.superior, outline.issuer) == ("UBND huyện A", "Ủy ban nhân dân xã B")


def test_recipient_broken_by_a_narrow_column_is_one():
    outline = read(
        f"KẾ HOẠCH\nDân vận năm 2024\n\n{BODY}\nNơi nhận:\n- Các ban, ngành,\nđoàn thể phường;\n- Lưu: VT."
    )
    assert outline.recipients == ["Các ban, ngành, đoàn thể phường", "Lưu: VT"]
