"""Which day it is for a community."""

from __future__ import annotations

from datetime import date, datetime

from cop_platform.common.times import to_wall
from experts.models import CommunityOfPractice

# The project's own community has no country, and the project's office is where this clock is.
PROJECT_ZONE = "Europe/Brussels"


def zone_of(cop: CommunityOfPractice) -> str:
    """The IANA zone its days are counted in."""
    return cop.country.zone if cop.country else PROJECT_ZONE


def day_of(cop: CommunityOfPractice, at: datetime) -> date:
    """The day it is there."""
    return to_wall(at, zone_of(cop)).date()
