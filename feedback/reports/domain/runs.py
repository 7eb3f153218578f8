"""The work on a report: asked for once, done once, stopped when somebody says so."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common import jobs
from cop_platform.common.models import JobState
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Country, User
from feedback.reports import permissions
from feedback.reports.domain import releases
from feedback.reports.domain.period import Period
from feedback.reports.models import Report, ReportRun

logger = logging.getLogger(__name__)

TASK = "feedback.compile_report"
SILENT = timedelta(minutes=10)
LOST = timedelta(minutes=1)


class RunOver(NotPossible):
    """The work has ended already, so it cannot be stopped."""


class Stopped(Exception):
    """The run was cancelled or reaped; its worker lets go."""


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
    if not ReportRun.objects.cancel(run_id, at):
        raise RunOver(_("This work has ended already."))
    audit.record(deed="report run cancelled", about=run, by=by, at=at, country_id=run.country_id)


def work(*, run_id: int, at: datetime) -> bool:
    """Does a queued run from beginning to end; False when there was nothing to do.

    A second delivery finds the run taken. However it ends, the row says so in words.
    """
    if not ReportRun.objects.claim(run_id, at):
        return False
    run = ReportRun.objects.select_related("country", "requested_by__user").get(pk=run_id)
    try:
        _compile(run, at)
    except Stopped:
        logger.info("Report run %s was stopped.", run_id)
    except NotPossible as error:
        ReportRun.objects.fail(run_id, str(error), timezone.now())
    except SoftTimeLimitExceeded:
        ReportRun.objects.fail(
            run_id, _("The work took too long and was given up."), timezone.now()
        )
    except Exception:
        logger.exception("Report run %s failed.", run_id)
        reason = _("Something went wrong that we did not expect. It was written down; try again.")
        ReportRun.objects.fail(run_id, reason, timezone.now())
    return True


def _compile(run: ReportRun, at: datetime) -> None:
    def progress(percent: int, step: str) -> None:
        if not ReportRun.objects.report(run.pk, percent, step, timezone.now()):
            raise Stopped

    def ending(report: Report) -> None:
        # In the transaction of the release: a run that was stopped leaves none behind.
        running = ReportRun.objects.filter(pk=run.pk, state=JobState.RUNNING)
        ready = {"state": JobState.READY, "progress": 100, "step": "", "report": report}
        if not running.update(**ready, finished_at=timezone.now()):
            raise Stopped

    releases.compile_release(
        country=run.country,
        period=Period(run.period_start, run.period_end),
        by=run.requested_by.user,
        at=at,
        progress=progress,
        ending=ending,
    )


def reap(*, at: datetime) -> dict[str, int]:
    """Fails runs whose worker fell silent, and sends waiting ones again; how many of each."""
    silent = ReportRun.objects.silent_since(at - SILENT).values_list("pk", flat=True)
    reason = _("The worker stopped in the middle. Please compile the report again.")
    failed = sum(ReportRun.objects.fail(pk, reason, at) for pk in silent)
    lost = list(ReportRun.objects.waiting_since(at - LOST).values_list("pk", flat=True))
    ReportRun.objects.filter(pk__in=lost, state=JobState.QUEUED).update(heartbeat_at=at)
    for pk in lost:
        jobs.enqueue(TASK, run_id=pk)
    return {"failed": failed, "sent_again": len(lost)}
