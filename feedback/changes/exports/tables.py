"""The ledger as a table for spreadsheets, row by row; nothing a person typed is calculated."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from cop_platform.common.office_files import Echo, harmless, table_file
from experts.models import User
from feedback.changes import sources
from feedback.changes.domain.page import country_of
from feedback.changes.models import ChangeRequest

NAME = "changes"
_CHUNK = 500
_WIDTHS = (8, 8, 30, 8, 60, 60, 12, 22, 60, 8, 24, 12, 12, 10, 18)


def header() -> list[str]:
    """The names of the columns, in the reader's language."""
    return [
        _("Number"),
        _("Code"),
        _("Title"),
        _("Version"),
        _("What is asked"),
        _("Words of the public table"),
        _("Severity"),
        _("Decision"),
        _("Reason"),
        _("Done in version"),
        _("Who decides"),
        _("Decide by"),
        _("Asked on"),
        _("Country"),
        _("Made of"),
    ]


def lines(changes: Iterable[ChangeRequest], user: User) -> Iterator[list[Any]]:
    """One row a request, of rows of `with_facts`; the country only where it may be known."""
    for change in changes:
        yield [
            change.pk,
            change.material.code,
            change.material.title,
            change.version.number,
            change.asked,
            change.public_asked,
            change.get_severity_display(),
            change.get_decision_display(),
            change.reason,
            change.done_in.number if change.done_in else "",
            (change.owner or change.material.owner).name,
            change.due_on.isoformat() if change.due_on else "",
            change.raised_on.isoformat(),
            country_of(change, user),
            sources.label(change.source_kind),
        ]


def as_csv(changes: Any, user: User) -> StreamingHttpResponse:
    """The table as CSV, sent while it is read."""
    writer = csv.writer(Echo())
    rows = lines(changes.iterator(chunk_size=_CHUNK), user)

    def sent() -> Iterator[str]:
        # Spreadsheets take a file with this mark for UTF-8, whatever language they speak.
        yield "\ufeff" + writer.writerow(header())
        for row in rows:
            yield writer.writerow([harmless(cell) for cell in row])

    response = StreamingHttpResponse(sent(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.csv"'
    return response


def as_xlsx(changes: Any, user: User) -> FileResponse:
    """The table as a workbook, written row by row to a file that goes when it is sent."""
    rows = lines(changes.iterator(chunk_size=_CHUNK), user)
    table = table_file(name=NAME, header=header(), widths=_WIDTHS, rows=rows)
    return FileResponse(table, as_attachment=True, filename=f"{NAME}.xlsx")
