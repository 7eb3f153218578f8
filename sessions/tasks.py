"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from sessions.domain import seat_limits, undo


@shared_task(name="sessions.pass_seats_on")
def pass_seats_on(**_: Any) -> None:
    """Offers that ran out go to the next in line."""
    seat_limits.pass_on(at=timezone.now())


@shared_task(name="sessions.close_undo_windows")
def close_undo_windows(**_: Any) -> None:
    """What can no longer be taken back is forgotten."""
    undo.forget_closed(at=timezone.now())
