"""The words that libraries say. The compiled file is committed, so that no machine needs gettext."""

import ast
import gettext
import re

from django.conf import settings
from django.utils.translation import gettext as translate

FOLDER = settings.BASE_DIR / "locale" / "vi" / "LC_MESSAGES"


def source_pairs() -> dict[str, str]:
    """msgid → msgstr of django.po; of plurals, the singular: Vietnamese has one form."""
    entry = re.compile(r'^msgid (".+")\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? (".+")$', re.MULTILINE)
    text = (FOLDER / "django.po").read_text(encoding="utf-8")
    return {ast.literal_eval(key): ast.literal_eval(words) for key, words in entry.findall(text)}


def test_compiled_catalogue_says_what_its_source_says():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog

    said = {key[0] if isinstance(key, tuple) else key: words for key, words in compiled.items() if key}
    assert said == source_pairs()


def test_catalogue_is_the_one_the_portal_uses():
    assert translate("This field is required.") == "Hãy điền ô này."
