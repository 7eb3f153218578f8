"""Who hears of a comment: those mentioned, who is answered, the owners, those who follow.

Everybody gets one message of a comment at most. Whether a person may see the object is asked when
the comment is saved for those mentioned, and for everybody once more when a message is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from experts.domain import outbox
from experts.models import Person
from practices.domain.talk import discussed, following
from practices.domain.talk.discussed import Thing
from practices.models import Comment

MENTION = "comment_mention"
NEWS = "comment_news"
MODERATED = "comment_moderated"


def sees(person: Person, kind: str, object_id: int) -> bool:
    """People without an account open no page."""
    return person.user is not None and discussed.find(person.user, kind, object_id) is not None


def split(mentioned: Iterable[Person], thing: Thing) -> tuple[list[Person], list[Person]]:
    """Of those mentioned: who sees the object, and who does not."""
    told: list[Person] = []
    untold: list[Person] = []
    for person in mentioned:
        (told if sees(person, thing.kind, thing.pk) else untold).append(person)
    return told, untold


def tell(comment: Comment, thing: Thing, *, mentioned: list[Person], at: datetime) -> None:
    """Plans the messages of a new comment, in the caller's transaction."""
    tell_mentioned(comment, mentioned, at=at)
    people = {person.pk: person for person in following.followers(thing.kind, thing.pk)}
    people |= {owner.pk: owner for owner in Person.objects.filter(pk__in=thing.owners)}
    if comment.quoted is not None:
        people[comment.quoted.by_id] = comment.quoted.by
    for person in (comment.by, *mentioned):
        people.pop(person.pk, None)
    _plan(NEWS, comment, people.values(), at)


def tell_mentioned(comment: Comment, mentioned: Iterable[Person], *, at: datetime) -> None:
    """Plans a message for each person mentioned who got none of this comment yet."""
    _plan(MENTION, comment, mentioned, at)


def tell_writer(comment: Comment, *, at: datetime) -> None:
    """Plans the message that a comment was taken down, or is shown again."""
    outbox.withdraw(kinds=[MODERATED], object_ids=[comment.pk])
    key = f"{MODERATED}:{comment.pk}:{at.isoformat()}"
    outbox.plan(kind=MODERATED, object_id=comment.pk, person=comment.by, due_at=at, key=key, at=at)


def _plan(kind: str, comment: Comment, people: Iterable[Person], at: datetime) -> None:
    rows = [(comment.pk, person, f"comment:{comment.pk}:{person.pk}") for person in people]
    if rows:
        outbox.plan_many(kind=kind, rows=rows, due_at=at, at=at)
