"""Private files: received under a temporary name, proved, and then kept under their hash."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible


class StoreFull(NotPossible):
    """The disk takes no more; nothing was stored."""


@dataclass(frozen=True)
class Received:
    """Bytes on disk that belong to nobody yet."""

    path: Path
    sha256: str
    size: int


@contextmanager
def received(upload: File) -> Iterator[Received]:
    """Writes an upload to a temporary key; whatever happens, that key is gone afterwards.

    Raises StoreFull when the disk does not take it.
    """
    path = Path(default_storage.path(f"incoming/{secrets.token_hex(16)}"))
    try:
        yield _write(upload, path)
    except OSError as error:
        raise StoreFull(_("The file could not be stored. Please try again later.")) from error
    finally:
        path.unlink(missing_ok=True)


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


def keep(file: Received, key: str) -> None:
    """Moves received bytes to their own key, at once and for good.

    The key is the hash of the bytes, so a file that is there already is the same file, and one
    that is left behind by a failed transaction harms nobody.
    """
    target = Path(default_storage.path(key))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.replace(file.path, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
