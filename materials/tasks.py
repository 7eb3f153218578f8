"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from materials.domain import renditions


@shared_task(name=renditions.TASK)
def draw_version(*, run_id: int, **_: Any) -> None:
    """Draws one version; a second delivery does nothing."""
    renditions.work(run_id=run_id, at=timezone.now())


@shared_task(name="materials.look_after_drawings")
def look_after_drawings(**_: Any) -> None:
    """Ends drawings whose worker is gone, sends lost ones again, and asks for missing ones."""
    now = timezone.now()
    renditions.reap(at=now)
    renditions.catch_up(at=now)
