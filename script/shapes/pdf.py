"""A plan as a PDF with text: two columns at the top, page numbers in the margin, tables over pages."""

from html import escape
from itertools import zip_longest

import weasyprint

from shapes.words import Annex, Plan, heading_block, plain, signature_block, typed_label

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt serif } }
@page :first { @top-center { content: none } }
@page wide { size: A4 landscape }
body { font: 14pt/1.3 "Times New Roman", "Liberation Serif", "Tinos", serif; text-align: justify }
p { margin: 0 0 6pt; text-indent: 12.7mm } .c { text-align: center; text-indent: 0; font-weight: bold }
.two { width: 100%; border-collapse: collapse } .two td { text-align: center; vertical-align: top; width: 50% }
.top { font-size: 12pt } .top td { white-space: nowrap } .top td:first-child { width: 42% }
.two.foot td:first-child { text-align: left; font-size: 11pt } .two p { text-indent: 0; margin: 0 }
.wide { page: wide } .annex { page-break-before: always } .grid { border-collapse: collapse; width: 100%; font-size: 12pt }
.grid td, .grid th { border: 0.5pt solid black; padding: 2pt 4pt; text-align: left }
"""


def pdf_file(plan: Plan) -> bytes:
    kind = "" if plan.get("narrow") else "top"  # narrow: the columns are so small that their lines wrap
    parts = [_two(*heading_block(plan), kind=kind), '<p class="c">&nbsp;</p>']
    parts += [_centred(text) for text in [plan.get("type", "KẾ HOẠCH"), *plan.said["title"]]]
    parts += [_text(text) for text in [*plan.said["base"], *plan.said["opening"]]]
    for at, line in enumerate(plan.lines):
        label = typed_label(plan, line)
        if label.startswith(("Phần", "Mục")):
            parts += [_centred(label), _centred(line.text)]
        else:
            parts.append(_text(label + line.text, bold=plan.is_heading(at)))
    parts += [_text(text) for text in plan.said["closing"]]
    parts.append(_two(*signature_block(plan), kind="foot"))
    parts += [_annex(annex, plan) for annex in plan.annexes]
    page = (
        f'<html lang="vi"><title>Kế hoạch</title><style>{STYLE}</style><body>{"".join(parts)}</body></html>'
    )
    return weasyprint.HTML(string=page).write_pdf(pdf_identifier=plan.name.encode())


def _html(text: str) -> str:
    return escape(plain(text)).replace("\n", "<br>")


def _text(text: str, *, bold: bool = False) -> str:
    return f"<p><b>{_html(text)}</b></p>" if bold else f"<p>{_html(text)}</p>"


def _centred(text: str) -> str:
    return f'<p class="c">{_html(text)}</p>'


def _two(left: list[str], right: list[str], *, kind: str = "") -> str:
    if kind == "foot":
        rows = [("".join(f"<p>{_html(text) or '&nbsp;'}</p>" for text in side)) for side in (left, right)]
        return f'<table class="two {kind}"><tr><td>{rows[0]}</td><td>{rows[1]}</td></tr></table>'
    rows = [
        f"<tr><td>{_html(one)}</td><td>{_html(other)}</td></tr>"
        for one, other in zip_longest(left, right, fillvalue="")
    ]
    return f'<table class="two {kind}">{"".join(rows)}</table>'


def _annex(annex: Annex, plan: Plan) -> str:
    wide = " wide" if plan.get("annex") == "wide" else ""
    top = "".join(_centred(text) for text in (annex.heading, annex.title, *annex.notes) if text)
    heads = "".join(_row(annex, at) for at, (kind, _) in enumerate(annex.rows) if kind == "T")
    rows = "".join(_row(annex, at) for at, (kind, _) in enumerate(annex.rows) if kind != "T")
    return f'<div class="annex{wide}">{top}<table class="grid"><thead>{heads}</thead>{rows}</table></div>'


def _row(annex: Annex, at: int) -> str:
    kind, texts = annex.rows[at]
    cells = []
    for column, text in enumerate(texts):
        if text in {'"', "<"}:
            continue
        down = _run([row[column] == '"' for _, row in annex.rows[at + 1 :]])
        across = _run([cell == "<" for cell in texts[column + 1 :]])
        words = _html(text.replace("{p}", "{br}"))
        words = f"<b>{words}</b>" if kind != "R" else words
        cells.append(f'<td rowspan="{down + 1}" colspan="{across + 1}">{words}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _run(marks: list[bool]) -> int:
    return next((at for at, mark in enumerate(marks) if not mark), len(marks))
