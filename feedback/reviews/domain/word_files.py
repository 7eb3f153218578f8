"""What Word documents of reviews have in common: no name, no day, each text in its direction."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.oxml import OxmlElement

# No day of anybody's work stands in a file.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_NO_NAME = ("author", "last_modified_by", "title", "subject", "keywords", "comments", "category")


def empty() -> Any:
    """A new document whose properties name nobody."""
    made = docx.Document()
    for name in _NO_NAME:
        setattr(made.core_properties, name, "")
    made.core_properties.created = made.core_properties.modified = CREATED
    return made


def packed(made: Any) -> bytes:
    """The bytes of a document, parts sorted and with a fixed time: equal ones are equal bytes."""
    saved, target = io.BytesIO(), io.BytesIO()
    made.save(saved)
    with (
        zipfile.ZipFile(saved) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()


def turn(table: Any) -> None:
    """The first column of a table on the right."""
    table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))


def directed(paragraph: Any, text: str = "", *, otherwise: bool = False) -> Any:
    """The paragraph set from the right where its words are; where they have no direction,
    as the document is.
    """
    if is_rtl(text, otherwise=otherwise):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.rtl = True
    return paragraph


def is_rtl(text: str, *, otherwise: bool = False) -> bool:
    """The direction of the first letter that has one."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return otherwise
