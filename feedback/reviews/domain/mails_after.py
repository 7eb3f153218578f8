"""The mails of a review that was sent: thanks with a certificate, and the word that it is back.

Each tells who has sent, so both kinds are confidential.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.times import say_day
from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from feedback.reviews.domain import notices
from feedback.reviews.domain.mails import Task, example, load

_KNOWN = (
    NAME,
    TITLE,
    Placeholder("number", gettext_lazy("the number of the version")),
    Placeholder("due", gettext_lazy("the day the review is due")),
    mail_words.button(gettext_lazy("the button that opens the review"), "review_button"),
)
THANKS_WORDS = Words(
    subject=pgettext_lazy("mail", "Thank you for your review of “{title}”"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "Your review of “{title}”, version {number}, has arrived. Thank you for the time and "
            "the thought you gave to it.",
        ),
        pgettext_lazy(
            "mail",
            "On the page of your review you find a certificate to keep. It names you, so it is "
            "shown to nobody but you.",
        ),
        "{review_button}",
    ),
    placeholders=_KNOWN,
)
REOPENED_WORDS = Words(
    subject=pgettext_lazy("mail", "Your review of “{title}” is open again"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "As you asked, your review of “{title}”, version {number}, was handed back to you. All "
            "your answers are there: change what you like and send it again by {due}.",
        ),
        "{review_button}",
    ),
    placeholders=_KNOWN,
)


def _is_sent(_message: Message, task: Task, _at: datetime) -> bool:
    return task.assignment.submitted_on is not None


def _is_reopened(_message: Message, task: Task, _at: datetime) -> bool:
    assignment = task.assignment
    is_open = assignment.submitted_on is None and assignment.round.closed_at is None
    return assignment.reopened_on is not None and is_open


def _values(message: Message, task: Task, label: str) -> dict[str, Value]:
    assignment = task.assignment
    version = assignment.round.version
    link = settings.BASE_URL + path("review_desk", assignment.pk)
    return {
        "name": message.person.name,
        "title": version.material.title,
        "number": str(version.number),
        "due": say_day(assignment.due_on),
        "review_button": mail_blocks.button(link, label),
    }


def _thank(message: Message, task: Task, _at: datetime) -> Mail:
    values = _values(message, task, pgettext("mail", "Open your review"))
    return write(notices.THANKS, values, link=path("review_desk", task.assignment.pk))


def _hand_back(message: Message, task: Task, _at: datetime) -> Mail:
    values = _values(message, task, pgettext("mail", "Open the review desk"))
    return write(notices.REOPENED, values, link=path("review_desk", task.assignment.pk))


KINDS = (
    MessageKind(
        name=notices.THANKS,
        label=gettext_lazy("Thanks for a review"),
        load=message_kinds.one_by_one(load),
        still_true=_is_sent,
        render=_thank,
        topic=Topic.REVIEWS,
        waits=True,
        confidential=True,
        words=THANKS_WORDS,
        example=example,
    ),
    MessageKind(
        name=notices.REOPENED,
        label=gettext_lazy("A review handed back"),
        load=message_kinds.one_by_one(load),
        still_true=_is_reopened,
        render=_hand_back,
        topic=Topic.REVIEWS,
        confidential=True,
        words=REOPENED_WORDS,
        example=example,
    ),
)


def register() -> None:
    """Makes these kinds known to the outbox."""
    for kind in KINDS:
        message_kinds.register(kind)
