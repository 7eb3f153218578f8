"""The mail that brings the answer to an idea to its author."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from practices.domain.ideas import answered
from practices.models import Idea

WORDS = Words(
    subject=pgettext_lazy("mail", "An answer to your idea “{title}”"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "Thank you for your idea “{title}”. This is the answer:"),
        "{answer}",
        pgettext_lazy("mail", "How far it got: {state}."),
        "{idea_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        mail_words.block("answer", gettext_lazy("the answer to the idea"), needed=True),
        Placeholder("state", gettext_lazy("how far the idea got")),
        mail_words.button(gettext_lazy("the button that opens the idea"), "idea_button"),
    ),
)


def _ideas() -> QuerySet[Idea]:
    return Idea.objects.exclude(answer="")


def _is_true(_message: Message, idea: Idea, _at: datetime) -> bool:
    """An idea that was merged meanwhile is answered where it went."""
    return idea.merged_into_id is None


def _write(message: Message, idea: Idea, _at: datetime) -> Mail:
    page = path("idea_detail", idea.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": idea.title,
        "answer": mail_blocks.quote(idea.answer),
        "state": idea.get_state_display(),
        "idea_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the idea")
        ),
    }
    return write(answered.KIND, values, link=page)


def _example(user: User, _at: datetime) -> Example | None:
    newest = _ideas().visible_to(user).order_by("-answered_on", "-pk").first()  # type: ignore[attr-defined]
    return Example(newest, {}, newest.title) if newest else None


KIND = MessageKind(
    name=answered.KIND,
    label=gettext_lazy("An answer to an idea"),
    load=message_kinds.by_row(_ideas),
    still_true=_is_true,
    render=_write,
    topic=Topic.NEWS,
    waits=True,
    words=WORDS,
    example=_example,
)
