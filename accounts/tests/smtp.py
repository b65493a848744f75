"""A mail server on loopback that behaves as badly as it is told."""

import email
import email.policy
import socketserver
import threading
import time
from contextlib import contextmanager


class BadServer(socketserver.ThreadingTCPServer):
    """`answers` gives the line for a word («MAIL», «RCPT», «DATA», «END» after the text, «QUIT», «HELLO»).

    An answer of None hangs; «» ends the connection. `received` holds every text that came through, as messages.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers: dict[str, str | None] = {}
        self.received: list[email.message.EmailMessage] = []

    @property
    def message_ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.received]


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        going = self.say("HELLO", "220 thu san sang")
        while going and (line := self.rfile.readline()):
            word = line[:4].decode().upper().strip()
            if word == "DATA":
                going = self.say("DATA", "354 viet di") and self.take()
            elif word == "QUIT":
                self.say("QUIT", "221 chao")
                return
            else:
                going = self.say(word, "250 duoc")

    def take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        answer = self.server.answers.get("END", "250 da nhan")
        if answer is None or answer[:1] in ("", "2"):  # it has the text, whatever it says then
            policy = email.policy.default
            self.server.received.append(email.message_from_bytes(b"".join(lines), policy=policy))
        return self.say("END", "250 da nhan")

    def say(self, word: str, usual: str) -> bool:
        answer = self.server.answers.get(word, usual)
        if answer is None:
            time.sleep(3)
        if not answer:
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return not answer.startswith("4") or word != "HELLO"


@contextmanager
def running(settings):
    """The portal's mail goes through the server that this gives."""
    with BadServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        connect(settings, server.server_address[1])
        yield server
        server.shutdown()


def connect(settings, port: int) -> None:
    settings.MAIL_IS_SET_UP = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
