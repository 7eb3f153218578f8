"""Whether a file is a document of a release, by its hash; and what its own dataset says of it."""

from __future__ import annotations

from pathlib import Path

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from feedback.reports.domain import page, proving
from feedback.reports.enums import FileFormat, Step
from feedback.reports.models import ReportFile
from feedback.validation.domain.proof.other_files import FileAnswer

_DAY = 24 * 3600


def find(sha256: str) -> ReportFile | None:
    """The file of a release with exactly these bytes. Two queries."""
    found = ReportFile.objects.filter(sha256=sha256).select_related(
        "report__country", "report__cut"
    )
    return found.defer("report__dataset").prefetch_related("report__steps").first()


def withdrawn(file: ReportFile) -> str:
    """A sentence where its release was withdrawn, "" where it was not."""
    if page.mark(file.report).code != Step.WITHDRAWN:
        return ""
    why = page.reason(file.report)
    return _("The release was withdrawn: %(reason)s") % {"reason": why}


def answers(sha256: str) -> list[FileAnswer]:
    """For the verification page: who holds the file may know which release it is."""
    file = find(sha256)
    if file is None:
        return []
    report = file.report
    context = {
        "place": page.place(report),
        "number": report.number,
        "start": report.period_start,
        "end": report.period_end,
        "format": file.get_format_display(),
        "profile": report.get_profile_display(),
        "language": page.language(report.language),
        "mark": page.mark(report),
        "reason": page.reason(report),
        "dataset_sha256": report.dataset_sha256,
        "counted": _counted(file),
    }
    return [FileAnswer("feedback/_verify_report.html", context)]


def _counted(file: ReportFile) -> proving.Examined | None:
    """The tables of a PDF counted again out of its dataset; remembered for a day."""
    stored = file.file.name or ""
    if file.format != FileFormat.PDF or not default_storage.exists(stored):
        return None
    key = f"report-counted:{file.sha256}"
    known = cache.get(key)
    if not isinstance(known, proving.Examined):
        found = proving.examine(Path(default_storage.path(stored)))
        known = proving.Examined(found.tables, found.problems) if found else None
        cache.set(key, known, _DAY)
    return known
