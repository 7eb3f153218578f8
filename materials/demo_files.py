"""The demo project's own documents, written here and set at seed time, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import fontpkg_noto_sans
import typst
from django.conf import settings
from docx.document import Document
from docx.shared import Pt, RGBColor

FOLDER = Path(__file__).parent / "demo_documents"
# Noon of the day the demo's documents were written; their files never depend on the clock.
WRITTEN = datetime(2025, 9, 1, 12, 0)
_UTC_SECONDS = 1_756_728_000
_TEAL = RGBColor(0x0E, 0x5C, 0x5E)


def guide(language: str) -> bytes:
    """The mentor guide as a PDF of eight pages; English and Arabic are written."""
    return _typeset("guide.typ", {"lang": language})


def short(code: str, number: int = 1) -> bytes:
    """One of the short materials as a PDF of two pages."""
    return _typeset("short.typ", {"code": code, "number": str(number)})


def workbook(language: str) -> bytes:
    """The learner workbook as a PDF of two pages; Bulgarian, German, Greek and Spanish."""
    return _translated("M02", "workbook.json", language)


def cards_guide(language: str) -> bytes:
    """How the picture cards are used, as a PDF of two pages; German."""
    return _translated("M04", "cards.json", language)


def cards(language: str) -> bytes:
    """Eight picture cards as a PDF of two pages; English, Greek and Arabic at their feet."""
    return _typeset("cards.typ", {"lang": language})


def _translated(code: str, words: str, language: str) -> bytes:
    return _typeset("translated.typ", {"code": code, "words": words, "lang": language})


def _typeset(name: str, words: dict[str, str]) -> bytes:
    fonts = [
        Path(fontpkg_noto_sans.__file__).parent / "files",
        settings.NODE_MODULES / "vazirmatn" / "fonts" / "ttf",
    ]
    return typst.compile(
        str(FOLDER / name),
        root=str(FOLDER),
        font_paths=[str(path) for path in fonts],
        ignore_system_fonts=True,
        sys_inputs=words,
        timestamp=_UTC_SECONDS,
    )


def portfolio_template() -> bytes:
    """The empty portfolio as a Word document."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(11)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = "My portfolio", "", ""
    core.created = core.modified = WRITTEN
    core.revision, core.comments = 1, ""
    _heading(document, "My portfolio", 0)
    document.add_paragraph("This is mine. I decide what stands here and who may read it.")
    _heading(document, "Who I am", 1)
    document.add_paragraph("The first sentence somebody here should read about me:")
    document.add_paragraph("…")
    _heading(document, "What I can do", 1)
    _table(document, ("I can", "I learned it there", "This shows it", "Who may see it"), 5)
    _heading(document, "My languages", 1)
    document.add_paragraph("A1 to C2, for each thing one does with a language.")
    heads = ("Language", "Listening", "Reading", "Talking together", "Speaking", "Writing")
    _table(document, heads, 4)
    _heading(document, "What I have done", 1)
    document.add_paragraph("Work counts with pay and without, in a firm, at home, on the way.")
    _table(document, ("From – to", "Place", "What I did there", "Who can confirm it"), 4)  # noqa: RUF001
    _heading(document, "What I do next", 1)
    for question in ("My next step:", "Until when:", "Who helps me:"):
        document.add_paragraph(question)
    document.add_paragraph(
        "Leave out: numbers of papers, health, religion, status, the address where you live."
    )
    buffer = io.BytesIO()
    document.save(buffer)
    return _repacked(buffer.getvalue())


def _heading(document: Document, text: str, level: int) -> None:
    for run in document.add_heading(text, level).runs:
        run.font.name, run.font.color.rgb = "Noto Sans", _TEAL


def _table(document: Document, heads: tuple[str, ...], rows: int) -> None:
    table = document.add_table(rows=rows + 1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head


def _repacked(data: bytes) -> bytes:
    """The same archive with sorted entries and fixed times."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, source.read(name))
    return target.getvalue()
