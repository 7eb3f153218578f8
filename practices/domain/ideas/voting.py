"""Votes: one a person and idea, never for one's own, given and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from practices import permissions
from practices.domain.ideas import rows
from practices.models import Idea, IdeaVote


@transaction.atomic
def vote(*, idea_id: int, by: User, at: datetime) -> None:
    """Counts this person once, also when asked twice. Raises Refused or NotPossible."""
    permissions.may_contribute(by)
    idea = rows.locked(idea_id)
    if idea.merged_into_id:
        raise NotPossible(_("This idea was merged into another one; vote there."))
    rows.check_stands(idea)
    if idea.author_id == by.person.pk:
        raise NotPossible(_("Your own idea needs the votes of others."))
    # A vote for what was merged into it counts already.
    if not _given(idea_id).filter(person=by.person).exists():
        today = to_wall(at, by.person.zone).date()
        IdeaVote.objects.create(idea=idea, person=by.person, on=today)


@transaction.atomic
def take_back(*, idea_id: int, by: User) -> None:
    """Takes the vote away, also where it was given to an idea merged into this one."""
    rows.locked(idea_id)
    _given(idea_id).filter(person=by.person).delete()


def with_votes(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Adds `votes_n` to standing ideas: how many people want each.

    Votes for merged ideas count for the one they were merged into, each person once, and never
    the author's.
    """
    here = Q(idea=OuterRef("pk")) | Q(idea__merged_into=OuterRef("pk"))
    people = IdeaVote.objects.filter(here).exclude(person=OuterRef("author")).order_by()
    counted = people.annotate(all=Value(1)).values("all").annotate(n=Count("person", distinct=True))
    return ideas.annotate(votes_n=Coalesce(Subquery(counted.values("n")), 0))


def wants(*, idea: Idea, user: User) -> bool:
    """Whether this person's vote counts for the idea."""
    return _given(idea.pk).filter(person=user.person).exists()


def _given(idea_id: int) -> QuerySet[IdeaVote]:
    return IdeaVote.objects.filter(Q(idea=idea_id) | Q(idea__merged_into=idea_id))
