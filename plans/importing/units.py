"""Names of units in the words of a plan.

In a list that a label or a column announces (`Chủ trì: …`) every part is a unit. In a running sentence a unit must
begin with a word that begins units (Ủy ban, Công an, Các ban …) and end where a verb or a colon begins: what does not
fit this is left unread, because a unit must never be invented.
"""

import re

from .lexicon import (
    COMPOUND,
    GIVEN_VERB,
    GROUP,
    GROUP_NOUN,
    HEAD,
    KIND_WORD,
    SMALL_ALONE,
    SMALL_FIELD,
    SMALL_HEAD,
    TAIL,
    VERB,
)

LONGEST_HEADING = 1_000  # characters

_WORD = re.compile(r"[^\W_]+(?:[./][^\W_]+)*")
_SECOND = re.compile(r" (?!(?:và|các|của|hoặc|do|từ)\s)([^\W\d_A-Z]+)(?!\w)")
# “Phòng Kinh tế, Hạ tầng và Đô thị”, “Phòng Lao động, Thương binh và Xã hội” are one unit each.
_FIELDS = ("Hạ tầng", "Thương binh", "Thông tin", "Thể thao", "Khoa học", "Gia đình")
_SOCIETIES = re.compile(
    r"tổ chức\s+(?:chính trị|đoàn thể|hội(?! (?:nghị|thi|thảo|diễn|họp|đàm|chợ|trại|báo|trường|ý))|xã hội|quần chúng|[Đđ]ảng)"
)
_LISTED = re.compile(r"(?:[Cc]ác|và|chí|,) $")
_AFTER_UNITS = re.compile(r"\s*(?:$|[:.;()])")
# Words with which a name is over for certain, whatever verb follows: “Công an phường giữ gìn …”.
_OVER = re.compile(
    r"(?<!\w)(?:phường|xã|thị trấn|quận|huyện|tổ dân phố|khu phố|khu dân cư|thôn|liên quan|trực thuộc)"
    r"$"
)
_GOES_ON_SMALL = re.compile(
    r"\s+(?!(?:của|khóa|khoá|lần|năm|thứ|nhiệm kỳ|văn hóa|văn hoá|và|hoặc|từ|ở|do)\s)[^\W\d_A-ZĐ]"
)
# “Trước ngày 30/6, Công an phường …”: a time may stand before the subject.
_TIME_FIRST = re.compile(
    r"(?:Trước|Trong|Hằng|Hàng|Định kỳ|Quý|Tháng|Chậm nhất|Vào|Đến|Từ)\s[^,:;.]{2,45}[,:]\s+(?=\S)"
)

# In a list: a new line that does not go on with the name above, and “Các …” within a line, begin a unit.
_WRAPPED = re.compile(
    r"(?<=[-–,])\s*\n|\n(?=\s*(?:[-–]\s|và\s|(?!các\s|tổ trưởng|trưởng)[a-zđàáâãèéêìíòóôõùúýăĩũơưạ-ỹ]))"
)
_UNIT_BREAK = re.compile(r"[;\n]|(?<=\w)\s+(?=(?:Các|Tất cả các|Toàn thể)\s)")
_AND = re.compile(r"\s*(?:,\s*và|,|;|và|cùng(?: với)?)\s+")
_PREFIX = re.compile(
    r"(?:Trân trọng\s+)?(?:Đề nghị|Giao(?: cho)?|Phân công|Yêu cầu|Trách nhiệm của|Đối với|Kính đề nghị)(?:\s+với)?\s*:?\s+",
    re.IGNORECASE,
)
_DONE_BY = re.compile(r"(?<!\w)do\s+(?=[A-ZĐỦcC])")
# “Giao A theo dõi”; not “nhiệm vụ được giao …”, “bàn giao …”, “giao ban”.
_ORDER = re.compile(
    r"(?<!\w)(?<![Đđ]ược )(?<![Đđ]ã )(?<![Bb]àn )(?<![Cc]huyển )(?<![Tt]ự )"
    r"(?:[Gg]iao|[Pp]hân công)(?: (?:nhiệm vụ|trách nhiệm))?(?: cho)?(?:\s*:\s*|\s+)(?=\w)"
)
# “Đề nghị cấp ủy các chi bộ quan tâm …”: names written small, as after “giao”.
_REQUEST = re.compile(r"(?:(?:Trân trọng|Kính)\s+)?(?:[Đđ]ề nghị|[Yy]êu cầu)(?:\s+với)?(?:\s*:\s*|\s+)(?=\w)")
_WITH = re.compile(
    r"(?<!\w)(?<![Qq]uy chế )(?<![Cc]ơ chế )(?<![Cc]hương trình )[Pp]hối hợp(?: chặt chẽ| tốt| thực hiện)?(?: với| cùng(?: với)?)?\s+"
)
_LED_WITHIN = re.compile(r"\((?:do |giao )?(?P<unit>[A-ZĐÂĂÊÔƠƯỦ][^()]{2,80}?) chủ trì(?!\w)")
_DONE_WITHIN = re.compile(
    r"\((?:do |giao )?(?P<unit>[A-ZĐÂĂÊÔƠƯỦ][^();:]{2,80}?) (?:tham mưu|thực hiện|phụ trách|theo dõi|làm đầu mối|đầu mối)(?!\w)"
)
_MID_SENTENCE = re.compile(r"[,;.:–]\s+(?=[A-ZĐÂĂÊÔƠƯỦcC])")
_LEADS = re.compile(r"\s*(?:là (?:đơn vị|cơ quan)\s+)?chủ trì(?!\w)")
_ROLES = re.compile(
    r"(?P<lead>.+?)(?:\s*[-–,]?\s*\(?chủ trì\)?|(?=[,;(]?\s*phối hợp))(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_ROLE_WORDS = re.compile(
    r"\(\s*phối hợp\s*\)|[(,;]?\s*(?:và\s+)?(?:đơn vị\s+)?phối hợp(?:\s+thực hiện)?(?:\s+(?:với|cùng))?\s*:?",
    re.IGNORECASE,
)
_LED_BY = re.compile(r"(?P<unit>[A-ZĐÂĂÊÔƠƯ][^,.;:]{2,60}?) (?:là đơn vị )?chủ trì(?!\w)")


def split_units(text: str) -> list[str]:
    """The units of a list after a label or in a column: `UB MTTQ phường; các đoàn thể` → two; a group stays one."""
    units: list[str] = []
    for part in _UNIT_BREAK.split(_WRAPPED.sub(" ", text)):
        pieces = re.split(r"(\s*,\s*và\s+|\s*,\s*|\s+và\s+)", part)
        current = pieces[0]
        for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            if _is_new_unit(current, joint, piece):
                units.append(current)
                current = piece
            else:
                current += joint + piece
        units.append(current)
    names = (unit.strip(" .,;:-–+") for unit in units)
    return list(
        dict.fromkeys(
            name for name in names if any(char.isalpha() for char in name) and name.lower() != "không"
        )
    )


def split_roles(text: str) -> tuple[list[str], list[str]]:
    """Lead and coordinating units where one cell or clause names both: `A chủ trì, phối hợp với B`, `A (chủ trì), B`."""
    bare = re.sub(r"^\s*(?:đơn vị\s+)?chủ trì\s*:\s*", "", text, flags=re.IGNORECASE)
    roles = _ROLES.fullmatch(bare) if re.search(r"chủ trì|phối hợp", bare, re.IGNORECASE) else None
    if not roles:
        return split_units(bare), []
    lead = split_units(roles["lead"])
    rest = split_units(_ROLE_WORDS.sub(" ", roles["rest"]).strip(" ()"))
    return lead, [unit for unit in rest if unit not in lead]


def _is_new_unit(current: str, joint: str, piece: str) -> bool:
    if current.endswith("HĐND") and piece.startswith("UBND"):  # “Văn phòng HĐND và UBND”
        return False
    if HEAD.match(piece):
        return True
    return "," in joint and piece[:1].isupper() and not piece.startswith(_FIELDS)


def units_at(text: str, start: int, *, small: bool = False) -> tuple[list[str], int]:
    """The units that stand in a running sentence at `start`, and where they end; none if what follows is no verb.

    `small`: names may be written small, as after “giao”.
    """
    units: list[str] = []
    position = end = start
    while (SMALL_HEAD if small else HEAD).match(text, position):
        end = _unit_end(text, position, small=small)
        units.append(text[position:end].rstrip(" -–"))
        joint = _AND.match(text, end)
        if not joint:
            break
        position = joint.end()
    following = text[end:]
    rest = following.lstrip(" ,")
    if units and (_AFTER_UNITS.match(following) or VERB.match(rest) or (small and GIVEN_VERB.match(rest))):
        return units, end
    if units and _OVER.search(text[position:end]) and _GOES_ON_SMALL.match(following):
        return units, end
    return [], start


def _unit_end(text: str, start: int, *, small: bool) -> int:
    """Where the name that begins at `start` ends: after its last capitalised or known word."""
    head = HEAD.match(text, start)
    if small:
        head = SMALL_ALONE.match(text, start) or head or SMALL_HEAD.match(text, start)
    end = head.end() if head else start
    is_group = bool(GROUP.match(text, start))
    while (following := _next_word(text, end, is_group, small=small)) is not None:
        is_group = is_group or text[end:following].strip() == "các"
        end = following
    return len(text[:end].rstrip())


def _next_word(text: str, end: int, is_group: bool, *, small: bool) -> int | None:
    """Where the next word of the name ends, or None where the name is over."""
    position = _skip_spaces(text, end)
    if text.startswith(("-", "–"), position):
        return _name_word(text, _skip_spaces(text, position + 1), is_group, small=small)
    if text.startswith(",", position):  # only a group goes on after a comma: “các ban, ngành”
        after = _skip_spaces(text, position + 1)
        if text.startswith(_FIELDS, after):
            return _name_word(text, after, is_group, small=small)
        noun = is_group and not HEAD.match(text, after) and GROUP_NOUN.match(text, after)
        return noun.end() if noun else None
    if text.startswith("và ", position):
        after = _skip_spaces(text, position + 3)
        if HEAD.match(text, after):  # the next unit, but for “Văn phòng HĐND và UBND”
            return after + 4 if text.startswith("UBND", after) and text[:position].endswith("HĐND ") else None
        if small and (SMALL_ALONE if is_group else SMALL_HEAD).match(text, after):
            return None
        return _name_word(text, after, is_group, small=small)
    return _name_word(text, position, is_group, small=small)


def _skip_spaces(text: str, position: int) -> int:
    while text.startswith(" ", position):
        position += 1
    return position


def _name_word(text: str, position: int, is_group: bool, *, small: bool) -> int | None:
    if text.startswith("tổ chức", position) and not _SOCIETIES.match(text, position):
        return None  # `các ban, ngành tổ chức …`: a verb, unlike in `các tổ chức chính trị`
    if text.startswith("lãnh đạo", position) and not _LISTED.search(text[max(position - 5, 0) : position]):
        return None  # `các chi bộ lãnh đạo …`: a verb, unlike in `các đồng chí lãnh đạo`, `các lãnh đạo`
    field = SMALL_FIELD.match(text, position) if small else None
    tail = field or TAIL.match(text, position) or (is_group and GROUP_NOUN.match(text, position)) or None
    if tail:
        return tail.end()
    word = _WORD.match(text, position)
    if not word or not (word[0][0].isupper() or word[0].isdigit()):
        return None
    if compound := COMPOUND.match(text, position):
        return compound.end()
    # A capitalised syllable carries a small one with it: “Thống kê”, “Thanh niên”.
    second = None if word[0].isupper() and len(word[0]) > 1 else _SECOND.match(text, word.end())
    if (
        second and not VERB.match(text, second.start(1)) and (rest := TAIL.match(text, second.start(1)))
    ):  # “Cựu chiến binh”
        return rest.end()
    return second.end() if second and not VERB.match(text, second.start(1)) else word.end()


def read_units(text: str) -> tuple[list[str], list[str]]:
    """Lead and coordinating units that the sentence itself names."""
    text = _without_quotes(text)
    lead = _ordered_units(text) or leading_units(text) or _given_units(text)
    coordinating: list[str] = []
    for match in _WITH.finditer(text):
        coordinating += _named_units(text, match.end())
    return lead, [unit for unit in dict.fromkeys(coordinating) if unit not in lead]


def unread_order(text: str) -> str:
    """The words of “Giao công chức …”, “Đề nghị …” where it is not sure whom they name; nothing where all is clear."""
    text = _without_quotes(text)
    if read_units(text)[0]:
        return ""
    orders = (
        order
        for order in _ORDER.finditer(text)
        if order[0][:4].lower() == "giao" and SMALL_HEAD.match(text, order.end())
    )
    asked = _REQUEST.match(text)
    starts = [order.start() for order in orders]
    if asked and "ề nghị" in asked[0] and not VERB.match(text, asked.end()):
        starts.insert(0, 0)
    return next((text[start : start + 60].split("\0")[0].strip() for start in starts), "")


def _without_quotes(text: str) -> str:
    return re.sub(r"[“\"][^”\"]{0,400}[”\"]", lambda match: "\0" * len(match[0]), text)


def _ordered_units(text: str) -> list[str]:
    """“Giao công chức văn hóa – xã hội tham mưu …”, “…; giao các tổ dân phố tuyên truyền”."""
    found = (_named_units(text, order.end()) for order in _ORDER.finditer(text))
    return next(filter(None, found), [])


def _named_units(text: str, start: int) -> list[str]:
    """The units at `start`, also those written small; none where a part has but a kind word, or stands beside a person."""
    units, _ = units_at(text, start, small=True)
    is_bare = any(KIND_WORD.fullmatch(unit) for unit in units)
    is_beside = len(units) > 1 and units[0].lower().startswith("đồng chí") and units[1][:1].islower()
    return [] if is_bare or is_beside else units


def leading_units(text: str) -> list[str]:
    """The units with which the sentence begins, as its subject: “Đề nghị A, B phối hợp …”, “A: …”, “A chủ trì …”."""
    time = _TIME_FIRST.match(text)
    prefix = _PREFIX.match(text, time.end() if time else 0)
    units, end = units_at(text, prefix.end() if prefix else time.end() if time else 0)
    if units:
        return units
    if (asked := _REQUEST.match(text)) and (units := _named_units(text, asked.end())):
        return units
    led = _LED_BY.match(text, prefix.end() if prefix else 0)
    return split_units(led["unit"]) if led and not VERB.match(led["unit"]) else []


def _given_units(text: str) -> list[str]:
    """“… do A chủ trì”, “… (A chủ trì)” within a sentence."""
    if (led := _LED_WITHIN.search(text)) and not VERB.match(led["unit"]):
        return split_units(led["unit"])
    if (done := _DONE_WITHIN.search(text)) and HEAD.match(done["unit"]):
        return split_units(done["unit"])
    for match in _MID_SENTENCE.finditer(text):
        units, end = units_at(text, match.end())
        if units and _LEADS.match(text, end):
            return units
    for match in _DONE_BY.finditer(text):
        units, end = units_at(text, match.end())
        if units and _LEADS.match(text, end):
            return units
    return []


def is_only_units(text: str) -> list[str]:
    """The units, where a heading is nothing but their names: “1. Văn phòng UBND phường:”."""
    if len(text) > LONGEST_HEADING:
        return []
    bare = re.sub(
        r"\s*(?:\([^)]*\))?\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)?\s*[:.;,]*\s*$", "", text
    )
    prefix = _PREFIX.match(bare)
    units, end = units_at(bare, prefix.end() if prefix else 0, small=bool(_ORDER.match(bare)))
    return units if end == len(bare) else []
