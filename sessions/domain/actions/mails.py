"""The mails to the owner of an action, and to who gets several at once."""

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
from sessions.models import ActionHandOver, ActionItem

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
HANDED_WORDS = Words(
    subject=pgettext_lazy("mail", "Actions of {before} are yours now"),
    body=(
        _HELLO,
        pgettext_lazy("mail", "{before} had promised these actions. You are their owner now:"),
        "{actions}",
        "{action_button}",
    ),
    placeholders=(
        NAME,
        Placeholder("before", gettext_lazy("the person who had promised the actions")),
        mail_words.block("actions", gettext_lazy("the actions, each with its day")),
        mail_words.button(gettext_lazy("the button that opens the actions"), "action_button"),
    ),
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


def _hand_overs() -> QuerySet[ActionHandOver]:
    return ActionHandOver.objects.select_related("before")


def _theirs(done: ActionHandOver) -> QuerySet[ActionItem]:
    """Those that are still open and still theirs."""
    return done.actions.filter(state=ActionState.OPEN, owner=done.after_id)


def _handed_is_true(_message: Message, done: ActionHandOver, _at: datetime) -> bool:
    return done.undone_at is None and _theirs(done).exists()


def _write_handed(message: Message, done: ActionHandOver, _at: datetime) -> Mail:
    page = path("action_handed", done.pk)
    said = pgettext("mail", "{title}, until {day}")
    lines = [
        mail_blocks.typed(said.format(title=action.title, day=say_day(action.due_on)))
        for action in _theirs(done).order_by("due_on", "pk")
    ]
    values: dict[str, Value] = {
        "name": message.person.name,
        "before": done.before.name,
        "actions": mail_blocks.listed(lines),
        "action_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the actions")
        ),
    }
    return write(message.kind, values, link=page)


def _handed_example(user: User, _at: datetime) -> Example | None:
    seen = ActionHandOver.objects.visible_to(user).filter(undone_at__isnull=True)
    newest = seen.select_related("before").first()
    return Example(newest, {}, str(newest)) if newest else None


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
    message_kinds.register(
        MessageKind(
            name=telling.HANDED,
            label=gettext_lazy("Actions of somebody else are yours"),
            load=message_kinds.by_row(_hand_overs),
            still_true=_handed_is_true,
            render=_write_handed,
            topic=Topic.NEWS,
            waits=True,
            words=HANDED_WORDS,
            example=_handed_example,
        )
    )
