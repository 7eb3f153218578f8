"""The report as a Word document that people can go on writing in.

Everything is a style of Word's own name; figures are pictures with words and a table; what people
typed is text and nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as Package
from docx.oxml.ns import qn

from cop_platform.common.office_files import repacked
from cop_platform.common.reporting.document import Bullets, Document
from feedback.reports.domain.writers.docx import blocks, frame, marks, styles
from feedback.reports.domain.writers.docx.marks import w
from feedback.reports.domain.writers.docx.sheets import Sheet
from feedback.reports.domain.writers.texts import writable

# What the empty document brings and a report has no use for.
_UNUSED = ("/thumbnail", "/customXml", "/theme", "/stylesWithEffects", "/webSettings")
_PROPERTY = 255  # characters a property of a document may have


def write(document: Document) -> bytes:
    """The document as .docx; the same document gives the same bytes."""
    package = docx.Document()
    sheet = Sheet(document, package)
    styles.write(package.styles.element, sheet.voice)
    numbering = package.part.numbering_part.element
    sheet.own_lists = styles.write_numbering(numbering, _ordered_lists(document))
    body = package.element.body
    section = body.find(qn("w:sectPr"))
    _running_lines(package, sheet)
    for element in _body(sheet):
        section.addprevious(element)
    body.replace(section, sheet.shape())
    _settings(package, sheet)
    _properties(package, document)
    _drop_unused(package)
    target = io.BytesIO()
    package.save(target)
    return repacked(target.getvalue())


def _body(sheet: Sheet) -> Iterator[Any]:
    yield from frame.cover(sheet)
    if sheet.document.has_contents:
        yield from frame.contents(sheet)
    yield frame.page_break()
    for chapter in sheet.document.chapters:
        yield from blocks.chapter(chapter, sheet, "Heading1")
    for number, annex in enumerate(sheet.document.annexes):
        if number == 0:
            yield frame.page_break()
        yield from blocks.chapter(annex, sheet, "Annex")


def _ordered_lists(document: Document) -> int:
    return sum(
        isinstance(block, Bullets) and block.ordered
        for chapter in document.all_chapters()
        for block in chapter.blocks
    )


def _running_lines(package: Package, sheet: Sheet) -> None:
    section = package.sections[0]
    for part, line in (
        (section.header, frame.header(sheet)),
        (section.footer, frame.footer(sheet)),
    ):
        part.is_linked_to_previous = False
        for old in list(part._element):
            part._element.remove(old)
        part._element.append(line)


def _settings(package: Package, sheet: Sheet) -> None:
    """The language of the spelling check for both directions of writing."""
    language = marks.region(sheet.voice.language)
    own = {"bidi": language} if sheet.voice.right_to_left else {}
    root = package.settings.element
    for old in root.findall(qn("w:themeFontLang")):
        old.getparent().replace(old, w("themeFontLang", **{"val": language} | own))


def _properties(package: Package, document: Document) -> None:
    day = datetime.fromisoformat(document.day)
    about = package.core_properties
    about.title = writable(document.title)[:_PROPERTY]
    about.subject = writable(document.description)[:_PROPERTY]
    about.author = about.last_modified_by = writable(document.author)[:_PROPERTY]
    about.keywords = writable(", ".join(document.keywords))[:_PROPERTY]
    about.language = document.language
    about.identifier = document.dataset_sha256
    about.version = writable(document.release)[:_PROPERTY]
    about.comments = ""
    about.revision = 1
    about.created = about.modified = day


def _drop_unused(package: Package) -> None:
    for relations in (package.part.package.rels, package.part.rels):
        for key in [k for k, rel in relations.items() if rel.reltype.endswith(_UNUSED)]:
            relations.pop(key)
