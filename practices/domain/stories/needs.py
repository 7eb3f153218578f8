"""Who leaves soon is asked for what should stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.times import to_wall
from experts.models import Membership, User
from practices.enums import Occasion
from practices.models import Story

LOOK_AHEAD = timedelta(days=60)


def waiting(user: User, at: datetime) -> Iterator[QuerySet[Membership]]:
    """Memberships that end soon."""
    today = to_wall(at, user.person.zone).date()
    yield Membership.objects.filter(person=user.person, left_on__range=(today, today + LOOK_AHEAD))


def of(user: User, at: datetime) -> Iterator[Need]:
    """One thing to do for somebody whose last membership ends within 60 days and who told none."""
    today = to_wall(at, user.person.zone).date()
    days = list(Membership.objects.filter(person=user.person).values_list("left_on", flat=True))
    ends = [day for day in days if day is not None]
    if len(ends) < len(days) or not ends or not today <= max(ends) <= today + LOOK_AHEAD:
        return
    if Story.objects.filter(teller=user.person, occasion=Occasion.LEAVING).exists():
        return
    yield Need(
        title=_("Before you go: tell what should stay"),
        sentence=_("What did you learn here? Those who come after you will read it."),
        url=f"{reverse('story_new')}?occasion={Occasion.LEAVING}",
        action=_("Tell it"),
        due=at + (max(ends) - today),
        icon="edit",
    )
