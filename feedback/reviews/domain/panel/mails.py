"""The notice to coordinators that somebody declined; it names nobody and no review."""

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
from feedback.reviews.domain import notices
from feedback.reviews.models import ReviewRound

DECLINED_WORDS = Words(
    subject=pgettext_lazy("mail", "An expert declined to review “{title}”"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "One of the experts asked to review “{title}”, version {number}, has declined. The "
            "page proposes who could be asked instead, and says why.",
        ),
        "{propose_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        Placeholder("number", gettext_lazy("the number of the version")),
        mail_words.button(
            gettext_lazy("the button that shows who could be asked"), "propose_button"
        ),
    ),
)


def _rounds() -> QuerySet[ReviewRound]:
    found: QuerySet[ReviewRound] = ReviewRound.objects.with_version()
    return found


def _is_open(_message: Message, review_round: ReviewRound, _at: datetime) -> bool:
    return review_round.closed_at is None


def _write(message: Message, review_round: ReviewRound, _at: datetime) -> Mail:
    version = review_round.version
    page = path("round_propose", review_round.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": version.material.title,
        "number": str(version.number),
        "propose_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "See who could be asked")
        ),
    }
    return write(notices.DECLINED, values, link=page)


def _example(user: User, _at: datetime) -> Example | None:
    """The newest round that the user sees."""
    newest = ReviewRound.objects.visible_to(user).with_version().open_first().first()
    return Example(newest, {}, newest.version.material.title) if newest else None


KINDS = (
    MessageKind(
        name=notices.DECLINED,
        label=gettext_lazy("An expert declined a review"),
        load=message_kinds.by_row(_rounds),
        still_true=_is_open,
        render=_write,
        topic=Topic.REVIEWS,
        waits=True,
        words=DECLINED_WORDS,
        example=_example,
    ),
)


def register() -> None:
    """Makes the kind known to the outbox."""
    for kind in KINDS:
        message_kinds.register(kind)
