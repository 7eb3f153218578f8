"""Celery's doors into this app."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import shared_task
from celery.signals import task_prerun
from django.db import DatabaseError, connection
from django.utils import timezone

from experts.domain import digests, health, import_runs, outbox, sender

logger = logging.getLogger(__name__)

# How long one task keeps sending what becomes due meanwhile, well under its time limit.
LONGEST_RUN_SECONDS = 240


@shared_task(name=outbox.TASK)
def send_due_messages(**_: Any) -> None:
    """Sends what is due now. Beat wakes it; a deed that wants its mail at once hints at it.

    A hint that comes during a long run is answered by that run: it looks again at its end.
    """
    end = time.monotonic() + LONGEST_RUN_SECONDS
    try:
        health.beat(health.TICK, at=timezone.now())
        while sender.send_due(at=timezone.now()).total and time.monotonic() < end:
            pass
    except sender.LOST as error:
        connection.close()
        logger.warning("The database is away (%s); the next tick goes on.", type(error).__name__)


@task_prerun.connect(dispatch_uid="experts.worker_lives")
def _note_worker(**_: Any) -> None:
    """Any task that begins shows that a worker takes tasks."""
    try:
        health.beat(health.WORKER, at=timezone.now())
    except DatabaseError:  # the task itself will say what is wrong
        connection.close()


@shared_task(name="experts.put_back_stranded")
def put_back_stranded(**_: Any) -> None:
    """Lets what no digest waits for any more be decided anew."""
    digests.put_back_stranded(at=timezone.now())


@shared_task(name=import_runs.TASK)
def import_experts(*, run_id: int, **_: Any) -> None:
    """Writes one confirmed list of experts; a second delivery does nothing."""
    import_runs.work(run_id=run_id, at=timezone.now())


@shared_task(name="experts.reap_import_runs")
def reap_import_runs(**_: Any) -> None:
    """Ends imports whose worker is gone and sends those again that the broker lost."""
    import_runs.reap(at=timezone.now())
