"""A real Chromium in front of the real server. The helpers are what a person does: sign in, press, tap, wait and see."""

import os
import re
import shutil
import uuid
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect, sync_playwright

from accounts.models import User
from tasks.models import Occurrence

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 860}
# Nothing moves by itself, so that what is looked at stands still.
CALM = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "reduced_motion": "reduce"}
PASSWORD = "mat-khau-rat-dai"
SHOTS = Path(django_settings.BASE_DIR) / "var/browser"
WINDOWS = pytest.StashKey[list[Page]]()
# A laptop that does other things meanwhile is slow; a page that never comes fails all the same.
PATIENCE = 20_000


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run: the distribution's, nothing is downloaded."""
    path = os.environ.get("DANVAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no Chromium here: script/test brings it"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright has a loop of its own; our queries are plain
    )
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _own_throttle(settings):
    """Sign-ins are counted in the cache: a cache for each test."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": uuid.uuid4().hex}}


@pytest.fixture
def open_window(request, chromium):
    """`open_window(user=None, size=DESK, **options)` is a page in a browser of that person's own, signed in already.

    When the test is over, no script may have failed there and the content policy may have refused nothing.
    """
    pages = request.node.stash.setdefault(WINDOWS, [])
    troubles: list[str] = []

    def open_page(user: User | None = None, size: dict = DESK, **options) -> Page:
        options = CALM | {"base_url": request.getfixturevalue("live_server").url} | options
        context = chromium.new_context(viewport=size, **options)
        context.set_default_timeout(PATIENCE)
        if user is not None:
            carry_session(context, user, options["base_url"])
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: "Content Security" in said.text and troubles.append(said.text))
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert troubles == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keeps a picture of every open window of a test that failed."""
    report = yield
    if report.when == "call" and report.failed:
        SHOTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", item.name)
        for number, page in enumerate(item.stash.get(WINDOWS, []), start=1):
            page.screenshot(path=SHOTS / f"{name}-{number}.png", full_page=True)
    return report


def carry_session(context: BrowserContext, user: User, base_url: str) -> None:
    """Signed in without the form: for tests that are about something else."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])


def sign_in(page: Page, username: str) -> None:
    """Through the real form."""
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    press(page, "Đăng nhập")


def press(page: Page | Locator, words: str, exact: bool = True) -> None:
    """Presses the one button of these words; `page` may be a part of the page."""
    page.get_by_role("button", name=words, exact=exact).click()


def card_of(page: Page, occurrence: Occurrence) -> Locator:
    return page.locator(f"#viec-{occurrence.pk}")


def state_of(card: Locator, words: str) -> Locator:
    """What a finger meets of a state: the label that covers the radio button."""
    return card.locator(".segments label", has_text=words)
