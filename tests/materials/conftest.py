"""What tests of materials share: a server that must never be called, and somebody who uploads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest

from experts.enums import Role
from tests import factories as make


@dataclass
class Canary:
    """The address of a server, and everybody who called it, whatever they asked for."""

    address: str
    calls: list[object] = field(default_factory=list)


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    """A server that must never be called; a call fails the file of tests."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            noted.calls.append(self.client_address)

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    noted = Canary(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield noted
    server.shutdown()
    server.server_close()
    assert noted.calls == []


@pytest.fixture
def author():
    return make.user(Role.AUTHOR)


@pytest.fixture
def author_client(as_user, author):
    return as_user(author)
