"""Celery's doors into the reports."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from feedback.reports.domain import runs, standing_orders


@shared_task(name=runs.TASK)
def compile_report(*, run_id: int, **_: Any) -> None:
    """Compiles one report; a second delivery does nothing."""
    runs.work(run_id=run_id, at=timezone.now())


@shared_task(name="feedback.reap_report_runs")
def reap_report_runs(**_: Any) -> None:
    """Ends runs whose worker is gone and sends those again that the broker lost."""
    runs.reap(at=timezone.now())


@shared_task(name="feedback.ask_for_nightly_reports")
def ask_for_nightly_reports(**_: Any) -> None:
    """Asks for the reports of the countries where it is night; a second beat does nothing."""
    standing_orders.nightly(at=timezone.now())
