"""Names of agencies: out of the capitals of a heading block, out of a sentence."""

import re
from collections.abc import Sequence

from danvan.text import fold

COMMITTEE = r"(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)"
WARD_LEVELS = ("phường", "xã", "thị trấn", "đặc khu")
DISTRICT_LEVELS = ("quận", "huyện", "thị xã")
CITY_LEVELS = ("thành phố", "tỉnh")
LEVELS = (*WARD_LEVELS, *DISTRICT_LEVELS, *CITY_LEVELS)

_LEVEL = "|".join(sorted(LEVELS, key=len, reverse=True))
_COMMITTEE_HEAD = re.compile(rf"{COMMITTEE}\s*", re.IGNORECASE)
_BEGINS_LEVEL = re.compile(rf"(?:{_LEVEL})(?!\w)", re.IGNORECASE)
_NAMED = re.compile(rf"{COMMITTEE}\s+(?P<level>{_LEVEL})\s+")


def join_heading(parts: Sequence[str]) -> list[str]:
    """The agencies of a heading block, the superior first: `ỦY BAN NHÂN DÂN` / `XÃ TÂN HƯNG` are one."""
    agencies: list[str] = []
    for part in parts:
        is_bare = bool(agencies) and bool(_COMMITTEE_HEAD.fullmatch(agencies[-1]))
        if agencies and (is_bare or not (_COMMITTEE_HEAD.match(part) or _begins_agency(part))):
            agencies[-1] += f" {part}"
        else:
            agencies.append(part)
    return agencies


def _begins_agency(part: str) -> bool:
    return bool(re.match(r"HỘI ĐỒNG|ĐẢNG|BAN|PHÒNG|SỞ|THÀNH ỦY|QUẬN ỦY|HUYỆN ỦY", part))


def in_sentence_case(name: str) -> str:
    """`UBND QUẬN NAM GIANG` → `UBND quận Nam Giang`; a name already written small stays."""
    if any(char.islower() for char in name):
        return name
    head = _COMMITTEE_HEAD.match(name)
    rest = name[head.end() :] if head else name
    level = _BEGINS_LEVEL.match(rest)
    proper = rest[level.end() :] if level else rest
    words = [head[0].strip() if head and head[0].startswith("UBND") else "Ủy ban nhân dân" if head else ""]
    words += [level[0].lower() if level else "", " ".join(word.capitalize() for word in proper.split())]
    return " ".join(word for word in words if word)


def in_full(name: str) -> str:
    return re.sub(r"^UBND\b", "Ủy ban nhân dân", re.sub(r"^Uỷ\b", "Ủy", name))


def in_short(name: str) -> str:
    return _COMMITTEE_HEAD.sub("UBND ", name, count=1)


def level_of(name: str) -> str:
    """`phường`, `quận` …, or nothing."""
    bare = _COMMITTEE_HEAD.sub("", name)
    level = _BEGINS_LEVEL.match(bare)
    return level[0].lower() if level else ""


def named_agencies(text: str) -> list[str]:
    """The people's committees that `text` names with level and proper name, each once, in short form."""
    found: dict[str, str] = {}
    for match in _NAMED.finditer(text):
        words = []
        for word in text[match.end() :].split()[:5]:
            bare = word.rstrip('.,;:)”"')
            if not bare or not (bare[0].isupper() or bare.isdecimal()):
                break
            words.append(bare)
            if bare != word:
                break
        if words:
            name = f"UBND {match['level']} {' '.join(words)}"
            found.setdefault(fold(name), name)
    return list(found.values())
