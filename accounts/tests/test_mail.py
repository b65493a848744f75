"""The outbox, against a real mail server on loopback that refuses, hangs and dies. Nothing is lost."""

import datetime as dt
import socket

import pytest

from accounts.models import Mail
from accounts.services import mail as outbox
from accounts.tests.smtp import connect, running
from danvan import clock

State = Mail.State


@pytest.fixture
def server(settings):
    with running(settings) as server:
        yield server


@pytest.fixture
def letter(world, server):
    return outbox.queue_mail(
        agency=world.ward, to="hung@lamha.example", subject="Nhắc\n việc", body="Còn 2 việc."
    )


def deliver(mail, **options) -> Mail:
    outbox.deliver_mail(mail_id=mail.pk, **options)
    mail.refresh_from_db()
    return mail


def when_due(mail) -> Mail:
    """The wait before the next attempt is over."""
    Mail.objects.filter(pk=mail.pk).update(lease_until=clock.real_now() - dt.timedelta(seconds=1))
    return mail


def test_mail_arrives_with_its_words(server, letter):
    assert deliver(letter).state == State.SENT
    (message,) = server.received
    assert (message["To"], message["Subject"]) == ("hung@lamha.example", "Nhắc việc")
    assert message.get_content().strip() == "Còn 2 việc."
    assert message["Message-ID"] == letter.message_id


def test_repeated_message_sends_nothing_again(server, letter):
    deliver(letter)
    deliver(letter)
    assert len(server.received) == 1


def test_refused_connection_is_tried_again_later_and_nothing_is_lost(settings, server, letter):
    good = settings.EMAIL_PORT
    with socket.create_server(("127.0.0.1", 0)) as closed:
        connect(settings, closed.getsockname()[1])
    deliver(letter)
    assert (letter.state, letter.error) == (State.QUEUED, "Không kết nối được với máy chủ thư.")

    connect(settings, good)
    assert deliver(when_due(letter)).state == State.SENT
    assert (letter.attempts, letter.error) == (2, "")


def test_waiting_mail_is_not_sent_before_its_time(server, letter):
    server.answers["MAIL"] = "451 ban"
    deliver(letter)
    del server.answers["MAIL"]
    assert deliver(letter).state == State.QUEUED
    assert outbox.mails_left_behind() == []


@pytest.mark.parametrize("word", ["HELLO", "MAIL", "RCPT", "DATA", "END"])
def test_passing_refusal_is_tried_again(server, letter, word):
    server.answers[word] = "451 ban"
    assert deliver(letter).state == State.QUEUED
    assert "451" in letter.error
    server.answers.clear()
    assert deliver(when_due(letter)).state == State.SENT


@pytest.mark.parametrize(
    ("word", "words"),
    [("MAIL", "địa chỉ của cổng"), ("RCPT", "Kiểm tra lại địa chỉ"), ("END", "từ chối thư này")],
)
def test_final_refusal_fails_at_once_and_says_who_can_mend_it(server, letter, word, words):
    server.answers[word] = "550 khong"
    assert deliver(letter).state == State.FAILED
    assert words in letter.error
    assert "550" in letter.error


def test_refused_password_waits_for_the_maintainer(settings, server, letter):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "cong", "sai"
    server.answers |= {"EHLO": "250-thu\r\n250 AUTH PLAIN", "AUTH": "535 sai mat khau"}
    assert deliver(letter).state == State.QUEUED
    assert "tên hoặc mật khẩu" in letter.error


@pytest.mark.parametrize("word", ["HELLO", "RCPT", "END"])
def test_server_that_hangs_is_left_after_the_time_limit(server, letter, word):
    server.answers[word] = None
    assert deliver(letter).state == State.QUEUED
    assert letter.error == "Máy chủ thư không trả lời trong 1 giây."


def test_server_that_dies_after_the_text_gets_it_again_under_the_same_id(server, letter):
    server.answers["END"] = ""
    assert deliver(letter).state == State.QUEUED
    server.answers.clear()
    assert deliver(when_due(letter)).state == State.SENT
    assert server.message_ids == [letter.message_id, letter.message_id]


def test_goodbye_that_hangs_makes_no_second_mail(server, letter):
    server.answers["QUIT"] = None
    assert deliver(letter).state == State.SENT
    assert outbox.mails_left_behind() == []


def test_after_the_last_attempt_the_office_decides(server, letter):
    server.answers["RCPT"] = "450 mai thu lai"
    for _ in range(outbox.MAX_ATTEMPTS):
        deliver(when_due(letter))
    assert (letter.state, letter.attempts) == (State.FAILED, outbox.MAX_ATTEMPTS)

    server.answers.clear()
    assert outbox.retry_mail(mail=letter)
    assert not outbox.retry_mail(mail=letter)
    assert deliver(letter).state == State.SENT
    assert server.message_ids == [letter.message_id]


def test_wait_grows_with_each_attempt(server, letter):
    server.answers["RCPT"] = "450 mai thu lai"
    waits = []
    for _ in outbox.DELAYS:
        deliver(when_due(letter))
        waits.append(round((letter.lease_until - clock.real_now()).total_seconds(), -1))
    assert waits == [60, 300, 900, 3600, 14400]


def test_mail_whose_message_was_lost_is_found(letter):
    assert outbox.mails_left_behind() == [], "its message has a moment to arrive"
    when_due(letter)
    assert outbox.mails_left_behind() == [letter.pk]


def test_mail_of_a_dead_sender_is_found_and_sent(server, letter):
    Mail.objects.filter(pk=letter.pk).update(state=State.SENDING, attempts=1)
    assert deliver(letter).state == State.SENDING, "its sender may still live"
    when_due(letter)
    assert outbox.mails_left_behind() == [letter.pk]
    assert deliver(letter).state == State.SENT


def test_mail_whose_senders_all_died_fails_with_a_reason(server, letter):
    Mail.objects.filter(pk=letter.pk).update(state=State.SENDING, attempts=outbox.MAX_ATTEMPTS)
    when_due(letter)
    assert outbox.mails_left_behind() == []
    letter.refresh_from_db()
    assert (letter.state, letter.error) == (State.FAILED, outbox.TOO_OFTEN)


def test_mail_that_is_no_longer_wanted_is_withdrawn(server, letter):
    assert deliver(letter, wording=lambda mail: None).error == outbox.WITHDRAWN
    assert server.received == []


def test_mail_says_what_is_true_when_it_goes(server, letter):
    assert deliver(letter, wording=lambda mail: "Còn 1 việc.").body == "Còn 1 việc."
    assert server.received[0].get_content().strip() == "Còn 1 việc."


def test_without_a_mail_server_nothing_is_queued(world):
    assert outbox.queue_mail(agency=world.ward, to="a@b.example", subject="x", body="y") is None
    assert not Mail.objects.exists()
