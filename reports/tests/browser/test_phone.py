"""A department head on an old telephone in a bad network, before the server as it runs in production.

Budget of the storyboard: six taps from sign-in to the first result sent, 150 kB for the first visit, 10 kB for a save.
"""

import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Locator, Page, expect

from reports.tests.browser.conftest import PASSWORD, PHONE, state_of
from reports.tests.processes import Processes, start_web

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BAD_NETWORK = {
    "offline": False,
    "latency": 400,  # ms
    "downloadThroughput": 400_000 / 8,  # bytes/s
    "uploadThroughput": 400_000 / 8,
}
FIRST_VISIT, SAVE, TAPS = 150_000, 10_000, 6


@pytest.fixture(scope="module")
def collected():
    """The compressed static files; script/install has made them, a bare pytest run makes them here."""
    if not (django_settings.STATIC_ROOT / "staticfiles.json").exists():
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(collect, cwd=django_settings.BASE_DIR, check=True)


@pytest.fixture
def web(tmp_path, transactional_db, collected):
    """The address of gunicorn on the test database."""
    processes = Processes(tmp_path)
    yield start_web(processes)
    processes.kill()


@pytest.fixture
def telephone(web, world_with_plan, settings, open_window):
    """Hùng's, on which nobody has signed in yet."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    ]  # gunicorn knows no quicker one
    world_with_plan.hung.set_password(PASSWORD)
    world_with_plan.hung.save()
    return open_window(size=PHONE, base_url=web, is_mobile=True, has_touch=True)


class Meter:
    """What crosses a bad network, in bytes received, headers included."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self.wire = page.context.new_cdp_session(page)
        self.wire.send("Network.enable")
        self.wire.send("Network.emulateNetworkConditions", BAD_NETWORK)
        self.wire.on("Network.loadingFinished", self._count)

    def _count(self, finished: dict) -> None:
        self.bytes += finished["encodedDataLength"]

    def since(self, before: int) -> int:
        return int(self.bytes - before)


class Finger:
    """Taps, and counts."""

    taps = 0

    def tap(self, place: Locator) -> None:
        place.tap()
        self.taps += 1

    def type(self, place: Locator, text: str) -> None:
        """Into a field; a field that does not have the focus yet must be tapped first."""
        if not place.evaluate("place => place === document.activeElement"):
            self.tap(place)
        place.press_sequentially(text)


def test_first_result_is_sent_within_the_budget_of_taps_and_bytes(telephone):
    meter, finger = Meter(telephone), Finger()
    telephone.goto("/")
    finger.type(telephone.get_by_label("Tên đăng nhập"), "hung")
    finger.type(telephone.get_by_label("Mật khẩu"), PASSWORD)
    finger.tap(telephone.get_by_role("button", name="Đăng nhập"))
    telephone.wait_for_url("**/viec-cua-don-vi/")
    telephone.wait_for_load_state("networkidle")
    first_visit = meter.since(0)

    card = telephone.locator(".work-card").first
    finger.tap(state_of(card, "Đang làm"))
    finger.type(card.get_by_label("Kết quả"), "Phát 6 bài.")
    finger.tap(card.get_by_role("button", name="Gửi", exact=True))
    expect(card).to_contain_text("Đã gửi")
    telephone.wait_for_load_state("networkidle")
    save = meter.since(first_visit)

    print(f"first visit {first_visit:,} bytes, save {save:,} bytes, {finger.taps} taps")
    assert finger.taps <= TAPS
    assert 0 < first_visit <= FIRST_VISIT
    assert 0 < save <= SAVE
