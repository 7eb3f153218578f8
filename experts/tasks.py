"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from experts.domain import digests, import_runs, outbox, sender


@shared_task(name=outbox.TASK)
def send_due_messages(**_: Any) -> None:
    """Sends what is due now. Beat wakes it; a deed that wants its mail at once hints at it."""
    sender.send_due(at=timezone.now())


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
