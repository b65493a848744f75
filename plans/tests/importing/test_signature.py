"""The end of a document: recipients whose words a narrow column has broken."""

import pytest

from .documents import read, reasons

END = "II. NỘI DUNG\n- Họp dân.\n\nNơi nhận:\n{rows}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nNguyễn Văn An"

ROWS = [
    (["- TT Đảng ủy, TT HĐND phường", "(b/c);", "- Lưu: VT."], ["TT Đảng ủy, TT HĐND phường (b/c)", "Lưu: VT"]),
    (["- UBND quận", "(để báo cáo);", "- Lưu: VT."], ["UBND quận (để báo cáo)", "Lưu: VT"]),
    (["- UBND quận;", "(b/c)", "- Lưu: VT."], ["UBND quận (b/c)", "Lưu: VT"]),
    (["- Các phòng, đơn vị", "(Để thực hiện);", "- Lưu: VT."], ["Các phòng, đơn vị (Để thực hiện)", "Lưu: VT"]),
    (["- UBMTTQ phường (để", "phối hợp);", "- Lưu: VT."], ["UBMTTQ phường (để phối hợp)", "Lưu: VT"]),
    (["- Đảng ủy (b/c,", "Chỉ đạo);", "- Lưu: VT."], ["Đảng ủy (b/c, Chỉ đạo)", "Lưu: VT"]),
    (["- Phòng Nội vụ quận", "(Bà Hoa);", "- Lưu: VT."], ["Phòng Nội vụ quận (Bà Hoa)", "Lưu: VT"]),
    (["- Đảng ủy (b/c);", "- UBND quận (b/c);", "- Lưu: VT."], ["Đảng ủy (b/c)", "UBND quận (b/c)", "Lưu: VT"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "recipients"), ROWS, ids=[" ".join(row[0])[:40] for row in ROWS])
def test_recipients_are_whole(rows, recipients):
    outline = read(END.format(rows="\n".join(rows)))
    assert outline.recipients == recipients
    assert outline.signer == "Nguyễn Văn An"
    assert "phần ký" not in reasons(outline)


def test_a_purpose_after_the_authority_still_belongs_to_the_recipient():
    outline = read(
        "II. NỘI DUNG\n- Họp dân.\n\nNơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- TT HĐND phường\tCHỦ TỊCH\n(b/c);\n- Lưu: VT.\nNguyễn Văn An"
    )
    assert outline.recipients == ["TT HĐND phường (b/c)", "Lưu: VT"]
