"""Comments as a reader sees them: words of deleted and hidden ones are left out here, for all."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from cop_platform.common.text import to_html
from experts.models import Person, User
from practices import permissions
from practices.domain.talk import discussed, writing
from practices.domain.talk.discussed import Key, Thing
from practices.models import Comment

# Letters of an answered comment that stand above the answer.
_EXCERPT = 240


@dataclass(frozen=True)
class Quoted:
    """The comment that is answered; `words` is empty where they were taken away."""

    pk: int
    name: str
    words: str


@dataclass(frozen=True)
class Line:
    """One comment for one reader; `html` is empty where the words are not theirs to read."""

    comment: Comment
    html: SafeString
    translation: SafeString
    language: str
    translated_into: str
    quoted: Quoted | None
    mentioned: list[Person]
    is_own: bool
    is_deleted: bool
    is_hidden: bool
    may_change: bool
    may_moderate: bool
    can_come_back: bool
    thing: Thing | None = None

    @property
    def is_standing(self) -> bool:
        return not (self.is_deleted or self.is_hidden)

    @property
    def country(self) -> str:
        return self.comment.by.country.code if self.comment.by.country else ""


def lines(
    comments: Iterable[Comment], user: User, at: datetime, things: dict[Key, Thing] | None = None
) -> list[Line]:
    """The comments as `user` reads them; they come from `with_people`."""
    things = things or {}
    return [
        _line(comment, user, at, things.get((comment.kind, comment.object_id)))
        for comment in comments
    ]


def with_things(comments: Iterable[Comment], user: User, at: datetime) -> list[Line]:
    """The same, each with what it is about; for lists over many objects."""
    comments = list(comments)
    things = discussed.find_many(user, {(c.kind, c.object_id) for c in comments})
    return lines(comments, user, at, things)


def _line(comment: Comment, user: User, at: datetime, thing: Thing | None) -> Line:
    is_own = comment.by.user_id == user.pk
    moderates = permissions.may_moderate.allows(user, comment.by.country_id)
    is_deleted, is_hidden = comment.deleted_at is not None, comment.hidden_at is not None
    readable = not is_deleted and (not is_hidden or is_own or moderates)
    return Line(
        comment=comment,
        html=to_html(comment.text) if readable else SafeString(""),
        translation=to_html(comment.translation) if readable else SafeString(""),
        language=_language(comment.language),
        translated_into=_language(comment.translation_language),
        quoted=_quoted(comment.quoted),
        mentioned=list(comment.mentioned.all()) if readable else [],
        is_own=is_own,
        is_deleted=is_deleted,
        is_hidden=is_hidden,
        may_change=permissions.may_change_comment.allows(user, comment) and not is_deleted,
        may_moderate=moderates and not is_deleted,
        can_come_back=is_own and not is_hidden and writing.can_come_back(comment, at),
        thing=thing,
    )


def _quoted(comment: Comment | None) -> Quoted | None:
    if comment is None:
        return None
    stands = comment.deleted_at is None and comment.hidden_at is None
    return Quoted(comment.pk, comment.by.name, excerpt(comment.text) if stands else "")


def excerpt(text: str) -> str:
    """Enough of a comment to know it by, in one line, without what it quotes itself."""
    own = [line for line in text.splitlines() if not line.startswith(">")]
    plain = html.unescape(strip_tags(to_html("\n".join(own or text.splitlines()))))
    words = " ".join(plain.split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"


def as_quote(comment: Comment) -> str:
    """The words of a comment the way a quote is typed, to answer piece by piece."""
    if comment.deleted_at or comment.hidden_at:
        return ""
    return "\n".join(f"> {line}".rstrip() for line in comment.text.splitlines()) + "\n\n"


def _language(code: str) -> str:
    return str(dict(settings.PROJECT_LANGUAGES).get(code, ""))
