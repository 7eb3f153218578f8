"""The list of practices as a table, by the Chatham-House rule: countries and partners, no names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from cop_platform.common.office_files import Echo, harmless, table_file
from practices.domain.practices import adopting
from practices.models import Practice

NAME = "practices"
_WIDTHS = (40, 10, 30, 24, 18, 8, 12, 12, 12, 20, 30, 60, 60, 60, 14)


def header() -> list[str]:
    """The names of the columns, in the reader's language."""
    return [
        _("Title"),
        _("Country"),
        _("Partner"),
        _("Topic"),
        _("Maturity"),
        _("Version"),
        _("Language"),
        _("Published"),
        _("In use since"),
        _("Adopted in"),
        _("Tags"),
        _("The need it answers"),
        _("What came of it"),
        _("How we know"),
        _("Licence"),
    ]


def lines(practices: Iterable[Practice]) -> Iterator[list[Any]]:
    """One row a practice, of rows of `filters.apply`; two questions in all."""
    shown = list(practices)
    adopters = adopting.counts([practice.pk for practice in shown])
    languages = dict(settings.PROJECT_LANGUAGES)
    for practice in shown:
        version = practice.current
        assert version is not None
        yield [
            version.title,
            practice.country.code,
            practice.partner.name if practice.partner else "",
            practice.topic.name if practice.topic else "",
            practice.get_maturity_display(),
            version.number,
            str(languages.get(version.language, version.language)),
            version.published_on.isoformat() if version.published_on else "",
            practice.started_on.isoformat(),
            ", ".join(sorted(adopters.get(practice.pk, set()))),
            ", ".join(practice.tags),
            version.need,
            version.result,
            version.evidence,
            version.licence,
        ]


def as_csv(practices: Iterable[Practice]) -> StreamingHttpResponse:
    """The table as CSV."""
    writer = csv.writer(Echo())
    rows = list(lines(practices))

    def sent() -> Iterator[str]:
        # Spreadsheets take a file with this mark for UTF-8, whatever language they speak.
        yield "\ufeff" + writer.writerow(header())
        for row in rows:
            yield writer.writerow([harmless(cell) for cell in row])

    response = StreamingHttpResponse(sent(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.csv"'
    return response


def as_xlsx(practices: Iterable[Practice]) -> FileResponse:
    """The table as a workbook."""
    table = table_file(name=NAME, header=header(), widths=_WIDTHS, rows=lines(practices))
    return FileResponse(table, as_attachment=True, filename=f"{NAME}.xlsx")
