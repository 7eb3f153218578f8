"""What Word documents of reviews have in common: no name, no day, each text in its direction."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.oxml import OxmlElement

from cop_platform.common.office_files import repacked, runs_right_to_left

# No day of anybody's work stands in a file.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_NO_NAME = ("author", "last_modified_by", "title", "subject", "keywords", "comments", "category")


def empty() -> Any:
    """A new document whose properties name nobody."""
    made = docx.Document()
    for name in _NO_NAME:
        setattr(made.core_properties, name, "")
    made.core_properties.created = made.core_properties.modified = CREATED
    return made


def packed(made: Any) -> bytes:
    """The bytes of a document; equal documents are equal bytes."""
    saved = io.BytesIO()
    made.save(saved)
    return repacked(saved.getvalue())


def turn(table: Any) -> None:
    """The first column of a table on the right."""
    table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))


def directed(paragraph: Any, text: str = "", *, otherwise: bool = False) -> Any:
    """The paragraph set from the right where its words are; where they have no direction,
    as the document is.
    """
    if runs_right_to_left(text, otherwise=otherwise):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.rtl = True
    return paragraph
