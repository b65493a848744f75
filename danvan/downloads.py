"""How a kept file leaves the portal: always as a stranger's content that may run nothing."""

from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
PICTURES = ("jpg", "png")
_LOCKED_IN = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


def download(file: FieldFile, *, name: str, kind: str, is_shown: bool = False) -> FileResponse:
    """The file, which no cache keeps: as an attachment, or shown where it is a picture that was written anew here.

    Raises Http404 if it is not in its place.
    """
    response = _answer(file, kind, as_attachment=not (is_shown and kind in PICTURES), filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def picture(file: FieldFile, *, days: int = 30) -> FileResponse:
    """One of our own small JPEGs, shown in a page and kept by this person's browser: it never changes. Http404."""
    response = _answer(file, "jpg")
    response["Cache-Control"] = f"private, max-age={days * 86_400}, immutable"
    return response


def _answer(file: FieldFile, kind: str, **options: Any) -> FileResponse:
    if not file:
        raise Http404
    try:
        response = FileResponse(file.open("rb"), headers=_LOCKED_IN, **options)
    except FileNotFoundError:
        raise Http404
    response["Content-Type"] = CONTENT_TYPES.get(kind, "application/octet-stream")
    return response
