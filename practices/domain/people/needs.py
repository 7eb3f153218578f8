"""What this part waits for on *Today*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Prepared, Slot
from experts.models import User
from practices.domain.people import first_run

_NEW = Prepared(
    lambda: first_run.waiting(Slot("person"), Slot("since")).order_by().values_list("pk")[:1]
)


def asks(user: User, at: datetime) -> Questions:
    """The person, if a newcomer who did not finish the first run."""
    since = first_run.offered_since(user.person, at)
    return {"newcomers": _NEW.asked(person=user.person.pk, since=since)}


def of(_user: User, at: datetime, *, newcomers: Sequence[Any]) -> Iterator[Need]:
    """The first run, for those it waits for."""
    yield Need(
        title=_("Arrive: two minutes to know your way around"),
        sentence=_("What we are here for, your buddy, the next session. Skip what you like."),
        url=reverse("welcome"),
        action=_("Begin"),
        due=at,
        icon="people",
    )
