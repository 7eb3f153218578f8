"""Which slips were erased, in a file beside the database: a backup that comes back lacks them.

One hash a line, added and forced to disk when an erasure is final. Nothing in it tells what was
erased or whose it was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

_DIGEST = re.compile(r"[0-9a-f]{64}")


def path() -> Path:
    """The file; it lies outside of what a backup holds and a restore replaces."""
    return Path(settings.STATE_DIR) / "erasures.log"


def add(*digests: str) -> None:
    """Appends hashes and waits until they are on disk; known ones may be added again."""
    if not digests:
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="ascii") as log:
        # A line of its own even behind half a line.
        log.write("\n" + "".join(f"{digest}\n" for digest in digests))
        log.flush()
        os.fsync(log.fileno())


def read() -> set[str]:
    """Every hash in the file; half a line, left by a lost current, is passed over."""
    if not path().exists():
        return set()
    lines = path().read_text(encoding="ascii", errors="replace").splitlines()
    return {line for line in lines if _DIGEST.fullmatch(line)}


def catch_up(digests: Iterable[str]) -> int:
    """Adds those that are missing, and gives how many: a crash may have come in between."""
    missing = sorted(set(digests) - read())
    add(*missing)
    return len(missing)
