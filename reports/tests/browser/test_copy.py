"""Copying a reminder where the portal runs without https, as in many an office network."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

PAGE = """<style>.hidden { display: none } .visually-hidden { position: absolute; left: -999px }</style>
<textarea class="hidden" id="source">Văn phòng nhắc đơn vị</textarea>
<button data-copy="#source"><i></i>Sao chép</button><textarea id="target"></textarea>"""


def test_hidden_words_are_copied_without_https(chromium):
    page = chromium.new_page()
    page.set_content(PAGE)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.add_script_tag(content=(Path(settings.BASE_DIR) / "static/danvan.js").read_text("utf-8"))

    for _ in range(2):  # a second press must not leave the button with the words of the first
        page.click("button")
    page.focus("#target")
    page.keyboard.press("Control+V")

    assert page.input_value("#target") == "Văn phòng nhắc đơn vị"
    page.wait_for_function("document.querySelector('button').innerHTML === '<i></i>Sao chép'")
    page.close()
