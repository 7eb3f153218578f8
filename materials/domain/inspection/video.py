"""MP4: boxes in boxes that fill the file exactly, and a film that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from tinytag import TinyTag, TinyTagException

from materials.domain.inspection.limits import MAX_BOXES, MAX_SECONDS, Unfit
from materials.domain.inspection.zips import no_archive

_BRANDS = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9",
    b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash",
}  # fmt: skip
_TOP = {
    b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"udta", b"meta", b"uuid", b"moof",
    b"mfra", b"sidx", b"ssix", b"styp", b"pdin", b"emsg", b"prft",
}  # fmt: skip
_BOXES_OF_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"dinf"}
_LARGEST_INDEX = 32 * 1024 * 1024
_DEEPEST = 10


class _Budget:
    """How many boxes may still be looked at."""

    left = MAX_BOXES

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unfit("too_heavy")


def inspect(kind: str, path: str) -> dict[str, Any]:
    """The duration in whole seconds, and the title if one is written inside. Raises Unfit."""
    no_archive(path)
    with open(path, "rb") as file:
        _check_boxes(file, file.seek(0, 2))
    try:
        told = TinyTag.get(path, tags=True)
    except (TinyTagException, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise Unfit("broken_video") from error
    if not told.duration or not 0 < told.duration <= MAX_SECONDS:
        raise Unfit("broken_video")
    return {"seconds": max(1, round(told.duration)), "title": told.title or ""}


def _check_boxes(file: IO[bytes], size: int) -> None:
    budget = _Budget()
    found: list[bytes] = []
    for name, start, end in _boxes(file, 0, size, budget):
        if not found:
            _check_brand(file, name, start, end)
        if name not in _TOP:
            raise Unfit("broken_video")
        if name == b"moov":
            if end - start > _LARGEST_INDEX:
                raise Unfit("too_heavy")
            _check_inside(file, start, end, budget, 0)
        found.append(name)
    has_film = b"mdat" in found or b"moof" in found
    if found.count(b"moov") != 1 or found.count(b"ftyp") != 1 or not has_film:
        raise Unfit("broken_video")


def _check_brand(file: IO[bytes], name: bytes, start: int, end: int) -> None:
    """The first box says which family the file is of; QuickTime, HEIC and others are not ours."""
    if name != b"ftyp" or not 8 <= end - start <= 1024:
        raise Unfit("broken_video")
    file.seek(start)
    data = file.read(end - start)
    brands = {data[:4], *(data[n : n + 4] for n in range(8, len(data), 4))}
    if not brands & _BRANDS:
        raise Unfit("broken_video")


def _check_inside(file: IO[bytes], start: int, end: int, budget: _Budget, depth: int) -> None:
    if depth > _DEEPEST:
        raise Unfit("broken_video")
    for name, inner, stop in _boxes(file, start, end, budget):
        if name == b"dref":
            _check_references(file, inner, stop, budget)
        elif name in _BOXES_OF_BOXES:
            _check_inside(file, inner, stop, budget, depth + 1)


def _check_references(file: IO[bytes], start: int, end: int, budget: _Budget) -> None:
    """Pictures and sound lie in this very file: each reference carries the flag that says so."""
    for _name, inner, stop in _boxes(file, start + 8, end, budget):
        file.seek(inner)
        head = file.read(min(4, stop - inner))
        if len(head) < 4 or not head[3] & 1:
            raise Unfit("outside_parts")


def _boxes(
    file: IO[bytes], start: int, end: int, budget: _Budget
) -> Iterator[tuple[bytes, int, int]]:
    """Name, first byte of content and end of each box; together they fill the space exactly."""
    place = start
    while place < end:
        budget.spend()
        file.seek(place)
        head = file.read(16)
        size, name, begins = int.from_bytes(head[:4], "big"), head[4:8], place + 8
        if size == 1:
            size, begins = int.from_bytes(head[8:16], "big"), place + 16
        elif size == 0:
            size = end - place
        if begins > place + size or place + size > end:
            raise Unfit("broken_video")
        yield name, begins, place + size
        place += size
    if place != end:
        raise Unfit("broken_video")
