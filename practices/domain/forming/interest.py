"""Polls of interest: made by who coordinates, answered by a link without an account."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common import tokens
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit
from experts.models import CommunityOfPractice, User
from practices.domain.forming import clock
from practices.domain.forming.matching import Said
from practices.models import InterestAnswer, InterestPoll

PURPOSE = "interest"
MOST_ANSWERS = 500


@transaction.atomic
def make(
    *,
    cop_id: int,
    title: str,
    intro: str,
    options: tuple[str, ...],
    closes_on: date,
    by: User,
    at: datetime,
) -> InterestPoll:
    """A poll with a link to give to anybody. Raises Refused; NotPossible for a day that is past."""
    cop = CommunityOfPractice.objects.select_related("country").get(pk=cop_id)
    permissions.may_write_charter(by, cop)
    if closes_on < clock.day_of(cop, at):
        raise NotPossible(_("The last day is past."))
    poll = InterestPoll.objects.create(
        cop=cop,
        title=title,
        intro=intro,
        options=list(options),
        closes_on=closes_on,
        made_by=by.person,
        made_at=at,
    )
    audit.record(deed="interest poll made", about=poll, by=by, at=at, country_id=cop.country_id)
    return poll


@transaction.atomic
def renew_link(*, poll_id: int, by: User, at: datetime) -> InterestPoll:
    """Makes every link given out before useless. Raises Refused."""
    rows = InterestPoll.objects.select_for_update(of=("self",)).select_related("cop")
    poll = rows.get(pk=poll_id)
    permissions.may_write_charter(by, poll.cop)
    poll.generation += 1
    poll.save(update_fields=["generation"])
    audit.record(deed="interest link renewed", about=poll, by=by, at=at)
    return poll


def address(poll: InterestPoll) -> str:
    """The path of the guests' page."""
    # One link for everybody: it proves no person.
    token = tokens.make(PURPOSE, poll.pk, 0, poll.generation)
    return reverse("interest_answer", args=[token])


def find_by_token(token: str) -> InterestPoll | None:
    """The poll a link is about; None for a link that is wrong or was renewed."""
    key = tokens.object_id(token)
    if key is None:
        return None
    poll = InterestPoll.objects.select_related("cop__country").filter(pk=key).first()
    if poll is None or not tokens.matches(token, PURPOSE, poll.pk, 0, poll.generation):
        return None
    return poll


def is_open(poll: InterestPoll, at: datetime) -> bool:
    """Its last day is not over where the community lives."""
    return clock.day_of(poll.cop, at) <= poll.closes_on


@transaction.atomic
def answer(
    *,
    token: str,
    once: uuid.UUID,
    called: str,
    topics: Collection[str],
    needs: Collection[str],
    offers: Collection[str],
    at: datetime,
) -> InterestAnswer:
    """Keeps what a guest said; the same form sent twice counts once.

    Raises NotPossible for a link that does not hold, a poll that is over or full.
    """
    poll = find_by_token(token)
    if poll is None:
        raise NotPossible(_("This link is no longer valid."))
    if not is_open(poll, at):
        raise NotPossible(_("The time to answer is over."))
    if poll.answers.count() >= MOST_ANSWERS:
        raise NotPossible(_("This poll has as many answers as it can hold."))
    kept, _created = InterestAnswer.objects.get_or_create(
        once=once,
        defaults={
            "poll": poll,
            "called": called,
            "topics": list(topics),
            "needs": list(needs),
            "offers": list(offers),
            "at": at,
        },
    )
    return kept


def said(poll: InterestPoll) -> list[Said]:
    """Its answers in the order they came; one question."""
    return [
        Said(one.called, frozenset(one.topics), frozenset(one.needs), frozenset(one.offers))
        for one in poll.answers.all()
    ]
