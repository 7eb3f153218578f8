"""What may come in: an upload is proved by its content before anything is stored."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import puremagic
from django.conf import settings
from django.core.files.base import File
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.refusals import NotPossible
from materials.domain import store
from materials.domain.names import clean_name, extension
from materials.enums import (
    BY_EXTENSION,
    DOCX,
    FORMATS,
    JPEG,
    LINK_MEDIA_TYPE,
    MEGABYTE,
    PDF,
    PNG,
    Format,
)
from materials.models import Version, content_key

INSPECTION_SECONDS = 40
_SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_ZIP = b"PK\x03\x04"


class NotAccepted(NotPossible):
    """The file or link is refused; the message says why and what would do."""


@dataclass(frozen=True)
class Content:
    """What a version holds, proved: the fields of Version that come from the file or link."""

    sha256: str
    media_type: str
    size: int = 0
    original_name: str = ""
    pages: int | None = None
    link: str = ""

    def fill(self, version: Version) -> None:
        """Writes the content into a version that is not saved yet."""
        version.sha256, version.media_type = self.sha256, self.media_type
        version.size, version.pages = self.size, self.pages
        version.original_name, version.link = self.original_name, self.link
        if not self.link:
            version.file.name = content_key(version, "")


def take_file(upload: File) -> Content:
    """Proves an upload and keeps its bytes under their hash. Raises NotAccepted, StoreFull."""
    name = upload.name or ""
    wanted = _by_name(name)
    _check_size(upload.size, wanted)
    with store.received(upload) as file:
        found = _by_content(file.path)
        if found is not wanted:
            raise NotAccepted(_other_content(name, found))
        pages = _inspect(file.path, found)
        version = Version(sha256=file.sha256)
        store.keep(file, content_key(version, ""))
    return Content(
        sha256=file.sha256,
        media_type=found.media_type,
        size=file.size,
        original_name=clean_name(name),
        pages=pages,
    )


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
            _("This file has %(size)d MB; a %(format)s may have up to %(limit)d MB.")
            % {
                "size": -(-size // MEGABYTE),
                "format": wanted.label,
                "limit": wanted.max_bytes // MEGABYTE,
            }
        )


def _by_content(path: Path) -> Format | None:
    """The format the bytes prove: our own look at the first ones, and a second opinion."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_ZIP):
        return DOCX
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found if found.media_type in _second_opinion(head) else None
    return None


def _second_opinion(head: bytes) -> set[str]:
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _other_content(name: str, found: Format | None) -> str:
    values: dict[str, Any] = {"name": clean_name(name)}
    if found is None:
        return _("The content of %(name)s is not what its name says.") % values
    values |= {"format": found.label, "ending": found.extension}
    return (
        _(
            "The name %(name)s and its content disagree: inside is a %(format)s. "
            "Give the file the ending .%(ending)s or choose another one."
        )
        % values
    )


def _inspect(path: Path, found: Format) -> int | None:
    """Looks inside, in a process of its own. Returns the pages of a PDF. Raises NotAccepted."""
    command = [sys.executable, "-m", "materials.domain.inspection", found.extension, str(path)]
    answer: dict[str, Any]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=INSPECTION_SECONDS,
            cwd=settings.BASE_DIR,
            env={"PATH": "", "LC_ALL": "C.UTF-8"},
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {"refused": "too_heavy"}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"refused": "too_heavy"}
    if "refused" in answer:
        raise NotAccepted(_sentence(answer))
    return answer.get("pages")


def _sentence(answer: dict[str, Any]) -> str:
    return str(_SENTENCES[answer["refused"]]) % answer


_SENTENCES = {
    "broken_pdf": gettext_lazy("This PDF is broken and cannot be opened. Export it once more."),
    "password": gettext_lazy("This file is protected by a password. Upload it without one."),
    "too_many_pages": gettext_lazy(
        "This PDF has %(pages)d pages; up to %(limit)d are possible. Split it."
    ),
    "active_pdf": gettext_lazy(
        "This PDF starts a script or a program when it is opened. Export it without."
    ),
    "broken_image": gettext_lazy("This picture is broken or not complete. Save it once more."),
    "too_many_pixels": gettext_lazy(
        "This picture has too many points; up to %(limit)d million are possible. Make it smaller."
    ),
    "two_in_one": gettext_lazy("This file hides a second one. Export it once more."),
    "broken_docx": gettext_lazy("This is not a readable Word document. Save it once more."),
    "macros": gettext_lazy("This Word document holds macros. Save it as .docx without them."),
    "outside_parts": gettext_lazy(
        "This Word document loads parts from elsewhere. Put them into the document itself."
    ),
    "too_many_entries": gettext_lazy(
        "This Word document has too many parts; up to %(limit)d are possible."
    ),
    "too_large_unpacked": gettext_lazy(
        "This Word document would unpack to more than %(limit)d MB. Make its pictures smaller."
    ),
    "too_heavy": gettext_lazy("This file takes too long to check. Export it once more, simpler."),
}
