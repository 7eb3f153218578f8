"""Private files: received under a temporary name, proved, and then kept under their hash."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible

# What a file system says that knows no second name for a file.
_NO_SECOND_NAMES = {errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.EMLINK}


class StoreFull(NotPossible):
    """The disk takes no more; nothing was stored."""


@dataclass(frozen=True)
class Received:
    """Bytes on disk that belong to nobody yet."""

    path: Path
    sha256: str
    size: int


def incoming_path(key: str) -> Path:
    """Where bytes lie that belong to no version yet. `key` is always one of ours."""
    return Path(default_storage.path(f"incoming/{key}"))


def full() -> StoreFull:
    """The refusal of a disk that takes no more."""
    return StoreFull(_("The file could not be stored. Please try again later."))


@contextmanager
def received(upload: File) -> Iterator[Received]:
    """Writes an upload to a temporary key; whatever happens, that key is gone afterwards.

    Raises StoreFull when the disk does not take it.
    """
    path = incoming_path(secrets.token_hex(16))
    try:
        yield _write(upload, path)
    except OSError as error:
        raise full() from error
    finally:
        path.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """The SHA-256 of a file, as text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sweep_incoming(known: set[str]) -> int:
    """Takes away incoming bytes of no known key that are a day old; says how many files."""
    gone = 0
    yesterday = time.time() - 24 * 3600
    for path in incoming_path("").glob("*"):
        # A key that is being written at this moment has no row yet, but it is young.
        if path.name not in known and path.stat().st_mtime < yesterday:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _write(upload: File, path: Path) -> Received:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    upload.seek(0)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        target.flush()
        os.fsync(target.fileno())
    return Received(path, digest.hexdigest(), size)


def keep(path: Path, key: str) -> None:
    """Gives proved bytes their own key, at once and for good; `path` still holds them too.

    The key is the hash of the bytes, so a file that is there already is the same file, and one
    that is left behind by a failed transaction harms nobody. Raises OSError.
    """
    target = Path(default_storage.path(key))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not target.exists():
        _second_name(path, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _second_name(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_SECOND_NAMES:
            raise
        copied = target.with_name(f"{target.name}.{secrets.token_hex(8)}")
        try:
            shutil.copyfile(path, copied)
            os.chmod(copied, 0o600)
            os.replace(copied, target)
        finally:
            copied.unlink(missing_ok=True)
