"""Handing an idea in, alone or as a child of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import Person, Topic, User
from practices import permissions
from practices.domain import spam
from practices.domain.ideas import origin, rows
from practices.enums import IdeaState
from practices.models import Idea
from practices.querysets import ANSWER_DAYS

# A child of more says nothing about where it comes from.
MOST_PARENTS = 8


@dataclass(frozen=True)
class NewIdea:
    """What is typed about an idea; `origin` is the address of the page it is handed in from."""

    title: str
    text: str = ""
    topic: Topic | None = None
    origin: str = ""


@transaction.atomic
def submit(*, new: NewIdea, by: User, at: datetime) -> Idea:
    """An idea of the person's country; an answer is owed in ANSWER_DAYS days. Raises Refused."""
    permissions.may_contribute(by)
    return _written(new, by, at)


@transaction.atomic
def combine(*, parent_ids: Sequence[int], new: NewIdea, by: User, at: datetime) -> Idea:
    """A new idea that grew out of at least two others, which stay as they are.

    Raises Refused, or NotPossible where they are too few or too many, or one is gone.
    """
    permissions.may_contribute(by)
    keys = set(parent_ids)
    if not 2 <= len(keys) <= MOST_PARENTS:
        raise NotPossible(
            _("Combine at least two ideas and at most %(most)d.") % {"most": MOST_PARENTS}
        )
    parents = list(Idea.objects.standing().filter(pk__in=keys).select_for_update())
    if len(parents) != len(keys):
        raise NotPossible(_("One of these ideas was merged into another one meanwhile."))
    child = _written(new, by, at)
    child.parents.set(parents)
    return child


def _written(new: NewIdea, by: User, at: datetime) -> Idea:
    # A form that is sent twice hands one idea in, also at the same moment.
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    today = to_wall(at, person.zone).date()
    spam.check(new.title, new.text)
    known = Idea.objects.filter(author=person, title=new.title, text=new.text, added_on=today)
    known = known.filter(withdrawn_on__isnull=True)
    if sent_before := known.first():
        return sent_before
    idea = Idea(
        title=new.title,
        text=new.text,
        topic=new.topic,
        origin=origin.local(new.origin),
        author=person,
        country=person.country,
        added_on=today,
        answer_due_on=today + timedelta(days=ANSWER_DAYS),
    )
    idea.save()
    rows.to_state(idea, IdeaState.NEW, by=by, at=at)
    return idea
