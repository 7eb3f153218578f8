"""The same parts, sorted and with a fixed time, so that equal documents are equal bytes."""

from __future__ import annotations

import io
import zipfile

_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repacked(content: bytes) -> bytes:
    """The zip file written again; the list of contents stays first, where readers look for it."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()
