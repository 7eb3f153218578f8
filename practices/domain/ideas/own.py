"""What an author does with an idea of their own: word it anew, add to it, withdraw it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from practices import permissions
from practices.domain import spam
from practices.domain.ideas import rows
from practices.domain.ideas.submitting import NewIdea
from practices.models import Idea, IdeaNote

# A withdrawn idea can be brought back so long; then its words go for good.
KEPT = timedelta(days=30)
MOST_NOTES = 20


class Stands(NotPossible):
    """Others built on these words: they stand, and something can be added to them."""


def is_open(idea: Idea) -> bool:
    """Whether nobody has answered it, voted for it, tried it, merged or combined it yet."""
    if idea.answered_on or idea.merged_into_id or idea.withdrawn_on:
        return False
    others = idea.votes.exclude(person=idea.author_id)
    built_on = (others, idea.experiments.all(), idea.merged.all(), idea.children.all())
    there = reduce(or_, (Q(Exists(found.order_by())) for found in built_on))
    return not Idea.objects.filter(there, pk=idea.pk).exists()


@transaction.atomic
def change(*, idea_id: int, revision: int, new: NewIdea, by: User, at: datetime) -> Idea:
    """Other words for an idea nobody has built on.

    Raises Refused, Spam, Stands, and ChangedMeanwhile where it is not as it was opened.
    """
    idea = _own(idea_id, by)
    revisions.check(idea, revision, _("This idea was changed in another window meanwhile."))
    _check_open(idea)
    spam.check(new.title, new.text)
    idea.title, idea.text, idea.topic = new.title, new.text, new.topic
    rows.save(idea, "idea_reworded", by=by, at=at)
    return idea


@transaction.atomic
def add_note(*, idea_id: int, text: str, by: User, at: datetime) -> IdeaNote:
    """Adds to an idea; the words others answered or voted for stay as they are.

    The same words twice are one note. Raises Refused, Spam, NotPossible.
    """
    idea = _own(idea_id, by)
    if idea.withdrawn_on:
        raise NotPossible(_("You withdrew this idea; bring it back first."))
    spam.check(text)
    sent_before = idea.notes.filter(text=text).first()
    if sent_before:
        return sent_before
    if idea.notes.count() >= MOST_NOTES:
        raise NotPossible(_("You added to this idea often; go on in its discussion."))
    note = IdeaNote.objects.create(idea=idea, text=text, at=at)
    audit.record(deed="idea_added_to", about=idea, by=by, at=at, country_id=idea.country_id)
    return note


@transaction.atomic
def withdraw(*, idea_id: int, by: User, at: datetime) -> Idea:
    """Nobody else sees it from now on; twice changes nothing more. Raises Refused, Stands."""
    idea = _own(idea_id, by)
    if idea.withdrawn_on is None:
        _check_open(idea)
        idea.withdrawn_on = to_wall(at, by.person.zone).date()
        rows.save(idea, "idea_withdrawn", by=by, at=at)
    return idea


@transaction.atomic
def bring_back(*, idea_id: int, by: User, at: datetime) -> Idea:
    """It stands as it did; twice changes nothing more. Raises Refused."""
    idea = _own(idea_id, by)
    if idea.withdrawn_on is not None:
        idea.withdrawn_on = None
        rows.save(idea, "idea_brought_back", by=by, at=at)
    return idea


def clear(at: datetime) -> int:
    """Takes away what was withdrawn more than KEPT ago; gives how many."""
    gone = Idea.objects.filter(withdrawn_on__lt=(at - KEPT).date())
    deleted: int = gone.delete()[1].get("practices.Idea", 0)
    return deleted


def _own(idea_id: int, by: User) -> Idea:
    idea = rows.locked(idea_id)
    permissions.may_edit_idea(by, idea)
    return idea


def _check_open(idea: Idea) -> None:
    if not is_open(idea):
        raise Stands(_("Others answered, voted or built on it, so its words stand. Add to it."))
