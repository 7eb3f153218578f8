"""The mail that tells a reviewer what was decided on their own comments, written when it is sent.

It names the round; whose comments they are is asked of the identity service for the reader alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_html import Block
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from feedback.changes.domain import telling
from feedback.changes.domain.telling import Told
from feedback.changes.enums import Decision
from feedback.reviews.domain import change_source, decided_notices, identity
from feedback.reviews.models import Annotation, Rating, ReviewRound

WORDS = Words(
    subject=pgettext_lazy("mail", "What became of your comments on “{title}” v{number}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "Thank you for your review of “{title}”, version {number}. This was decided on what "
            "you asked for:",
        ),
        "{decided}",
        "{material_button}",
        pgettext_lazy(
            "mail",
            "Only you get this list. Nobody learns from it who wrote which comment.",
        ),
    ),
    placeholders=(
        NAME,
        TITLE,
        Placeholder("number", gettext_lazy("the number of the version")),
        mail_words.block(
            "decided", gettext_lazy("the reader's comments and what became of each"), needed=True
        ),
        mail_words.button(
            gettext_lazy("the button that opens the material's page"), "material_button"
        ),
    ),
)

# Letters of a comment that stand in the mail.
_QUOTED = 600


@dataclass(frozen=True)
class OwnDecisions:
    """What a mail is about."""

    review_round: ReviewRound
    told: list[Told]


def _load(message: Message) -> OwnDecisions | None:
    """The decisions of the message's day on what its reader wrote in the round."""
    own = identity.assignment_of(round_id=message.object_id, person=message.person)
    if own is None:
        return None
    ratings = Rating.objects.filter(assignment=own).values_list("pk", flat=True)
    annotations = Annotation.objects.filter(assignment=own).values_list("pk", flat=True)
    keys = {change_source.RATING: list(ratings), change_source.ANNOTATION: list(annotations)}
    return OwnDecisions(own.round, telling.decided_on(decided_notices.day_of(message.key), keys))


def _is_true(_message: Message, about: OwnDecisions, _at: datetime) -> bool:
    return bool(about.told)


def _said(decision: str) -> str:
    return {
        Decision.ACCEPT: pgettext("mail", "Accepted:"),
        Decision.ADAPT: pgettext("mail", "Accepted in another form:"),
        Decision.DECLINE: pgettext("mail", "Declined:"),
    }[Decision(decision)]


def _beginning(text: str) -> str:
    """Enough of a comment to know it by."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _block(told: Told) -> Block:
    return mail_blocks.stacked(
        mail_blocks.sentence(pgettext("mail", "You asked:")),
        mail_blocks.quote(_beginning(told.asked)),
        mail_blocks.sentence(_said(told.decision)),
        mail_blocks.quote(told.reason),
    )


def _write(message: Message, about: OwnDecisions, _at: datetime) -> Mail:
    version = about.review_round.version
    page = path("material_detail", version.material_id)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": version.material.title,
        "number": str(version.number),
        "decided": mail_blocks.stacked(*(_block(told) for told in about.told)),
        "material_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "You said, we did")
        ),
    }
    return write(decided_notices.DECIDED, values, link=page)


def example(user: User, _at: datetime) -> Example | None:
    """The newest round that the user sees, with a comment nobody wrote."""
    rounds = ReviewRound.objects.visible_to(user).with_version()
    newest = rounds.open_first().first()
    if newest is None:
        return None
    told = Told(
        pgettext("mail", "Say in the first line what the page is for."),
        Decision.ACCEPT,
        pgettext("mail", "The first line of each page now says it."),
    )
    return Example(OwnDecisions(newest, [told]), {}, newest.version.material.title)


# It tells who has written: what became of it is the reader's alone to know.
KIND = MessageKind(
    name=decided_notices.DECIDED,
    label=gettext_lazy("What became of own comments"),
    load=message_kinds.one_by_one(_load),
    still_true=_is_true,
    render=_write,
    topic=Topic.REVIEWS,
    waits=True,
    confidential=True,
    words=WORDS,
    example=example,
)


def register() -> None:
    """Makes the kind known to the outbox."""
    message_kinds.register(KIND)
