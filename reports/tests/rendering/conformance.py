"""Reads a PDF and says which rules of Nghị định 30/2020/NĐ-CP, Phụ lục I it breaks.

The numbers C01 … C33 name the rules of the decree as the project lists them; F01 is the file itself (PDF/A-3a). What
belongs only to a digitally signed document (C28–C30) is not asked of an unsigned one.
"""

from dataclasses import dataclass

from . import conformance_head, conformance_page, conformance_text
from .pdf_reader import Reading

CHECKS = {**conformance_page.CHECKS, **conformance_head.CHECKS, **conformance_text.CHECKS}


@dataclass(frozen=True)
class Finding:
    """One broken rule; page counts from 1 through the whole file."""

    id: str
    page: int
    message: str


def check_pdf(data: bytes) -> list[Finding]:
    """Every broken rule, in the order of their numbers; an empty list is a conforming document."""
    reading = Reading(data)
    return [
        Finding(rule, page, message) for rule in sorted(CHECKS) for page, message in CHECKS[rule](reading)
    ]
