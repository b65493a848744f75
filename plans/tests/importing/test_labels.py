import pytest

from plans.importing.labels import roman, roman_value, split_label

LABELS = [
    ("I. MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
    ("I/ MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
    ("II- NỘI DUNG", "roman", "II", "NỘI DUNG"),
    ("Phần I", "part", "I", ""),
    ("PHẦN THỨ HAI", "part", "II", ""),
    ("Phần 3: TỔ CHỨC", "part", "III", "TỔ CHỨC"),
    ("A. MỤC ĐÍCH", "upper", "A", "MỤC ĐÍCH"),
    ("Mục 1", "muc", "1", ""),
    ("Mục 02. Tuyên truyền", "muc", "2", "Tuyên truyền"),
    ("1. Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("1/ Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("1- Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("1/. Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("1/.Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("2./ Tuyên truyền", "number", "2", "Tuyên truyền"),
    ("3-. Tuyên truyền", "number", "3", "Tuyên truyền"),
    ("01. Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("1.Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("120. Tuyên truyền", "number", "120", "Tuyên truyền"),
    ("1.1. Tuyên truyền", "number2", "1.1", "Tuyên truyền"),
    ("2.1.3 Tuyên truyền", "number3", "2.1.3", "Tuyên truyền"),
    ("(1) Tuyên truyền", "paren", "1", "Tuyên truyền"),
    ("a) Tuyên truyền", "letter", "a", "Tuyên truyền"),
    ("đ) Tuyên truyền", "letter", "đ", "Tuyên truyền"),
    ("a/. Tuyên truyền", "letter", "a", "Tuyên truyền"),
    ("đ./Tuyên truyền", "letter", "đ", "Tuyên truyền"),
    ("b. Tuyên truyền", "letter", "b", "Tuyên truyền"),
    ("- Tuyên truyền", "bullet", "-", "Tuyên truyền"),
    ("–Tuyên truyền", "bullet", "-", "Tuyên truyền"),
    ("• Tuyên truyền", "bullet", "-", "Tuyên truyền"),
    ("+ Tuyên truyền", "bullet", "+", "Tuyên truyền"),
    ("- 1. Tuyên truyền", "number", "1", "Tuyên truyền"),
    ("- a) Tuyên truyền", "letter", "a", "Tuyên truyền"),
]


@pytest.mark.parametrize(("line", "kind", "value", "text"), LABELS)
def test_label_is_split_from_its_line(line, kind, value, text):
    label = split_label(line)
    assert (label.kind, label.value, label.text) == (kind, value, text)


@pytest.mark.parametrize(
    "line",
    [
        "15/6/2024 họp tổ dân phố",
        "31.5.2024 tổng kết",
        "02 hội nghị",
        "120 lượt người dự",
        "120.000 đồng",
        "99,5% hồ sơ",
        "2024. Tiếp tục",
        "e-mail công vụ",
        "Phần lớn các hộ",
        "Phần vi phạm",
        "Mục đích, yêu cầu",
        "Vì Nhân dân phục vụ",
        "b/c UBND quận",
    ],
)
def test_what_only_looks_like_a_label_is_none(line):
    assert split_label(line) is None


def test_roman_numerals_go_both_ways():
    assert [roman(number) for number in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]
    assert [roman_value(numeral) for numeral in ("III", "XIV", "A")] == [3, 14, 0]
