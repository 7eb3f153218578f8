"""Comments: written, changed, deleted and brought back, translated by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible, Refused
from experts.models import Person, User
from practices import permissions
from practices.domain import spam
from practices.domain.talk import discussed, following, mentions, naming, paging, telling
from practices.models import Comment

# For so long a deleted comment can be brought back; then its words are gone.
UNDO = timedelta(minutes=10)


@dataclass(frozen=True)
class Words:
    """What somebody typed; `chosen` says who is meant where a mention fits several people."""

    text: str
    language: str
    place: int | None = None
    quoted_id: int | None = None
    chosen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """A comment that is stored, and the people mentioned in it who cannot open its page."""

    comment: Comment
    untold: list[Person]


@transaction.atomic
def write(*, kind: str, object_id: int, words: Words, by: User, at: datetime) -> Written:
    """Adds a comment to the thread of an object; its writer follows the thread from then on.

    Raises Refused, Spam, mentions.WhoIsMeant, NoSuchPage, NamesSomebody.
    """
    permissions.may_contribute(by)
    thing = discussed.find(by, kind, object_id)
    if thing is None:
        raise Refused
    spam.check(words.text, earlier=_lately(by, at))
    mentioned = _mentioned(words, thing.under_rule, by)
    paging.check(words.place, thing)
    quoted = _quoted(words.quoted_id, thing)
    comment = Comment.objects.create(
        kind=kind,
        object_id=object_id,
        place=words.place if thing.has_pages else None,
        by=by.person,
        text=words.text,
        language=words.language,
        quoted=quoted,
        at=at,
        unnamed=thing.under_rule,
    )
    told, untold = telling.split(mentioned, thing)
    comment.mentioned.set(told)
    telling.tell(comment, thing, mentioned=told, at=at)
    following.follow(kind=kind, object_id=object_id, wanted=True, by=by)
    return Written(comment, untold)


@transaction.atomic
def edit(*, comment_id: int, words: Words, revision: int, by: User, at: datetime) -> Written:
    """Changes one's own comment; people mentioned for the first time are told.

    `revision` is the one the writer saw. Raises Refused, ChangedMeanwhile, Spam, WhoIsMeant,
    NoSuchPage, NamesSomebody.
    """
    comment = _locked(comment_id)
    permissions.may_change_comment(by, comment)
    thing = discussed.find(by, comment.kind, comment.object_id)
    if thing is None or comment.deleted_at:
        raise Refused
    said = _("This comment was changed in another window meanwhile.")
    revisions.check(comment, revision, said)
    spam.check(words.text)
    comment.unnamed = comment.unnamed or thing.under_rule
    told, untold = telling.split(_mentioned(words, comment.unnamed, by), thing)
    if words.place != comment.place:
        paging.check(words.place, thing)
    comment.text, comment.language = words.text, words.language
    comment.place = words.place if thing.has_pages else None
    comment.edited_at, comment.revision = at, revision + 1
    comment.save(update_fields=["text", "language", "place", "edited_at", "revision", "unnamed"])
    comment.mentioned.set(told)
    telling.tell_mentioned(comment, told, at=at)
    return Written(comment, untold)


@transaction.atomic
def delete(*, comment_id: int, by: User, at: datetime) -> Comment:
    """Takes one's own words away; the line stays. Twice changes nothing. Raises Refused."""
    comment = _locked(comment_id)
    permissions.may_change_comment(by, comment)
    if comment.deleted_at is None:
        comment.deleted_at = at
        comment.save(update_fields=["deleted_at"])
    return comment


@transaction.atomic
def bring_back(*, comment_id: int, by: User, at: datetime) -> Comment:
    """Undoes a deletion within UNDO. Raises Refused, and NotPossible once the words are gone."""
    comment = _locked(comment_id)
    permissions.may_change_comment(by, comment)
    if comment.deleted_at and not can_come_back(comment, at):
        raise NotPossible(_("The words of this comment are gone for good."))
    comment.deleted_at = None
    comment.save(update_fields=["deleted_at"])
    return comment


def can_come_back(comment: Comment, at: datetime) -> bool:
    return comment.deleted_at is not None and bool(comment.text) and at < comment.deleted_at + UNDO


@transaction.atomic
def empty_deleted(at: datetime) -> int:
    """Empties the words of comments that can no longer be brought back; how many."""
    gone = Comment.objects.filter(deleted_at__lte=at - UNDO).exclude(text="", translation="")
    keys = list(gone.select_for_update().values_list("pk", flat=True))
    Comment.mentioned.through._base_manager.filter(comment_id__in=keys).delete()
    return Comment.objects.filter(pk__in=keys).update(
        text="", translation="", translation_language=""
    )


@transaction.atomic
def translate(*, comment_id: int, text: str, language: str, by: User, at: datetime) -> Comment:
    """Keeps what a member typed as the translation of a comment; the last one typed stands.

    Raises Refused, Spam, NamesSomebody, and NotPossible for a translation into the comment's own
    language.
    """
    comment = _locked(comment_id)
    permissions.may_contribute(by)
    seen = discussed.comments(by).standing().with_rule().filter(pk=comment_id).first()
    if seen is None:
        raise Refused
    if language == comment.language:
        raise NotPossible(_("The comment is written in this language already."))
    spam.check(text)
    if seen.keeps_name:
        naming.check(text, by=by)
    comment.translation, comment.translation_language = text, language
    comment.save(update_fields=["translation", "translation_language"])
    return comment


def _mentioned(words: Words, is_unnamed: bool, by: User) -> list[Person]:
    """Who is told of these words; nobody where nobody is named."""
    if is_unnamed:
        naming.check(words.text, by=by)
        return []
    return mentions.read(words.text, by=by, chosen=words.chosen)


def _locked(comment_id: int) -> Comment:
    return Comment.objects.select_related("by").select_for_update(of=("self",)).get(pk=comment_id)


def _lately(by: User, at: datetime) -> list[str]:
    own = Comment.objects.filter(by=by.person, at__gt=at - spam.WINDOW)
    return list(own.values_list("text", flat=True))


def _quoted(quoted_id: int | None, thing: discussed.Thing) -> Comment | None:
    """The comment that is answered; none where it does not stand in this thread."""
    if quoted_id is None:
        return None
    return Comment.objects.thread(thing.kind, thing.pk).filter(pk=quoted_id).first()
