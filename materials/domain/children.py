"""Runs a process of its own, mostly one of our modules, for files that nobody should trust."""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)

# What a child may know of its surroundings: nothing of ours.
BARE = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}
# Our modules are named in full, so they need no path to find others on; and they write nothing.
_ENVIRONMENT = BARE | {"PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
# So many bytes of what a child complains of are worth keeping.
LAST_WORDS = 300


class Silent(Exception):
    """The child said nothing for too long, or took too long in all; it is gone."""


class Broken(Exception):
    """The child gave no answer; the message says why, for the log."""


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder beside the private files; whatever happens, it is gone afterwards."""
    base = Path(default_storage.path("incoming"))
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drawing-", dir=base) as folder:
        yield Path(folder)


@dataclass(frozen=True)
class Ended:
    """What a child printed until its end, and why it went wrong: empty when it ended well."""

    printed: bytes
    trouble: str


def run(command: list[str], *, seconds: float, env: Mapping[str, str] = _ENVIRONMENT) -> Ended:
    """Runs a child to its end or to the limit; neither it nor what it started is left."""
    try:
        with _started(command, env) as child:
            printed, errors = child.communicate(timeout=seconds)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Ended(b"", type(error).__name__)
    if child.returncode:
        told = errors[-LAST_WORDS:].decode("utf-8", "replace")
        return Ended(printed, f"{child.returncode}: {told}")
    return Ended(printed, "")


def answer(module: str, *arguments: str, seconds: float) -> dict[str, Any]:
    """The last thing the module says. Raises Broken when it died, took too long or spoke nonsense.

    Why it did so stands in the log, with its last words.
    """
    ended = run(_module(module, arguments), seconds=seconds)
    try:
        if not ended.trouble:
            return dict(json.loads(ended.printed.splitlines()[-1]))
        why = ended.trouble
    except (IndexError, TypeError, ValueError) as error:
        why = type(error).__name__
    logger.warning("A file broke the process %s: %s", module, why)
    raise Broken(why)


def lines(
    module: str, *arguments: str, seconds: float, idle: float | None = None
) -> Iterator[dict[str, Any]]:
    """What the module says, one JSON document a line, as it says it.

    Ends quietly when the child dies; the caller knows what is still missing. Raises Silent when
    nothing came for `idle` seconds, or the whole took longer than `seconds`.
    """
    with _started(_module(module, arguments), _ENVIRONMENT, stderr=subprocess.DEVNULL) as child:
        yield from _read(child, time.monotonic() + seconds, idle or seconds)


def _module(module: str, arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


@contextmanager
def _started(
    command: list[str], env: Mapping[str, str], stderr: int = subprocess.PIPE
) -> Iterator[subprocess.Popen[bytes]]:
    """A child in a group of its own, with nothing of ours; it is gone in the end."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=settings.BASE_DIR,
        env=env,
        start_new_session=True,
    ) as child:
        try:
            yield child
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


def _read(child: subprocess.Popen[bytes], end_at: float, idle: float) -> Iterator[dict[str, Any]]:
    assert child.stdout is not None
    pipe, rest = child.stdout.fileno(), b""
    while True:
        patience = min(idle, end_at - time.monotonic())
        if patience <= 0 or not select.select([pipe], [], [], patience)[0]:
            raise Silent
        block = os.read(pipe, 65536)
        if not block:
            return
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            yield json.loads(line)
