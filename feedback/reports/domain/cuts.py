"""Named reports: saved, changed, retired and brought back, and compiled when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.sections import Profile
from experts.domain import audit
from experts.models import User
from feedback.reports import permissions
from feedback.reports.domain import period, runs
from feedback.reports.domain.asking import COMMON_ZONE, Asked
from feedback.reports.domain.period import Period
from feedback.reports.models import ReportCut, ReportRun


class BadCut(NotPossible):
    """What was chosen cannot be kept; `field` is where the sentence belongs."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Chosen:
    """What a named report covers; nothing chosen means all. `countries`, `materials` are keys."""

    name: str
    countries: tuple[int, ...]
    materials: tuple[int, ...]
    sections: tuple[str, ...]
    start: date | None
    end: date | None
    profile: str


@transaction.atomic
def save(*, cut: ReportCut | None, chosen: Chosen, by: User, at: datetime) -> ReportCut:
    """Keeps a named report, a new one without `cut`. Raises BadCut.

    Releases keep their own data, so a changed cut changes none of them.
    """
    permissions.may_cut(by)
    _check(cut, chosen)
    kept = cut or ReportCut(created_by=by.person, created_at=at)
    kept.name, kept.sections, kept.profile = chosen.name, list(chosen.sections), chosen.profile
    kept.period_start, kept.period_end = chosen.start, chosen.end
    kept.save()
    kept.countries.set(chosen.countries)
    kept.materials.set(chosen.materials)
    audit.record(deed="named report saved", about=kept, by=by, at=at)
    return kept


def _check(cut: ReportCut | None, chosen: Chosen) -> None:
    if chosen.start and chosen.end and chosen.end < chosen.start:
        raise BadCut(_("The period ends before it starts."), "end")
    # Two who save at once are told apart by the constraint; this gives the sentence.
    others = ReportCut.objects.filter(name=chosen.name, retired_at=None)
    if (others.exclude(pk=cut.pk) if cut else others).exists():
        raise BadCut(_("Another report has this name already."), "name")


@transaction.atomic
def retire(*, cut: ReportCut, by: User, at: datetime) -> None:
    """Takes it out of the list; its releases stay, and it can be brought back."""
    permissions.may_cut(by)
    if cut.retired_at is None:
        cut.retired_at = at
        cut.save(update_fields=["retired_at"])
        audit.record(deed="named report retired", about=cut, by=by, at=at)


@transaction.atomic
def bring_back(*, cut: ReportCut, by: User, at: datetime) -> None:
    """Undoes `retire`. Raises NotPossible where another one has its name by now."""
    permissions.may_cut(by)
    if cut.retired_at is None:
        return
    if ReportCut.objects.filter(name=cut.name, retired_at=None).exists():
        raise NotPossible(_("Another report has this name by now; rename that one first."))
    cut.retired_at = None
    cut.save(update_fields=["retired_at"])
    audit.record(deed="named report brought back", about=cut, by=by, at=at)


def compile_cut(*, cut: ReportCut, language: str, by: User, at: datetime) -> ReportRun:
    """The run that compiles it. Raises NotPossible for a retired one or days that do not fit."""
    permissions.may_cut(by)
    if cut.retired_at is not None:
        raise NotPossible(_("This report is retired; bring it back first."))
    asked = Asked(days(cut, at), Profile(cut.profile), cut=cut)
    return runs.request_run(asked=asked, language=language, by=by, at=at)


def days(cut: ReportCut, at: datetime) -> Period:
    """The days it covers when it is compiled at `at`. Raises BadPeriod."""
    return period.chosen(start=cut.period_start, end=cut.period_end, zone=COMMON_ZONE, at=at)


def compile_consortium(
    *, days: Period, profile: Profile, language: str, by: User, at: datetime
) -> ReportRun:
    """The run that compiles the report about all countries."""
    return runs.request_run(asked=Asked(days, profile), language=language, by=by, at=at)
