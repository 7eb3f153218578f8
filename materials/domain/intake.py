"""What may come in: an upload is proved by its content before anything is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import puremagic
from django.core.files.base import File
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cop_platform.common.text import MAX_LINE, UnusableText, tidy
from materials.domain import inspecting, store, virus
from materials.domain.inspecting import NotAccepted
from materials.domain.names import clean_name, extension, short_name
from materials.enums import (
    BY_EXTENSION,
    DOCX,
    FORMATS,
    JPEG,
    LINK_MEDIA_TYPE,
    MEGABYTE,
    MP4,
    ODT,
    PDF,
    PNG,
    PPTX,
    XLSX,
    Format,
)
from materials.models import Version, content_key

_SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_ZIP = b"PK\x03\x04"
_ARCHIVES = (DOCX, PPTX, XLSX, ODT)


@dataclass(frozen=True)
class Content:
    """What a version holds, proved: the fields of Version that come from the file or link."""

    sha256: str
    media_type: str
    size: int = 0
    original_name: str = ""
    pages: int | None = None
    seconds: int | None = None
    link: str = ""

    def fill(self, version: Version) -> None:
        """Writes the content into a version that is not saved yet."""
        version.sha256, version.media_type = self.sha256, self.media_type
        version.size, version.pages, version.seconds = self.size, self.pages, self.seconds
        version.original_name, version.link = self.original_name, self.link
        if not self.link:
            version.file.name = content_key(version, "")


@dataclass(frozen=True)
class Proved:
    """What a file on disk turned out to be; `facts` has title, language, pages, seconds."""

    format: Format
    facts: dict[str, Any] = field(default_factory=dict)


def take_file(upload: File) -> Content:
    """Proves an upload and keeps its bytes under their hash.

    Raises NotAccepted, StoreFull, virus.Infected, virus.ScannerAway.
    """
    name = upload.name or ""
    check_announced(name, upload.size)
    with store.received(upload) as file:
        found = prove(file.path, name)
        version = Version(sha256=file.sha256)
        store.keep(file.path, content_key(version, ""))
    return Content(
        sha256=file.sha256,
        media_type=found.format.media_type,
        size=file.size,
        original_name=clean_name(name),
        pages=found.facts["pages"],
        seconds=found.facts["seconds"],
    )


def check_announced(name: str, size: int) -> None:
    """What can be said before a byte has come: the ending and the size. Raises NotAccepted."""
    _check_size(size, _by_name(name))


def prove(path: Path, name: str) -> Proved:
    """The content agrees with the name, carries no known virus and is harmless inside.

    Raises NotAccepted, virus.Infected, virus.ScannerAway.
    """
    wanted = _by_name(name)
    found = _by_content(path, wanted)
    if found is not wanted:
        raise NotAccepted(_other_content(name, found))
    virus.scan(path)
    try:
        told = inspecting.look_inside(path, found)
    except inspecting.OtherKind as other:
        raise NotAccepted(_other_content(name, BY_EXTENSION.get(other.ending))) from other
    return Proved(
        found,
        {
            "title": _line(told.get("title")),
            "language": str(told.get("language") or "")[:3],
            "pages": told.get("pages"),
            "seconds": told.get("seconds"),
        },
    )


def _line(value: object) -> str:
    """A title out of a file, as short and harmless as one that was typed."""
    try:
        return tidy(str(value or ""), multiline=False)[:MAX_LINE]
    except UnusableText:
        return ""


def take_link(address: str) -> Content:
    """A link as it is stored; the server never opens it. Raises NotAccepted."""
    link = normalised(address)
    digest = hashlib.sha256(link.encode()).hexdigest()
    return Content(sha256=digest, media_type=LINK_MEDIA_TYPE, link=link)


def normalised(address: str) -> str:
    """One spelling of an address: scheme and host in small letters, no default port.

    Raises NotAccepted for anything but http and https, and for a name or password inside.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise NotAccepted(_("This is not the address of a page.")) from error
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise NotAccepted(_("A link begins with https://"))
    if parts.username or parts.password:
        raise NotAccepted(_("This link holds a name or a password. Take it out."))
    scheme = parts.scheme.lower()
    host = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, parts.path or "/", parts.query, parts.fragment))


def accepted_formats() -> str:
    """The allowlist in words: PDF document (50 MB), Word document (20 MB) and so on."""
    entries = [
        _("%(format)s (up to %(size)d MB)")
        % {"format": entry.label, "size": entry.max_bytes // MEGABYTE}
        for entry in FORMATS
    ]
    return str(get_text_list(entries, _("or")))


def _by_name(name: str) -> Format:
    found = BY_EXTENSION.get(extension(name))
    if found is None:
        raise NotAccepted(
            _("This kind of file is not accepted. Choose a %(formats)s.")
            % {"formats": accepted_formats()}
        )
    return found


def _check_size(size: int, wanted: Format) -> None:
    if size == 0:
        raise NotAccepted(_("This file is empty."))
    if size > wanted.max_bytes:
        raise NotAccepted(
            _("This file has %(size)d MB; up to %(limit)d MB are possible (%(format)s).")
            % {
                "size": -(-size // MEGABYTE),
                "format": wanted.label,
                "limit": wanted.max_bytes // MEGABYTE,
            }
        )


def _by_content(path: Path, wanted: Format) -> Format | None:
    """The format the first bytes prove, with a second opinion.

    Archives look alike from outside: for these the inspecting process has the last word.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_ZIP):
        return wanted if wanted in _ARCHIVES else _archive(head)
    if head[4:8] == b"ftyp":
        return MP4
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found if found.media_type in _second_opinion(head) else None
    return None


def _archive(head: bytes) -> Format:
    """Which document an archive most likely is, for the sentence about a wrong ending."""
    if head[30:38] == b"mimetype":
        return ODT
    inside = ((b"ppt/", PPTX), (b"xl/", XLSX))
    return next((found for mark, found in inside if mark in head), DOCX)


def _second_opinion(head: bytes) -> set[str]:
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _other_content(name: str, found: Format | None) -> str:
    values: dict[str, Any] = {"name": short_name(name)}
    if found is None:
        return _("The content of %(name)s is not what its name says.") % values
    values |= {"format": found.label, "ending": found.extension}
    return (
        _(
            "The name %(name)s and its content disagree; the content is: %(format)s. "
            "Give the file the ending .%(ending)s or choose another one."
        )
        % values
    )
