"""What pre-flight reads from Office and ODF files; runs in the process of preflight_reading."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

MAX_PART = 40 * 1024 * 1024
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_BODY = re.compile(
    r"word/document\.xml|ppt/slides/slide\d+\.xml|xl/sharedStrings\.xml|content\.xml"
)
_ABOUT = re.compile(r"docProps/core\.xml|meta\.xml")
_COMMENTS = re.compile(
    r"word/comments\w*\.xml|ppt/comments/.+\.xml|xl/(threaded)?[cC]omments.*\.xml"
)
# Ends of paragraphs, and what stands between words, in the languages of both families.
_PARAGRAPHS = {"p", "si", "h"}
_BREAKS = {"br", "line-break", "tab"}
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_PEOPLE = {
    "creator": "author",
    "initial-creator": "author",
    "lastModifiedBy": "last_modified_by",
}


class _Body:
    """The counts and words of the parts that people read."""

    def __init__(self, *, is_odf: bool) -> None:
        self.is_odf = is_odf
        self.words: list[str] = []
        self.pictures = self.without_alt = self.changes = self.comments = 0
        self.sizes: Counter[float] = Counter()
        self._open: list[str] = []
        self._frame = {"image": False, "said": False}

    def starts(self, tag: str, attributes: dict[str, str]) -> None:
        name, parent = _local(tag), self._open[-1] if self._open else ""
        self._open.append(name)
        plain = {_local(key): value for key, value in attributes.items()}
        if name == "docPr" or (name == "cNvPr" and parent == "nvPicPr" and tag.startswith("p:")):
            self._saw_picture(said=bool(plain.get("descr", "").strip()))
        elif name == "frame":
            self._frame = {"image": False, "said": False}
        elif self.is_odf and parent == "frame" and name in {"image", "title", "desc"}:
            self._frame["image" if name == "image" else "said"] = True
        elif name == "changed-region" or (name in _CHANGES and "author" in plain):
            self.changes += 1
        elif name == "annotation" and tag.startswith("office"):
            self.comments += 1
        elif name == "sz" and plain.get("val", "").isdecimal() and len(plain["val"]) < 4:
            self.sizes[int(plain["val"]) / 2] += 1

    def ends(self, tag: str) -> None:
        name = _local(tag)
        self._open.pop()
        if name == "frame" and self._frame["image"]:
            self._saw_picture(said=self._frame["said"])
        if name in _PARAGRAPHS:
            self.words.append("\n\n")
        elif name in _BREAKS:
            self.words.append(" ")

    def text(self, data: str) -> None:
        inside = {"p", "h"} & set(self._open) if self.is_odf else self._open[-1:] == ["t"]
        if inside:
            self.words.append(data)

    def _saw_picture(self, *, said: bool) -> None:
        self.pictures += 1
        self.without_alt += not said


def facts(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The facts of an OOXML or ODF file, by name; raises ValueError, ExpatError when broken."""
    names = archive.namelist()
    body = _Body(is_odf="content.xml" in names)
    about: dict[str, str] = {}
    texts = []
    for name in sorted(filter(_BODY.fullmatch, names), key=_natural):
        body.words.clear()
        _parse(_part(archive, name), body.starts, body.ends, body.text)
        texts.append("".join(body.words))
    for name in filter(_ABOUT.fullmatch, names):
        _read_about(_part(archive, name), about)
    comments = body.comments + sum(
        _count(_part(archive, name), {"comment", "cm", "threadedComment"})
        for name in filter(_COMMENTS.fullmatch, names)
    )
    named = sorted({_PEOPLE[key] for key, value in about.items() if key in _PEOPLE and value})
    if any(EMAIL.search(value) for value in about.values()):
        named.append("email")
    return {
        "texts": texts,
        "title": bool(about.get("title", "")),
        "language": about.get("language", ""),
        "pictures": body.pictures,
        "pictures_without_alt": body.without_alt,
        "changes": body.changes,
        "comments": comments,
        "named": named,
        "size": body.sizes.most_common(1)[0][0] if body.sizes else None,
    }


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, no larger than it may be; the archive's own word is not trusted."""
    with archive.open(name) as part:
        data = part.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise ValueError(name)
    return data


def _read_about(data: bytes, about: dict[str, str]) -> None:
    opened: list[str] = []

    def text(words: str) -> None:
        name = opened[-1] if opened else ""
        about[name] = (about.get(name, "") + words).strip()

    _parse(data, lambda tag, _a: opened.append(_local(tag)), lambda _tag: opened.pop(), text)


def _count(data: bytes, wanted: set[str]) -> int:
    found: list[str] = []

    def starts(tag: str, _attributes: dict[str, str]) -> None:
        if _local(tag) in wanted:
            found.append(tag)

    _parse(data, starts, lambda _tag: None, lambda _text: None)
    return len(found)


def _parse(
    data: bytes,
    starts: Callable[[str, dict[str, str]], None],
    ends: Callable[[str], Any],
    text: Callable[[str], None],
) -> None:
    """Reads XML and refuses a document type, and with it every entity."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = starts
    parser.EndElementHandler = ends
    parser.CharacterDataHandler = text

    def refuse(*_args: Any) -> None:
        raise ValueError

    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _natural(name: str) -> tuple[int, str]:
    """Slides by number: the tenth after the ninth."""
    digits = re.findall(r"\d+", name)
    return (int(digits[-1]) if digits else 0, name)
