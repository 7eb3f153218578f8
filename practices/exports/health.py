"""All figures for spreadsheets, each with its formula; what is hidden on the page is hidden here.

No line is about a person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _

from cop_platform.common.office_files import table_file
from experts.models import Country
from practices.domain.health.figure import LEAST, Figure, Measure
from practices.domain.health.kept import Health

NAME = "health"
_WIDTHS = (10, 24, 10, 8, 12, 12, 16, 14, 70, 34)


def header() -> list[str]:
    return [
        _("Community"),
        _("Indicator"),
        _("Value"),
        _("n"),
        _("Unit"),
        _("Counted"),
        _("90 days before"),
        _("By chance"),
        _("Formula"),
        _("Source"),
    ]


def lines(health: Health, countries: Sequence[Country]) -> Iterator[list[str | int]]:
    """A line for each figure of the project, then of each country."""
    for figure in health.figures():
        yield _line(_("Project"), figure)
    for country in countries:
        for figure in health.figures(country.pk):
            yield _line(country.code, figure)


def _line(community: str, figure: Figure) -> list[str | int]:
    indicator, now = figure.indicator, figure.now
    return [
        community,
        str(indicator.label),
        _number(figure.value) or _why(now),
        now.n if now.n >= LEAST else _why(now),
        indicator.unit.value,
        str(indicator.counted),
        _number(figure.before.shown if figure.before else None),
        _number(now.chance if figure.value is not None else None),
        str(indicator.formula),
        str(indicator.source),
    ]


def _number(value: float | None) -> str:
    """With a point, whatever the reader's language: programs read it."""
    return "" if value is None else f"{value:.3f}"


def _why(measure: Measure) -> str:
    return _("fewer than {n}").format(n=LEAST) if measure.is_hidden else ""


def as_csv(health: Health, countries: Sequence[Country]) -> HttpResponse:
    """A few hundred lines at most, in one piece."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(header())
    writer.writerows(lines(health, countries))
    # Spreadsheets take a file with this mark for UTF-8, whatever language they speak.
    response = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.csv"'
    return response


def as_xlsx(health: Health, countries: Sequence[Country]) -> FileResponse:
    table = table_file(name=NAME, header=header(), widths=_WIDTHS, rows=lines(health, countries))
    return FileResponse(table, as_attachment=True, filename=f"{NAME}.xlsx")
