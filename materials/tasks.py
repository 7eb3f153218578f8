"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from materials.domain import incoming, preflight, renditions, search


@shared_task(name="materials.sweep_incoming")
def sweep_incoming(**_: Any) -> None:
    """Takes away files on their way in that nobody touched for days."""
    incoming.sweep(at=timezone.now())


@shared_task(name=preflight.TASK)
def read_preflight(*, version_id: int, **_: Any) -> None:
    """Reads the signals of one version; a second delivery reads the same once more."""
    preflight.read(version_id=version_id, at=timezone.now())


@shared_task(name="materials.read_missing_preflights")
def read_missing_preflights(**_: Any) -> None:
    """Reads versions that nobody has read yet, or not with the rules of today."""
    preflight.read_missing(at=timezone.now())


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


@shared_task(name="materials.refresh_search_due")
def refresh_search_due(**_: Any) -> None:
    """Writes the searched texts that are missing, one batch."""
    search.refresh_missing()
