"""What the list of ideas is narrowed to; those that wait for an answer are what it opens with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from experts.models import Country, User
from practices.domain.ideas import voting
from practices.models import Idea

WAITING, ALL, OVERDUE, MINE = "", "all", "overdue", "mine"
OLDEST, NEWEST, VOTES = "", "newest", "votes"
_ORDER = {
    OLDEST: ("answer_due_on", "pk"),
    NEWEST: ("-added_on", "-pk"),
    VOTES: ("-votes_n", "-added_on", "-pk"),
}


@dataclass(frozen=True)
class IdeaFilter:
    """What was asked; empty means no limit, but for `show`, where it means those that wait."""

    show: str = WAITING
    q: str = ""
    state: str = ""
    country: Country | None = None
    topic: str = ""
    sort: str = OLDEST


def apply(wanted: IdeaFilter, *, user: User, today: date) -> QuerySet[Idea]:
    """The standing ideas this person asked for, with what a row says; votes as `votes_n`."""
    found = Idea.objects.visible_to(user).standing()
    if wanted.show == WAITING:
        found = found.unanswered()
    elif wanted.show == OVERDUE:
        found = found.overdue(today)
    elif wanted.show == MINE:
        found = found.filter(author=user.person)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.country:
        found = found.filter(country=wanted.country)
    if wanted.topic:
        found = found.filter(topic__name=wanted.topic)
    for word in wanted.q.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    rows = found.select_related("topic").only(
        *("title", "author_id", "country_id", "topic__name", "state"),
        *("added_on", "answer_due_on", "answered_on"),
    )
    return voting.with_votes(rows).order_by(*_ORDER[wanted.sort])
