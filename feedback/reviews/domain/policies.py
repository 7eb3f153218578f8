"""The validation policy in force. Version 1 comes along; a round keeps what it began with."""

from __future__ import annotations

from datetime import datetime

from feedback.reviews.marks import STRICT
from feedback.reviews.models import ValidationPolicy

FIRST = 1
FIRST_NAME = "Strict table of pass marks"


def first_rules() -> dict[str, list[list[int]]]:
    """Version 1 as it is stored: [panel size from which, mark in hundredths] in rising order."""
    return {"marks": [list(mark) for mark in STRICT]}


def current(at: datetime) -> ValidationPolicy:
    """The newest policy frozen by that instant, for a round that opens then.

    Version 1 is written down, frozen at that instant, when a policy is first needed.
    """
    newest = ValidationPolicy.objects.filter(frozen_at__lte=at).order_by("-number").first()
    if newest is not None:
        return newest
    values = {"name": FIRST_NAME, "rules": first_rules(), "frozen_at": at}
    return ValidationPolicy.objects.get_or_create(number=FIRST, defaults=values)[0]
