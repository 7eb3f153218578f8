"""Celery looks for an app's tasks here; each room keeps its own."""

from feedback.reports.tasks import ask_for_nightly_reports, compile_report, reap_report_runs
from feedback.reviews.tasks import carry_annotations, look_after_annotations

__all__ = [
    "ask_for_nightly_reports",
    "carry_annotations",
    "compile_report",
    "look_after_annotations",
    "reap_report_runs",
]
