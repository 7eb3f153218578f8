"""Real workers and beats on a test's database, with waits of seconds, and ways to hurt them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cop_platform.embedded.postgres import Postgres
from cop_platform.embedded.valkey import SOCKET, Valkey
from experts.models import Message

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("CHAOS") == "long"
PATIENCE = 120 if LONG else 60
LEASE_SECONDS = 3
CELERY = [sys.executable, "-m", "celery", "-A", "cop_platform"]


class Process:
    """A process of the platform in a session of its own."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self._command, self._environment, self._log = command, environment, log
        self._is_wanted = True
        self._start()

    def _start(self) -> None:
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def revive(self) -> None:
        """Starts it again where it gave up by itself."""
        if self._is_wanted and self._process.poll() is not None:
            self._start()

    def send(self, number: signal.Signals) -> None:
        """Signals the process and its children."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def kill(self) -> None:
        """kill -9, without a word before."""
        self._is_wanted = False
        self.send(signal.SIGKILL)
        self._process.wait()


class Arena:
    """Starts the processes of one test; whatever still runs at its end is killed."""

    def __init__(self, folder: Path, valkey: Valkey) -> None:
        self._folder = folder
        self.valkey = valkey
        self._processes: list[Process] = []

    def worker(self) -> Process:
        """A worker with two children, as in production."""
        command = [*CELERY, "worker", "--concurrency", "2", "--without-mingle"]
        return self._start([*command, "--without-gossip", "--without-heartbeat"])

    def beat(self) -> Process:
        schedule = self._folder / f"beat-{time.monotonic_ns()}"
        return self._start([*CELERY, "beat", "--schedule", str(schedule)])

    def revive(self) -> None:
        """What the demo's supervisor and the containers' restart policy do.

        A worker whose broker goes away while it holds a task gives up (it is the library's way).
        """
        for process in self._processes:
            process.revive()

    def kill_all(self) -> None:
        for process in self._processes:
            process.kill()

    def flush_broker(self) -> None:
        """FLUSHALL: everything the broker knew is gone."""
        with self.valkey._client() as client:
            client.flushall()

    def _start(self, command: list[str]) -> Process:
        process = Process(command, self._environment(), self._folder / "celery.log")
        self._processes.append(process)
        return process

    def _environment(self) -> dict[str, str]:
        database = connection.settings_dict
        host = database["HOST"] or database["OPTIONS"].get("host", "")
        login = database["USER"]
        if not str(host).startswith("/"):
            login += f":{database['PASSWORD']}"
        address = f"@/{database['NAME']}?host={host}"
        if not str(host).startswith("/"):
            address = f"@{host}/{database['NAME']}"
        return os.environ | {
            "DATABASE_URL": f"postgres://{login}{address}",
            "REDIS_URL": f"unix://{self.valkey.place.sockets / SOCKET}",
            "EMAIL_HOST": settings.EMAIL_HOST,
            "EMAIL_PORT": str(settings.EMAIL_PORT),
            "EMAIL_TIMEOUT": "3",
            "OUTBOX_TICK_SECONDS": "1",
            "OUTBOX_LEASE_SECONDS": str(LEASE_SECONDS),
            "BROKER_VISIBILITY_SECONDS": "5",
        }


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Waits until it is so; fails with what was waited for."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


def all_sent() -> bool:
    return not Message.objects.due(timezone.now()).exists()


def cut_connections() -> None:
    """Ends every other connection to this test's database, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def restart_server() -> None:
    """Stops the throw-away PostgreSQL of this run and starts it again."""
    from cop_platform.embedded.paths import Place, lasting_place

    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        home = Path(cursor.fetchone()[0]).parent
    connection.close()
    server = Postgres(Place(home, home / "sockets", lasting_place().account), throwaway=True)
    server.stop()
    server.start()
