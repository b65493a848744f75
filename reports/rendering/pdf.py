"""A frozen document → PDF/A-3a, with the document itself attached as JSON for the receiver's machine.

Nothing is fetched: fonts come from one folder through names of our own (`danvan-font:bold`), everything else is
refused. Equal documents give equal bytes inside one locked environment. Built after PDF/A-3a, not validated.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .blocks import DRAFT_MARK, appendices, compose
from .document import Document, as_json, check, digest
from .fonts import FontMissing, Typeface, find_typeface
from .typography import printable

FONT_SCHEME = "danvan-font:"
ATTACHMENT_NAME = "bao-cao.json"


class ClosedFetcher(URLFetcher):
    """Serves the four faces and in-memory images; refuses every other address, wherever it comes from."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._faces = typeface.faces

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(FONT_SCHEME):
            return URLFetcherResponse(url, self._face(url), {"Content-Type": "font/ttf"})
        if url.startswith("data:image/"):
            return super().fetch(url, headers)
        raise ValueError(f"Refused: {url[:80]}")

    def _face(self, url: str) -> bytes:
        try:
            return self._faces[url.removeprefix(FONT_SCHEME)].read_bytes()
        except (KeyError, OSError) as error:
            # WeasyPrint would go on with another family; a document in the wrong typeface must not come out.
            raise FatalURLFetchingError(f"Font face not readable: {url}") from error


def render_html(document: Document) -> str:
    """The page the PDF is made of. Raises Unprintable, Malformed (see `check`) or FontMissing."""
    document = check(document)
    blocks = compose(document)
    return render_to_string(
        "reports/pdf/report.html",
        {
            "blocks": blocks,
            "appendices": appendices(blocks),
            "title": printable(document["title"]),
            "author": printable(document["agency_name"]),
            "description": printable(document["subject"]),
            "created": datetime.fromisoformat(document["created"]).isoformat(timespec="seconds"),
            "is_draft": document["is_draft"],
            "draft_mark": DRAFT_MARK,
            "font_family": find_typeface(settings.FONTS).family,
        },
    )


def render_pdf(document: Document) -> bytes:
    """Raises Unprintable (Vietnamese sentences), Malformed or FontMissing."""
    return print_html(render_html(document), document)


def print_html(html: str, document: Document) -> bytes:
    """WeasyPrint's part alone, with the document attached. Raises FontMissing."""
    fetcher = ClosedFetcher(find_typeface(settings.FONTS))
    try:
        return HTML(string=html, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=(document["identifier"] or digest(document)).encode(),
            attachments=[_attachment(document, fetcher)],
        )
    except FatalURLFetchingError as error:
        raise FontMissing("Không đọc được tệp phông chữ.") from error


def _attachment(document: Document, fetcher: URLFetcher) -> Attachment:
    moment = datetime.fromisoformat(document["created"]).astimezone(UTC)
    return Attachment(
        string=as_json(document).decode(),
        url_fetcher=fetcher,
        name=ATTACHMENT_NAME,
        description="Số liệu và nội dung của văn bản",
        created=moment,
        modified=moment,
        relationship="Data",
    )
