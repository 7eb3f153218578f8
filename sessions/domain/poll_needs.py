"""The votes that polls wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.times import say_distance
from experts.models import User
from sessions.domain.poll_page import moment
from sessions.models import PollVoter

SHOWN = 5


def waiting(user: User, at: datetime) -> QuerySet[PollVoter]:
    """Open polls this person was asked in and has not voted in."""
    return (
        PollVoter.objects.filter(person=user.person, voted_at__isnull=True)
        .filter(poll__closed_at__isnull=True, poll__closes_at__gt=at)
        .select_related("poll")
        .order_by("poll__closes_at")
    )


def of(user: User, at: datetime) -> Iterator[Need]:
    """A need for each of the votes that wait, for *Today*."""
    zone = user.person.zone
    for voter in waiting(user, at)[:SHOWN]:
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
