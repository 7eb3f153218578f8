"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from practices.domain.health import kept


@shared_task(name="practices.count_health")
def count_health(**_: Any) -> None:
    """Counts the figures about the communities where none are kept."""
    kept.refresh(at=timezone.now())
