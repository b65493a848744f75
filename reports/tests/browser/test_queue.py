"""«Chờ kiểm tra» by keyboard, and on a telephone: read, look at the evidence, take or return, next."""

import pytest
from playwright.sync_api import Locator, Page, expect

from reports.tests.browser.conftest import PHONE, press
from tasks.models import ProgressUpdate, Task
from tasks.services import accept_update
from tasks.tests.deeds import PHOTO, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Outcome = ProgressUpdate.Outcome


@pytest.fixture
def sent(world_with_plan):
    """Two results: the first with a photo."""
    world = world_with_plan
    first = say(world.occurrences[0], by=world.hung, files=[PHOTO])
    return [first, say(world.occurrences[2], by=world.mai)]


@pytest.fixture
def queue(world_with_plan, sent, open_window):
    page = open_window(world_with_plan.lan)
    page.goto("/cho-kiem-tra/")
    return page


def card(page: Page, update: ProgressUpdate) -> Locator:
    return page.locator(f"#cap-nhat-{update.pk}")


def take(page: Page, update: ProgressUpdate) -> Locator:
    return card(page, update).get_by_role("button", name="Nhận kết quả")


def outcomes(sent) -> list[str]:
    return [ProgressUpdate.objects.get(pk=update.pk).outcome for update in sent]


def test_keys_walk_through_the_queue(queue, sent):
    queue.keyboard.press("j")
    expect(take(queue, sent[0])).to_be_focused()
    queue.keyboard.press("m")
    expect(card(queue, sent[0]).locator(".files a").first).to_be_focused()
    queue.keyboard.press("j")
    expect(take(queue, sent[1])).to_be_focused()
    queue.keyboard.press("k")
    expect(take(queue, sent[0])).to_be_focused()


def test_taking_by_key_leads_to_the_next(queue, sent):
    queue.keyboard.press("j")
    queue.keyboard.press("n")

    expect(take(queue, sent[1])).to_be_focused()
    expect(queue.locator("#top-line")).to_contain_text("1 kết quả")
    assert outcomes(sent) == [Outcome.ACCEPTED, Outcome.WAITING]


def test_returning_by_key_takes_a_reason(queue, sent):
    queue.keyboard.press("j")
    queue.keyboard.press("t")
    queue.keyboard.press("ArrowDown")
    queue.keyboard.press("Control+Enter")

    expect(card(queue, sent[0])).to_contain_text("Thiếu minh chứng")
    expect(take(queue, sent[1])).to_be_focused()
    assert outcomes(sent) == [Outcome.RETURNED, Outcome.WAITING]


def test_letters_that_are_typed_do_nothing_else(queue, sent):
    queue.keyboard.press("j")
    queue.keyboard.press("t")
    box = card(queue, sent[0]).get_by_label("Nói rõ thêm")
    box.focus()
    queue.keyboard.type("nt x")

    expect(box).to_have_value("nt x")
    queue.keyboard.press("Escape")
    expect(take(queue, sent[0])).to_be_focused()
    assert outcomes(sent) == [Outcome.WAITING, Outcome.WAITING]


def test_keys_can_be_switched_off(queue, sent):
    queue.get_by_text("Phím tắt", exact=True).click()
    queue.get_by_label("Tắt phím tắt trên máy này").check()
    take(queue, sent[0]).focus()
    queue.keyboard.press("j")

    expect(take(queue, sent[0])).to_be_focused()


def test_leader_confirms_on_a_telephone(world_with_plan, sent, open_window):
    Task.objects.filter(pk=sent[0].occurrence.task_id).update(needs_chair=True)
    accept_update(update=ProgressUpdate.objects.get(pk=sent[0].pk), by=world_with_plan.lan)
    page = open_window(world_with_plan.tam, PHONE)
    page.goto("/")
    page.get_by_role("link", name="Xem và xác nhận").click()
    press(card(page, sent[0]), "Xác nhận hoàn thành")

    expect(page.locator("#top-line")).to_contain_text("Không còn kết quả nào chờ lãnh đạo")
    assert outcomes(sent)[0] == Outcome.ACCEPTED
