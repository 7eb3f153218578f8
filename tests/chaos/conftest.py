"""An arena for each test, a Valkey of their own, and the book that counts lost and doubled."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_platform.embedded.paths import Place, lasting_place
from cop_platform.embedded.valkey import Valkey
from tests.chaos.arena import Arena
from tests.chaos.book import Book


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """A broker that may be emptied and stopped without hurting other tests."""
    home = Path(tempfile.mkdtemp(prefix="cop-chaos-", dir="/tmp"))
    server = Valkey(Place(home, home / "sockets", lasting_place().account), throwaway=True)
    server.place.create()
    server.start()
    yield server
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def arena(tmp_path: Path, valkey: Valkey) -> Iterator[Arena]:
    valkey.start()
    found = Arena(tmp_path, valkey)
    found.flush_broker()
    yield found
    found.kill_all()


@pytest.fixture(scope="session")
def book() -> Iterator[Book]:
    """What happened to the mails of each test; the long form writes it down."""
    found = Book()
    yield found
    found.write_down()
