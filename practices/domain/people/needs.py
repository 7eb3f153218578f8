"""What this part waits for on *Today*."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from experts.models import Person, User
from practices.domain.people import first_run


def waiting(user: User, at: datetime) -> Iterator[QuerySet[Person]]:
    """Newcomers who did not finish their first run."""
    yield first_run.waiting(user.person, at)


def of(_user: User, at: datetime) -> Iterator[Need]:
    """The first run, for those it waits for."""
    yield Need(
        title=_("Arrive: two minutes to know your way around"),
        sentence=_("What we are here for, your buddy, the next session. Skip what you like."),
        url=reverse("welcome"),
        action=_("Begin"),
        due=at,
        icon="people",
    )
