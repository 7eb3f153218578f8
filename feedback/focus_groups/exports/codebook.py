"""The codebook as a table for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from cop_platform.common.office_files import Echo, harmless
from experts.models import Country
from feedback.focus_groups.domain.coding.codebook_page import Row


def header() -> list[str]:
    """The names of the columns, in the reader's language."""
    return [
        _("Code"),
        _("When to use it"),
        _("When not to use it"),
        _("Quotes"),
        _("Quotes coded by two or more"),
        _("Alpha (Krippendorff)"),
        _("Same answer, per cent"),
        _("How to read it"),
        _("Themes"),
    ]


def as_csv(country: Country, rows: list[Row]) -> StreamingHttpResponse:
    """One row a code; nothing a person typed is calculated."""
    writer = csv.writer(Echo())

    def sent() -> Iterator[str]:
        # Spreadsheets take a file with this mark for UTF-8, whatever language they speak.
        yield "\ufeff" + writer.writerow(header())
        for row in rows:
            cells = [
                row.code.name,
                row.code.meaning,
                row.code.not_for,
                row.quotes,
                row.found.quotes,
                float(row.alpha) if row.alpha else "",
                row.percent,
                row.why_not or row.reading,
                "; ".join(row.themes),
            ]
            yield writer.writerow([harmless(cell) for cell in cells])

    response = StreamingHttpResponse(sent(), content_type="text/csv; charset=utf-8")
    name = f"codebook-{country.code.lower()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
