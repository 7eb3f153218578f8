"""Chosen releases in one ZIP, file by file as it is sent: files, signatures, and a list of both."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from cop_platform.common import signatures, signing
from feedback.reports.domain import page
from feedback.reports.models import Report, ReportFile

MOST = 50
_BLOCK = 256 * 1024
# The same files give the same archive, whenever it is asked for.
_DAY = (1980, 1, 1, 0, 0, 0)
MANIFEST = "manifest.json"


class _Outlet(io.RawIOBase):
    """Takes what the archive writes and gives it away in pieces; it cannot go back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


def stream(reports: Iterable[Report]) -> Iterator[bytes]:
    """The archive in pieces. Reports come with their files and steps.

    A file that is gone from the disk is left out and named in the manifest.
    """
    outlet, listed = _Outlet(), []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for report in reports:
            kept = []
            for file in page.in_order(report.files.all()):
                entry, pieces = _entry(report, file)
                kept.append(entry)
                yield from _added(archive, outlet, entry["name"], pieces)
                if (signature := signatures.of_stored(file.file, file.sha256)) is not None:
                    yield from _added(archive, outlet, f"{entry['name']}.sig", [signature])
            listed.append(_described(report) | {"files": kept})
        manifest = (json.dumps({"releases": listed}, ensure_ascii=False, indent=2) + "\n").encode()
        yield from _added(archive, outlet, MANIFEST, [manifest])
        yield from _added(archive, outlet, f"{MANIFEST}.sig", [signing.sign(manifest)])
    yield outlet.taken()


def _entry(report: Report, file: ReportFile) -> tuple[dict[str, Any], Iterable[bytes]]:
    stored = file.file.name or ""
    there = bool(stored) and file.file.storage.exists(stored)
    entry = {
        "name": page.download_name(report, file.format),
        "sha256": file.sha256,
        "bytes": file.size,
        "missing": not there,
    }
    return entry, _pieces(file) if there else ()


def _pieces(file: ReportFile) -> Iterator[bytes]:
    with file.file.open("rb") as stored:
        yield from iter(lambda: stored.read(_BLOCK), b"")


def _described(report: Report) -> dict[str, Any]:
    return {
        "about": report.about,
        "release": report.number,
        "period": {
            "start": report.period_start.isoformat(),
            "end": report.period_end.isoformat(),
        },
        "profile": report.profile,
        "language": report.language,
        "state": page.mark(report).code,
        "withdrawn_because": page.reason(report),
        "dataset_sha256": report.dataset_sha256,
    }


def _added(
    archive: zipfile.ZipFile, outlet: _Outlet, name: str, pieces: Iterable[bytes]
) -> Iterator[bytes]:
    info = zipfile.ZipInfo(name, date_time=_DAY)
    with archive.open(info, "w", force_zip64=True) as entry:
        for piece in pieces:
            entry.write(piece)
            yield outlet.taken()
    yield outlet.taken()
