"""Celery looks for an app's tasks here; each room keeps its own."""

from feedback.reports.tasks import compile_report, reap_report_runs

__all__ = ["compile_report", "reap_report_runs"]
