"""What reviews wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import to_utc, to_wall
from experts.enums import Role
from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import cards, escalation, reopening
from feedback.reviews.models import ReviewRound
from feedback.reviews.querysets import RoundQuerySet

SHOWN = 5
# A review is due by the end of the working day.
_DUE_CLOCK = time(17)


def _over(rounds: RoundQuerySet) -> RoundQuerySet:
    due = rounds.open().filter(due_on__lt=Slot("today")).with_version()
    return due.order_by("due_on", "pk")[:SHOWN]


_OVER = Prepared(lambda: _over(ReviewRound.objects.all()))
_OVER_IN = Prepared(lambda: _over(ReviewRound.objects.seen_with(KeysSlot("countries"))))


def of(user: User, at: datetime) -> Iterator[Need]:
    """Own reviews to write; for those who can close them, rounds whose day is over."""
    if not permissions.may_enter.allows(user):
        return
    zone = user.person.zone
    # Only experts are asked for reviews; everybody else is spared the question.
    own = cards.waiting(user, at) if Role.EXPERT in user.access.roles else []
    for card in own[:SHOWN]:
        yield Need(
            title=_("Review “%(title)s” v%(number)d")
            % {"title": card.title, "number": card.number},
            sentence=card.sentence,
            url=card.url,
            action=_("Open the review desk"),
            due=to_utc(datetime.combine(card.due_on, _DUE_CLOCK), zone, fold=0),
            icon="check",
        )
    if user.access.plans_sessions:
        yield from _to_hand_back(user, at, zone)
        yield from _to_pass_on(user, at, zone)
        yield from _to_close(user, at, zone)


def _to_hand_back(user: User, at: datetime, zone: str) -> Iterator[Need]:
    for review_round in reopening.rounds_of(user)[:SHOWN]:
        yield Need(
            title=_("A reviewer of “%(title)s” asks to have a review handed back")
            % {"title": review_round.version.material.title},
            sentence=_("Only the writer changes it; you say whether."),
            url=reverse("round_reopenings", args=[review_round.pk]),
            action=_("Answer"),
            due=to_utc(datetime.combine(to_wall(at, zone).date(), _DUE_CLOCK), zone, fold=0),
            icon="question",
        )


def _to_pass_on(user: User, at: datetime, zone: str) -> Iterator[Need]:
    for late in islice(escalation.of(user, at), SHOWN):
        days = (to_wall(at, zone).date() - late.due_on).days
        words = {"title": late.review_round.version.material.title, "n": late.number, "days": days}
        title = ngettext(
            "%(n)d review of “%(title)s” is %(days)d days late",
            "%(n)d reviews of “%(title)s” are up to %(days)d days late",
            late.number,
        )
        yield Need(
            title=title % words,
            sentence=_("Reminders did not help. Others who fit are listed; one press asks them."),
            url=reverse("round_substitute", args=[late.review_round.pk]),
            action=_("Ask somebody else"),
            due=to_utc(datetime.combine(late.due_on, _DUE_CLOCK), zone, fold=0),
            icon="people",
        )


def _to_close(user: User, at: datetime, zone: str) -> Iterator[Need]:
    today = to_wall(at, zone).date()
    if user.access.is_manager:
        late = _OVER.all(today=today)
    else:
        countries = list(user.access.countries(Role.COORDINATOR))
        late = _OVER_IN.all(today=today, countries=countries)
        prefetch_related_objects([r for r in late if r.country_id is None], "countries")
    for review_round in late:
        if permissions.may_close.allows(user, review_round):
            yield Need(
                title=_("Close the review of “%(title)s”")
                % {"title": review_round.version.material.title},
                sentence=cards.due_sentence(review_round.due_on, at, zone),
                url=review_round.get_absolute_url(),
                action=_("Look at it"),
                due=to_utc(datetime.combine(review_round.due_on, _DUE_CLOCK), zone, fold=0),
                icon="check",
            )
