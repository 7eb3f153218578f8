"""Reviews: who rates a version by which rubric, and what they said, without a name.

An assignment, its ratings and its annotations carry a random reviewer code. Who is behind a code
stands in `ReviewerIdentity` alone, which only `domain/identity.py` reads. Nothing here tells when a
code was made: keys are random and days stand where instants would single somebody out.
"""

from feedback.reviews.models.annotations import Annotation, CarriedAnnotation, FixCheck, Reply
from feedback.reviews.models.assignments import (
    Assignment,
    Draft,
    Rating,
    Reopening,
    ReviewerIdentity,
)
from feedback.reviews.models.keys import random_key
from feedback.reviews.models.rounds import (
    ConflictOfInterest,
    PhaseChange,
    ReviewRound,
    RoundGroup,
    RoundResponse,
)
from feedback.reviews.models.rubrics import (
    CalibrationSample,
    Criterion,
    Rubric,
    ValidationPolicy,
)

__all__ = [
    "Annotation",
    "Assignment",
    "CalibrationSample",
    "CarriedAnnotation",
    "ConflictOfInterest",
    "Criterion",
    "Draft",
    "FixCheck",
    "PhaseChange",
    "Rating",
    "Reopening",
    "Reply",
    "ReviewRound",
    "ReviewerIdentity",
    "RoundGroup",
    "RoundResponse",
    "Rubric",
    "ValidationPolicy",
    "random_key",
]
