"""OpenDocument text: no macros, no database, nothing loaded from elsewhere."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from materials.domain.inspection import languages, parts
from materials.domain.inspection.limits import Unfit
from materials.domain.inspection.xml_reading import local, read

_PREFIX = "application/vnd.oasis.opendocument."
_SCRIPTS = re.compile(r"(?i)^(basic|scripts|dialogs)/")
_ELSEWHERE = re.compile(r"(?i)^\s*([a-z][a-z0-9+.-]+:|//|\\\\|\.\./|/)")
_NETWORK = re.compile(r"(?i)^\s*((https?|ftp|smb|dav|webdav)s?:|//|\\\\)")
_SCRIPT_LINK = re.compile(r"(?i)^\s*(javascript|vbscript|macro|vnd\.sun\.star\.script):")
# A reader clicks these; everything else with an address is loaded by the program itself.
_CLICKED = {"a", "hyperlink-behaviour"}
_ACTIVE = {"event-listener", "script", "applet", "plugin"}
_FETCHES = {
    "dde-connection",
    "dde-connection-decl",
    "dde-source",
    "dde-link",
    "connection-resource",
    "auto-reload",
}


def kind(archive: zipfile.ZipFile) -> str | None:
    """ "odt" for a text; None for anything else."""
    if "mimetype" not in archive.namelist():
        return None
    with archive.open("mimetype") as part:
        said = part.read(100).decode("ascii", "replace").strip()
    return "odt" if said == f"{_PREFIX}text" else None


def inspect(found: str, archive: zipfile.ZipFile) -> dict[str, Any]:
    """Title, language and pages as the document tells them. Raises Unfit."""
    names = archive.namelist()
    if "content.xml" not in names:
        raise Unfit("broken_office")
    for name in names:
        if _SCRIPTS.search(name):
            raise Unfit("macros")
        if name.lower().endswith((".xml", ".rdf")):
            _check_part(archive.read(name))
    parts.check(archive, None)
    told = _told(archive)
    pages = told.get("page-count", "")
    return {
        "pages": int(pages) if re.fullmatch("[1-9][0-9]{0,3}", pages) else None,
        "title": told.get("title", ""),
        "language": languages.guess(_words(archive), told.get("language", "")),
    }


def _check_part(data: bytes) -> None:
    if not data.strip():
        # Some writers leave an empty part where nobody changed a setting.
        return

    def seen(element: str, attributes: dict[str, str]) -> None:
        name = local(element)
        if name in _ACTIVE:
            raise Unfit("macros")
        if name == "encryption-data":
            raise Unfit("password")
        if name in _FETCHES:
            raise Unfit("outside_parts")
        for key, value in attributes.items():
            if local(key) == "href":
                _check_link(name, value)

    read(data, seen)


def _check_link(name: str, address: str) -> None:
    if _SCRIPT_LINK.match(address):
        raise Unfit("macros")
    # The template a text was made with is named by its place on the writer's own disk.
    pattern = _NETWORK if name == "template" else _ELSEWHERE
    if name not in _CLICKED and pattern.match(address):
        raise Unfit("outside_parts")


def _told(archive: zipfile.ZipFile) -> dict[str, str]:
    """What meta.xml says: title, language, number of pages."""
    told: dict[str, str] = {}
    inside = ""

    def starts(element: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = local(element)
        for key, value in attributes.items():
            if local(key) == "page-count":
                told["page-count"] = value

    def words(text: str) -> None:
        if inside in {"title", "language"} and text.strip():
            told[inside] = told.get(inside, "") + text

    if "meta.xml" in archive.namelist():
        read(archive.read("meta.xml"), starts, words)
    return told


def _words(archive: zipfile.ZipFile) -> str:
    found: list[str] = []
    read(archive.read("content.xml"), None, found.append)
    return " ".join(found)[: languages.SAMPLE]
