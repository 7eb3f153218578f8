"""What stands around the chapters: cover, the page behind it, contents, running lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.shared import Cm

from cop_platform.common.reporting.document import Chapter, Picture, Span, Text
from feedback.reports.domain.writers.docx import logos, marks
from feedback.reports.domain.writers.docx.marks import w
from feedback.reports.domain.writers.docx.sheets import Sheet
from feedback.reports.domain.writers.docx.tables import WIDTH
from feedback.reports.domain.writers.figures import letter

# The emblem is at least a centimetre high, and no logo is higher than the emblem.
_EMBLEM, _LOGO, _WIDEST = int(Cm(1.6)), int(Cm(1.4)), int(Cm(7))
_PAGES = re.compile(r"(%\(pages?\)s)")
_FIELDS = {"%(page)s": "PAGE", "%(pages)s": "NUMPAGES"}


def cover(sheet: Sheet) -> Iterator[Any]:
    """The first page, and the page behind it."""
    found = sheet.document.cover
    if found.logos:
        yield _pictures(found.logos, sheet, _LOGO)
    yield sheet.paragraph(found.kind, "CoverKind")
    yield sheet.paragraph(found.title, "Title")
    yield sheet.paragraph(found.subtitle, "Subtitle")
    if found.project:
        yield sheet.paragraph((Span(found.project, strong=True),), "CoverLine")
    for label, said in found.facts:
        yield _fact(label, said, sheet)
    if found.emblem:
        yield _pictures((found.emblem,), sheet, _EMBLEM, before=1200)
    if found.statement:
        yield sheet.paragraph(found.statement, "CoverLine")
    yield page_break()
    yield from _behind(sheet)


def _behind(sheet: Sheet) -> Iterator[Any]:
    found, labels = sheet.document.cover, sheet.labels
    if found.disclaimer:
        yield sheet.paragraph(found.disclaimer, "Normal")
    if found.licence:
        yield sheet.paragraph(found.licence, "Normal")
    if found.citation:
        yield sheet.paragraph(labels.cite, "FrontHeading")
        yield sheet.paragraph(found.citation, "Normal")
    yield sheet.paragraph(labels.verify, "FrontHeading")
    yield sheet.paragraph(found.check_words, "Normal")
    if found.check_address:
        link = Span(found.check_address, code=True, link=found.check_address)
        yield sheet.paragraph((link,), "Normal")
    yield page_break()


def _fact(label: str, said: Text, sheet: Sheet) -> Any:
    words = (Span(said),) if isinstance(said, str) else said
    return sheet.paragraph((Span(f"{label}: ", soft=True), *words), "CoverLine")


def _pictures(found: tuple[Picture, ...], sheet: Sheet, high: int, before: int = 0) -> Any:
    """Pictures in a line; one that Word cannot show is said in its words."""
    line = sheet.paragraph("", "CoverLine", more=())
    if before:
        place = line.find(f"{{{line.nsmap['w']}}}pPr")
        place.append(w("spacing", before=before, after=80))
    ready = logos.shown(found)
    for picture in found:
        shown = sheet.drawing(ready.get(picture.data, b""), picture.alt, height=high, most=_WIDEST)
        if shown is None:
            line.extend(marks.runs(f"{picture.alt}   ", sheet.voice))
        else:
            line.extend([shown, *marks.runs("   ", sheet.voice)])
    return line


def contents(sheet: Sheet) -> Iterator[Any]:
    """The chapters as links, in a field that Word turns into one with pages when it is updated."""
    document = sheet.document
    yield sheet.paragraph(sheet.labels.contents, "FrontHeading")
    entries = [
        *_entries(document.chapters, sheet, str),
        *_entries(document.annexes, sheet, letter),
    ]
    before = marks.field('TOC \\o "1-1" \\t "Annex,1" \\h \\z \\u')
    for number, entry in enumerate(entries):
        if number == 0:
            for place, run in enumerate(before[:3], 1):
                entry.insert(place, run)
        if number == len(entries) - 1:
            entry.append(before[3])
        yield entry


def _entries(chapters: tuple[Chapter, ...], sheet: Sheet, name: Any) -> Iterator[Any]:
    for number, chapter in enumerate(chapters, 1):
        line = sheet.paragraph("", "Toc1")
        link = w("hyperlink", anchor=sheet.anchor(chapter.key), history=1)
        words = (Span(name(number), code=True), Span("  "), Span(chapter.title))
        link.extend(marks.runs(words, sheet.voice))
        line.append(link)
        yield line


def _stop() -> Any:
    """A tab goes to the end of the line."""
    return w("tabs", w("tab", val="end", pos=WIDTH))


def page_break() -> Any:
    return w("p", w("r", w("br", type="page")))


def header(sheet: Sheet) -> Any:
    """Title and release, on every page but the first."""
    document = sheet.document
    said = (Span(document.title), Span("\t"), Span(document.release, code=True))
    return sheet.paragraph(said, "Header", more=(_stop(),))


def footer(sheet: Sheet) -> Any:
    """The dataset's hash, so that a single sheet can still be traced, and the page."""
    line = sheet.paragraph(
        (Span(f"SHA-256 {sheet.document.dataset_sha256[:16]}", code=True), Span("\t")),
        "Footer",
        more=(_stop(),),
    )
    for piece in _PAGES.split(sheet.labels.page):
        if piece in _FIELDS:
            line.extend(marks.field(_FIELDS[piece], marks.runs("1", sheet.voice)))
        else:
            line.extend(marks.runs(piece, sheet.voice))
    return line
