"""Compiling: a dataset is read, its files are written apart, and a numbered release stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.long_work import Progress
from experts.domain import audit
from experts.models import User
from feedback.reports.domain import building
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.collecting import collect
from feedback.reports.domain.edition import TEMPLATE_VERSION, Edition
from feedback.reports.domain.facts import Dataset, sha256, to_json
from feedback.reports.enums import FileFormat
from feedback.reports.models import Report, ReportFile
from feedback.reports.querysets import ReportQuerySet
from materials.domain import store

# Who reads the rows: the compiler sees what the profile says, never what the asker may see.
SERVICE = "report compiler"
# Two releases never get a number at once: the key of the lock that guards them.
_LOCK = 0x7265706F


class NumberTaken(Exception):
    """Another release about the same got the number that stands in our documents."""


def compile_release(
    *,
    asked: Asked,
    language: str,
    by: User | None,
    at: datetime,
    progress: Progress = lambda percent, step: None,
    ending: Callable[[Report], None] = lambda report: None,
) -> Report:
    """The release of what is asked, made now or found again.

    `by` asked for it and is written down; what is read does not depend on them. `progress` is told
    each step and may raise to stop the work; `ending` is called with the release in the transaction
    that writes it. Nothing is written before all files are there. Raises NotPossible with a
    sentence for people.
    """
    progress(5, _("Reading the data"))
    dataset = collect(asked=asked, at=at)
    identity = _identity(asked, language, dataset)
    while True:
        found = Report.objects.filter(**identity).first()
        if found is not None:
            return _publish(asked, identity, found.number, dataset, {}, by, at, ending)
        number = _next(asked)
        edition = Edition(about(asked), number, language, settings.BASE_URL + reverse("verify"))
        try:
            with (
                building.no_space_is_said(),
                building.built(dataset, edition, progress=progress) as files,
            ):
                progress(95, _("Storing the release"))
                return _publish(asked, identity, number, dataset, files, by, at, ending)
        except NumberTaken:
            continue


def about(asked: Asked) -> str:
    """What a report is about, in the few letters of its number."""
    return Report(country=asked.country, cut=asked.cut).about


def _identity(asked: Asked, language: str, dataset: Dataset) -> dict[str, object]:
    return {
        "country": asked.country,
        "cut": asked.cut,
        "period_start": asked.period.start,
        "period_end": asked.period.end,
        "profile": asked.profile.value,
        "language": language,
        "template_version": TEMPLATE_VERSION,
        "dataset_sha256": sha256(to_json(dataset)),
    }


def _about_the_same(asked: Asked) -> ReportQuerySet:
    found: ReportQuerySet = Report.objects.filter(country=asked.country, cut=asked.cut)
    return found


def _next(asked: Asked) -> int:
    return (_about_the_same(asked).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def _publish(
    asked: Asked,
    identity: dict[str, object],
    number: int,
    dataset: Dataset,
    files: Mapping[FileFormat, Path],
    by: User | None,
    at: datetime,
    ending: Callable[[Report], None],
) -> Report:
    """Writes release and files at once, or finds the same release written meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    report = Report.objects.filter(**identity).select_related("country", "cut").first()
    if report is None:
        if _next(asked) != number or not files:
            raise NumberTaken
        report = Report.objects.create(
            **identity, number=number, dataset=json.loads(to_json(dataset)), compiled_at=at
        )
        for file_format, path in files.items():
            _keep(report, file_format, path)
        audit.record(
            deed="report compiled",
            about=report,
            by=by,
            at=at,
            country_id=report.country_id,
            service=SERVICE,
            number=number,
            sha256=report.dataset_sha256,
        )
    ending(report)
    return report


def _keep(report: Report, file_format: FileFormat, path: Path) -> None:
    """Keeps the bytes under their hash, whole or not at all; the same bytes are kept once."""
    digest = store.digest(path)
    name = f"reports/{digest[:2]}/{digest}"
    store.keep(path, name)
    ReportFile.objects.create(
        report=report, format=file_format, sha256=digest, size=path.stat().st_size, file=name
    )
