"""What a form showed, so that a save says whether somebody else has changed it meanwhile."""

from __future__ import annotations

from cop_platform.common import revisions
from feedback.reviews.models import Criterion, Rubric

RUBRIC = ("name", "material_type", "audience", "guidance")
CRITERION = ("text", "kind", "weight", "is_required", "anchors")


def mark(row: Rubric | Criterion) -> str:
    """A hash of everything that the form of this row edits."""
    names = RUBRIC if isinstance(row, Rubric) else CRITERION
    return revisions.mark(*(getattr(row, name) for name in names))
