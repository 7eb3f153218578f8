"""The table of remarks for Word: a row for each, each text in its own direction."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from feedback.reviews.domain import word_files
from feedback.reviews.domain.remark_export.shapes import Sheet, cells, columns

_MARGIN = Cm(1.8)
_SIZE, _FONT = Pt(9), "Arial"


def write(sheet: Sheet) -> bytes:
    """The document; the same remarks give the same bytes."""
    made = word_files.empty()
    made.core_properties.title = sheet.heading
    _landscape(made.sections[0])
    made.styles["Normal"].font.size, made.styles["Normal"].font.name = _SIZE, _FONT
    _speaks(made, sheet.language)
    heading = made.add_heading(sheet.heading, level=1)
    word_files.directed(heading, sheet.heading, otherwise=sheet.is_rtl)
    with translation.override(sheet.language):
        _write_table(made, sheet)
    return word_files.packed(made)


def _write_table(made: Any, sheet: Sheet) -> None:
    named = columns()
    table = made.add_table(rows=1, cols=len(named), style="Table Grid")
    table.autofit = False
    if sheet.is_rtl:
        word_files.turn(table)
    for cell, column in zip(table.rows[0].cells, named, strict=True):
        _write(cell, column.label, sheet, bold=True)
    _repeat(table.rows[0])
    for remark in sheet.remarks:
        texts = (str(remark.number), *cells(remark, sheet))
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _write(cell, text, sheet)
    for column, wanted in zip(table.columns, named, strict=True):
        column.width = Cm(wanted.width)
        for cell in column.cells:
            cell.width = Cm(wanted.width)


def _write(cell: Any, text: str, sheet: Sheet, *, bold: bool = False) -> None:
    """Each line as a paragraph of its own."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(line).bold = bold or None
        word_files.directed(paragraph, line, otherwise=sheet.is_rtl)


def _landscape(section: Any) -> None:
    """A4 lying down: eight columns need the width."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN


def _repeat(row: Any) -> None:
    """The row stands at the head of every page, and is read as what names the columns."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _speaks(made: Any, language: str) -> None:
    """The language of the document, for those who have it read aloud; and one size of letters:
    those from the right have a size and a font of their own.
    """
    known = made.styles["Normal"].element.get_or_add_rPr()
    known.get_or_add_rFonts().set(qn("w:cs"), _FONT)
    for name, values in {
        "szCs": {"val": str(int(_SIZE.pt * 2))},
        "lang": {"val": language, "bidi": language},
    }.items():
        for old in known.findall(qn(f"w:{name}")):
            known.remove(old)
        told = OxmlElement(f"w:{name}")
        for key, value in values.items():
            told.set(qn(f"w:{key}"), value)
        known.append(told)
