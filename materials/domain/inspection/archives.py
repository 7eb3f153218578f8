"""Office documents are archives: limits before anything is unpacked, then what they hold."""

from __future__ import annotations

import zipfile
from typing import Any
from xml.parsers import expat

from materials.domain.inspection import odf, ooxml
from materials.domain.inspection.limits import Unfit
from materials.domain.inspection.zips import check_archive, check_directory

_BROKEN = (
    zipfile.BadZipFile,
    expat.ExpatError,
    NotImplementedError,
    ValueError,
    KeyError,
    EOFError,
    OSError,
)


def inspect(kind: str, path: str) -> dict[str, Any]:
    """What an office document says of itself. Raises Unfit, also when it is of another kind."""
    try:
        with open(path, "rb") as file:
            if file.read(4) != b"PK\x03\x04":
                raise Unfit("broken_office")
            check_directory(file)
            with zipfile.ZipFile(file) as archive:
                check_archive(archive, file.seek(0, 2))
                found = odf.kind(archive) or ooxml.kind(archive)
                if found is None:
                    raise Unfit("broken_office")
                if found != kind:
                    raise Unfit("other_kind", kind=found)
                family = odf if found == "odt" else ooxml
                return family.inspect(found, archive)
    except _BROKEN as error:
        raise Unfit("broken_office") from error
