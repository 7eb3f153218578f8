"""Celery's doors into the reviews."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from feedback.reviews.domain import carrying


@shared_task(name=carrying.TASK)
def carry_annotations(*, version_id: int, **_: Any) -> None:
    """Carries annotations to one version; a second delivery does nothing."""
    carrying.work(version_id=version_id)


@shared_task(name="feedback.look_after_annotations")
def look_after_annotations(**_: Any) -> None:
    """Sends the carrying again that the broker lost, or that newer rules ask for."""
    carrying.catch_up()
