"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from experts.domain import digests, outbox, sender


@shared_task(name=outbox.TASK)
def send_due_messages(**_: Any) -> None:
    """Sends what is due now. Beat wakes it; a deed that wants its mail at once hints at it."""
    sender.send_due(at=timezone.now())


@shared_task(name="experts.put_back_stranded")
def put_back_stranded(**_: Any) -> None:
    """Lets what no digest waits for any more be decided anew."""
    digests.put_back_stranded(at=timezone.now())
