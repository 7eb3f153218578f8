"""HOW GOOD: gathers the models of the rooms of this app; each room keeps its own."""

from feedback.reports.models import Report, ReportFile, ReportRun
from feedback.reviews.models import (
    Assignment,
    Criterion,
    Draft,
    Rating,
    ReviewerIdentity,
    ReviewRound,
    Rubric,
)

__all__ = [
    "Assignment",
    "Criterion",
    "Draft",
    "Rating",
    "Report",
    "ReportFile",
    "ReportRun",
    "ReviewRound",
    "ReviewerIdentity",
    "Rubric",
]
