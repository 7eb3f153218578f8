"""The archive: pages, data and files; the same rows give the same bytes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation

from experts.models import Country
from materials.domain.results_package import file_name
from materials.models import Version
from practices.domain.exporting import gathering, pages

# Times inside the archive never tell when somebody made it.
_OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Packed:
    """What was written; `counts` are the rows of each part."""

    sha256: str
    size: int
    pages: int
    files: int
    counts: dict[str, int]


def pack(*, country: Country, target: Path, most_bytes: int) -> Packed:
    """Writes the archive of a country's community; released files up to `most_bytes` each go along.

    It says everything in English. A file that is gone from the disk is named and left out. Raises
    OSError where the archive cannot be written.
    """
    with translation.override("en"):
        told = gathering.gather(country)
        files = _files(gathering.released(country), most_bytes)
        rendered = pages.render(told, frozenset(files))
    parts = {**rendered, "data.json": _json(told), **files}
    unfinished = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "index.html", name)):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    content = unfinished.read_bytes()
    unfinished.rename(target)
    counts = {name: len(rows) for name, rows in told.items() if isinstance(rows, list)}
    sha256 = hashlib.sha256(content).hexdigest()
    return Packed(sha256, len(content), len(rendered), len(files), counts)


def _json(told: dict[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _files(versions: list[Version], most_bytes: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for version in versions:
        if not version.file or version.size > most_bytes:
            continue
        try:
            with version.file.open("rb") as source:
                found[file_name(version)] = source.read()
        except OSError:
            continue
    return found
