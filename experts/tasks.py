"""Celery's doors into this app."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import shared_task
from celery.signals import task_prerun
from django.db import DatabaseError, connection
from django.utils import timezone

from experts.domain import health, outbox, sender

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
