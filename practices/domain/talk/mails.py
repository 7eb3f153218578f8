"""The mails about comments, written when they are sent and only for who sees the object then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_html import EMPTY, Block
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from practices.domain.talk import discussed, mentions, telling
from practices.domain.talk.discussed import Thing
from practices.models import Comment

# Letters of a comment that stand in a mail.
_QUOTED = 1000
_WRITER = Placeholder("writer", gettext_lazy("who wrote the comment"))
_PLACE = mail_words.block("place", gettext_lazy("the page it is about, where there is one"))
_COMMENT = mail_words.block("comment", gettext_lazy("the words of the comment"), needed=True)
_BUTTON = mail_words.button(gettext_lazy("the button that opens the discussion"), "comment_button")
_KNOWN = (NAME, TITLE, _WRITER, _PLACE, _COMMENT, _BUTTON)

MENTION_WORDS = Words(
    subject=pgettext_lazy("mail", "{writer} mentions you: {title}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "{writer} mentions you in the discussion of “{title}”:"),
        "{place}",
        "{comment}",
        "{comment_button}",
    ),
    placeholders=_KNOWN,
)
NEWS_WORDS = Words(
    subject=pgettext_lazy("mail", "{writer} wrote about “{title}”"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "there is a new comment on “{title}”, by {writer}:"),
        "{place}",
        "{comment}",
        "{comment_button}",
        pgettext_lazy(
            "mail",
            "You get this because you follow this discussion, because somebody answers you, or "
            "because it is about something of yours.",
        ),
    ),
    placeholders=_KNOWN,
)
MODERATED_WORDS = Words(
    subject=pgettext_lazy("mail", "About your comment on “{title}”"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "a moderator looked at your comment on “{title}”:"),
        "{comment}",
        "{decided}",
        "{comment_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        _COMMENT,
        mail_words.block("decided", gettext_lazy("what was decided and why"), needed=True),
        _BUTTON,
    ),
)


@dataclass(frozen=True)
class Said:
    """A comment with what it is about, as the reader of the message sees it."""

    comment: Comment
    thing: Thing


def _load(messages: Sequence[Message]) -> dict[int, Said]:
    """The comments; those on what a reader does not see (any more) are left out."""
    rows = Comment.objects.with_rule().select_related("by")
    comments = rows.in_bulk({message.object_id for message in messages})
    found = {}
    for message in messages:
        comment, user = comments.get(message.object_id), message.person.user
        if comment is None or user is None:
            continue
        thing = discussed.find(user, comment.kind, comment.object_id)
        if thing is not None:
            found[message.pk] = Said(comment, thing)
    return found


def _stands(_message: Message, said: Said, _at: datetime) -> bool:
    return said.comment.deleted_at is None and said.comment.hidden_at is None


def _values(message: Message, said: Said, label: str) -> dict[str, Value]:
    """A mail goes on: what keeps its writer's name names nobody in it, whoever reads it."""
    comment = said.comment
    writer, text = comment.by.name, comment.text
    if comment.keeps_name:
        writer, text = pgettext("mail", "A participant"), mentions.without(text)
    text = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    return {
        "name": message.person.name,
        "title": said.thing.title,
        "writer": writer,
        "place": _place(comment),
        "comment": mail_blocks.quote(text),
        "comment_button": mail_blocks.button(settings.BASE_URL + _page(comment), label),
    }


def _page(comment: Comment) -> str:
    return path("comment_detail", comment.pk)


def _place(comment: Comment) -> Block:
    if comment.place is None:
        return EMPTY
    return mail_blocks.sentence(pgettext("mail", "It is about page %(n)d.") % {"n": comment.place})


def _mention(message: Message, said: Said, _at: datetime) -> Mail:
    values = _values(message, said, pgettext("mail", "Read and answer"))
    return write(telling.MENTION, values, link=_page(said.comment))


def _news(message: Message, said: Said, _at: datetime) -> Mail:
    values = _values(message, said, pgettext("mail", "Read and answer"))
    return write(telling.NEWS, values, link=_page(said.comment))


def _moderated(message: Message, said: Said, _at: datetime) -> Mail:
    values = _values(message, said, pgettext("mail", "Open the comment"))
    if said.comment.hidden_at is None:
        decided = mail_blocks.sentence(pgettext("mail", "It is shown to everybody again."))
    else:
        decided = mail_blocks.stacked(
            mail_blocks.sentence(pgettext("mail", "It was taken down, for this reason:")),
            mail_blocks.quote(said.comment.hidden_why),
        )
    known = {"name", "title", "comment", "comment_button"}
    shown = {name: value for name, value in values.items() if name in known}
    return write(telling.MODERATED, shown | {"decided": decided}, link=_page(said.comment))


def _example(user: User, _at: datetime) -> Example | None:
    """The newest comment the user sees."""
    found = discussed.comments(user).standing().with_rule().select_related("by")
    newest = found.order_by("-at", "-pk").first()
    thing = newest and discussed.find(user, newest.kind, newest.object_id)
    if newest is None or thing is None:
        return None
    return Example(Said(newest, thing), {}, thing.title)


KINDS = (
    MessageKind(
        name=telling.MENTION,
        label=gettext_lazy("A mention in a comment"),
        load=_load,
        still_true=_stands,
        render=_mention,
        topic=Topic.NEWS,
        waits=True,
        words=MENTION_WORDS,
        example=_example,
    ),
    MessageKind(
        name=telling.NEWS,
        label=gettext_lazy("A new comment"),
        load=_load,
        still_true=_stands,
        render=_news,
        topic=Topic.NEWS,
        waits=True,
        words=NEWS_WORDS,
        example=_example,
    ),
    MessageKind(
        name=telling.MODERATED,
        label=gettext_lazy("A comment taken down or put back"),
        load=_load,
        still_true=lambda _message, said, _at: said.comment.deleted_at is None,
        render=_moderated,
        topic=Topic.NEWS,
        waits=True,
        words=MODERATED_WORDS,
        example=_example,
    ),
)


def register() -> None:
    """Makes these kinds known to the outbox."""
    for kind in KINDS:
        message_kinds.register(kind)
