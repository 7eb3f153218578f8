"""The form as a Word document, written and read.

Each field is a row of a table: its label with a hidden key, and a cell to write in. Each line of a
text is a paragraph of its own.
"""

from __future__ import annotations

import io
import re
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Cm

from feedback.reviews.domain import word_files
from feedback.reviews.domain.form_files.shapes import (
    FIELDS,
    FORMAT,
    STAMP,
    Form,
    Row,
    printable,
)

_MARK = re.compile(r"\[\[(c[0-9]{1,18})\.([a-z]{1,12})\]\]")
MAX_FIELDS = 2_000
_WIDTHS = (Cm(4.5), Cm(11))


def write(form: Form) -> bytes:
    """The document; the same form gives the same bytes, and no property names anybody."""
    made = word_files.empty()
    _hidden(_directed(made.add_paragraph(), form), form.stamp)
    _directed(made.add_heading(printable(form.title), level=1), form)
    for sentence in form.note:
        _directed(made.add_paragraph(sentence, style="List Bullet"), form)
    for row in form.rows:
        _write_row(made, row, form)
    return word_files.packed(made)


def _write_row(made: Any, row: Row, form: Form) -> None:
    _directed(made.add_heading(f"{row.code}  {printable(row.text)}", level=2), form)
    _directed(made.add_paragraph(row.scale), form)
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    if form.is_rtl:
        word_files.turn(table)
    for field in FIELDS:
        if row.is_text and field in {"suggestion", "confidence"}:
            continue
        label, value = table.add_row().cells
        label.width, value.width = _WIDTHS
        label.paragraphs[0].add_run(form.labels[field])
        _hidden(_directed(label.paragraphs[0], form), f"[[{row.key}.{field}]]")
        _write_lines(value, printable(getattr(row.answer, field)), form)


def _write_lines(cell: Any, text: str, form: Form) -> None:
    """Each line as a paragraph, each in the direction of its own words."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line)
        _directed(paragraph, form, line)


def _directed(paragraph: Any, form: Form, text: str = "") -> Any:
    """The paragraph set from the right where the form is, or where its own words are."""
    return word_files.directed(paragraph, text, otherwise=form.is_rtl)


def _hidden(paragraph: Any, text: str) -> None:
    """Words that the program keeps and does not show."""
    run = paragraph.add_run(text)
    run.font.hidden = True


def read(data: bytes) -> tuple[str, dict[str, dict[str, str]]]:
    """The stamp (empty where there is none) and the fields by key. Raises what python-docx raises.

    What was typed with changes tracked is read as if they were accepted.
    """
    body = docx.Document(io.BytesIO(data)).element.body
    stamp = next((s for p in body.iter(qn("w:p")) if (s := _text(p)).startswith(FORMAT)), "")
    told = STAMP.search(stamp)
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(body.iter(qn("w:tr"))):
        cells = row.findall(qn("w:tc"))
        if number >= MAX_FIELDS or len(cells) < 2:
            continue
        mark = _MARK.search(_text(cells[0]))
        if mark and mark[2] in FIELDS:
            lines = [_text(paragraph) for paragraph in cells[1].iter(qn("w:p"))]
            found.setdefault(mark[1], {})[mark[2]] = "\n".join(lines)
    return told[0] if told else "", found


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _text(element: Any) -> str:
    """The words below an element, whoever tracked them; what was struck out is not among them."""
    said = []
    for inner in element.iter():
        name = inner.tag.rpartition("}")[2] if isinstance(inner.tag, str) else ""
        if name == "t":
            said.append(inner.text or "")
        elif name in _SIGNS and inner.getparent().tag == qn("w:r"):
            said.append(_SIGNS[name])
    return "".join(said)
