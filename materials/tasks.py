"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from materials.domain import search


@shared_task(name=search.TASK)
def refresh_search(*, version_id: int, **_: Any) -> None:
    """Writes the searched text of a version anew; a second delivery changes nothing."""
    search.refresh(version_id=version_id)


@shared_task(name="materials.refresh_search_due")
def refresh_search_due(**_: Any) -> None:
    """Writes the searched texts that are missing, one batch."""
    search.refresh_due(at=timezone.now())
