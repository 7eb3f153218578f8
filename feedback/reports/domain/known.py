"""Whether a file is a document of a release, by its hash."""

from __future__ import annotations

from feedback.reports.models import ReportFile


def is_report(sha256: str) -> bool:
    """Whether a release has a document with exactly these bytes. One query."""
    return ReportFile.objects.filter(sha256=sha256).exists()
