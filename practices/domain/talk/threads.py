"""The thread of an object that somebody sees: its comments, and where each stands."""

from __future__ import annotations

from experts.domain.links import path
from practices.domain.talk.discussed import Thing
from practices.models import Comment
from practices.querysets import CommentQuerySet

PER_PAGE = 50


def of(thing: Thing) -> CommentQuerySet:
    """Everything that was said about an object the reader sees, the oldest first."""
    return Comment.objects.thread(thing.kind, thing.pk).with_people().order_by("pk")


def answered(thing: Thing, key: str) -> Comment | None:
    """The comment of this thread that an address or a form names, where it can be answered."""
    if not (key.isascii() and key.isdigit()):
        return None
    return of(thing).standing().filter(pk=int(key)).first()


def answers(comment: Comment) -> CommentQuerySet:
    """The answers to a comment the reader sees; they stand in the same thread."""
    return Comment.objects.filter(quoted=comment).with_people().order_by("pk")


def address(comment: Comment) -> str:
    """The page of the thread on which a comment stands, and its place there."""
    before = Comment.objects.thread(comment.kind, comment.object_id).filter(pk__lt=comment.pk)
    page = before.count() // PER_PAGE + 1
    return (
        f"{path('talk_thread', comment.kind, comment.object_id)}?page={page}#comment-{comment.pk}"
    )
