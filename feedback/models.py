"""HOW GOOD: gathers the models of the rooms of this app; each room keeps its own."""

from feedback.changes.models import ChangeRequest
from feedback.reports.models import Report, ReportFile, ReportRun
from feedback.reviews.models import (
    Annotation,
    Assignment,
    CalibrationSample,
    CarriedAnnotation,
    ConflictOfInterest,
    Criterion,
    Draft,
    FixCheck,
    PhaseChange,
    Rating,
    Reopening,
    Reply,
    ReviewerIdentity,
    ReviewRound,
    RoundGroup,
    RoundResponse,
    Rubric,
    ValidationPolicy,
)

__all__ = [
    "Annotation",
    "Assignment",
    "CalibrationSample",
    "CarriedAnnotation",
    "ChangeRequest",
    "ConflictOfInterest",
    "Criterion",
    "Draft",
    "FixCheck",
    "PhaseChange",
    "Rating",
    "Reopening",
    "Reply",
    "Report",
    "ReportFile",
    "ReportRun",
    "ReviewRound",
    "ReviewerIdentity",
    "RoundGroup",
    "RoundResponse",
    "Rubric",
    "ValidationPolicy",
]
