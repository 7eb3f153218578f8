"""The mails to the owner of an action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.times import say_day
from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from sessions.domain.actions import telling
from sessions.enums import ActionState
from sessions.models import ActionItem

_HELLO = pgettext_lazy("mail", "Hello {name},")
_PLACEHOLDERS = (
    NAME,
    TITLE,
    Placeholder("day", gettext_lazy("the day by which it is promised")),
    mail_words.block("details", gettext_lazy("what was written down about the action")),
    mail_words.button(gettext_lazy("the button that opens the action"), "action_button"),
)
GIVEN_WORDS = Words(
    subject=pgettext_lazy("mail", "An action is yours: {title}"),
    body=(
        _HELLO,
        pgettext_lazy("mail", "You are named as the owner of this action, until {day}:"),
        "{title}",
        "{details}",
        "{action_button}",
    ),
    placeholders=_PLACEHOLDERS,
)
DUE_WORDS = Words(
    subject=pgettext_lazy("mail", "Due on {day}: {title}"),
    body=(
        _HELLO,
        pgettext_lazy("mail", "This action is due on {day}. One press says that it is done."),
        "{title}",
        "{details}",
        "{action_button}",
    ),
    placeholders=_PLACEHOLDERS,
)


def _actions() -> QuerySet[ActionItem]:
    return ActionItem.objects.all()


def _is_true(message: Message, action: ActionItem, _at: datetime) -> bool:
    """It is still open, still theirs, and still due on that day."""
    is_theirs = action.owner_id == message.person_id
    is_that_day = message.payload.get("due_on") == action.due_on.isoformat()
    return action.state == ActionState.OPEN and is_theirs and is_that_day


def _given_is_true(message: Message, action: ActionItem, _at: datetime) -> bool:
    """Whatever its day became: it is open and theirs."""
    return action.state == ActionState.OPEN and action.owner_id == message.person_id


def _write(message: Message, action: ActionItem, _at: datetime) -> Mail:
    page = path("action_detail", action.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": action.title,
        "day": say_day(action.due_on),
        "details": mail_blocks.quote(action.details),
        "action_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the action")
        ),
    }
    return write(message.kind, values, link=page)


def _example(user: User, _at: datetime) -> Example | None:
    newest = ActionItem.objects.visible_to(user).open().order_by("-written_at", "-pk").first()
    return Example(newest, {}, newest.title) if newest else None


def _kind(name: str, label: Any, words: Words, still_true: Any) -> MessageKind:
    return MessageKind(
        name=name,
        label=label,
        load=message_kinds.by_row(_actions),
        still_true=still_true,
        render=_write,
        topic=Topic.NEWS,
        waits=True,
        words=words,
        example=_example,
    )


def register() -> None:
    """Makes the kinds of actions known to the outbox."""
    given = gettext_lazy("An action is yours")
    due = gettext_lazy("An action is due tomorrow")
    message_kinds.register(_kind(telling.GIVEN, given, GIVEN_WORDS, _given_is_true))
    message_kinds.register(_kind(telling.DUE, due, DUE_WORDS, _is_true))
