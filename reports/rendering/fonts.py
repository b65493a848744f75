"""The four faces of the report's typeface, looked for in one folder (`settings.FONTS`), and nothing else ever.

The decree asks for Times New Roman. Its metric-equal stand-ins Tinos (fetched by `script/assets`) and Liberation Serif
are accepted; any other family, a missing face or a file without Vietnamese letters is an error, not a substitution.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

FAMILIES = ("Times New Roman", "Tinos", "Liberation Serif")
FILES = {
    "regular": ("times.ttf", "Times_New_Roman.ttf", "Tinos_400Regular.ttf", "LiberationSerif-Regular.ttf"),
    "bold": ("timesbd.ttf", "Times_New_Roman_Bold.ttf", "Tinos_700Bold.ttf", "LiberationSerif-Bold.ttf"),
    "italic": (
        "timesi.ttf",
        "Times_New_Roman_Italic.ttf",
        "Tinos_400Regular_Italic.ttf",
        "LiberationSerif-Italic.ttf",
    ),
    "bold-italic": (
        "timesbi.ttf",
        "Times_New_Roman_Bold_Italic.ttf",
        "Tinos_700Bold_Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ),
}
NAMES = {"regular": "thường", "bold": "đậm", "italic": "nghiêng", "bold-italic": "đậm nghiêng"}


class FontMissing(Exception):
    """A face is not there or is not what its name says; the message is a Vietnamese sentence."""


@dataclass(frozen=True)
class Typeface:
    """family: the name in the files; faces: regular, bold, italic, bold-italic → file."""

    family: str
    faces: dict[str, Path]


def find_typeface(folder: Path) -> Typeface:
    """The four faces of one family in a folder. Raises FontMissing."""
    present = {path.name.lower(): path for path in sorted(folder.glob("*.[tT][tT][fF]"))}
    faces, families = {}, set()
    for face, names in FILES.items():
        found = [present[name.lower()] for name in names if name.lower() in present]
        if not found:
            kind, example = NAMES[face], names[0]
            raise FontMissing(
                f"Thiếu phông chữ Times New Roman kiểu {kind}: hãy đặt tệp {example} vào thư mục phông."
            )
        faces[face] = found[0]
        families.add(_family(found[0], found[0].stat().st_mtime_ns))
    if len(families) > 1:
        raise FontMissing(
            "Bốn kiểu chữ trong thư mục phông không cùng một phông: " + ", ".join(sorted(families)) + "."
        )
    return Typeface(families.pop(), faces)


@lru_cache(maxsize=16)
def _family(path: Path, _changed_at: int) -> str:
    try:
        font = TTFont(path, lazy=True)
        family, letters = font["name"].getDebugName(1), font.getBestCmap()
    except (TTLibError, KeyError, OSError) as error:
        raise FontMissing(f"Không đọc được tệp phông {path.name}.") from error
    if family not in FAMILIES:
        raise FontMissing(f"Tệp phông {path.name} không phải Times New Roman.")
    if not all(ord(letter) in letters for letter in "ĂÂĐÊÔƠƯăâđêôơưạằẫểộợữỵ"):
        raise FontMissing(f"Tệp phông {path.name} thiếu chữ tiếng Việt.")
    return family
