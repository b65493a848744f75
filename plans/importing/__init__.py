"""A plan document → an outline. Pure: no database, no request.

`read_document` judges the file, a reader (`read_docx`, `read_text`) turns it into lines, one outline parser reads the
lines, and one clause parser reads units, times and figures out of a line. `read_source` stops at the lines.
"""

from .document import AnotherKind, read_document, read_lines, read_source
from .outline import Doubt, Item, Outline, Reading, Section, to_json

__all__ = [
    "AnotherKind",
    "Doubt",
    "Item",
    "Outline",
    "Reading",
    "Section",
    "read_document",
    "read_lines",
    "read_source",
    "to_json",
]
