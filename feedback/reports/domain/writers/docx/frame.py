"""What stands around the chapters: cover, the page behind it, contents, running lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.shared import Cm

from cop_platform.common.reporting.document import Chapter, Picture, Span, Text
from feedback.reports.domain.writers.docx import marks
from feedback.reports.domain.writers.docx.marks import w
from feedback.reports.domain.writers.docx.paper import Paper
from feedback.reports.domain.writers.docx.tables import WIDTH
from feedback.reports.domain.writers.figures import letter

# The emblem is at least a centimetre high, and no logo is higher than the emblem.
_EMBLEM, _LOGO = int(Cm(1.6)), int(Cm(1.4))
_PAGES = re.compile(r"(%\(pages?\)s)")
_FIELDS = {"%(page)s": "PAGE", "%(pages)s": "NUMPAGES"}


def cover(paper: Paper) -> Iterator[Any]:
    """The first page, and the page behind it."""
    found = paper.document.cover
    if found.logos:
        yield _pictures(found.logos, paper, _LOGO)
    yield paper.paragraph(found.kind, "CoverKind")
    yield paper.paragraph(found.title, "Title")
    yield paper.paragraph(found.subtitle, "Subtitle")
    if found.project:
        yield paper.paragraph((Span(found.project, strong=True),), "CoverLine")
    for label, said in found.facts:
        yield _fact(label, said, paper)
    if found.emblem:
        yield _pictures((found.emblem,), paper, _EMBLEM, before=1200)
    if found.statement:
        yield paper.paragraph(found.statement, "CoverLine")
    yield page_break()
    yield from _behind(paper)


def _behind(paper: Paper) -> Iterator[Any]:
    found, labels = paper.document.cover, paper.labels
    if found.disclaimer:
        yield paper.paragraph(found.disclaimer, "Normal")
    if found.licence:
        yield paper.paragraph(found.licence, "Normal")
    if found.citation:
        yield paper.paragraph(labels.cite, "FrontHeading")
        yield paper.paragraph(found.citation, "Normal")
    yield paper.paragraph(labels.verify, "FrontHeading")
    yield paper.paragraph(found.check_words, "Normal")
    if found.check_address:
        link = Span(found.check_address, code=True, link=found.check_address)
        yield paper.paragraph((link,), "Normal")
    yield page_break()


def _fact(label: str, said: Text, paper: Paper) -> Any:
    words = (Span(said),) if isinstance(said, str) else said
    return paper.paragraph((Span(f"{label}: ", soft=True), *words), "CoverLine")


def _pictures(found: tuple[Picture, ...], paper: Paper, high: int, before: int = 0) -> Any:
    """Pictures in a line; one that Word cannot show is said in its words."""
    line = paper.paragraph("", "CoverLine", more=())
    if before:
        place = line.find(f"{{{line.nsmap['w']}}}pPr")
        place.append(w("spacing", before=before, after=80))
    for picture in found:
        shown = None
        if picture.media_type != "image/svg+xml":
            shown = paper.drawing(picture.data, picture.alt, height=high)
        if shown is None:
            line.extend(marks.runs(f"{picture.alt}   ", paper.voice))
        else:
            line.extend([shown, *marks.runs("   ", paper.voice)])
    return line


def contents(paper: Paper) -> Iterator[Any]:
    """The chapters as links, in a field that Word turns into one with pages when it is updated."""
    document = paper.document
    yield paper.paragraph(paper.labels.contents, "FrontHeading")
    entries = [
        *_entries(document.chapters, paper, str),
        *_entries(document.annexes, paper, letter),
    ]
    before = marks.field('TOC \\o "1-1" \\t "Annex,1" \\h \\z \\u')
    for number, entry in enumerate(entries):
        if number == 0:
            for place, run in enumerate(before[:3], 1):
                entry.insert(place, run)
        if number == len(entries) - 1:
            entry.append(before[3])
        yield entry


def _entries(chapters: tuple[Chapter, ...], paper: Paper, name: Any) -> Iterator[Any]:
    for number, chapter in enumerate(chapters, 1):
        line = paper.paragraph("", "Toc1")
        link = w("hyperlink", anchor=paper.anchor(chapter.key), history=1)
        words = (Span(name(number), code=True), Span("  "), Span(chapter.title))
        link.extend(marks.runs(words, paper.voice))
        line.append(link)
        yield line


def _stop() -> Any:
    """A tab goes to the end of the line."""
    return w("tabs", w("tab", val="end", pos=WIDTH))


def page_break() -> Any:
    return w("p", w("r", w("br", type="page")))


def header(paper: Paper) -> Any:
    """Title and release, on every page but the first."""
    document = paper.document
    said = (Span(document.title), Span("\t"), Span(document.release, code=True))
    return paper.paragraph(said, "Header", more=(_stop(),))


def footer(paper: Paper) -> Any:
    """The dataset's hash, so that a single sheet can still be traced, and the page."""
    line = paper.paragraph(
        (Span(f"SHA-256 {paper.document.dataset_sha256[:16]}", code=True), Span("\t")),
        "Footer",
        more=(_stop(),),
    )
    for piece in _PAGES.split(paper.labels.page):
        if piece in _FIELDS:
            line.extend(marks.field(_FIELDS[piece], marks.runs("1", paper.voice)))
        else:
            line.extend(marks.runs(piece, paper.voice))
    return line


def page_shape(section: Any, *, right_to_left: bool) -> None:
    """A4, a first page of its own, and the direction of the whole document."""
    for old in list(section):
        if not old.tag.endswith("Reference"):
            section.remove(old)
    section.append(w("pgSz", w=11906, h=16838))
    sides = {"top": 1360, "right": 1247, "bottom": 1247, "left": 1247}
    section.append(w("pgMar", **sides, header=624, footer=567, gutter=0))
    section.append(w("titlePg"))
    if right_to_left:
        section.append(w("bidi"))
