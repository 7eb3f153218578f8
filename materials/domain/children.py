"""Runs one of our modules as a process of its own, for files that nobody should trust."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

# What a child may know of its surroundings: nothing of ours.
BARE = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}


class Silent(Exception):
    """The child said nothing for too long, or took too long in all; it is gone."""


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder beside the private files; whatever happens, it is gone afterwards."""
    base = Path(default_storage.path("incoming"))
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drawing-", dir=base) as folder:
        yield Path(folder)


def lines(
    module: str, *arguments: str, seconds: float, idle: float | None = None
) -> Iterator[dict[str, Any]]:
    """What the module says, one JSON document a line, as it says it.

    Ends quietly when the child dies; the caller knows what is still missing. Raises Silent when
    nothing came for `idle` seconds, or the whole took longer than `seconds`.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        # Its program is named in full, so it needs no path to find others on.
        env=BARE | {"PATH": ""},
        start_new_session=True,
    )
    try:
        yield from _read(child, time.monotonic() + seconds, idle or seconds)
    finally:
        end(child)


def answer(module: str, *arguments: str, seconds: float) -> dict[str, Any]:
    """The last thing the module says; empty when it died, took too long or spoke nonsense."""
    try:
        said = list(lines(module, *arguments, seconds=seconds))
    except (Silent, ValueError):
        return {}
    return said[-1] if said else {}


def end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child with everything it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout is not None:
        child.stdout.close()


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
