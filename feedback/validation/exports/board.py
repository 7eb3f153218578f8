"""The quality board for spreadsheets: a line for each cell, read and sent in parts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from cop_platform.common.office_files import Echo, harmless
from experts.models import User
from feedback.validation.domain.board import asking, wording
from feedback.validation.domain.board.actions import Reader
from feedback.validation.domain.board.asking import BoardFilter, Facts
from feedback.validation.domain.board.page import open_changes
from feedback.validation.domain.board.states import GOOD_STATES, State
from materials.enums import MaterialAudience

_CHUNK = 500


def as_csv(wanted: BoardFilter, user: User, today: date) -> StreamingHttpResponse:
    """Every cell that fits, whatever page was looked at; two questions."""
    reader, changes = Reader(user), open_changes()
    writer = csv.writer(Echo())

    def sent() -> Iterator[str]:
        # Spreadsheets take a file with this mark for UTF-8, whatever language they speak.
        yield "\ufeff" + writer.writerow(_header())
        for cell in asking.streamed(wanted, today=today, chunk=_CHUNK):
            row = _line(cell, reader, changes.get(cell.material_id, (0, 0)))
            yield writer.writerow([harmless(value) for value in row])

    response = StreamingHttpResponse(sent(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="quality.csv"'
    return response


def _header() -> list[str]:
    return [
        _("Code"),
        _("Title"),
        _("Written for"),
        _("Country"),
        _("Language"),
        _("Version"),
        _("Verdict"),
        _("Valid until"),
        _("Released"),
        _("Open changes"),
        _("Critical changes"),
        _("What blocks the release"),
        _("Worth knowing"),
    ]


def _line(cell: Facts, reader: Reader, changes: tuple[int, int]) -> list[Any]:
    number, critical = changes
    words = wording.of(cell, critical=critical, signs=reader.signs(cell))
    until = cell.valid_until if cell.state in GOOD_STATES or cell.state == State.EXPIRED else None
    return [
        cell.code,
        cell.title,
        MaterialAudience(cell.audience).label,
        cell.country,
        wording.LANGUAGES[cell.language],
        cell.newest or "",
        State(cell.state).label,
        until.isoformat() if until else "",
        _("yes") if cell.released else _("no"),
        number,
        critical,
        " ".join(words.blocks),
        " ".join(words.notes),
    ]
