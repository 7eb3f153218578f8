"""The work on a report: asked for once, done once, stopped when somebody says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cop_platform.common import jobs, long_work
from cop_platform.common.long_work import RunOver
from cop_platform.common.models import JobState
from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.sections import Profile
from experts.domain import audit
from experts.models import User
from feedback.reports import permissions
from feedback.reports.domain import building, compiling
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.period import Period
from feedback.reports.models import ReportRun

__all__ = ["TASK", "RunOver", "cancel", "reap", "request_run", "retry", "work"]

TASK = "feedback.compile_report"
# A folder that a killed worker left; no work takes so long.
_LEFT_BEHIND = timedelta(hours=1)


def request_run(*, asked: Asked, language: str, by: User, at: datetime) -> ReportRun:
    """The open run for what is asked in a language, a new one where there is none."""
    permissions.may_compile_about(by, asked.country.pk if asked.country else None)
    return enqueue(asked=asked, language=language, by=by, at=at)


def enqueue(*, asked: Asked, language: str, by: User | None, at: datetime) -> ReportRun:
    """The same without asking for a right: `by` None is the night, or the end of a round."""
    terms: dict[str, Any] = {
        "country": asked.country,
        "cut": asked.cut,
        "profile": asked.profile.value,
        "language": language,
        "period_start": asked.period.start,
        "period_end": asked.period.end,
    }
    waiting = ReportRun.objects.open().filter(**terms).first()
    if waiting is not None:
        return waiting
    try:
        return _new(terms, by, at)
    except IntegrityError:
        # Two who press at once get the same run.
        return ReportRun.objects.open().get(**terms)


@transaction.atomic
def _new(terms: dict[str, Any], by: User | None, at: datetime) -> ReportRun:
    asker = by.person if by else None
    run = ReportRun.objects.create(**terms, requested_by=asker, requested_at=at)
    audit.record(deed="report requested", about=run, by=by, at=at, country_id=run.country_id)
    jobs.enqueue(TASK, run_id=run.pk)
    return run


def retry(*, run_id: int, by: User, at: datetime) -> ReportRun:
    """The same work again, as a new run. Raises NotPossible while the old one goes on."""
    run = ReportRun.objects.select_related("country__cop", "cut").get(pk=run_id)
    if run.state not in {JobState.FAILED, JobState.CANCELLED}:
        raise NotPossible(_("Only work that did not come to its end can be done again."))
    return request_run(asked=asked_of(run), language=run.language, by=by, at=at)


def asked_of(run: ReportRun) -> Asked:
    """What the run is about."""
    return Asked(
        period=Period(run.period_start, run.period_end),
        profile=Profile(run.profile),
        country=run.country,
        cut=run.cut,
    )


@transaction.atomic
def cancel(*, run_id: int, by: User, at: datetime) -> None:
    """Stops the work; nothing of it is kept. Raises RunOver when it has ended."""
    run = ReportRun.objects.get(pk=run_id)
    permissions.may_compile_about(by, run.country_id)
    long_work.cancel(ReportRun.objects.all(), run_id=run_id, at=at)
    audit.record(deed="report run cancelled", about=run, by=by, at=at, country_id=run.country_id)


def work(*, run_id: int, at: datetime) -> bool:
    """Does a queued run from beginning to end; False when there was nothing to do."""

    def compile_it(run_id: int, progress: long_work.Progress) -> None:
        found = ReportRun.objects.select_related("country__cop", "cut", "requested_by__user")
        run = found.get(pk=run_id)
        compiling.compile_release(
            asked=asked_of(run),
            language=run.language,
            by=_asker(run),
            at=at,
            progress=progress,
            ending=lambda report: long_work.finish(
                ReportRun.objects.all(), run_id=run_id, report=report
            ),
        )

    return long_work.work(ReportRun.objects.all(), run_id=run_id, at=at, do=compile_it)


def _asker(run: ReportRun) -> User | None:
    return getattr(run.requested_by, "user", None)


def reap(*, at: datetime) -> dict[str, int]:
    """Fails runs whose worker fell silent, and sends waiting ones again; how many of each."""
    building.sweep(older_than=(at - _LEFT_BEHIND).timestamp())
    reason = _("The worker stopped in the middle. Please compile the report again.")
    return long_work.reap(ReportRun.objects.all(), task=TASK, reason=reason, at=at)
