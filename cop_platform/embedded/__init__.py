"""PostgreSQL and Valkey without installing either: real servers out of two Python packages.

DATABASE_URL and REDIS_URL name servers of your own and switch the embedded ones off. Nothing
here needs Django; settings, manage.py, the demo and the tests all build on these functions.
Where the servers live is told in `paths`. They listen on unix sockets in a private folder only.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cop_platform.embedded import paths, postgres, valkey
from cop_platform.embedded.paths import EmbeddedError, Place, state_dir

__all__ = [
    "EmbeddedError",
    "broker_url",
    "database_settings",
    "has_data",
    "redis_url",
    "revive",
    "serving",
    "start",
    "state_dir",
    "stop",
    "throwaway",
]


def database_settings() -> dict[str, Any]:
    """Gives Django's parameters of the embedded database; starts nothing."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": postgres.DATABASE,
        "USER": postgres.USER,
        "HOST": str(paths.lasting_place().sockets),
    }


def redis_url() -> str:
    """Gives the embedded Valkey's address as redis-py and Django's cache write it."""
    return _redis_url(paths.lasting_place())


def broker_url() -> str:
    """Gives the embedded Valkey's address as Celery writes it."""
    return f"redis+socket://{paths.lasting_place().sockets / valkey.SOCKET}"


def has_data() -> bool:
    """Whether the embedded servers were ever started here."""
    return paths.lasting_place().home.exists()


def start() -> None:
    """Starts what is not running yet and lets it run until `stop`."""
    with _guard():
        _stay_file().touch()
        _start_missing()


def revive() -> list[str]:
    """Starts the servers that should run and do not; gives their names. For a supervisor."""
    with _guard():
        return _start_missing()


def stop() -> None:
    """Stops the servers; does nothing where none runs."""
    with _guard():
        _stop_all()


@contextmanager
def serving() -> Iterator[None]:
    """Has the servers run during the block; the last block to end, of all processes, stops them.

    Servers begun by `start` stay. Servers left over by a killed process are taken over.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield
        return
    state_dir().mkdir(parents=True, exist_ok=True)
    with (state_dir() / "servers.users").open("a") as users:
        try:
            with _guard():
                # The kernel frees this lock when a process is killed, so no count goes wrong.
                fcntl.flock(users, fcntl.LOCK_SH)
                _start_missing()
            yield
        finally:
            with _guard():
                if not _stay_file().exists() and _nobody_else(users):
                    _stop_all()
                # A forked child holds the same lock: closing the file would not free it.
                fcntl.flock(users, fcntl.LOCK_UN)


@contextmanager
def throwaway(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Runs servers of their own for a test run and gives DATABASE_URL and REDIS_URL.

    They lie in a temporary folder, take no care of their data unless `durable`, and die with this
    process even when it is killed.
    """
    account = paths.lasting_place().account
    # Not TMPDIR: that may be too long for a socket or closed to the servers' account.
    home = Path(tempfile.mkdtemp(prefix="cop-test-", dir="/tmp"))
    place = Place(home, home / "sockets", account)
    database = postgres.Postgres(place, throwaway=True, durable=durable)
    servers = (database, valkey.Valkey(place, throwaway=True))
    try:
        place.create()
        for server in servers:
            server.start()
        yield {"DATABASE_URL": _database_url(place), "REDIS_URL": _redis_url(place)}
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _database_url(place: Place) -> str:
    # libpq and django-environ both understand a socket folder in this form.
    return f"postgres://{postgres.USER}@/{postgres.DATABASE}?host={place.sockets}"


def _redis_url(place: Place) -> str:
    return f"unix://{place.sockets / valkey.SOCKET}"


def _start_missing() -> list[str]:
    _set_aside_abandoned()
    place = paths.open_lasting_place()
    started = []
    if not os.environ.get("DATABASE_URL") and postgres.Postgres(place).start():
        started.append("PostgreSQL")
    if not os.environ.get("REDIS_URL") and valkey.Valkey(place).start():
        started.append("Valkey")
    return started


def _stop_all() -> None:
    _stay_file().unlink(missing_ok=True)
    place = paths.lasting_place()
    if place.home.exists():
        _stop_servers(place)


def _stop_servers(place: Place) -> None:
    valkey.Valkey(place).stop()
    postgres.Postgres(place).stop()


def _set_aside_abandoned() -> None:
    place = paths.abandoned_place()
    if place is not None:
        _stop_servers(place)
        place.home.rename(f"{place.home}.old-{int(time.time())}")


@contextmanager
def _guard() -> Iterator[None]:
    """Lets one process at a time start or stop servers."""
    state_dir().mkdir(parents=True, exist_ok=True)
    with (state_dir() / "servers.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _nobody_else(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stay_file() -> Path:
    return state_dir() / "servers.stay"
