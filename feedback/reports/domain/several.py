"""What the pages of reports about several countries show, ready for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sections
from cop_platform.common.times import say_day
from experts.models import User
from feedback.reports.domain import page
from feedback.reports.domain.page import Release
from feedback.reports.enums import Profile
from feedback.reports.models import Report, ReportCut, ReportRun


@dataclass(frozen=True)
class CutLine:
    """A named report: what it covers in words, and how often it was compiled."""

    pk: int
    name: str
    covers: str
    profile: str
    releases: str
    retired: bool


def releases(user: User, *, cut: ReportCut | None) -> list[Release]:
    """The releases of a named report, or of the consortium's, the newest first."""
    found = page.listed(Report.objects.visible_to(user).filter(country=None, cut=cut))
    return page.cards(found.order_by("-number"), zone=user.person.zone)


def open_runs(user: User, *, cut: ReportCut | None) -> list[ReportRun]:
    """Work going on for it."""
    return list(ReportRun.objects.visible_to(user).open().filter(country=None, cut=cut))


def standing(shown: Sequence[Release]) -> str:
    """Where it stands, in a sentence."""
    if not shown:
        return _("It was not compiled yet.")
    said = ngettext("%(n)d release so far.", "%(n)d releases so far.", len(shown))
    return said % {"n": len(shown)}


def cuts(user: User) -> tuple[CutLine, ...]:
    """All named reports, the retired ones last; three queries."""
    found = ReportCut.objects.visible_to(user).with_contents()
    lines = [_cut(row) for row in found]
    return tuple(sorted(lines, key=lambda line: line.retired))


def _cut(cut: ReportCut) -> CutLine:
    n: int = cut.n_releases  # type: ignore[attr-defined]  # counted by the query set
    return CutLine(
        pk=cut.pk,
        name=cut.name,
        covers="; ".join(covers(cut)),
        profile=str(Profile(cut.profile).label),
        releases=ngettext("%(n)d release", "%(n)d releases", n) % {"n": n},
        retired=cut.retired_at is not None,
    )


def covers(cut: ReportCut) -> list[str]:
    """What it is about, in short pieces; of a cut with its contents loaded."""
    countries = sorted(country.name for country in cut.countries.all())
    materials = sorted(material.code for material in cut.materials.all())
    titles = {section.key: section.title() for section in sections.registered()}
    chosen = [titles[key] for key in cut.sections if key in titles]
    said = [
        ", ".join(countries) if countries else _("all countries"),
        ", ".join(materials) if materials else _("all materials"),
        ", ".join(chosen) if chosen else _("all chapters"),
    ]
    if cut.period_start or cut.period_end:
        said.append(_period(cut.period_start, cut.period_end))
    return said


def _period(start: date | None, end: date | None) -> str:
    if start and end:
        return _("%(start)s to %(end)s") % {"start": say_day(start), "end": say_day(end)}
    if start:
        return _("from %(start)s") % {"start": say_day(start)}
    return _("until %(end)s") % {"end": say_day(end)} if end else ""
