"""Word, PowerPoint, Excel and OpenDocument files without the names of those who wrote them.

Comments go as a whole; tracked changes stay, because they are what the reader is asked about, and
lose their author and their time.
"""

from __future__ import annotations

import re
import zipfile
from typing import Any

from lxml import etree

from materials.domain import stripping_pictures

_MAX_PART = 60 * 1024 * 1024
_TIME = (1980, 1, 1, 0, 0, 0)
# Parts that say who: their root stays, so that the file is whole, and everything in it goes.
_EMPTIED = re.compile(
    r"docProps/(core|custom)\.xml"
    r"|(word|ppt|xl)/(people|persons/.+|comments?[^/]*|comments/.+|threadedComments/.+"
    r"|commentAuthors|authors|modernComments?/.+|revisions/.+)(\.xml)?"
    r"|meta\.xml"
)
_APP = "docProps/app.xml"
_APP_WORDS = {"Company", "Manager", "Template", "HyperlinkBase"}
_LEFT_OUT = re.compile(r"docProps/thumbnail\..+|Thumbnails/.+|Configurations2/.+|customXml/.+")
# Elements that point to a comment or hold one, or tell about the writer.
_GONE = {
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "annotation",
    "annotation-end",
    "rsids",
    "docVars",
    "attachedTemplate",
    "fileSharing",
    "lastEdited",
    "absPath",
}
_WORDLESS = {"creator", "date", "initial-creator", "printed-by", "sender-firstname"}
_SENDERS = re.compile(r"(sender|author|editing|print|modified|created)-.+|author-.+")
_PERSONAL = {"author", "initials", "userId", "providerId", "userName", "lastModifiedBy"}


def strip(source: str, target: str) -> None:
    """Writes the copy. Raises ValueError or an error of the archive for what cannot be read."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if _LEFT_OUT.fullmatch(name):
                continue
            entry = zipfile.ZipInfo(name, date_time=_TIME)
            # OpenDocument wants its first entry unpacked.
            plain = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            new.writestr(entry, _part(old, name))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MAX_PART:
        raise ValueError("a part that is too large to look through")
    data, ending = archive.read(name), name.rpartition(".")[2].lower()
    if ending in {"jpg", "jpeg"}:
        return stripping_pictures.jpeg(data)
    if ending == "png":
        return stripping_pictures.png(data)
    if ending == "rels" or name in {"[Content_Types].xml", "META-INF/manifest.xml"}:
        return _without_left_out(data)
    return _document(name, data) if ending == "xml" else data


def _read(data: bytes) -> Any:
    """The tree of a part; no entity is followed and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type")
    return root


def _written(root: Any) -> bytes:
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


def _without_left_out(data: bytes) -> bytes:
    """Lists of parts no longer name those that are left out."""
    root = _read(data)
    for line in list(root):
        named = [value.lstrip("/") for value in line.attrib.values()]
        if any(_LEFT_OUT.fullmatch(re.sub(r"^(\.\./)+", "", value)) for value in named):
            root.remove(line)
    return _written(root)


def _document(name: str, data: bytes) -> bytes:
    root = _read(data)
    if _EMPTIED.fullmatch(name):
        _empty(root)
    elif name == _APP:
        for line in root:
            if _local(line) in _APP_WORDS:
                line.text = ""
    else:
        for element in list(root.iter()):
            _clean(element)
    return _written(root)


# What a format wants to find inside, hollow: a sheet's comments, OpenDocument's meta.
_HOLLOW = {"authors", "commentList", "meta"}


def _empty(root: Any) -> None:
    for child in list(root):
        if _local(child) not in _HOLLOW:
            root.remove(child)
            continue
        first = child[0] if _local(child) == "authors" and len(child) else None
        for inner in list(child):
            child.remove(inner)
        if first is not None:
            first.text = ""
            child.append(first)
    for key in list(root.attrib):
        del root.attrib[key]


def _clean(element: Any) -> None:
    if not isinstance(element.tag, str):  # a comment in the XML itself
        _remove(element)
        return
    local = _local(element)
    if local in _GONE:
        _remove(element)
        return
    if local in _WORDLESS or _SENDERS.fullmatch(local):
        element.text = ""
    for key in list(element.attrib):
        word = etree.QName(key).localname
        if word.startswith("rsid"):
            del element.attrib[key]
        elif word in _PERSONAL:
            element.attrib[key] = ""
        elif word == "date" and local in {"ins", "del", "moveFrom", "moveTo"}:
            del element.attrib[key]


def _remove(element: Any) -> None:
    """Takes an element out and leaves the words after it where they are."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
