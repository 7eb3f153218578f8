"""The consent texts as one board: purposes across, languages down, gaps marked."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from feedback.focus_groups.domain.consenting import consent_page, consent_texts
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import ConsentText


@dataclass(frozen=True)
class Cell:
    """A purpose in a language: words and a look of a chip; `text` is None for a gap."""

    purpose: str
    text: ConsentText | None
    label: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Line:
    """A language with its cells, in the order of the purposes."""

    language: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A purpose with the number of its version in use."""

    purpose: str
    short: str
    label: str
    version: int


@dataclass(frozen=True)
class Board:
    """All texts in use; `missing` and `unread` count the gaps."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    missing: int
    unread: int


def build() -> Board:
    """The board of today. One query."""
    texts = consent_texts.all_current()
    lines = tuple(
        Line(
            code, str(name), tuple(_cell(purpose, texts[purpose].get(code)) for purpose in Purpose)
        )
        for code, name in settings.PROJECT_LANGUAGES
    )
    cells = [cell for line in lines for cell in line.cells]
    return Board(
        columns=tuple(_column(purpose, texts[purpose]) for purpose in Purpose),
        lines=lines,
        missing=sum(cell.text is None for cell in cells),
        unread=sum(cell.text is not None and not cell.text.file for cell in cells),
    )


def named(language: str) -> str:
    """The name of a language, in the reader's."""
    return str(dict(settings.PROJECT_LANGUAGES).get(language, language))


def _column(purpose: Purpose, texts: dict[str, ConsentText]) -> Column:
    version = texts[consent_texts.FIRST].version
    return Column(purpose.value, consent_page.short(purpose), str(purpose.label), version)


def _cell(purpose: Purpose, text: ConsentText | None) -> Cell:
    if text is None:
        return Cell(purpose.value, None, _("Missing"), "warn", "warning")
    if text.file:
        return Cell(purpose.value, text, _("Words and sound"), "ok", "check")
    return Cell(purpose.value, text, _("Words only"), "quiet", "file")
