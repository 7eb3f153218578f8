"""What the pages about reports show, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.panels import Panel
from cop_platform.common.times import say_clock, say_day, to_wall
from experts.models import Country, User
from feedback.reports import permissions
from feedback.reports.enums import FileFormat, Step
from feedback.reports.models import Report, ReportFile, ReportRun
from feedback.reports.querysets import ReportQuerySet

IN_PANEL = 1
# State of a release: kind and icon of its mark, in the order of its life.
_MARKS = {
    "draft": ("wait", "clock"),
    Step.SIGNED.value: ("info", "check"),
    Step.PUBLIC.value: ("ok", "check"),
    Step.WITHDRAWN.value: ("bad", "x"),
}


@dataclass(frozen=True)
class FileLine:
    """One file of a release and the signature beside it."""

    url: str
    signature_url: str
    label: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Mark:
    """Where a release stands, as a mark with words."""

    code: str
    kind: str
    icon: str
    label: str


@dataclass(frozen=True)
class Release:
    """One release as a card; `compiled` is wall time in the reader's zone."""

    pk: int
    number: int
    name: str
    place: str
    start: date
    end: date
    profile: str
    language: str
    mark: Mark
    reason: str
    compiled: str
    dataset_sha256: str
    url: str
    files: tuple[FileLine, ...]


def listed(found: ReportQuerySet) -> ReportQuerySet:
    """Releases with all that a card shows, the newest first; three queries."""
    whole = found.select_related("country", "cut").defer("dataset")
    newest: ReportQuerySet = whole.order_by("-compiled_at", "-pk").prefetch_related(
        "files", "steps"
    )
    return newest


def releases(user: User, country: Country, limit: int | None = None) -> list[Release]:
    """The releases of a country, the newest first."""
    found = Report.objects.visible_to(user).filter(country=country)
    newest = listed(found).order_by("-number")[:limit]
    return cards(newest, zone=user.person.zone)


def cards(reports: Iterable[Report], *, zone: str, public: bool = False) -> list[Release]:
    """Releases as cards; `public` leads to the files as everybody gets them."""
    return [card(report, zone=zone, public=public) for report in reports]


def card(report: Report, *, zone: str, public: bool = False) -> Release:
    compiled = to_wall(report.compiled_at, zone)
    return Release(
        pk=report.pk,
        number=report.number,
        name=str(report),
        place=place(report),
        start=report.period_start,
        end=report.period_end,
        profile=str(report.get_profile_display()),
        language=language(report.language),
        mark=mark(report),
        reason=reason(report),
        compiled=f"{say_day(compiled)}, {say_clock(compiled)}",
        dataset_sha256=report.dataset_sha256,
        url=report.get_absolute_url(),
        files=tuple(_line(report, file, public) for file in in_order(report.files.all())),
    )


def place(report: Report | ReportRun) -> str:
    """What it is about, for people."""
    if report.country is not None:
        return report.country.name
    return report.cut.name if report.cut else _("All countries")


def language(code: str) -> str:
    return str(dict(settings.PROJECT_LANGUAGES).get(code, code))


def mark(report: Report) -> Mark:
    """Where the release stands; uses what was loaded with it."""
    done = {step.step for step in report.steps.all()}
    order = (Step.WITHDRAWN, Step.PUBLIC, Step.SIGNED)
    last = next((step for step in order if step in done), None)
    code = last.value if last else "draft"
    return Mark(code, *_MARKS[code], str(last.label) if last else _("Draft"))


def reason(report: Report) -> str:
    """Why it was withdrawn; "" where it was not."""
    said = (step.reason for step in report.steps.all() if step.step == Step.WITHDRAWN)
    return next(said, "")


def in_order(files: Iterable[ReportFile]) -> list[ReportFile]:
    order = list(FileFormat)
    return sorted(files, key=lambda file: order.index(FileFormat(file.format)))


def download_name(report: Report, file_format: str) -> str:
    """The name of a download; what was withdrawn says so, whatever becomes of the file."""
    name = report.file_name(file_format)
    if mark(report).code != Step.WITHDRAWN:
        return name
    return name.replace(f".{file_format}", f"-WITHDRAWN.{file_format}")


def _line(report: Report, file: ReportFile, public: bool) -> FileLine:
    own = file.get_absolute_url()
    beside = reverse("report_signature", args=[report.pk, file.format])
    if public:
        own = reverse("report_public_file", args=[report.pk, file.format])
        beside = reverse("report_public_signature", args=[report.pk, file.format])
    return FileLine(
        url=own,
        signature_url=beside,
        label=file.get_format_display(),
        name=download_name(report, file.format),
        size=file.size,
        sha256=file.sha256,
    )


def open_runs(user: User, country: Country) -> list[ReportRun]:
    """Work going on for a country."""
    return list(ReportRun.objects.visible_to(user).open().filter(country=country))


def standing(shown: Sequence[Release]) -> str:
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
