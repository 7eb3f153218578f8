"""Which country a new material belongs to."""

from __future__ import annotations

from experts.enums import Role
from experts.models import User


def home_of(by: User) -> int | None:
    """The owner's country; of somebody who lives elsewhere, one they coordinate."""
    coordinated = sorted(by.access.countries(Role.COORDINATOR))
    if by.person.country_id in coordinated or not coordinated:
        return by.person.country_id
    return coordinated[0]
