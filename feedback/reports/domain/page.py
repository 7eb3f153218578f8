"""What the pages about reports show, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.panels import Panel
from cop_platform.common.times import say_clock, say_day, to_wall
from experts.models import Country, User
from feedback.reports import permissions
from feedback.reports.enums import FileFormat
from feedback.reports.models import Report, ReportFile, ReportRun

IN_PANEL = 1


@dataclass(frozen=True)
class FileLine:
    """One document of a release."""

    url: str
    label: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """One release as a card; `compiled` is wall time in the reader's zone."""

    number: int
    name: str
    start: date
    end: date
    compiled: str
    dataset_sha256: str
    files: list[FileLine]


def releases(user: User, country: Country, limit: int | None = None) -> list[Release]:
    """The releases of a country, the newest first; two queries."""
    found = Report.objects.visible_to(user).filter(country=country).defer("dataset")
    newest = found.select_related("country").order_by("-number").with_files()
    return [_release(report, user.person.zone) for report in newest[:limit]]


def _release(report: Report, zone: str) -> Release:
    compiled = to_wall(report.compiled_at, zone)
    return Release(
        number=report.number,
        name=str(report),
        start=report.period_start,
        end=report.period_end,
        compiled=f"{say_day(compiled)}, {say_clock(compiled)}",
        dataset_sha256=report.dataset_sha256,
        files=[_line(report, file) for file in _in_order(report.files.all())],
    )


def _in_order(files: Iterable[ReportFile]) -> list[ReportFile]:
    order = list(FileFormat)
    return sorted(files, key=lambda file: order.index(FileFormat(file.format)))


def _line(report: Report, file: ReportFile) -> FileLine:
    return FileLine(
        url=file.get_absolute_url(),
        label=file.get_format_display(),
        name=report.file_name(file.format),
        size=file.size,
        sha256=file.sha256,
    )


def open_runs(user: User, country: Country) -> list[ReportRun]:
    """Work going on for a country."""
    return list(ReportRun.objects.visible_to(user).open().filter(country=country))


def standing(shown: list[Release]) -> str:
    """Where things stand, in a sentence."""
    if not shown:
        return _("No report was compiled yet.")
    text = ngettext(
        "%(n)d release; the newest covers %(start)s to %(end)s.",
        "%(n)d releases; the newest covers %(start)s to %(end)s.",
        len(shown),
    )
    newest = shown[0]
    days = {"start": f"{newest.start:%-d %b %Y}", "end": f"{newest.end:%-d %b %Y}"}
    return text % {"n": len(shown), **days}


def panels(user: User, country: Country) -> list[Panel]:
    """The panel on a country's page, for those who may read its reports."""
    if not permissions.may_read.allows(user, country.pk):
        return []
    newest = releases(user, country, IN_PANEL)
    context = {"country": country, "newest": newest[0] if newest else None}
    return [Panel("feedback/_report_panel.html", context)]
