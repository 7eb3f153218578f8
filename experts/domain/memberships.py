"""Memberships begin: nobody holds a role in a community twice at a time."""

from __future__ import annotations

from datetime import date

from experts.enums import Stage
from experts.models import CommunityOfPractice, Membership, Person


def begin(
    *,
    person: Person,
    cop: CommunityOfPractice,
    role: str,
    stage: Stage,
    on: date,
    until: date | None = None,
) -> None:
    """Adds a membership unless the person holds it; one that ends soon keeps its last day.

    `on` is its first day in UTC, `until` the first one without rights.
    """
    if Membership.objects.current().filter(person=person, cop=cop, role=role).exists():
        return
    # The open one may have been added meanwhile.
    Membership.objects.get_or_create(
        person=person,
        cop=cop,
        role=role,
        left_on=None,
        defaults={"stage": stage, "joined_on": on, "left_on": until},
    )
