"""The mails about what is said of a round: answers in the discussion, the author's response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from feedback.reviews.domain import discussion, notices, responses, visibility
from feedback.reviews.models import ReviewRound

_NUMBER = Placeholder("number", gettext_lazy("the number of the version"))
_BUTTON = mail_words.button(
    gettext_lazy("the button that opens the discussion"), "discussion_button"
)
DISCUSSION_WORDS = Words(
    subject=pgettext_lazy("mail", "New answers about “{title}” v{number}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        "{answers}",
        "{discussion_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        _NUMBER,
        Placeholder("answers", gettext_lazy("a sentence: how many answers came in")),
        _BUTTON,
    ),
)
RESPONSE_WORDS = Words(
    subject=pgettext_lazy("mail", "The author answers the reviews of “{title}” v{number}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "The author of “{title}”, version {number}, has answered what the reviewers said.",
        ),
        "{discussion_button}",
    ),
    placeholders=(NAME, TITLE, _NUMBER, _BUTTON),
)


@dataclass(frozen=True)
class News:
    """What is new of a round for one reader: so many answers of others, a response to read."""

    review_round: ReviewRound
    answers: int
    response: bool


def _load(message: Message) -> News | None:
    """What the reader may see of it at the minute of sending."""
    review_round = ReviewRound.objects.with_version().filter(pk=message.object_id).first()
    user = User.objects.filter(person=message.person_id, is_active=True).first()
    if review_round is None or user is None:
        return None
    on = message.payload.get("on")
    answers = on and discussion.answers_of_others(user, review_round, date.fromisoformat(on))
    view = visibility.of(user, review_round)
    response = responses.readable(responses.of(review_round), view)
    return News(review_round, answers or 0, response)


def _has_answers(_message: Message, news: News, _at: datetime) -> bool:
    return news.answers > 0


def _has_response(_message: Message, news: News, _at: datetime) -> bool:
    return news.response


def _values(message: Message, news: News) -> dict[str, Value]:
    version = news.review_round.version
    page = path("round_discussion", news.review_round.pk)
    return {
        "name": message.person.name,
        "title": version.material.title,
        "number": str(version.number),
        "discussion_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the discussion")
        ),
    }


def _discussed(message: Message, news: News, _at: datetime) -> Mail:
    answers = pgettext("mail", "New answers: %(n)d.") % {"n": news.answers}
    values = _values(message, news) | {"answers": answers}
    return write(notices.DISCUSSION, values, link=path("round_discussion", news.review_round.pk))


def _answered(message: Message, news: News, _at: datetime) -> Mail:
    link = path("round_discussion", news.review_round.pk)
    return write(notices.RESPONSE, _values(message, news), link=link)


def _example(user: User, _at: datetime) -> Example | None:
    """The newest round that the user sees, as if there were three answers."""
    newest = ReviewRound.objects.visible_to(user).with_version().open_first().first()
    if newest is None:
        return None
    return Example(News(newest, 3, True), {}, newest.version.material.title)


# Only who has sent a review hears of these, so whether one went would tell who has.
KINDS = (
    MessageKind(
        name=notices.DISCUSSION,
        label=gettext_lazy("Answers in the discussion of a review"),
        load=message_kinds.one_by_one(_load),
        still_true=_has_answers,
        render=_discussed,
        topic=Topic.REVIEWS,
        waits=True,
        confidential=True,
        words=DISCUSSION_WORDS,
        example=_example,
    ),
    MessageKind(
        name=notices.RESPONSE,
        label=gettext_lazy("The author's response to a review"),
        load=message_kinds.one_by_one(_load),
        still_true=_has_response,
        render=_answered,
        topic=Topic.REVIEWS,
        confidential=True,
        words=RESPONSE_WORDS,
        example=_example,
    ),
)


def register() -> None:
    """Makes these kinds known to the outbox."""
    for kind in KINDS:
        message_kinds.register(kind)
