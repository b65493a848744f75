"""The outline of a ward's report on dân vận work, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """What a part is drafted from."""

    LEADERSHIP = "leadership"  # the plan itself, and what «Tổ chức thực hiện» and later letters brought
    RESULTS = "results"  # one khoản for each content item of the plan
    STRENGTHS = "strengths"
    DIFFICULTIES = "difficulties"
    CAUSES = "causes"
    NEXT = "next"  # what falls due in the next period
    PROPOSALS = "proposals"


@dataclass(frozen=True)
class Point:
    """A khoản of a part; without a title its text stands directly under the part."""

    source: Source
    title: str = ""


@dataclass(frozen=True)
class Part:
    numeral: str
    title: str
    points: tuple[Point, ...]


OUTLINE = (
    Part("I", "Công tác lãnh đạo, chỉ đạo, triển khai", (Point(Source.LEADERSHIP),)),
    Part("II", "Kết quả thực hiện", (Point(Source.RESULTS),)),
    Part(
        "III",
        "Đánh giá chung",
        (
            Point(Source.STRENGTHS, "Ưu điểm"),
            Point(Source.DIFFICULTIES, "Hạn chế, khó khăn"),
            Point(Source.CAUSES, "Nguyên nhân"),
        ),
    ),
    Part("IV", "Phương hướng, nhiệm vụ trọng tâm", (Point(Source.NEXT),)),
    Part("V", "Đề xuất, kiến nghị", (Point(Source.PROPOSALS),)),
)

TRAINING_WORDS = "(số liệu minh họa)"
