"""Releases and runs as rows, without the work of compiling them."""

from __future__ import annotations

import json
import tempfile
import uuid
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from experts.enums import Role
from feedback.reports.domain.edition import TEMPLATE_VERSION
from feedback.reports.domain.facts import Dataset, sha256, to_json
from feedback.reports.enums import FileFormat
from feedback.reports.models import Report, ReportCut, ReportFile, ReportRun
from feedback.reviews.domain import rubrics
from feedback.reviews.models import Assignment, Rating, ReviewRound
from tests import factories as make


@contextmanager
def quick_files(dataset, edition, *, progress=lambda percent, step: None):
    """Stands in for the process that sets the documents: small files that hold what it was given.

    For tests of what becomes of files; the documents themselves have tests of their own.
    """
    progress(30, "Setting the pages")
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for kind in FileFormat:
            files[kind] = Path(folder) / f"report.{kind.value}"
            files[kind].write_bytes(f"{kind.value} {edition}".encode())
        files[FileFormat.JSON].write_bytes(to_json(dataset))
        yield files


def report(code: str = "BG", number: int = 1, profile: str = "agency") -> Report:
    """A release with four small files."""
    found = Report.objects.create(
        country=make.country(code),
        number=number,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
        profile=profile,
        template_version="1",
        dataset_sha256=sha256(f"{code} {number}".encode()),
        dataset={},
        compiled_at=make.NOW,
    )
    for file_format in FileFormat:
        content = f"{file_format.value} of {code} {number}".encode()
        digest = sha256(content)
        name = default_storage.save(f"reports/{digest}", ContentFile(content))
        ReportFile.objects.create(
            report=found, format=file_format, sha256=digest, size=len(content), file=name
        )
    return found


def run(code: str = "BG", end: date = date(2026, 6, 30)) -> ReportRun:
    """A run that waits for a worker."""
    country = make.country(code)
    return ReportRun.objects.create(
        country=country,
        period_start=date(2026, 1, 1),
        period_end=end,
        requested_by=make.person(Role.COORDINATOR, code),
        requested_at=timezone.now(),
    )


def rated(
    code: str, scores: list[list[int | None]], *, asked: int, day: date = date(2026, 11, 20)
) -> ReviewRound:
    """A round on a new version with `asked` experts; `scores` holds one list per review sent in."""
    rubric = rubrics.current()
    review_round = ReviewRound.objects.create(
        version=make.version(make.material(code)),
        rubric=rubric,
        country=make.country(code),
        opened_by=make.person(Role.COORDINATOR, code),
        opened_at=make.NOW - timedelta(days=90),
        due_on=day,
    )
    for number in range(asked):
        sent = number < len(scores)
        assignment = Assignment.objects.create(
            round=review_round,
            reviewer_code=uuid.uuid4(),
            country=make.country(code),
            due_on=day,
            submitted_on=day if sent else None,
        )
        for criterion, score in zip(
            rubric.criteria.all(), scores[number] if sent else [], strict=False
        ):
            Rating.objects.create(
                assignment=assignment,
                criterion=criterion,
                wording=criterion.text,
                score=score,
                not_applicable=score is None,
                na_reason="" if score else "Not my field",
                comment="Secret comment",
            )
    return review_round


def cut(name: str = "Mid-term", *codes: str) -> ReportCut:
    """A named report over some countries."""
    found = ReportCut.objects.create(
        name=name, created_by=make.person(Role.PROJECT_MANAGER), created_at=make.NOW
    )
    found.countries.set([make.country(code) for code in codes])
    return found


def held(dataset: Dataset, number: int = 1) -> Report:
    """A Bulgarian release that holds a dataset, and no files."""
    return Report.objects.create(
        country=make.country("BG"),
        number=number,
        period_start=date.fromisoformat(dataset.start),
        period_end=date.fromisoformat(dataset.end),
        template_version=TEMPLATE_VERSION,
        dataset_sha256=sha256(to_json(dataset)),
        dataset=json.loads(to_json(dataset)),
        compiled_at=make.NOW + timedelta(minutes=number),
    )
