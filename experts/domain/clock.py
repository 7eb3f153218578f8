"""The day it is for a person: a page that counts days counts those of its reader."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from cop_platform.common.times import to_wall
from experts.models import User


def today_of(user: User) -> date:
    """The day it is now on this person's clock."""
    return to_wall(timezone.now(), user.person.zone).date()
