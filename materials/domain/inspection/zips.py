"""Archives: their limits before anything is unpacked, and archives where none should be."""

from __future__ import annotations

import zipfile
from typing import IO

from materials.domain.inspection.limits import (
    MAX_DIRECTORY,
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_MATTERS_FROM,
    Unfit,
)


def no_archive(path: str) -> None:
    """Raises Unfit when the bytes of a picture, PDF or film open as an archive too."""
    try:
        with open(path, "rb") as file:
            check_directory(file)
            with zipfile.ZipFile(file) as archive:
                hidden = bool(archive.infolist())
    except Unfit as refusal:
        hidden = refusal.code == "too_many_entries"
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        hidden = False
    if hidden:
        raise Unfit("two_in_one")


def check_directory(file: IO[bytes]) -> None:
    """The table of contents is small; a million entries would cost memory before any limit."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65557))
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0:
        raise Unfit("broken_office")
    entries = int.from_bytes(tail[found + 10 : found + 12], "little")
    directory = int.from_bytes(tail[found + 12 : found + 16], "little")
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY:
        raise Unfit("too_many_entries", limit=MAX_ENTRIES)
    file.seek(0)


def check_archive(archive: zipfile.ZipFile, size: int) -> None:
    """Limits on what the archive says of itself; unpacking later never goes beyond it."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Unfit("too_many_entries", limit=MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    # More packed bytes than the file has: entries overlap, the trick of the densest bombs.
    if packed > size or unpacked > MAX_UNPACKED:
        raise Unfit("too_large_unpacked", limit=MAX_UNPACKED // 1024**2)
    if unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise Unfit("too_large_unpacked", limit=MAX_UNPACKED // 1024**2)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit("password")
    if len({entry.filename for entry in entries}) != len(entries):
        # Two parts of one name: each reader would see another one.
        raise Unfit("broken_office")
