"""Asks a virus scanner (clamd) about a file, where one is set; one that is away lets nothing in."""

from __future__ import annotations

import logging
import socket
import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 5
SCAN_SECONDS = 60
_BLOCK = 64 * 1024
_LONGEST_ANSWER = 4096


class Infected(NotPossible):
    """The scanner knows this content as harmful."""


class ScannerAway(NotPossible):
    """Nobody can say whether the content is harmful, so it is not taken now."""


def scan(path: Path) -> None:
    """Raises Infected or ScannerAway; does nothing where no scanner is set."""
    address = settings.CLAMD_ADDRESS
    if not address:
        return
    try:
        answer = _ask(address, path)
    except (OSError, ValueError) as error:
        raise _away(type(error).__name__) from error
    if answer.endswith(" FOUND"):
        logger.warning("The virus scanner refused an upload: %s", answer)
        raise Infected(_("The virus scanner found something harmful in this file."))
    if not answer.endswith(" OK"):
        raise _away(answer)


def _away(why: str) -> ScannerAway:
    logger.error("The virus scanner gave no verdict: %s", why)
    return ScannerAway(_("The virus scanner does not answer now. Please try again later."))


def _ask(address: str, path: Path) -> str:
    """One INSTREAM conversation: blocks with their length in front, an empty one, the answer."""
    end = time.monotonic() + SCAN_SECONDS
    with _connected(address) as scanner, path.open("rb") as file:
        scanner.sendall(b"zINSTREAM\0")
        while block := file.read(_BLOCK):
            scanner.settimeout(_left(end))
            scanner.sendall(len(block).to_bytes(4, "big") + block)
        scanner.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            scanner.settimeout(_left(end))
            if not (got := scanner.recv(1024)):
                break
            answer += got
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(address: str) -> socket.socket:
    """A connection to "host:port" or "unix:path". Raises OSError, ValueError."""
    if address.startswith("unix:"):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(CONNECT_SECONDS)
        try:
            scanner.connect(address.removeprefix("unix:"))
        except OSError:
            scanner.close()
            raise
        return scanner
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS)


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
