"""Comments as a reader sees them: words of deleted and hidden ones are left out here, for all."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cop_platform.common.text import to_html
from experts.models import Person, User
from practices import permissions
from practices.domain.talk import discussed, mentions, writing
from practices.domain.talk.discussed import Key, Thing
from practices.models import Comment
from sessions.models import CopSession

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
    """One comment for one reader; `html` is empty where the words are not theirs to read.

    `name` and `country` are of the writer as this reader is told; `keeps_name` says that others are
    not told.
    """

    comment: Comment
    name: str
    country: str
    keeps_name: bool
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


def lines(
    comments: Iterable[Comment], user: User, at: datetime, things: dict[Key, Thing] | None = None
) -> list[Line]:
    """The comments as `user` reads them; they come from `with_people`."""
    things, comments = things or {}, list(comments)
    run = _run_by(user, comments)
    return [
        _line(comment, _Reader(user, at, run), things.get((comment.kind, comment.object_id)))
        for comment in comments
    ]


@dataclass(frozen=True)
class _Reader:
    """Who reads, when, and which of the sessions under the Chatham House rule they run."""

    user: User
    at: datetime
    run: frozenset[int]

    def moderates(self, comment: Comment) -> bool:
        """The same rule as `may_moderate`, on what is loaded."""
        if comment.keeps_name:
            return comment.object_id in self.run
        return self.user.access.coordinates(comment.by.country_id)

    def is_told(self, comment: Comment) -> bool:
        """Whether the writer is named to this reader; of rows whose rule is known."""
        is_own = comment.by.user_id == self.user.pk
        return is_own or not comment.keeps_name or comment.object_id in self.run


def _run_by(user: User, comments: list[Comment]) -> frozenset[int]:
    """One query, and none where no comment keeps its writer's name."""
    keys = {comment.object_id for comment in comments if _is_kept_somewhere(comment)}
    if not keys:
        return frozenset()
    run = CopSession.objects.run_by(user).filter(pk__in=keys)
    return frozenset(run.order_by().values_list("pk", flat=True))


def _is_kept_somewhere(comment: Comment) -> bool:
    return comment.keeps_name or (comment.quoted is not None and comment.quoted.unnamed)


def with_things(comments: Iterable[Comment], user: User, at: datetime) -> list[Line]:
    """The same, each with what it is about; for lists over many objects."""
    comments = list(comments)
    things = discussed.find_many(user, {(c.kind, c.object_id) for c in comments})
    return lines(comments, user, at, things)


def _line(comment: Comment, reader: _Reader, thing: Thing | None) -> Line:
    is_own = comment.by.user_id == reader.user.pk
    moderates, is_told = reader.moderates(comment), reader.is_told(comment)
    is_deleted, is_hidden = comment.deleted_at is not None, comment.hidden_at is not None
    readable = not is_deleted and (not is_hidden or is_own or moderates)
    country = comment.by.country
    return Line(
        comment=comment,
        name=comment.by.name if is_told else unnamed(),
        country=country.code if country and is_told else "",
        keeps_name=comment.keeps_name,
        html=to_html(_words(comment.text, is_told)) if readable else SafeString(""),
        translation=to_html(_words(comment.translation, is_told)) if readable else SafeString(""),
        language=_language(comment.language),
        translated_into=_language(comment.translation_language),
        quoted=_quoted(comment, reader),
        mentioned=list(comment.mentioned.all()) if readable and is_told else [],
        is_own=is_own,
        is_deleted=is_deleted,
        is_hidden=is_hidden,
        may_change=permissions.may_change_comment.allows(reader.user, comment) and not is_deleted,
        may_moderate=moderates and not is_deleted,
        can_come_back=is_own and not is_hidden and writing.can_come_back(comment, reader.at),
        thing=thing,
    )


def unnamed() -> str:
    """What stands in the place of a name that is kept."""
    return _("A participant")


def _words(text: str, is_told: bool) -> str:
    return text if is_told else mentions.without(text)


def _quoted(comment: Comment, reader: _Reader) -> Quoted | None:
    quoted = comment.quoted
    if quoted is None:
        return None
    # Both stand in the same thread, under the same rule.
    quoted.under_rule = comment.under_rule
    is_told = reader.is_told(quoted)
    stands = quoted.deleted_at is None and quoted.hidden_at is None
    return Quoted(
        quoted.pk,
        quoted.by.name if is_told else unnamed(),
        excerpt(_words(quoted.text, is_told)) if stands else "",
    )


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
    text = _words(comment.text, not comment.keeps_name)
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines()) + "\n\n"


def _language(code: str) -> str:
    return str(dict(settings.PROJECT_LANGUAGES).get(code, ""))
