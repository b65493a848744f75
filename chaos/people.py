"""Two people at once, over HTTP, at the real server: who comes second is told, and nothing is written twice."""

import http.client
import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bench.fill import Ward
from tasks.models import Occurrence, ProgressUpdate


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


class Browser:
    """One signed-in person with a connection of their own."""

    def __init__(self, address: str, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.where = urlsplit(address).netloc
        token = secrets.token_hex(16)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
            "X-CSRFToken": token,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def send(self, occurrence: Occurrence, form_key: uuid.UUID, text: str, start: Barrier) -> Answer:
        """Presses «Gửi» on the card as it stood in `occurrence`, at the same moment as the others at the barrier."""
        fields = {
            "version": occurrence.version,
            "form_key": form_key,
            "state": Occurrence.State.IN_PROGRESS,
            "text": text,
            "don-vi": occurrence.task.lead_unit_id,
        }
        line = http.client.HTTPConnection(self.where, timeout=60)
        line.connect()
        start.wait()
        line.request("POST", reverse("tasks:record", args=[occurrence.pk]), urlencode(fields), self.headers)
        reply = line.getresponse()
        answer = Answer(reply.status, reply.read().decode())
        line.close()
        return answer


def open_work(ward: Ward) -> list[Occurrence]:
    """What the first two units lead in the open period."""
    rows = Occurrence.objects.live().filter(period=ward.quarter, task__lead_unit__in=ward.units[:2])
    return list(rows.select_related("task"))


def together(first: tuple, second: tuple) -> list[Answer]:
    """Two presses at once: each is a browser, an occurrence, a form key and a text."""
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(browser.send, *words, start) for browser, *words in (first, second)]
        return [press.result() for press in presses]


def conflicts(ward: Ward, address: str, rounds: int, chance: Random) -> int:
    """The unit and the office answer the same card at once. How often the second was not told, or lost a word."""
    office, failures = Browser(address, ward.office), 0
    heads = {unit.pk: Browser(address, head) for unit, head in zip(ward.units, ward.heads, strict=False)}
    work = open_work(ward)
    for number in range(rounds):
        one = chance.choice(work)
        one.refresh_from_db()
        before = one.updates.count()
        texts = [f"Đơn vị ghi lần {number}", f"Văn phòng ghi lần {number}"]
        browsers = (heads[one.task.lead_unit_id], office)
        presses = [(browser, one, uuid.uuid4(), text) for browser, text in zip(browsers, texts, strict=True)]
        answers = together(*presses)
        told = [(answer, text) for answer, text in zip(answers, texts, strict=True) if answer.status == 409]
        keeps_words = all(text in answer.text for answer, text in told)
        if len(told) != 1 or not keeps_words or one.updates.count() != before + 1:
            failures += 1
            print(f"  lần {number}: {[answer.status for answer in answers]}, việc {one.pk}")
        connections.close_all()
    return failures


def doubles(ward: Ward, address: str, rounds: int, chance: Random) -> int:
    """One press that arrives twice. How often it made two rows, or none, or frightened the person."""
    failures, work = 0, [one for one in open_work(ward) if one.task.lead_unit_id == ward.units[0].pk]
    head = Browser(address, ward.heads[0])
    for number in range(rounds):
        one = chance.choice(work)
        one.refresh_from_db()
        press = (head, one, uuid.uuid4(), f"Một lần bấm, đến hai lần {number}")
        answers = together(press, press)
        rows = ProgressUpdate.objects.filter(form_key=press[2]).count()
        if rows != 1 or any(answer.status != 200 for answer in answers):
            failures += 1
            print(f"  lần {number}: {[answer.status for answer in answers]}, {rows} dòng")
        connections.close_all()
    return failures
