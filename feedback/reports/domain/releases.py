"""Releases: numbered, each drawn from one dataset, never changed; compiling again finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common.long_work import Progress
from experts.domain import audit
from experts.models import Country, User
from feedback.reports.domain import pdf, xlsx
from feedback.reports.domain.dataset import collect
from feedback.reports.domain.period import Period
from feedback.reports.domain.shapes import Dataset, sha256, to_json
from feedback.reports.enums import FileFormat
from feedback.reports.models import Report, ReportFile

PROFILE, LANGUAGE = "agency", "en"


class NumberTaken(Exception):
    """Another release of the country got the number that stands in our documents."""


def compile_release(
    *,
    country: Country,
    period: Period,
    by: User | None,
    at: datetime,
    progress: Progress = lambda percent, step: None,
    ending: Callable[[Report], None] = lambda report: None,
) -> Report:
    """The release of this country and period, made now or found again.

    `progress` is told each step and may raise to stop the work; `ending` is called with the
    release in the transaction that writes it. Nothing is written before all documents are there.
    """
    with translation.override(LANGUAGE):
        progress(5, _("Reading the data"))
        dataset = collect(country=country, period=period, at=at)
        while True:
            number, known = _number(country, period, dataset)
            files = {} if known else _documents(dataset, number, progress)
            progress(95, _("Storing the release"))
            try:
                return _publish(country, period, dataset, number, files, by, at, ending)
            except NumberTaken:
                continue


def _identity(country: Country, period: Period, dataset: Dataset) -> dict[str, object]:
    return {
        "country": country,
        "period_start": period.start,
        "period_end": period.end,
        "profile": PROFILE,
        "language": LANGUAGE,
        "template_version": pdf.TEMPLATE_VERSION,
        "dataset_sha256": sha256(to_json(dataset)),
    }


def _number(country: Country, period: Period, dataset: Dataset) -> tuple[int, bool]:
    """The number this dataset has or would get, and whether it has one."""
    found = Report.objects.filter(**_identity(country, period, dataset)).first()
    return (found.number, True) if found else (_next(country), False)


def _next(country: Country) -> int:
    last = Report.objects.filter(country=country).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _documents(dataset: Dataset, number: int, progress: Progress) -> dict[FileFormat, bytes]:
    progress(20, _("Setting the PDF"))
    printed = pdf.build(dataset, number=number)
    progress(70, _("Writing the workbook"))
    book = xlsx.build(dataset, number=number)
    return {
        FileFormat.PDF: printed,
        FileFormat.XLSX: book,
        FileFormat.JSON: to_json(dataset),
    }


@transaction.atomic
def _publish(
    country: Country,
    period: Period,
    dataset: Dataset,
    number: int,
    files: dict[FileFormat, bytes],
    by: User | None,
    at: datetime,
    ending: Callable[[Report], None],
) -> Report:
    """Writes release and files at once, or finds the same release written meanwhile."""
    Country.objects.select_for_update(no_key=True).get(pk=country.pk)
    identity = _identity(country, period, dataset)
    report = Report.objects.filter(**identity).select_related("country").first()
    if report is None:
        if _next(country) != number or not files:
            raise NumberTaken
        report = Report.objects.create(
            **identity, number=number, dataset=asdict(dataset), compiled_at=at
        )
        for file_format, content in files.items():
            _store(report, file_format, content)
        audit.record(
            deed="report compiled",
            about=report,
            by=by,
            at=at,
            country_id=country.pk,
            number=number,
            sha256=report.dataset_sha256,
        )
    ending(report)
    return report


def _store(report: Report, file_format: FileFormat, content: bytes) -> None:
    """Keeps the bytes under their hash; the same bytes are kept once."""
    digest = sha256(content)
    name = f"reports/{digest[:2]}/{digest}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    ReportFile.objects.create(
        report=report, format=file_format, sha256=digest, size=len(content), file=name
    )
