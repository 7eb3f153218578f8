"""The mail that asks a reviewer to rate again; written from the state at the minute of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.times import say_day
from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from feedback.reviews.domain import notices
from feedback.reviews.models import Assignment, ReviewRound
from feedback.validation.domain.waves import waves
from feedback.validation.models import Wave

WORDS = Words(
    subject=pgettext_lazy("mail", "Please rate again: “{title}” v{number}, by {due}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "The reviews of “{title}”, version {number}, do not agree on everything. You see how "
            "the group answered, without names, and may keep your answer or change it by {due}.",
        ),
        "{wave_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        Placeholder("number", gettext_lazy("the number of the version")),
        Placeholder("due", gettext_lazy("the day the answers are due")),
        mail_words.button(gettext_lazy("the button that opens the questions"), "wave_button"),
    ),
)


@dataclass(frozen=True)
class Asked:
    """The reader's own review, and the wave that asks about it."""

    assignment: Assignment
    wave: Wave


def _load(message: Message) -> Asked | None:
    user = User.objects.filter(person=message.person_id, is_active=True).first()
    if user is None:
        return None
    found = waves.waiting(user.person).filter(round=message.object_id).first()
    if found is None:
        return None
    opened = waves.open_for(user, found.pk)
    return Asked(*opened) if opened else None


def _always(_message: Message, _asked: Asked, _at: datetime) -> bool:
    """What is loaded waits for an answer."""
    return True


def _render(message: Message, asked: Asked, _at: datetime) -> Mail:
    version = asked.assignment.round.version
    link = path("wave_answer", asked.assignment.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": version.material.title,
        "number": str(version.number),
        "due": say_day(asked.wave.due_on),
        "wave_button": mail_blocks.button(settings.BASE_URL + link, pgettext("mail", "Rate again")),
    }
    return write(notices.WAVE, values, link=link)


def _example(user: User, _at: datetime) -> Example | None:
    """The newest wave of a round that the user sees, as if its reader had not answered."""
    rounds = ReviewRound.objects.visible_to(user)
    wave = Wave.objects.filter(round__in=rounds).order_by("-opened_at").first()
    if wave is None:
        return None
    assignment = wave.round.assignments.filter(submitted_on__isnull=False).first()
    if assignment is None:
        return None
    return Example(Asked(assignment, wave), {}, wave.round.version.material.title)


def register() -> None:
    """Makes the kind known to the outbox.

    Only who has sent a review gets it, so whether it went would tell who has.
    """
    message_kinds.register(
        MessageKind(
            name=notices.WAVE,
            label=gettext_lazy("A panel is asked to rate again"),
            load=message_kinds.one_by_one(_load),
            still_true=_always,
            render=_render,
            topic=Topic.REVIEWS,
            waits=True,
            confidential=True,
            words=WORDS,
            example=_example,
        )
    )
