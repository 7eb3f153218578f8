"""A report before it is printed: chapters of blocks, in one language, ready for any format.

Everything is plain text and plain numbers; no writer ever reads markup out of it. `source` points
into the dataset (a JSON pointer such as /sections/ratings/tables/0/criteria/2/i_cvi), so that a
reader can go from a figure to the rows it comes from, and a test can count again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from cop_platform.common.reporting.drawings import Drawing


class Align(StrEnum):
    """Where a column's text stands; numbers stand at the end, in every direction of writing."""

    START = "start"
    END = "end"


class Sign(StrEnum):
    """A mark beside words, so that colour never speaks alone."""

    NONE = ""
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True)
class Span:
    """Words in one tone. `language` is named where it is not the document's own.

    `code` marks what reads from left to right whatever stands around it: hashes, codes, addresses.
    """

    text: str
    language: str = ""
    strong: bool = False
    soft: bool = False
    code: bool = False
    link: str = ""


Text = str | tuple[Span, ...]


@dataclass(frozen=True)
class Cell:
    """One cell. `value` is the number that `text` says, where it is one; `source` where it is from.

    `tint` colours a cell of a heat table between 0 (poor) and 1 (good); None leaves it plain.
    """

    text: Text
    value: float | None = None
    source: str = ""
    sign: Sign = Sign.NONE
    tint: float | None = None


@dataclass(frozen=True)
class Column:
    """A column's heading and its share of the width (weights, not centimetres)."""

    label: str
    width: float = 1
    align: Align = Align.START


@dataclass(frozen=True)
class Table:
    """A table with a heading row; `key` names it in all formats ("ratings-M03")."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading within a chapter; level 2 or 3, since the chapter itself is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list; `ordered` numbers it."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Note:
    """A box beside the prose: how to read this, what is missing, what is withheld and why."""

    text: Text
    sign: Sign = Sign.NONE


@dataclass(frozen=True)
class Quote:
    """Somebody's words as they are, who spoke (a role, never a name), and a translation if any."""

    text: str
    language: str
    said_by: str = ""
    translation: str = ""


@dataclass(frozen=True)
class Stat:
    """A number that opens a chapter, with what it counts."""

    value: str
    label: str
    source: str = ""


@dataclass(frozen=True)
class Stats:
    """Two to five numbers side by side."""

    items: tuple[Stat, ...]


@dataclass(frozen=True)
class Figure:
    """A picture: what it shows (`alt`, with the values in words), and its values as a table."""

    key: str
    caption: str
    alt: str
    drawing: Drawing
    table: Table


Block = Heading | Paragraph | Bullets | Note | Quote | Stats | Table | Figure


@dataclass(frozen=True)
class Chapter:
    """One chapter or annex; `key` is the section it comes from."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Picture:
    """An image that stands on the cover: the emblem, a partner's logo. `data` are the bytes."""

    name: str
    alt: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Cover:
    """The first page and the page behind it.

    `facts` are pairs of label and value; `statement` and `disclaimer` the funder's literal words,
    empty where none are signed off; `citation` how to cite; `check_words` how to verify.
    """

    kind: str
    title: str
    subtitle: str
    project: str
    facts: tuple[tuple[str, Text], ...]
    emblem: Picture | None = None
    logos: tuple[Picture, ...] = ()
    statement: str = ""
    disclaimer: str = ""
    citation: str = ""
    licence: str = ""
    check_words: str = ""
    check_address: str = ""


@dataclass(frozen=True)
class Labels:
    """The few words that writers themselves say, in the document's language."""

    contents: str
    page: str
    annexes: str
    data_table: str
    figure: str
    table: str
    release: str
    cite: str
    verify: str
    replaced_none: str
    replaced_some: str


@dataclass(frozen=True)
class Document:
    """A whole report in one language; `day` (ISO) is the date inside the files."""

    language: str
    right_to_left: bool
    title: str
    description: str
    author: str
    release: str
    day: str
    dataset_sha256: str
    cover: Cover
    chapters: tuple[Chapter, ...]
    annexes: tuple[Chapter, ...]
    labels: Labels
    keywords: tuple[str, ...] = field(default=())

    def all_chapters(self) -> tuple[Chapter, ...]:
        return self.chapters + self.annexes

    @property
    def has_contents(self) -> bool:
        """One chapter is found without a list of it."""
        return len(self.all_chapters()) > 1

    def tables(self) -> Iterator[Table]:
        """Every table, also those behind figures, in reading order."""
        return tables_of(self.all_chapters())


def tables_of(chapters: Iterable[Chapter]) -> Iterator[Table]:
    """Every table of some chapters, also those behind figures, in reading order."""
    for chapter in chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Figure):
                yield block.table


def plain(text: Text) -> str:
    """The words alone."""
    return text if isinstance(text, str) else "".join(span.text for span in text)
