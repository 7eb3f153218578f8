"""The bytes of a version as an answer: private, harmless in a browser, and in parts if asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from materials.domain.names import download_name
from materials.models import Rendition, Version

BLOCK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
# A file that somebody uploaded runs nothing and loads nothing, whatever is inside.
_POLICY = "default-src 'none'; sandbox"


class Unsatisfiable(Exception):
    """The asked part lies outside the file."""


@dataclass(frozen=True)
class Sent:
    """Private bytes under a key, and how they are called and shown; `shown` is inside a page."""

    key: str
    size: int
    sha256: str
    media_type: str
    name: str
    shown: bool


def of_version(version: Version) -> Sent:
    """The file of a version as it was uploaded; needs the material loaded."""
    return Sent(
        key=str(version.file.name),
        size=version.size,
        sha256=version.sha256,
        media_type=version.media_type,
        name=download_name(version),
        shown=version.format is not None and version.format.shown_on_page,
    )


def of_copy(version: Version, rendition: Rendition) -> Sent:
    """The copy without names; it has a hash and an entity tag of its own."""
    original = of_version(version)
    key = str(rendition.stripped.name)
    return replace(
        original, key=key, size=default_storage.size(key), sha256=rendition.stripped_sha256
    )


def of_made(key: str, media_type: str, name: str) -> Sent:
    """What was drawn from a version; its key ends with the hash of its bytes."""
    sha256 = key.rpartition("/")[2]
    return Sent(key, default_storage.size(key), sha256, media_type, name, shown=True)


def answer(request: HttpRequest, version: Version) -> HttpResponseBase:
    """The file of a version; the reader's right is checked before."""
    return send(request, of_version(version))


def send(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    """The bytes, a part of them (206), or nothing new (304); the right is checked before."""
    etag = f'"{sent.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _headers(unchanged, sent, etag, download=False)
    try:
        part = _part(request, sent.size, etag)
    except Unsatisfiable:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{sent.size}"
        return _headers(response, sent, etag, download=False)
    handed_over = bool(getattr(settings, "X_ACCEL_PREFIX", ""))
    answered = _handed_over(sent) if handed_over else _streamed(request, sent, part)
    return _headers(answered, sent, etag, download="download" in request.GET)


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole file. Raises Unsatisfiable."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        start, end = max(0, size - int(last)), size - 1
        if int(last) == 0:
            raise Unsatisfiable
    else:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
    if start >= size:
        raise Unsatisfiable
    return (start, end) if start <= end else None


def _streamed(request: HttpRequest, sent: Sent, part: tuple[int, int] | None) -> HttpResponseBase:
    start, end = part or (0, sent.size - 1)
    length = end - start + 1
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse()
    else:
        response = StreamingHttpResponse(
            _blocks(default_storage.open(sent.key, "rb"), start, length)
        )
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end}/{sent.size}"
    response["Content-Length"] = str(length)
    return response


def _blocks(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (block := file.read(min(BLOCK, length))):
            length -= len(block)
            yield block


def _handed_over(sent: Sent) -> HttpResponse:
    """The web server in front sends the bytes itself, parts included."""
    response = HttpResponse()
    prefix = settings.X_ACCEL_PREFIX.rstrip("/")
    response["X-Accel-Redirect"] = f"{prefix}/{quote(sent.key)}"
    return response


def _headers(
    response: HttpResponseBase, sent: Sent, etag: str, *, download: bool
) -> HttpResponseBase:
    shown = sent.shown and not download
    if response.status_code != 304:
        response["Content-Type"] = sent.media_type
        disposition = content_disposition_header(not shown, sent.name)
        response["Content-Disposition"] = disposition or "attachment"
        # The bytes are the ones that were hashed; nothing on the way may pack them differently.
        response["Content-Encoding"] = "identity"
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    return response
