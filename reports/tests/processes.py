"""Real processes on the test database: Celery's worker and beat, and the web server as production runs it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The test database, as another process reaches it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host = database["HOST"]
    where = f"?host={host}" if host.startswith("/") else ""
    server = "" if where else f"{host}:{database['PORT']}"
    port = f"&port={database['PORT']}" if where and database["PORT"] else ""
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{server}/{database['NAME']}{where}{port}"


class Processes:
    """Each one a process group of its own, so that a kill takes its children too."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.started = folder, []
        self.environment = os.environ | {"DATABASE_URL": database_url()} | environment

    def python(self, *words: str, **options: object) -> None:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "processes.log").open("ab"),
            **options,
        )
        self.started.append(process)

    def kill(self) -> None:
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


class Engine(Processes):
    """Worker and beat on this side's own broker."""

    def __init__(self, folder: Path, lease: int = 10) -> None:
        super().__init__(
            folder,
            DANVAN_LEASE_SECONDS=str(lease),
            DANVAN_SWEEP_SECONDS="1",
            DANVAN_BROKER_POLLING="0.2",
        )

    def start(self) -> None:
        schedule = self.folder / f"beat-{len(self.started)}"
        self._celery("worker", "--concurrency=1", "--without-mingle", "--without-gossip")
        self._celery("beat", f"--schedule={schedule}", "--pidfile=")

    def _celery(self, *words: str) -> None:
        self.python("-m", "celery", "-A", "danvan", *words, "--loglevel=WARNING")


def start_web(processes: Processes) -> str:
    """gunicorn with the settings as they are: collected and compressed static files. Gives its address.

    The socket is opened here, so requests wait in it until gunicorn has come up.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        where = f"fd://{listening.fileno()}"
        words = ("-m", "gunicorn", "danvan.wsgi", "--bind", where, "--threads", "4", "--no-control-socket")
        processes.python(*words, pass_fds=[listening.fileno()])
        return f"http://127.0.0.1:{listening.getsockname()[1]}"
