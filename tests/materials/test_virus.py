"""The virus scanner: a small server on the other side of the wire speaks clamd's protocol."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import BytesIO
from socketserver import StreamRequestHandler, ThreadingTCPServer, ThreadingUnixStreamServer

import pytest

from experts.enums import Role
from materials.domain import incoming, intake, store, virus
from materials.models import IncomingFile
from tests import factories as make
from tests.materials import files

pytestmark = pytest.mark.django_db
MARK = b"harmful-for-this-test"


class Scanner(StreamRequestHandler):
    """Reads INSTREAM to its end and finds MARK; `says` overrides the verdict."""

    says: bytes | None = None

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            data += self.rfile.read(length)
        verdict = b"stream: Test.Mark FOUND\0" if MARK in data else b"stream: OK\0"
        self.wfile.write(verdict if self.says is None else self.says)


@pytest.fixture
def scanner(settings, monkeypatch) -> Iterator[type[Scanner]]:
    server = ThreadingTCPServer(("127.0.0.1", 0), Scanner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
    monkeypatch.setattr(Scanner, "says", None)
    yield Scanner
    server.shutdown()
    server.server_close()


def sent(data: bytes) -> IncomingFile:
    by = make.user(Role.AUTHOR)
    row = incoming.announce(name="a.pdf", size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    return row


def test_a_clean_file_is_taken(scanner):
    assert sent(files.pdf(mark="x" * 200_000)).is_ready


def test_an_infected_file_is_refused_and_its_bytes_are_gone(scanner):
    row = sent(files.pdf() + MARK)
    assert row.refused == "The virus scanner found something harmful in this file."
    assert not store.incoming_path(row.key).exists()
    with pytest.raises(virus.Infected):
        intake.take_file(files.upload(files.pdf() + MARK))


@pytest.mark.parametrize(
    "says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0", b"\xff\xfe\0"]
)
def test_a_scanner_without_a_verdict_lets_nothing_in(scanner, says):
    scanner.says = says
    with pytest.raises(virus.ScannerAway, match="Please try again later"):
        intake.take_file(files.upload(files.pdf()))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/nowhere/clamd", "no port", "host:x"])
def test_a_scanner_that_is_away_lets_nothing_in(settings, address):
    settings.CLAMD_ADDRESS = address
    with pytest.raises(virus.ScannerAway):
        intake.take_file(files.upload(files.pdf()))


def test_a_scanner_that_hangs_is_not_waited_for(scanner, monkeypatch):
    monkeypatch.setattr(Scanner, "handle", lambda self: threading.Event().wait(0.5))
    monkeypatch.setattr(virus, "SCAN_SECONDS", 0.1)
    with pytest.raises(virus.ScannerAway):
        intake.take_file(files.upload(files.pdf()))


def test_a_file_waits_for_the_scanner_to_come_back(scanner, as_user, settings):
    address, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, "127.0.0.1:1"
    row = sent(files.pdf())
    client = as_user(row.person.user)
    url = f"/materials/incoming/{row.key}"
    assert (row.is_whole, row.is_ready, row.refused) == (True, False, "")
    assert client.get(f"{url}/material").url == "/materials/incoming/"
    away = client.post(f"{url}/check", follow=True).content.decode()
    assert "The virus scanner does not answer now." in away
    settings.CLAMD_ADDRESS = address
    client.post(f"{url}/check")
    row.refresh_from_db()
    assert row.is_ready


def test_the_scanner_may_be_a_socket_of_this_machine(tmp_path, settings):
    place = str(tmp_path / "clamd")
    with ThreadingUnixStreamServer(place, Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_ADDRESS = f"unix:{place}"
        assert sent(files.pdf()).is_ready
        server.shutdown()
