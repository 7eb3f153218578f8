"""Celery's doors into this app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from materials.domain import incoming


@shared_task(name="materials.sweep_incoming")
def sweep_incoming(**_: Any) -> None:
    """Takes away files on their way in that nobody touched for days."""
    incoming.sweep(at=timezone.now())
