"""The votes that polls wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Prepared, Slot
from cop_platform.common.times import say_distance
from experts.models import User
from sessions.domain.poll_page import moment
from sessions.models import PollVoter

SHOWN = 5


_OPEN = Prepared(
    lambda: (
        PollVoter.objects.filter(person=Slot("person"), voted_at__isnull=True)
        .filter(poll__closed_at__isnull=True, poll__closes_at__gt=Slot("at"))
        .select_related("poll")
        .only("poll__title", "poll__closes_at")
        .order_by("poll__closes_at")[:SHOWN]
    )
)


def asks(user: User, at: datetime) -> Questions:
    """Open polls this person was asked in and has not voted in."""
    return {"voters": _OPEN.asked(person=user.person.pk, at=at)}


def of(user: User, at: datetime, *, voters: Sequence[PollVoter]) -> Iterator[Need]:
    """A need for each of the votes that wait, for *Today*."""
    zone = user.person.zone
    for voter in voters:
        poll = voter.poll
        yield Need(
            title=_("Which times suit you? %(title)s") % {"title": poll.title},
            sentence=_("Votes until %(closes)s, %(distance)s")
            % {
                "closes": moment(poll.closes_at, zone),
                "distance": say_distance(poll.closes_at, at, zone),
            },
            url=reverse("poll_detail", args=[poll.pk]),
            action=_("Vote"),
            due=poll.closes_at,
            icon="calendar",
        )
