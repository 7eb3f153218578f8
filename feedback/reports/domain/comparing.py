"""What changed since another release: figures by their place in a table, words by chapter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Chapter,
    Document,
    Heading,
    Note,
    Paragraph,
    Quote,
    Stats,
    plain,
)
from feedback.reports.domain import assembly, facts
from feedback.reports.domain.edition import Edition
from feedback.reports.models import Report

# These name the release itself, so they differ between any two.
_OWN = {"manifest"}


@dataclass(frozen=True)
class Changed:
    """A figure that says something else; "" where one of the two has no such figure."""

    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Said:
    """What a chapter says no more, and what it says for the first time."""

    chapter: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """Everything that two releases say differently."""

    figures: tuple[Changed, ...]
    texts: tuple[Said, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.figures or self.texts)


def document_of(report: Report, language: str) -> Document:
    """A release said again out of its dataset, in a language. Raises NotADataset."""
    dataset = facts.from_json(json.dumps(report.dataset).encode())
    return assembly.document(dataset, Edition(report.about, report.number, language))


def reports(before: Report, after: Report) -> Difference:
    """What changed from one release to the other, in the words of the later one's language.

    Raises NotADataset for a release of an older form.
    """
    language = after.language
    return documents(document_of(before, language), document_of(after, language))


def documents(before: Document, after: Document) -> Difference:
    """What changed from one document to the other; both in one language."""
    return Difference(tuple(_figures(before, after)), tuple(_texts(before, after)))


Place = tuple[str, str, str, int]


def _figures(before: Document, after: Document) -> Iterator[Changed]:
    old, captions = _cells(before), _captions(before) | _captions(after)
    new = _cells(after)
    for place in [*new, *(place for place in old if place not in new)]:
        was, now = old.get(place, ""), new.get(place, "")
        if was != now:
            table, row, column, _nth = place
            yield Changed(captions[table], row, column, was, now)


def _captions(document: Document) -> dict[str, str]:
    return {table.key: table.caption for table in document.tables()}


def _cells(document: Document) -> dict[Place, str]:
    """What stands at each place: table, row by its first cell, column by its heading.

    Rows that begin alike are counted, so that none hides another.
    """
    found: dict[Place, str] = {}
    for table in document.tables():
        if table.key in _OWN:
            continue
        seen: Counter[str] = Counter()
        for row in table.rows:
            label = plain(row[0].text) if row else ""
            seen[label] += 1
            for column, cell in list(zip(table.columns, row, strict=False))[1:]:
                found[(table.key, label, column.label, seen[label])] = plain(cell.text)
    return found


def _texts(before: Document, after: Document) -> Iterator[Said]:
    old = {chapter.key: chapter for chapter in before.all_chapters()}
    new = {chapter.key: chapter for chapter in after.all_chapters()}
    for key in [*new, *(key for key in old if key not in new)]:
        if key in _OWN:
            continue
        was, now = _sentences(old.get(key)), _sentences(new.get(key))
        gone = tuple((Counter(was) - Counter(now)).elements())
        added = tuple((Counter(now) - Counter(was)).elements())
        if gone or added:
            yield Said((new.get(key) or old[key]).title, gone, added)


def _sentences(chapter: Chapter | None) -> list[str]:
    blocks = chapter.blocks if chapter else ()
    return [text for block in blocks for text in _words(block) if text]


def _words(block: Block) -> Iterator[str]:
    """What a block says in words; tables and pictures are compared by their figures."""
    match block:
        case Paragraph(text) | Note(text):
            yield plain(text)
        case Heading(text):
            yield text
        case Bullets(items):
            yield from (plain(item) for item in items)
        case Quote(text):
            yield text
        case Stats(items):
            yield from (f"{item.label}: {item.value}" for item in items)
