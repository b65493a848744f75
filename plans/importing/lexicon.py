"""The words by which units and verbs are told apart in a running sentence."""

import re


def _either(phrases: str) -> str:
    """A pattern for any of the comma-separated phrases, the longest first."""
    words = sorted((" ".join(phrase.split()) for phrase in phrases.split(",")), key=len, reverse=True)
    return "|".join(map(re.escape, words))


_COMMITTEE = "(?:Ủy|Uỷ|ỦY|UỶ) ban"

# Words that begin a unit's name; the look-aheads keep out what only begins alike (Ban hành, Hội nghị, Tổ chức).
_HEADS = rf"""Ban (?:[Tt]hường trực|[Tt]hường vụ|[Cc]hấp hành)|[Tt]ổ trưởng|[Tt]rưởng (?:các|thôn|xóm|ấp|bản|khu|khối|khóm)|{_COMMITTEE}|UBND|HĐND|UB MTTQ|UBMTTQ|BCH|BCĐ|MTTQ|TT\s|PCT\s|Mặt trận
Hội đồng (?:nhân dân|thi đua|phối hợp|nghĩa vụ)|Thường trực (?:Đảng|HĐND|Hội đồng|{_COMMITTEE})
Đảng (?:ủy|uỷ|bộ)|Chi bộ|Cấp (?:ủy|uỷ)|Văn phòng|Bộ phận|Bộ Chỉ huy|Công an|Cơ quan|Sở\s|Trung tâm
Phòng (?!chống|ngừa|cháy|trào|tránh|dịch|khi|bệnh|họp|làm)|Ban (?!hành|đầu|ngày|đêm)
Công chức|Cán bộ(?! và|,)|Chuyên viên|Kế toán|Quân sự|Lực lượng|Chủ tịch|Phó Chủ tịch|[Đđ]ồng chí|Bí thư|Phó Bí thư
Trưởng|Phó Trưởng|Hiệu trưởng|Chánh|Thủ trưởng|Lãnh đạo|Người đứng đầu|Trạm|Đài (?!tưởng)|Trường (?!hợp|kỳ)
Hợp tác xã|Ngân hàng|Hội (?!nghị|thi\b|thảo|diễn|họp|nhập|đàm|viên|đồng|trường|chợ|làng)|Chi hội
Đoàn (?!kết|viên|thể|công tác|kiểm tra|giám sát)|Công đoàn|Liên đoàn|Đội (?!ngũ|hình)|Tổ (?!chức|quốc)|Tổ dân phố
Thôn\s|Xóm\s|Ấp\s|Khu (?:phố|dân cư)"""

_GROUP_NOUNS = _either(
    """trường học, tổ dân phố, khu dân cư, khu phố, khối phố, khóm, làng, trung tâm, câu lạc bộ, hợp tác xã, ban, ngành, phòng, sở, đơn vị, bộ phận, đoàn thể, tổ chức, công chức, cơ quan, hội,
    chi hội, tổ, thôn, xóm, ấp, bản, khu, trường, trạm, địa phương, lực lượng, trưởng, đồng chí, cán bộ, chi bộ, cấp, hiệp hội,
    thành viên, doanh nghiệp, ủy viên, phó, phường, xã, thị trấn, chi đoàn, chức danh, lãnh đạo, Phó Chủ tịch, PCT, câu lạc bộ"""
)
GROUP_NOUN = re.compile(rf"(?:{_GROUP_NOUNS})(?!\w)")
GROUP = re.compile(
    r"(?:(?:thủ trưởng|tổ trưởng|hiệu trưởng|trưởng|lãnh đạo|chủ tịch|bí thư|người đứng đầu)\s+)?"
    r"(?:các|toàn thể|tất cả các|mỗi|từng)\s",
    re.IGNORECASE,
)
HEAD = re.compile(
    rf"(?:{_HEADS.replace(chr(10), '|')}|(?:[Cc]ác|[Tt]oàn thể|[Tt]ất cả các|Mỗi|Từng)\s+(?:{_GROUP_NOUNS})(?!\w))"
)

# After “giao” and “phối hợp với” names are often written small. Those that name one unit by themselves, and …
_ALONE = _either(
    """công an, quân sự, văn phòng, ban chỉ huy quân sự, ban CHQS, ban chỉ huy, ban chỉ đạo, trạm y tế, trạm quản lý đường,
    đài truyền thanh, đài phát thanh, mặt trận tổ quốc, mặt trận, ủy ban mặt trận tổ quốc, uỷ ban mặt trận tổ quốc,
    ủy ban MTTQ, uỷ ban MTTQ, ban công tác mặt trận, ban bảo vệ dân phố, ban quản lý chợ, ban quản lý di tích,
    ban quản lý dự án, ban quản lý, ban thanh tra nhân dân, ban giám sát đầu tư của cộng đồng, ban chấp hành,
    hội liên hiệp phụ nữ, hội LHPN, hội cựu chiến binh, hội CCB, hội nông dân, hội phụ nữ, hội người cao tuổi,
    hội chữ thập đỏ, hội khuyến học, hội cựu thanh niên xung phong, đoàn thanh niên, đoàn TNCS Hồ Chí Minh, công đoàn,
    bộ phận một cửa, bộ phận tiếp nhận và trả kết quả, trung tâm phục vụ hành chính công, trung tâm học tập cộng đồng,
    đảng ủy, đảng uỷ, cấp ủy, cấp uỷ, chi ủy, chi uỷ, ban thường vụ đảng ủy, thường trực đảng ủy, thường trực HĐND,
    ban thường trực ủy ban MTTQ, ban thường trực ủy ban mặt trận tổ quốc, hội đồng nhân dân, tổ công nghệ số cộng đồng, tổ bảo vệ an ninh trật tự, tổ hòa giải, tổ hoà giải,
    đội quản lý trật tự đô thị, đội thanh niên tình nguyện, trường mầm non, trường tiểu học, trường trung học cơ sở"""
)
# … those that do so only with the words after them. “Giao ban”, “giao hội” are no orders.
_WITH_MORE = r"""công chức|cán bộ|bộ phận|tổ dân phố|tổ(?! chức| quốc)|đội(?! ngũ| hình)|trung tâm|trường(?! hợp| kỳ)|trạm|chi bộ
hội(?! (?:nghị|thi|thảo|diễn|họp|nhập|đàm|viên|đồng|trường|chợ|làng|ý))|phòng(?! (?:chống|ngừa|cháy|trào|tránh|dịch|khi|bệnh|họp|làm))
chi hội|chi đoàn|thôn|xóm|ấp|khu phố|khu dân cư|lực lượng|kế toán|hợp tác xã|câu lạc bộ|trưởng
[Pp]hó chủ tịch|[Cc]hủ tịch|[Pp]hó bí thư|[Bb]í thư|[Hh]iệu trưởng|[Cc]hỉ huy trưởng|[Tt]hủ trưởng|[Tt]rưởng ban""".replace(
    "\n", "|"
)
SMALL_ALONE = re.compile(rf"(?:{_ALONE})(?!\w)")
KIND_WORD = re.compile(rf"(?:{_WITH_MORE})(?!\w)\s*", re.IGNORECASE)
SMALL_HEAD = re.compile(rf"(?:{HEAD.pattern}|(?:{_ALONE})(?!\w)|(?:{_WITH_MORE})(?!\w))")

# Fields of work after a small kind word; “xây dựng” is one after a dash or before a verb.
SMALL_FIELD = re.compile(
    "(?:(?:"
    + _either(
        "văn phòng, nội vụ, kinh tế, nông nghiệp, lao động, thương binh, giáo dục, nhà đất, dân số, hạ tầng"
    )
    + r")|(?<=[-–] )xây dựng|xây dựng(?=\s*[-–]|\s+(?:chủ trì|tham mưu|phối hợp|theo dõi|rà soát|tổng hợp)))(?!\w)"
)

# Words written small that continue a unit's name; other small words end it.
TAIL = re.compile(
    "(?:"
    + _either(
        """chính trị - xã hội, chính trị – xã hội, chính trị xã hội, chuyên môn, tổ dân phố, khu dân cư, nhân dân, cùng cấp,
        có liên quan, liên quan, trực thuộc, thuộc, phát thanh, truyền thanh, tiếp nhận và trả kết quả, một cửa, đoàn thể, ngành, đơn vị,
        bộ phận, công chức, cơ quan, hội quần chúng, tổ hòa giải, tổ hoà giải, hòa giải ở cơ sở, quần chúng, phường, xã, quận,
        huyện, thành phố, thị xã, thị trấn, tỉnh, thôn, xóm, ấp, bản, làng, khóm, khu phố, khối phố, khu, trường học, trường, trạm, địa phương, các, trưởng,
        phó, chủ tịch, bí thư, phòng, ban, sở, chi bộ, chi hội, tự quản, lực lượng, công an, người cao tuổi, cao tuổi,
        phụ nữ, nông dân, cựu chiến binh, chiến binh, thanh niên, chữ thập đỏ, thập đỏ, y tế, văn hóa, văn hoá, xã hội, tư pháp,
        hộ tịch, địa chính, môi trường, đô thị, thể thao, du lịch, tài chính, kế toán, thống kê, quân sự, đồng chí, cán bộ,
        nhà trường, cấp ủy, dân phố, hội, tổ trưởng, dân vận, số, chợ, dự án, di tích, ngân sách, tổ, dân phòng, hòa giải, hoà giải, chất độc da cam, hành chính công, hành chính, da cam, dioxin"""
    )
    + r")(?!\w)"
)

# Words of a name whose second syllable is also a verb.
COMPOUND = re.compile(
    "(?:"
    + _either(
        """Đào tạo, Quản lý, Quản trị, Kiểm tra, Thanh tra, Tuyên truyền, Giám sát, Điều phối, Điều hành, Phối hợp, Vận động,
        Chỉ đạo, Tiếp nhận, Tiếp công dân, Giải quyết, Xây dựng, Phục vụ, Hỗ trợ, Bồi dưỡng, Bảo trợ, Bảo vệ, Thống kê, Giao thông,
        Tổ chức, Dịch vụ, Phát triển, Chấp hành, Thường trực, Thường vụ, Kế hoạch, Giải phóng, Phòng chống, Tổng hợp, Cung cấp"""
    )
    + r")(?!\w)"
)

# Words with which the sentence goes on after the units that it begins with.
VERB = re.compile(
    "(?:"
    + _either(
        """chủ trì, phối hợp, tham mưu, lãnh đạo, tổ chức, triển khai, thực hiện, xây dựng, hướng dẫn, kiểm tra, tuyên truyền, vận động,
        rà soát, đẩy mạnh, theo dõi, đôn đốc, tổng hợp, báo cáo, chủ động, căn cứ, là, có trách nhiệm, có nhiệm vụ,
        chịu trách nhiệm, cân đối, bố trí, bảo đảm, đảm bảo, giám sát, đăng, tăng cường, tiếp tục, đề xuất, hoàn thành, gửi,
        niêm yết, công khai, giải quyết, tiếp, giúp, ban hành, lập, duy trì, trình, phân công, chỉ đạo, phải, cần, nâng cao,
        đổi mới, quán triệt, phổ biến, phát động, định kỳ, thường xuyên, nghiêm túc, tích cực, kịp thời, tập trung, nắm, xử lý,
        thẩm định, cung cấp, bám sát, lồng ghép, phát huy, gắn, đưa, mở, tạo, hỗ trợ, làm, đánh giá, khảo sát, tiến hành,
        quản lý, kiện toàn, biên tập, phát sóng, tập huấn, xem xét, chuẩn bị, tham gia, theo, trong, để, nhằm, khi, cùng, được,
        sẽ, chấp hành, sơ kết, tổng kết, biểu dương, ký, mời, thông báo, tiếp nhận, trên, quan tâm, chú trọng, ưu tiên,
        khuyến khích, vào, về, tại, với, cho, viết, đề nghị, yêu cầu, thống nhất, nghiên cứu, cử, góp phần, phụ trách, ra quân,
        tuần tra, trực, giao, bàn, dự, in, cập nhật, thành lập, cải tiến, củng cố, nhân rộng, hòa giải, lấy ý kiến, đối thoại,
        gặp gỡ, lắng nghe, giữ, xác minh, trả lời, điều phối, đầu mối, ứng dụng, giải đáp, cụ thể hóa, thúc đẩy, đăng ký, hằng,
        hàng, khẩn trương, kết hợp, liên hệ, lưu, mua, nêu, phát hiện, phê duyệt, phản ánh, quy định, soạn, sắp xếp, thẩm tra,
        thu, tôn vinh, vệ sinh, động viên, bồi dưỡng, chăm lo, hưởng ứng, khắc phục, khen thưởng, kêu gọi, nhắc nhở, ngăn chặn,
        tăng, giảm, đạt, nêu gương, gương mẫu, không, có, đã, đang, thì, sử dụng, số hóa, kết nối, vận hành, chủ yếu, thẩm quyền,
        xác định, xác nhận, nhận, nộp, ghi, thống kê, đề cao, đề ra, cụ thể, ngoài, trước, sau, bổ sung, sửa đổi, hoàn thiện"""
    )
    + r")(?!\w)",
    re.IGNORECASE,
)

# What else a unit is told to do after “Giao …”; in other sentences these words would end names too early.
GIVEN_VERB = re.compile(
    "(?:"
    + _either(
        """lắp đặt, treo, trang trí, in ấn, sửa chữa, tu sửa, dọn, trồng, thu gom, chấm điểm, kê khai, thăm, tặng, trao, phát,
        bảo trì, ghi nhận, phân loại, chụp, đo đạc, trưng bày, tham dự, lựa chọn, đón, đối chiếu, tra cứu, điều tra, trợ giúp,
        nhập, ký kết, bàn giao, khơi thông, nạo vét, tháo dỡ"""
    )
    + r")(?!\w)"
)
