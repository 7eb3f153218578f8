"""The mails about questions: one is put to you, yours is answered, did the answer work?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_html import EMPTY, Block
from experts.domain.mail_words import NAME, TITLE, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from practices.domain.questions import notices, reasons, states
from practices.enums import Routed, Worked
from practices.models import Answer, Question, QuestionRoute

# Letters of a text that stand in a mail.
_QUOTED = 600
_HELLO = pgettext_lazy("mail", "Hello {name},")
_BUTTON = mail_words.button(gettext_lazy("the button that opens the question"), "question_button")

_ROUTED_WORDS = Words(
    subject=pgettext_lazy("mail", "A colleague asks you: {title}"),
    body=(
        _HELLO,
        pgettext_lazy(
            "mail",
            "A colleague in another country is stuck with a case and you may know more: “{title}”",
        ),
        "{case}",
        "{reasons}",
        pgettext_lazy(
            "mail",
            "Three lines are already a help. If you have no time or no idea, pass it on by one "
            "press: somebody else is asked then.",
        ),
        "{question_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        mail_words.block("case", gettext_lazy("the situation, in the asker's words")),
        mail_words.block("reasons", gettext_lazy("why the reader was chosen")),
        _BUTTON,
    ),
)
_ANSWERED_WORDS = Words(
    subject=pgettext_lazy("mail", "Your question has an answer: {title}"),
    body=(
        _HELLO,
        pgettext_lazy("mail", "Somebody answered your question “{title}”:"),
        "{answer}",
        pgettext_lazy(
            "mail", "If it helps, accept it there: others with the same question find it then."
        ),
        "{question_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        mail_words.block("answer", gettext_lazy("how the answer begins")),
        _BUTTON,
    ),
)
_FOLLOW_UP_WORDS = Words(
    subject=pgettext_lazy("mail", "Did it work? {title}"),
    body=(
        _HELLO,
        pgettext_lazy(
            "mail",
            "A month ago you accepted an answer to “{title}”. Did it work? One press is enough; a "
            "line about what happened helps the next person even more, also if it failed.",
        ),
        "{question_button}",
    ),
    placeholders=(NAME, TITLE, _BUTTON),
)


def _routes() -> QuerySet[QuestionRoute]:
    return QuestionRoute.objects.select_related("question")


def _answers() -> QuerySet[Answer]:
    return Answer.objects.select_related("question")


def _still_asked(_message: Message, route: QuestionRoute, _at: datetime) -> bool:
    return route.state == Routed.ASKED and states.is_open(route.question)


def _still_asks(message: Message, answer: Answer, _at: datetime) -> bool:
    return answer.question.asked_by_id == message.person_id


def _not_judged(_message: Message, question: Question, _at: datetime) -> bool:
    return question.accepted_id is not None and question.worked == Worked.UNKNOWN


def _beginning(text: str) -> Block:
    return mail_blocks.quote(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…")


def _written(kind: str, message: Message, question: Question, label: str, **more: Value) -> Mail:
    page = path("question_detail", question.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": question.title,
        "question_button": mail_blocks.button(settings.BASE_URL + page, label),
    }
    return write(kind, values | more, link=page)


def _write_routed(message: Message, route: QuestionRoute, _at: datetime) -> Mail:
    said = reasons.said(route.reasons)
    why = EMPTY
    if said:
        lines = mail_blocks.listed([mail_blocks.typed(reason) for reason in said])
        why = mail_blocks.facts([(pgettext("mail", "Why you"), lines)])
    label = pgettext("mail", "Answer or pass it on")
    case = _beginning(route.question.situation)
    return _written(notices.ROUTED, message, route.question, label, case=case, reasons=why)


def _write_answered(message: Message, answer: Answer, _at: datetime) -> Mail:
    label = pgettext("mail", "Read the whole answer")
    shown = _beginning(answer.text)
    return _written(notices.ANSWERED, message, answer.question, label, answer=shown)


def _write_follow_up(message: Message, question: Question, _at: datetime) -> Mail:
    label = pgettext("mail", "Say whether it worked")
    return _written(notices.FOLLOW_UP, message, question, label)


def _newest(
    rows: Callable[[], QuerySet[Any]], field: str
) -> Callable[[User, datetime], Example | None]:
    """The newest row whose question the user sees; `field` leads from the row to its question."""

    def example(user: User, _at: datetime) -> Example | None:
        seen = Question.objects.visible_to(user).filter(checked_at__isnull=False)
        found = rows().filter(**{f"{field}__in": seen.values("pk")}).order_by("-pk").first()
        if found is None:
            return None
        return Example(found, {}, found.title if field == "pk" else found.question.title)

    return example


def _kind(name: str, label: str | Promise, words: Words, **more: Any) -> MessageKind:
    return MessageKind(name=name, label=label, words=words, **more)


KINDS = (
    _kind(
        notices.ROUTED,
        gettext_lazy("A question was put to you"),
        _ROUTED_WORDS,
        load=message_kinds.by_row(_routes),
        still_true=_still_asked,
        render=_write_routed,
        topic=Topic.REVIEWS,
        waits=True,
        example=_newest(_routes, "question"),
    ),
    _kind(
        notices.ANSWERED,
        gettext_lazy("Your question was answered"),
        _ANSWERED_WORDS,
        load=message_kinds.by_row(_answers),
        still_true=_still_asks,
        render=_write_answered,
        topic=Topic.NEWS,
        example=_newest(_answers, "question"),
    ),
    _kind(
        notices.FOLLOW_UP,
        gettext_lazy("Whether an accepted answer worked"),
        _FOLLOW_UP_WORDS,
        load=message_kinds.by_row(Question.objects.all),
        still_true=_not_judged,
        render=_write_follow_up,
        topic=Topic.NEWS,
        waits=True,
        example=_newest(Question.objects.all, "pk"),
    ),
)


def register() -> None:
    """Makes the kinds known to the outbox."""
    for kind in KINDS:
        message_kinds.register(kind)
