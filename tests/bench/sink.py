"""A mail server in a process of its own that takes everything and keeps nothing but a count."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port


class _Counting:
    def __init__(self) -> None:
        self.taken = 0

    async def handle_DATA(  # noqa: N802  the name aiosmtpd calls
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        self.taken += 1
        return "250 OK"


@contextmanager
def running() -> Iterator[int]:
    """A sink on a port of its own; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.sink", str(port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None  # it was asked for
        process.stdout.readline()
        yield port
    finally:
        process.kill()
        process.wait()


def _serve(port: int) -> None:
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    controller = Controller(_Counting(), hostname="127.0.0.1", port=port)
    controller.start()
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
