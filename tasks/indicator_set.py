"""The indicators that reports of this kind count: what a new agency starts with. The office adds its own."""

from typing import NamedTuple


class Seed(NamedTuple):
    """`theme` are words by which the content item is proposed, accent- and case-blind; the first that is found wins."""

    code: str
    name: str
    measure: str
    theme: tuple[str, ...]
    formula: str = ""
    identity: str = ""


SPREAD = ("tuyên truyền", "quán triệt")
REFORM = ("cải cách hành chính", "thủ tục hành chính")
DEMOCRACY = ("quy chế dân chủ", "tiếp công dân", "đối thoại", "dân chủ ở cơ sở")
EMULATION = ("phong trào thi đua", "dân vận khéo")
FRONT = ("mặt trận tổ quốc", "mttq")

INDICATORS = (
    Seed("hoi_nghi", "Hội nghị tuyên truyền, quán triệt", "cuộc", SPREAD),
    Seed("hoi_nghi_nguoi", "Lượt người dự hội nghị tuyên truyền, quán triệt", "lượt người", SPREAD),
    Seed("tin_bai", "Tin, bài, lượt phát thanh về dân vận", "tin, bài", SPREAD),
    Seed(
        "tthc_nhan",
        "Hồ sơ TTHC tiếp nhận",
        "hồ sơ",
        REFORM,
        identity="tthc_nhan = tthc_truoc_han + tthc_dung_han + tthc_qua_han + tthc_dang",
    ),
    Seed("tthc_truoc_han", "Hồ sơ TTHC giải quyết trước hạn", "hồ sơ", REFORM),
    Seed("tthc_dung_han", "Hồ sơ TTHC giải quyết đúng hạn", "hồ sơ", REFORM),
    Seed("tthc_qua_han", "Hồ sơ TTHC giải quyết quá hạn", "hồ sơ", REFORM),
    Seed("tthc_dang", "Hồ sơ TTHC đang giải quyết", "hồ sơ", REFORM),
    Seed(
        "tthc_ty_le",
        "Tỷ lệ giải quyết trước và đúng hạn",
        "%",
        REFORM,
        "100 * (tthc_truoc_han + tthc_dung_han) / (tthc_truoc_han + tthc_dung_han + tthc_qua_han)",
    ),
    Seed("hai_long", "Mức độ hài lòng của người dân", "%", REFORM),
    Seed("tiep_dan", "Lượt tiếp công dân", "lượt", DEMOCRACY),
    Seed("tiep_dan_nguoi", "Số người được tiếp", "người", DEMOCRACY),
    Seed("tiep_dan_vu", "Vụ việc tiếp nhận khi tiếp công dân", "vụ", DEMOCRACY),
    Seed(
        "don_ton",
        "Đơn tồn kỳ trước",
        "đơn",
        DEMOCRACY,
        identity="don_ton + don_nhan = don_giai_quyet + don_chuyen",
    ),
    Seed("don_nhan", "Đơn tiếp nhận (khiếu nại, tố cáo, kiến nghị)", "đơn", DEMOCRACY),
    Seed("don_giai_quyet", "Đơn đã giải quyết", "đơn", DEMOCRACY),
    Seed("don_chuyen", "Đơn chuyển kỳ sau", "đơn", DEMOCRACY),
    Seed("doi_thoai", "Hội nghị đối thoại", "cuộc", DEMOCRACY),
    Seed("doi_thoai_nguoi", "Người dự đối thoại", "người", DEMOCRACY),
    Seed("doi_thoai_y_kien", "Ý kiến nêu tại đối thoại", "ý kiến", DEMOCRACY),
    Seed("doi_thoai_tra_loi", "Ý kiến đã được trả lời", "ý kiến", DEMOCRACY),
    Seed("hoa_giai", "Vụ việc hòa giải", "vụ", DEMOCRACY),
    Seed("hoa_giai_thanh", "Vụ việc hòa giải thành", "vụ", DEMOCRACY),
    Seed("mo_hinh_moi", "Mô hình “Dân vận khéo” đăng ký mới", "mô hình", EMULATION),
    Seed("mo_hinh_duy_tri", "Mô hình “Dân vận khéo” duy trì", "mô hình", EMULATION),
    Seed("mo_hinh_cong_nhan", "Mô hình “Dân vận khéo” được công nhận", "mô hình", EMULATION),
    Seed("giam_sat", "Cuộc giám sát, phản biện của MTTQ", "cuộc", FRONT),
    Seed("giam_sat_kien_nghi", "Kiến nghị sau giám sát, phản biện", "kiến nghị", FRONT),
    Seed("giam_sat_tiep_thu", "Kiến nghị đã tiếp thu", "kiến nghị", FRONT),
)
