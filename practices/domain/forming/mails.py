"""The mail about a hand-over, to both who are in it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.times import say_day
from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import absolute, path
from experts.domain.mail_words import NAME, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import CommunityOfPractice, Message, User
from practices.domain.forming.handing_over import KIND
from practices.models import HandOver

WORDS = Words(
    subject=pgettext_lazy("mail", "{after} coordinates {cop} from {day}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "{before} hands {cop} over to {after}. It holds from {day}."),
        "{note}",
        pgettext_lazy("mail", "What is open there stands on one page, for both of you:"),
        "{list_button}",
    ),
    placeholders=(
        NAME,
        Placeholder("before", gettext_lazy("who coordinated it")),
        Placeholder("after", gettext_lazy("who coordinates it from then on")),
        Placeholder("cop", gettext_lazy("the community")),
        Placeholder("day", gettext_lazy("the day from which it holds")),
        mail_words.block("note", gettext_lazy("what to know, in the coordinator's words")),
        mail_words.button(gettext_lazy("the button that leads to what is open"), "list_button"),
    ),
)


def _rows() -> QuerySet[HandOver]:
    return HandOver.objects.select_related("cop", "before", "after")


def _holds(_message: Message, _row: HandOver, _at: datetime) -> bool:
    return True


def _write(message: Message, row: HandOver, _at: datetime) -> Mail:
    values: dict[str, Value] = {
        "name": message.person.name,
        "before": row.before.name,
        "after": row.after.name,
        "cop": row.cop.name,
        "day": say_day(row.on),
        "note": mail_blocks.quote(row.note),
        "list_button": mail_blocks.button(
            absolute("charter_list"), pgettext("mail", "Look at what is open")
        ),
    }
    return write(KIND, values, link=path("charter_list"))


def _example(user: User, at: datetime) -> Example | None:
    """As if the looker handed the first community over to themselves."""
    cop = CommunityOfPractice.objects.visible_to(user).order_by("pk").first()
    if cop is None:
        return None
    person = user.person
    shown = HandOver(pk=0, cop=cop, before=person, after=person, by=person, on=at.date(), at=at)
    return Example(shown, {}, cop.name)


def register() -> None:
    """Makes the kind known to the outbox."""
    message_kinds.register(
        MessageKind(
            KIND,
            gettext_lazy("Hand-over of a community"),
            message_kinds.by_row(_rows),
            _holds,
            _write,
            topic=Topic.ACCOUNT,
            words=WORDS,
            example=_example,
        )
    )
