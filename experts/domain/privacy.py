"""The register of personal data as a page, a file and a chapter of a document."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common import personal_data
from cop_platform.common.personal_data import Record

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "privacy.md"
_FROM, _TO = "<!-- register -->", "<!-- end of register -->"
_MARK = "\ufeff"  # spreadsheet programs take UTF-8 for another alphabet without it


@dataclass(frozen=True)
class Row:
    """Fields of one model that are told together, in words."""

    model: str
    fields: tuple[str, ...]
    record: Record

    @property
    def handling(self) -> personal_data.Handling:
        return self.record.handling


@dataclass(frozen=True)
class Room:
    """An app with its rows."""

    name: str
    rows: list[Row]

    @property
    def fields(self) -> int:
        return sum(len(row.fields) for row in self.rows)


def rooms() -> list[Room]:
    """The register by app, in the order in which apps build on each other."""
    by_app = {
        label: [_row(record) for record in found]
        for label, found in groupby(
            personal_data.records(), key=lambda record: record.model.partition(".")[0]
        )
    }
    installed = [config.label for config in apps.get_app_configs()]
    return [Room(_names()[label], by_app[label]) for label in sorted(by_app, key=installed.index)]


def as_csv() -> Iterator[str]:
    """One line a field, the heading first."""
    heading = [_("Field"), _("Kind"), _("Why"), _("Kept"), _("Given out"), _("Erased")]
    yield _MARK + _line(heading)
    for line in personal_data.lines():
        record = line.record
        handling = record.handling
        cells = [record.kind.label, record.why, handling.kept, handling.exported, handling.erased]
        yield _line([line.field, *map(str, cells)])


def with_register(document: str) -> str:
    """The document with the table between its marks as the register says it today, in English."""
    before, _mark, rest = document.partition(_FROM)
    after = rest.partition(_TO)[2]
    with translation.override("en"):
        return f"{before}{_FROM}\n\n{_markdown()}\n{_TO}{after}"


def _markdown() -> str:
    parts = []
    for room in rooms():
        parts += [
            f"### {room.name}\n",
            "| Fields | Kind | Why | Kept | Erased |",
            "|---|---|---|---|---|",
        ]
        parts += [
            f"| {row.model}: {', '.join(row.fields)} | {row.record.kind.label} | {row.record.why} "
            f"| {row.handling.kept} | {row.handling.erased} |"
            for row in room.rows
        ]
        parts.append("")
    return "\n".join(parts)


def _names() -> dict[str, str]:
    return {
        "experts": _("People and accounts"),
        "materials": _("Materials"),
        "cop_sessions": _("Sessions"),
        "practices": _("Practices"),
        "feedback": _("Reviews, focus groups, forms and reports"),
    }


def _row(record: Record) -> Row:
    return Row(record.model.partition(".")[2], record.fields, record)


def _line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
