"""Word, PowerPoint and Excel: no macros, no controls, nothing loaded or started from elsewhere."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from typing import Any

from materials.domain.inspection import languages, parts
from materials.domain.inspection.limits import Unfit
from materials.domain.inspection.xml_reading import local, read

_TYPES = "[Content_Types].xml"
_MAIN = {
    "wordprocessingml.document.main+xml": "docx",
    "presentationml.presentation.main+xml": "pptx",
    "presentationml.slideshow.main+xml": "pptx",
    "spreadsheetml.sheet.main+xml": "xlsx",
}
_MACROS = re.compile(r"(?i)vbaproject|vbadata|/activex|/macrosheets/|/dialogsheets/")
# Parts through which a workbook fetches what it shows.
_FETCHES = re.compile(r"(?i)^xl/(externalLinks/|connections\.xml|queryTables/|webextensions/)")
# At the beginning of a field; QUOTE with numbers spells such a name letter by letter.
_FIELDS = re.compile(
    r"(?im)^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|RD"
    r"|QUOTE\s+\d+)\b"
)
_FORMULA = re.compile(
    r"(?i)\b(WEBSERVICE|IMAGE|RTD|CALL|REGISTER(\.ID)?|EXEC|SQL\.REQUEST)\(|\w\|[^!\n\"]*!"
)
_STARTS = re.compile(r"(?i)^ppaction://(program|macro|ole)")
_CLICKED = "/hyperlink"
# The template a document was made with, on the writer's own disk: programs look, nobody is called.
_OWN_TEMPLATE = re.compile(r"(?i)^file:///[a-z]:[\\/]")
_COUNTED = {
    "pptx": re.compile(r"ppt/slides/slide\d+\.xml"),
    "xlsx": re.compile(r"xl/worksheets/sheet\d+\.xml"),
}
_TEXT = {
    "docx": re.compile(r"word/document\.xml"),
    "pptx": _COUNTED["pptx"],
    "xlsx": re.compile(r"xl/sharedStrings\.xml"),
}


def kind(archive: zipfile.ZipFile) -> str | None:
    """The kind the main part's declared type proves; None for no Office document.

    Raises Unfit for the kinds with macros.
    """
    if _TYPES not in archive.namelist():
        return None
    types: list[str] = []
    read(archive.read(_TYPES), lambda _name, attributes: types.extend(attributes.values()))
    if any("macroenabled" in entry.lower() or "vbaproject" in entry.lower() for entry in types):
        raise Unfit("macros")
    found = {_MAIN[main] for main in _MAIN for entry in types if entry.endswith(main)}
    return found.pop() if len(found) == 1 else None


def inspect(found: str, archive: zipfile.ZipFile) -> dict[str, Any]:
    """Title, language, slides or sheets. Raises Unfit for what is not harmless."""
    harmless(archive)
    parts.check(archive, _inner)
    names = archive.namelist()
    told = _told(archive)
    counted = _COUNTED.get(found)
    said, text = _text(archive, [name for name in names if _TEXT[found].fullmatch(name)])
    pages = sum(bool(counted.fullmatch(name)) for name in names) if counted else None
    language = languages.guess(text, said or told.get("language", ""))
    return {"pages": pages, "title": told.get("title", ""), "language": language}


def _inner(document: zipfile.ZipFile) -> None:
    if kind(document) is None:
        raise Unfit("two_in_one")
    harmless(document)
    parts.check(document, None)


def harmless(archive: zipfile.ZipFile) -> None:
    """Looks at every name and every part in XML. Raises Unfit."""
    for name in archive.namelist():
        if _MACROS.search(f"/{name}"):
            raise Unfit("macros")
        if _FETCHES.search(name):
            raise Unfit("outside_parts")
        if name.lower().endswith(".rels"):
            _check_relations(archive.read(name))
        elif name.lower().endswith((".xml", ".vml")):
            _check_part(archive.read(name), name)


def _check_relations(data: bytes) -> None:
    """Links a reader clicks may point outside; parts a program loads by itself may not."""

    def seen(_name: str, attributes: dict[str, str]) -> None:
        target, type_ = attributes.get("Target", ""), attributes.get("Type", "")
        outside = attributes.get("TargetMode", "").lower() == "external" or "://" in target
        clicked = type_.endswith(_CLICKED) and not re.match(r"(?i)\s*(java|vb)script:", target)
        named = type_.endswith("/attachedTemplate") and _OWN_TEMPLATE.match(target)
        if outside and not clicked and not named:
            raise Unfit("outside_parts")

    read(data, seen)


class _Reading:
    """What one part's fields and formulas say, gathered while it is read."""

    def __init__(self) -> None:
        self.inside = ""
        self.fields: list[str] = []
        self.formulas: list[str] = []

    def starts(self, element: str, attributes: dict[str, str]) -> None:
        self.inside = local(element)
        if self.inside in {"fldChar", "fldSimple"}:
            # A field's words may be cut anywhere between its begin and its end.
            self.fields.append("\n")
        if self.inside == "f":
            self.formulas.append("\n")
        for key, value in attributes.items():
            if local(key) == "instr":
                self.fields.append(f"{value}\n")
            elif _STARTS.match(value):
                raise Unfit("active_office")

    def words(self, text: str) -> None:
        if self.inside in {"instrText", "delInstrText"}:
            self.fields.append(text)
        elif self.inside == "f":
            self.formulas.append(text)


def _check_part(data: bytes, name: str) -> None:
    """No field, formula or click that starts a program or loads something from elsewhere."""
    part = _Reading()
    read(data, part.starts, part.words)
    fetches = name.lower().startswith("xl/") and _FORMULA.search("".join(part.formulas))
    if fetches or _FIELDS.search("".join(part.fields)):
        raise Unfit("outside_parts")


def _told(archive: zipfile.ZipFile) -> dict[str, str]:
    """What the document's own properties say: title and language."""
    told: dict[str, str] = {}
    inside = ""

    def starts(element: str, _attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = local(element)

    def words(text: str) -> None:
        if inside in {"title", "language"} and text.strip():
            told[inside] = told.get(inside, "") + text

    if "docProps/core.xml" in archive.namelist():
        read(archive.read("docProps/core.xml"), starts, words)
    return told


def _text(archive: zipfile.ZipFile, names: list[str]) -> tuple[str, str]:
    """The language most runs are marked with, and the first words."""
    marked: Counter[str] = Counter()
    found: list[str] = []
    inside = ""

    def starts(element: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = local(element)
        if inside == "lang":
            marked.update(value for key, value in attributes.items() if local(key) == "val")
        elif inside == "rPr" and "lang" in attributes:
            marked[attributes["lang"]] += 1

    def words(text: str) -> None:
        if inside == "t":
            found.append(text)

    for name in sorted(names)[:20]:
        read(archive.read(name), starts, words)
    said = marked.most_common(1)[0][0] if marked else ""
    return said, " ".join(found)[: languages.SAMPLE]
