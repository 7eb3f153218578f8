"""Materials and what the panel said about them, as rows of the report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max

from feedback.reports.domain.shapes import CriterionRow, FigureRow, MaterialRow, RatingTable
from feedback.reviews.models import Assignment
from feedback.validation.domain.outcome.tables import (
    CriterionRatings,
    MaterialRatings,
    rating_tables,
)
from feedback.validation.figures import Figure
from materials.models import Version

# Enough to tell any two shares of a panel apart, and the same on every machine.
_DECIMALS = 6


def tables(*, country_id: int, until: datetime) -> tuple[RatingTable, ...]:
    """Every round the country's experts were asked in, counting what was sent in by then."""
    return tuple(_table(found) for found in rating_tables(country_id, _last_moment(until)))


def newest(*, country_id: int, until: datetime) -> date | None:
    """The day of the last review that counts; None without any."""
    own = Assignment.objects.filter(country_id=country_id)
    counted = own.filter(submitted_on__lte=_last_moment(until).date())
    return counted.aggregate(day=Max("submitted_on"))["day"]


def _last_moment(until: datetime) -> datetime:
    # Reviews carry a day, not an instant: a period that ends at midnight must not take the next.
    return until - timedelta(microseconds=1)


def materials(rated: Iterable[RatingTable], *, until: datetime) -> list[tuple[MaterialRow, date]]:
    """The versions this country was asked about, and the newest one of every other material.

    Beside each row the day of its upload.
    """
    asked = {(table.code, table.version): table for table in rated}
    known = Version.objects.filter(uploaded_at__lte=until).select_related("material")
    versions = list(known.order_by("material__code", "number"))
    newest_of = {version.material.code: version.number for version in versions}
    asked_about = {code for code, _number in asked}
    return [
        (_material(version, asked.get(key)), version.uploaded_at.date())
        for version in versions
        if (key := (version.material.code, version.number)) in asked
        or (key[0] not in asked_about and newest_of[key[0]] == version.number)
    ]


def language_name(code: str) -> str:
    """A language of the project by its name."""
    return str(dict(settings.PROJECT_LANGUAGES).get(code, code))


def _material(version: Version, table: RatingTable | None) -> MaterialRow:
    return MaterialRow(
        code=version.material.code,
        title=version.material.title,
        type=version.material.get_type_display(),
        language=version.language,
        language_label=language_name(version.language),
        version=version.number,
        sha256=version.sha256,
        assigned=table.assigned if table else 0,
        submitted=table.submitted if table else 0,
    )


def _table(found: MaterialRatings) -> RatingTable:
    return RatingTable(
        code=found.code,
        title=found.title,
        version=found.version,
        language=found.language,
        sha256=found.sha256,
        round_id=found.round_id,
        assigned=found.assigned,
        submitted=found.submitted,
        withheld=found.withheld,
        criteria=tuple(_criterion(row) for row in found.criteria),
        s_cvi_ave=_figure(found.s_cvi_ave),
        s_cvi_ua=_figure(found.s_cvi_ua),
    )


def _criterion(row: CriterionRatings) -> CriterionRow:
    return CriterionRow(
        code=row.code,
        text=row.text,
        n=row.n,
        not_applicable=row.not_applicable,
        distribution=tuple(row.distribution),
        median=row.median.value,
        relevant=row.relevant,
        needed=row.needed,
        passes=row.passes,
        i_cvi=_figure(row.i_cvi),
        low=_rounded(row.wilson.low),
        high=_rounded(row.wilson.high),
        kappa=_figure(row.kappa),
        aiken_v=_figure(row.aiken_v),
    )


def _figure(figure: Figure) -> FigureRow:
    return FigureRow(_rounded(figure.value), figure.n, str(figure.reason or ""))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
