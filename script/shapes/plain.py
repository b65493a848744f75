"""A plan as plain text: typed, wrapped, in an old encoding, its table by tabs or by spaces."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator
from itertools import count, zip_longest

from shapes.words import NATION, Annex, Plan, heading_block, plain, signature_block, typed_label


def text_file(plan: Plan) -> bytes:
    """`!text utf-16|cp1258|nfd|utf-8`, `!wrap 78`, `!text-head columns`: the heading block side by side."""
    lines = [*_top(plan), "", plan.get("type", "KẾ HOẠCH"), *map(plain, plan.said["title"]), ""]
    body = [*plan.said["base"], *plan.said["opening"]]
    for at, line in enumerate(plan.lines):
        label = typed_label(plan, line)
        if label.startswith(("Phần", "Mục")):
            body += ["", label.strip(), line.text]
        else:
            body.append(_marked(plan, at, label + line.text))
    body += plan.said["closing"]
    pages = count(2)
    lines += [piece for text in body for piece in _pieces(plan, text, pages)]
    lines += ["", *_bottom(plan)]
    for annex in plan.annexes:
        lines += ["", annex.heading, annex.title, *annex.notes, *_table(annex, plan)]
    return _encoded("\r\n".join(lines) + "\r\n", plan.get("text", "utf-8"))


def _marked(plan: Plan, at: int, text: str) -> str:
    """With `!markdown`: headings bold at changing levels, a stray `**` where the number was lost, italics starred."""
    if not plan.get("markdown"):
        return text
    text = re.sub(r"\{i:([^{}]*)\}", r"*\1*", text)
    if "{lost}" in text:
        return f"{text}**"
    return f"{'#' * (at % 3 + 2)} **{text}**" if plan.is_heading(at) else text


def _pieces(plan: Plan, text: str, pages: Iterator[int]) -> list[str]:
    """One paragraph; a `{page}` in it is where a page ended: its number and a form feed stay in the middle."""
    width = int(plan.get("wrap", "0"))
    out: list[str] = []
    for at, part in enumerate(text.split("{page}")):
        if at:
            out += ["", str(next(pages)), "", "\f"]
        for line in plain(part.strip()).split("\n"):
            out += textwrap.wrap(line, width, break_on_hyphens=False) if width else [line]
    return [*out, ""] if plan.get("blank-lines") else out


def _top(plan: Plan) -> list[str]:
    draft = [plan.get("draft")] if plan.get("draft") else []
    if plan.get("text-head") == "columns":
        return draft + _side_by_side(*heading_block(plan))
    left = [*plan.said["superior"], *plan.said["issuer"]]
    top = [*left, "", *NATION, ""] if left else [""]  # where the issuer was lost, the whole block was
    return [*draft, *top, plan.get("number"), "", plan.get("place")]


def _bottom(plan: Plan) -> list[str]:
    left, right = signature_block(plan)
    if plan.get("text-foot") == "columns":
        return _side_by_side(left, right)
    return [*left, "", *right]


def _side_by_side(left: list[str], right: list[str]) -> list[str]:
    width = max(map(len, left)) + 6
    return [f"{one:<{width}}{other}".rstrip() for one, other in zip_longest(left, right, fillvalue="")]


def _table(annex: Annex, plan: Plan) -> list[str]:
    rows = [
        ["" if cell in {'"', "<"} else plain(cell, line_break=" ") for cell in row] for _, row in annex.rows
    ]
    if plan.get("table") == "tabs":
        return ["\t".join(row) for row in rows]
    widths = [max(len(row[at]) for row in rows) + 3 for at in range(len(rows[0]))]
    return [
        "".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _encoded(text: str, encoding: str) -> bytes:
    if encoding == "nfd":
        return unicodedata.normalize("NFD", text).encode()
    if encoding == "cp1258":
        return "".join(map(_windows_1258, text)).encode("cp1258")
    return text.encode(encoding)


def _windows_1258(char: str) -> str:
    """Windows-1258 holds ă â ê ô ơ ư đ whole and the five tones as marks after the letter."""
    try:
        char.encode("cp1258")
        return char
    except UnicodeEncodeError:
        letter, *marks = unicodedata.normalize("NFD", char)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(mark for mark in marks if mark not in tones)
        return unicodedata.normalize("NFC", letter + rest) + "".join(tones)
