"""The work on a report: asked for once, done once, stopped when somebody says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import jobs, long_work
from cop_platform.common.long_work import RunOver
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Country, User
from feedback.reports import permissions
from feedback.reports.domain import releases
from feedback.reports.domain.period import Period
from feedback.reports.models import ReportRun

__all__ = ["TASK", "RunOver", "cancel", "reap", "request_run", "work"]

TASK = "feedback.compile_report"


@transaction.atomic
def request_run(*, country: Country, period: Period, by: User, at: datetime) -> ReportRun:
    """The open run for this country and period, a new one where there is none."""
    permissions.may_compile(by, country.pk)
    # The lock makes two people who press at once get the same run.
    Country.objects.select_for_update(no_key=True).get(pk=country.pk)
    days = {"country": country, "period_start": period.start, "period_end": period.end}
    waiting = ReportRun.objects.open().filter(**days).first()
    if waiting is not None:
        return waiting
    run = ReportRun.objects.create(**days, requested_by=by.person, requested_at=at)
    audit.record(deed="report requested", about=run, by=by, at=at, country_id=country.pk)
    jobs.enqueue(TASK, run_id=run.pk)
    return run


@transaction.atomic
def cancel(*, run_id: int, by: User, at: datetime) -> None:
    """Stops the work; nothing of it is kept. Raises RunOver when it has ended."""
    run = ReportRun.objects.get(pk=run_id)
    permissions.may_compile(by, run.country_id)
    long_work.cancel(ReportRun.objects.all(), run_id=run_id, at=at)
    audit.record(deed="report run cancelled", about=run, by=by, at=at, country_id=run.country_id)


def work(*, run_id: int, at: datetime) -> bool:
    """Does a queued run from beginning to end; False when there was nothing to do."""

    def compile_it(run_id: int, progress: long_work.Progress) -> None:
        run = ReportRun.objects.select_related("country", "requested_by__user").get(pk=run_id)
        if run.country is None:
            raise NotPossible(_("Only reports of a country are compiled yet."))
        releases.compile_release(
            country=run.country,
            period=Period(run.period_start, run.period_end),
            by=run.requested_by.user if run.requested_by else None,
            at=at,
            progress=progress,
            ending=lambda report: long_work.finish(
                ReportRun.objects.all(), run_id=run_id, report=report
            ),
        )

    return long_work.work(ReportRun.objects.all(), run_id=run_id, at=at, do=compile_it)


def reap(*, at: datetime) -> dict[str, int]:
    """Fails runs whose worker fell silent, and sends waiting ones again; how many of each."""
    reason = _("The worker stopped in the middle. Please compile the report again.")
    return long_work.reap(ReportRun.objects.all(), task=TASK, reason=reason, at=at)
