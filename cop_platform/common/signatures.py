"""Signatures beside downloads: the shared piece for every file that leaves in our name.

Ed25519 gives the same signature each time, so none is stored; the cache saves reading large files
twice.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache
from django.db.models.fields.files import FieldFile

from cop_platform.common import signing

_DAY = 24 * 3600


def of_stored(file: FieldFile, sha256: str) -> bytes | None:
    """The signature of a stored file with this hash; None when there is no file, or it is gone."""
    stored = file.name or ""
    if not stored or not file.storage.exists(stored):
        return None
    key = f"signature:{signing.thumbprint(signing.public_key())}:{sha256}"
    found = cache.get(key)
    if not isinstance(found, bytes):
        found = of_file(Path(file.storage.path(stored)))
        cache.set(key, found, _DAY)
    return found


def of_file(path: Path) -> bytes:
    """The signature of a whole file. Raises OSError."""
    with mapped(path) as data:
        return signing.sign(data)


@contextmanager
def mapped(path: Path) -> Iterator[bytes]:
    """A whole file as a buffer; it is mapped, not loaded. Raises OSError."""
    if not path.stat().st_size:
        # Nothing cannot be mapped.
        yield b""
        return
    with path.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data  # type: ignore[misc]  # any buffer is signed as it lies
