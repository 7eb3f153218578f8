"""Which desks a person's browser may keep for a time without a network."""

from __future__ import annotations

from typing import Any

from experts.models import User
from feedback.reviews.domain import acceptance, identity, phases
from feedback.reviews.enums import TAKES_REVIEWS
from feedback.reviews.models import Assignment, Draft


def may_be_kept(assignment: Assignment) -> bool:
    """As long as the review can be sent and its material is open. Needs the round loaded."""
    is_waited_for = assignment.submitted_on is None and phases.takes_reviews(assignment.round)
    return is_waited_for and not acceptance.is_asked(assignment)


def kept(user: User) -> list[int]:
    """The keys of one's own desks that may be kept."""
    opened = identity.own(user).opened()
    found = opened.filter(submitted_on=None, round__closed_at=None, round__phase__in=TAKES_REVIEWS)
    return list(found.order_by("pk").values_list("pk", flat=True))


def newest(assignment: Assignment) -> dict[str, Any]:
    """The stored draft by the names of the desk's fields, to lay beside what a window holds."""
    draft = Draft.objects.filter(assignment=assignment).first()
    if draft is None:
        return {"revision": 0, "stored": {}}
    rows = draft.answers.items()
    stored = {f"c{key}-{field}": value for key, row in rows for field, value in row.items()}
    return {"revision": draft.revision, "stored": stored}
