"""The parts inside an office document that are neither text nor picture."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from materials.domain.inspection.limits import Unfit
from materials.domain.inspection.zips import check_archive, check_directory

_ARCHIVE = b"PK\x03\x04"
# Programs, and the old container format in which programs and macros hide.
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"#!")
_DOCUMENTS = ("docx", "pptx", "xlsx")
_LARGEST_INNER = 30 * 1024 * 1024


def check(archive: zipfile.ZipFile, inner: Callable[[zipfile.ZipFile], None] | None) -> None:
    """Raises Unfit for programs and foreign archives.

    `inner` proves a document inside a document; None where there may be none.
    """
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        with archive.open(entry) as part:
            head = part.read(8)
        if head.startswith(_PROGRAMS):
            raise Unfit("programs_inside")
        if head.startswith(_ARCHIVE):
            if inner is None or not entry.filename.lower().endswith(_DOCUMENTS):
                raise Unfit("two_in_one")
            _check_inner(archive, entry, inner)


def _check_inner(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, inner: Callable[[zipfile.ZipFile], None]
) -> None:
    """A chart brings its table along as a document of its own."""
    if entry.file_size > _LARGEST_INNER:
        raise Unfit("too_large_unpacked", limit=_LARGEST_INNER // 1024**2)
    file = io.BytesIO(archive.read(entry))
    check_directory(file)
    with zipfile.ZipFile(file) as document:
        check_archive(document, entry.file_size)
        inner(document)
