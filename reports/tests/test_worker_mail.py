"""Mail through a real worker and beat, killed without mercy while the mail server keeps it waiting."""

import datetime as dt
import time

import pytest

from accounts.models import Mail
from accounts.services.mail import queue_mail
from accounts.tests.smtp import running
from danvan import clock
from reports.tests.processes import Engine

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
State = Mail.State


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings) as server:
        monkeypatch.setenv("DANVAN_EMAIL_URL", f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
        yield server


@pytest.fixture
def engine(server, tmp_path):
    engine = Engine(tmp_path)
    yield engine
    engine.kill()


@pytest.fixture
def letter(world, server):
    """Its message was lost: only the sweeper can find it."""
    mail = queue_mail(agency=world.ward, to="hung@lamha.example", subject="Nhắc việc", body="Còn 2 việc.")
    return let_time_pass(mail)


def let_time_pass(mail: Mail) -> Mail:
    Mail.objects.filter(pk=mail.pk).update(lease_until=clock.real_now() - dt.timedelta(seconds=1))
    return mail


def wait_for(mail: Mail, state: str, seconds: float = 75) -> Mail:
    until = time.monotonic() + seconds
    while mail.state != state and time.monotonic() < until:
        time.sleep(0.05)
        mail.refresh_from_db()
    return mail


def test_mail_whose_message_was_lost_is_sent_all_the_same(letter, server, engine):
    engine.start()
    assert wait_for(letter, State.SENT).state == State.SENT
    assert server.message_ids == [letter.message_id]


def test_killed_sender_leaves_a_mail_that_still_goes_under_its_id(letter, server, engine):
    server.answers["END"] = None  # it has the text and says nothing
    engine.start()
    wait_for(letter, State.SENDING)
    until = time.monotonic() + 10
    while not server.received and time.monotonic() < until:
        time.sleep(0.05)
    engine.kill()
    letter.refresh_from_db()
    assert letter.state == State.SENDING
    server.answers.clear()
    let_time_pass(letter)
    engine.start()
    assert wait_for(letter, State.SENT).state == State.SENT
    assert server.message_ids == [letter.message_id, letter.message_id]
