"""What the demo's sessions train, told by their kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sessions.enums import Kind
from sessions.models import CopSession

_TRAINS = {
    Kind.REGULAR: ("lifecomp.s2", "entrecomp.3.5"),
    Kind.FEEDBACK: ("digcomp.1", "lifecomp.l2"),
    Kind.FOCUS_GROUP: ("lifecomp.s1",),
    Kind.PROBLEM_CLINIC: ("digcomp.5", "lifecomp.s1", "entrecomp.1.2"),
    Kind.PRACTICE_FAIR: ("entrecomp.1.4",),
    Kind.JOINT: ("lifecomp.s3", "entrecomp.3.4"),
    Kind.REVIEW: ("lifecomp.l3",),
    Kind.TRAINING: ("digcomp.3", "lifecomp.s1"),
}


def seed(anchor: date) -> None:
    """Tags the demo's own sessions that have no tag yet; later ones are somebody's."""
    own = CopSession.objects.filter(planned_at__lte=datetime.combine(anchor, time.min, UTC))
    for kind, codes in _TRAINS.items():
        own.filter(kind=kind, competences=[]).update(competences=list(codes))
