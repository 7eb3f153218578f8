"""Who leaves soon is asked for what should stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Prepared, Slot
from cop_platform.common.times import to_wall
from experts.models import Membership, User
from practices.enums import Occasion
from practices.models import Story

LOOK_AHEAD = timedelta(days=60)


# Their first days without rights, and none for those who told already.
_ENDS = Prepared(
    lambda: (
        Membership.objects.filter(
            ~Exists(Story.objects.filter(teller=OuterRef("person"), occasion=Occasion.LEAVING)),
            person=Slot("person"),
        )
        .order_by()
        .values_list("left_on")
    )
)


def asks(user: User, _at: datetime) -> Questions:
    """When the memberships end of somebody who told no story of leaving."""
    return {"ends": _ENDS.asked(person=user.person.pk)}


def of(user: User, at: datetime, *, ends: Sequence[tuple[date | None]]) -> Iterator[Need]:
    """One thing to do for somebody whose last day is within 60 days and who told none."""
    today = to_wall(at, user.person.zone).date()
    days = [day for (day,) in ends if day is not None]
    if not days or len(days) < len(ends):
        return
    last = max(days) - timedelta(days=1)
    if not today <= last <= today + LOOK_AHEAD:
        return
    yield Need(
        title=_("Before you go: tell what should stay"),
        sentence=_("What did you learn here? Those who come after you will read it."),
        url=f"{reverse('story_new')}?occasion={Occasion.LEAVING}",
        action=_("Tell it"),
        due=at + (last - today),
        icon="edit",
    )
