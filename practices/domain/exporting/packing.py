"""The archive: pages, data and files; the same rows give the same bytes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models.fields.files import FieldFile
from django.utils import translation

from experts.models import Country
from materials.domain.results_package import file_name
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
    """Writes the archive of a country's community; released files and clips of stories whose
    tellers allowed it go along, up to `most_bytes` each.

    It says everything in English. A file that is gone from the disk is named and left out. Raises
    OSError where the archive cannot be written.
    """
    with translation.override("en"):
        told = gathering.gather(country)
        named = dict(_named(country))
        files = {name: said for name, file in named.items() if (said := _read(file, most_bytes))}
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


def _named(country: Country) -> Iterator[tuple[str, FieldFile]]:
    """Every file that may go along, by its name in the archive."""
    for version in gathering.released(country):
        if version.file:
            yield file_name(version), version.file
    for story in gathering.clips(country):
        yield gathering.clip_name(story), story.file


def _read(file: FieldFile, most_bytes: int) -> bytes | None:
    """Its bytes; None for one that is too big or gone from the disk."""
    try:
        if file.size > most_bytes:
            return None
        with file.open("rb") as source:
            content: bytes = source.read()
    except OSError:
        return None
    return content
