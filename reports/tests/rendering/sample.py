"""An invented quarterly report of four to five pages, and a small one for quick tests."""

from typing import Any

from reports.rendering.document import Appendix, BodyEntry, Document, Part, Row, digest


def small_document(**changes: Any) -> Document:
    document: Document = {
        "is_draft": False,
        "document_type": "BÁO CÁO",
        "code": "BC-UBND",
        "number": 9,
        "subject": "Kết quả công tác dân vận chính quyền quý I năm 2024",
        "superior_heading": "UBND quận Kiến An",
        "agency_heading": ["UBND phường Lãm Hà"],
        "agency_name": "Ủy ban nhân dân phường Lãm Hà",
        "place": "Lãm Hà",
        "dated_on": "2024-03-18",
        "addressees": ["Ủy ban nhân dân quận Kiến An"],
        "bases": [],
        "opening": OPENING,
        "parts": [
            {"numeral": "I", "title": "Công tác lãnh đạo, chỉ đạo", "body": [paragraph(LEADERSHIP[0])]}
        ],
        "closing": "",
        "authority": ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"],
        "signer": "Trần Thị Thu An",
        "recipients": [
            "Như trên",
            "Thường trực Đảng ủy phường",
            "Chủ tịch, các PCT UBND phường",
            "Lưu: VT, VPTK",
        ],
        "appendices": [],
        "illustrative": True,
        "title": "Báo cáo 09/BC-UBND: Kết quả công tác dân vận chính quyền quý I năm 2024",
        "created": "2024-03-18T10:30:00+07:00",
        "identifier": "",
    }
    document.update(changes)  # type: ignore[typeddict-item]
    document["identifier"] = digest(document)
    return document


def full_document(**changes: Any) -> Document:
    parts: list[Part] = [
        {
            "numeral": "I",
            "title": "Công tác lãnh đạo, chỉ đạo, triển khai",
            "body": [paragraph(t) for t in LEADERSHIP],
        },
        {"numeral": "II", "title": "Kết quả thực hiện", "body": results()},
        {"numeral": "III", "title": "Đánh giá chung", "body": assessment()},
        {"numeral": "IV", "title": "Phương hướng, nhiệm vụ trọng tâm quý II năm 2024", "body": outlook()},
        {"numeral": "V", "title": "Đề xuất, kiến nghị", "body": [paragraph(PROPOSAL)]},
    ]
    values: dict[str, Any] = {
        "parts": parts,
        "closing": CLOSING,
        "appendices": [figures_appendix(), progress_appendix()],
        "data": {"tasks": {"total": 22, "reported": 17}},
    }
    return small_document(**(values | changes))


def document_with_appendices(**changes: Any) -> Document:
    """Small, with two appendices of one page each."""
    progress = progress_appendix()
    table = progress["tables"][0]
    progress["tables"] = [{**table, "rows": table["rows"][:6]}]
    parts: list[Part] = [{"numeral": "I", "title": "Kết quả", "body": [paragraph(LEADERSHIP[1])]}]
    return small_document(**({"parts": parts, "appendices": [figures_appendix(), progress]} | changes))


def tainted(document: Document) -> tuple[Document, list[str]]:
    """The document with markup in every free text, and those texts, each with a number of its own."""
    texts: list[str] = []

    def taint(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: taint(name, part) for name, part in value.items()}
        if isinstance(value, list):
            return [taint(key, part) for part in value]
        if not isinstance(value, str) or key in FIXED:
            return value
        texts.append(f"<b>{len(texts)}</b>&amp;<img")
        return texts[-1]

    marked = taint("", document)
    texts.remove(marked["title"])  # names the file, is not printed
    return marked, texts


FIXED = ("kind", "align", "dated_on", "created", "identifier")


def paragraph(text: str, label: str = "") -> BodyEntry:
    return {"kind": "paragraph", "label": label, "text": text}


def heading(label: str, text: str) -> BodyEntry:
    return {"kind": "heading", "label": label, "text": text}


def bullet(text: str) -> BodyEntry:
    return {"kind": "bullet", "label": "", "text": text}


def results() -> list[BodyEntry]:
    entries: list[BodyEntry] = []
    for number, (title, lines) in enumerate(CONTENT.items(), start=1):
        entries.append(heading(f"{number}.", title))
        entries += [bullet(line) for line in lines]
    return entries


def assessment() -> list[BodyEntry]:
    return [
        heading("1.", "Ưu điểm"),
        paragraph(
            "Các đơn vị đã chủ động triển khai nhiệm vụ được giao ngay từ đầu năm; 17/22 nhiệm vụ đã có kết quả trong kỳ, "
            "tập trung vào cải cách hành chính, tiếp công dân và đối thoại với Nhân dân."
        ),
        heading("2.", "Hạn chế, khó khăn"),
        paragraph(
            "Còn 05/22 nhiệm vụ chưa có kết quả trong kỳ; một số đơn vị gửi kết quả chậm so với thời hạn nội bộ."
        ),
        heading("3.", "Nguyên nhân"),
        paragraph("Khối lượng công việc đầu năm lớn, trùng dịp Tết Nguyên đán.", "a)"),
        paragraph(
            "Một số cán bộ đoàn thể kiêm nhiệm nhiều việc, thời gian dành cho công tác dân vận còn ít.", "b)"
        ),
    ]


def outlook() -> list[BodyEntry]:
    return [
        bullet(
            "Tiếp tục tuyên truyền, quán triệt các văn bản về công tác dân vận đến cán bộ, công chức và Nhân dân."
        ),
        bullet(
            "Tổ chức hội nghị đối thoại giữa người đứng đầu Ủy ban nhân dân phường với Nhân dân trước ngày 15/6/2024."
        ),
        bullet("Hoàn thành 05 nhiệm vụ chưa có kết quả nêu tại Phụ lục II."),
    ]


def figures_appendix() -> Appendix:
    titles = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "Trong kỳ", "Lũy kế", "Cùng kỳ năm trước"]
    titles += ["So sánh (%)", "Ghi chú"]
    widths = [4, 34, 11, 9, 9, 9, 10, 9, 16]
    aligns = ["center", "left", "center", *["right"] * 5, "left"]
    rows: list[Row] = [
        {"kind": "row", "cells": [str(n), *cells, ""]} for n, cells in enumerate(INDICATORS, start=1)
    ]
    return {
        "numeral": "I",
        "title": "Biểu số liệu công tác dân vận chính quyền quý I năm 2024 (số liệu minh họa)",
        "landscape": True,
        "tables": [
            {
                "caption": "",
                "columns": [
                    {"title": t, "width": w, "align": a}
                    for t, w, a in zip(titles, widths, aligns, strict=True)
                ],  # type: ignore[typeddict-item]
                "header": [],
                "rows": rows,
            }
        ],
        "footnote": "Số liệu chốt từ ngày 15/12/2023 đến ngày 14/3/2024.",
    }


def progress_appendix() -> Appendix:
    titles = ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Tình trạng", "Kết quả trong kỳ"]
    widths, aligns = [5, 40, 20, 14, 30], ["center", "left", "left", "center", "left"]
    rows: list[Row] = []
    number = 0
    for group, (title, lines) in enumerate(CONTENT.items(), start=1):
        rows.append({"kind": "group", "cells": [["I", "II", "III", "IV", "V"][group - 1], title]})
        for line in [*lines, *lines][: (4, 4, 5, 5, 4)[group - 1]]:
            number += 1
            rows.append(
                {"kind": "row", "cells": [str(number), line[:118], UNITS[number % 5], *RESULTS[number % 3]]}
            )
    rows.append({"kind": "total", "cells": ["", "Tổng cộng: 22 nhiệm vụ", "", "17/22", "Còn thiếu 05"]})
    return {
        "numeral": "II",
        "title": "Tiến độ thực hiện nhiệm vụ quý I năm 2024 (số liệu minh họa)",
        "landscape": True,
        "tables": [
            {
                "caption": "",
                "columns": [
                    {"title": t, "width": w, "align": a}
                    for t, w, a in zip(titles, widths, aligns, strict=True)
                ],  # type: ignore[typeddict-item]
                "header": [],
                "rows": rows,
            }
        ],
        "footnote": "",
    }


OPENING = (
    "Thực hiện Kế hoạch số 41/KH-UBND ngày 23/02/2024 của Ủy ban nhân dân quận Kiến An và Kế hoạch số 10/KH-UBND ngày "
    "27/02/2024 của Ủy ban nhân dân phường về công tác dân vận chính quyền năm 2024, Ủy ban nhân dân phường Lãm Hà báo "
    "cáo kết quả thực hiện quý I năm 2024 (số liệu minh họa), số liệu từ ngày 15/12/2023 đến ngày 14/3/2024, như sau:"
)
LEADERSHIP = [
    "Ủy ban nhân dân phường đã ban hành Kế hoạch số 10/KH-UBND ngày 27/02/2024, phân công cụ thể từng nội dung cho các ban, "
    "ngành, đoàn thể; giao Văn phòng Ủy ban nhân dân phường theo dõi, đôn đốc và tổng hợp kết quả hằng quý.",
    "Các đơn vị đã được quán triệt nội dung Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ. Số liệu chi tiết "
    "nêu tại Phụ lục I; tiến độ từng nhiệm vụ nêu tại Phụ lục II.",
]
CONTENT = {
    "Phổ biến, quán triệt, tuyên truyền và triển khai các văn bản của Trung ương, thành phố, quận về công tác dân vận "
    "gắn với việc thực hiện dân chủ ở cơ sở": [
        "Văn phòng Ủy ban nhân dân phường tổ chức 02 hội nghị quán triệt với 126 lượt người dự; niêm yết công khai Luật "
        "Thực hiện dân chủ ở cơ sở tại trụ sở và 08 nhà văn hóa tổ dân phố.",
        "Bộ phận Văn hóa - Xã hội đăng 14 tin, bài, phát thanh 36 lượt về công tác dân vận chính quyền và phong trào thi đua "
        "“Dân vận khéo”.",
    ],
    "Gắn thực hiện công tác dân vận với đẩy mạnh cải cách hành chính": [
        "Bộ phận tiếp nhận và trả kết quả tiếp nhận 1.245 hồ sơ, giải quyết trước hạn và đúng hạn 1.238 hồ sơ, đạt 99,4 %; "
        "đang giải quyết 07 hồ sơ, không có hồ sơ quá hạn.",
        "Duy trì áp dụng Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015; rút ngắn thời gian giải quyết 05 thủ tục thuộc "
        "lĩnh vực tư pháp - hộ tịch.",
    ],
    "Gắn thực hiện công tác dân vận với thực hiện Quy chế dân chủ ở cơ sở": [
        "Tiếp 42 lượt công dân với 38 vụ việc; nhận 09 đơn kiến nghị, đã giải quyết 08 đơn, chuyển kỳ sau 01 đơn.",
        "Tổ hòa giải tiếp nhận 06 vụ việc, hòa giải thành 05 vụ việc.",
        "Tổ chức 01 hội nghị đối thoại với 85 người dự, tiếp nhận 17 ý kiến, đã trả lời 17 ý kiến.",
    ],
    "Đẩy mạnh các phong trào thi đua yêu nước, bảo đảm quốc phòng - an ninh": [
        "Đăng ký mới 04 mô hình “Dân vận khéo”, duy trì 07 mô hình của năm 2023.",
        "Hội Liên hiệp Phụ nữ vận động 312 hội viên tham gia cuộc vận động “Toàn dân đoàn kết xây dựng đời sống văn hóa”.",
        "Công an phường tổ chức 03 buổi tuyên truyền phong trào “Toàn dân bảo vệ an ninh Tổ quốc”.",
    ],
    "Phối hợp chặt chẽ với Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội phường": [
        "Ủy ban Mặt trận Tổ quốc Việt Nam phường tổ chức 01 cuộc giám sát, nêu 03 kiến nghị; Ủy ban nhân dân phường đã tiếp "
        "thu 03 kiến nghị.",
        "Duy trì chế độ làm việc định kỳ với Mặt trận Tổ quốc và các đoàn thể.",
    ],
}
PROPOSAL = (
    "Đề nghị Ủy ban nhân dân quận quan tâm mở lớp bồi dưỡng nghiệp vụ công tác dân vận cho cán bộ, công chức phường trong "
    "quý II năm 2024."
)
CLOSING = (
    "Trên đây là báo cáo kết quả công tác dân vận chính quyền quý I năm 2024 của Ủy ban nhân dân phường Lãm Hà, trân trọng "
    "báo cáo Ủy ban nhân dân quận Kiến An."
)
UNITS = [
    "Văn phòng UBND phường",
    "Bộ phận Văn hóa - Xã hội",
    "Công an phường",
    "Hội Liên hiệp Phụ nữ",
    "Ủy ban MTTQ phường",
]
RESULTS = [
    ("Đã có kết quả", "Đã hoàn thành nội dung quý I; có 02 minh chứng."),
    ("Đã có kết quả", "Đang thực hiện, đạt 60 % khối lượng."),
    ("Chưa có kết quả", ""),
]
INDICATORS = [
    ["Hội nghị tuyên truyền, quán triệt", "cuộc", "8", "2", "2", "1", "200,0"],
    ["Lượt người dự hội nghị tuyên truyền", "lượt người", "500", "126", "126", "90", "140,0"],
    ["Tin, bài, lượt phát thanh về dân vận", "tin, bài", "120", "50", "50", "41", "122,0"],
    ["Hồ sơ thủ tục hành chính tiếp nhận", "hồ sơ", "", "1.245", "1.245", "1.102", "113,0"],
    ["Tỷ lệ hồ sơ giải quyết đúng hạn", "%", "98", "99,4", "99,4", "98,7", "100,7"],
    ["Lượt tiếp công dân", "lượt", "", "42", "42", "47", "89,4"],
    ["Đơn tiếp nhận (khiếu nại, tố cáo, kiến nghị)", "đơn", "", "9", "9", "12", "75,0"],
    ["Hội nghị đối thoại với Nhân dân", "cuộc", "2", "1", "1", "0", "—"],
    ["Vụ việc hòa giải thành", "vụ", "", "5", "5", "4", "125,0"],
    ["Mô hình “Dân vận khéo” đăng ký mới", "mô hình", "4", "4", "4", "3", "133,3"],
]
