"""Small worlds and words the tests beside this file share."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from sessions.domain import polls
from sessions.models import Poll, PollVoter
from tests import factories as make

NOW = make.NOW


def slot_ids(poll: Poll) -> list[int]:
    return [slot.pk for slot in polls.open_slots(poll)]


def vote(poll: Poll, person, *suits: str, at: datetime = NOW) -> PollVoter:
    voter = PollVoter.objects.get(poll=poll, person=person)
    votes = {pk: s for pk, s in zip(slot_ids(poll), suits, strict=False) if s}
    return polls.vote_by_link(token=polls.link_token(voter), votes=votes, at=at)


def link(poll: Poll, person) -> str:
    voter = PollVoter.objects.get(poll=poll, person=person)
    return reverse("poll_answer", args=[polls.link_token(voter)])


def running(**more) -> tuple[Poll, list]:
    """A poll that is open by the real clock, with three voters asked."""
    people = [make.person(account=False) for _ in range(3)]
    now = timezone.now()
    days = [(now + timedelta(days=20 + n)).date() for n in range(3)]
    more = {"slots": tuple((day, time(10)) for day in days)} | more
    closes = now + timedelta(days=5)
    return make.poll(voters=people, at=now, closes_at=closes, **more), people
