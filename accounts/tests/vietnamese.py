"""Finds words on a page that cannot be Vietnamese."""

import re
import unicodedata
from html.parser import HTMLParser

_ONSETS = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_VOWELS = (
    "ieu|yeu|uoi|uou|oai|oay|oao|oeo|uay|uya|uye|uyu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|"
    "a|e|i|o|u|y"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_VOWELS})(?:ng|nh|ch|c|m|n|p|t)?")
_KNOWN = {"danvan", "ctrl", "ubnd", "qr", "word", "excel", "email"}
# English words that look like syllables but mean nothing in Vietnamese without an accent.
_ENGLISH = {"the", "not", "on", "you"}


class _Text(HTMLParser):
    """What a person sees or a screen reader says: text, and the attributes that carry words."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping = tag in ("script", "style")
        self.pieces += [
            value or "" for name, value in attrs if name in ("placeholder", "title", "alt", "aria-label")
        ]

    def handle_endtag(self, tag: str) -> None:
        self.skipping = False

    def handle_data(self, text: str) -> None:
        if not self.skipping:
            self.pieces.append(text)


def visible_text(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return " ".join(" ".join(parser.pieces).split())


def foreign_words(text: str) -> set[str]:
    """Words of `text` that are no Vietnamese syllable; addresses and numbers aside."""
    text = re.sub(r"\S*(?://|@|\d)\S*", " ", text)
    words = {word.lower() for word in re.findall(r"[^\W_]+", text)}
    return {word for word in words - _KNOWN if word in _ENGLISH or not _SYLLABLE.fullmatch(_plain(word))}


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
