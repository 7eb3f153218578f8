"""The words of the mails about one session, as the platform came with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from experts.domain import mail_words
from experts.domain.mail_words import Placeholder, Words
from sessions.domain.mail_parts import (
    ANSWER_BUTTON,
    INVITER,
    NEWS,
    OF_SESSION,
    PURPOSE,
    REASON,
)

HELLO = pgettext_lazy("mail", "Hello {name},")

INVITATION = Words(
    subject=pgettext_lazy("mail", "Invitation: {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "{inviter} invites you to this session:"),
        "{title}",
        "{when}",
        "{purpose}",
        "{answer_button}",
        pgettext_lazy("mail", "You need no log-in to answer. The calendar entry is attached."),
    ),
    placeholders=(*OF_SESSION, INVITER, PURPOSE, ANSWER_BUTTON),
)
CHANGE = Words(
    subject=pgettext_lazy("mail", "New time or place: {title}"),
    body=(
        HELLO,
        pgettext_lazy(
            "mail",
            "This session has a new time or place. What you see here replaces what you had:",
        ),
        "{title}",
        "{when}",
        "{answer_button}",
        pgettext_lazy("mail", "The attached calendar entry moves the one you have."),
    ),
    placeholders=(*OF_SESSION, ANSWER_BUTTON),
)
CANCELLATION = Words(
    subject=pgettext_lazy("mail", "Cancelled: {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "This session does not take place:"),
        "{title}",
        "{when}",
        "{reason}",
        pgettext_lazy("mail", "The attached calendar entry takes it out of your calendar."),
    ),
    placeholders=(*OF_SESSION, REASON),
)
REMINDER = Words(
    subject=pgettext_lazy("mail", "Reminder: {title}, {distance}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "A session you are invited to is near:"),
        "{title}",
        "{when}",
        "{answer}",
        "{answer_button}",
    ),
    placeholders=(
        *OF_SESSION,
        mail_words.block("answer", gettext_lazy("that the reader said yes; else nothing")),
        ANSWER_BUTTON,
    ),
)
SEAT = Words(
    subject=pgettext_lazy("mail", "{news}: {title}"),
    body=(HELLO, "{seat}", "{title}", "{when}", "{answer_button}"),
    placeholders=(
        *OF_SESSION,
        NEWS,
        mail_words.block(
            "seat", gettext_lazy("what became of the seat, and until when"), needed=True
        ),
        ANSWER_BUTTON,
    ),
)
ASK_AGAIN = Words(
    subject=pgettext_lazy("mail", "Please answer again: {title}"),
    body=(
        HELLO,
        pgettext_lazy(
            "mail",
            "You answered for an earlier time of this session. This is the time it has now:",
        ),
        "{title}",
        "{when}",
        "{answer_button}",
        pgettext_lazy("mail", "The attached calendar entry replaces the one you have."),
    ),
    placeholders=(*OF_SESSION, ANSWER_BUTTON),
)
TAKEN_BACK = Words(
    subject=pgettext_lazy("mail", "Invitation taken back: {title}"),
    body=(
        HELLO,
        pgettext_lazy(
            "mail",
            "Your invitation to this session was taken back; nothing is expected of you:",
        ),
        "{title}",
        "{when}",
        pgettext_lazy("mail", "The attached calendar entry takes yours away."),
    ),
    placeholders=OF_SESSION,
)
TIME_KEPT = Words(
    subject=pgettext_lazy("mail", "The time stays: {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "Thank you for proposing {proposed}. The session stays at its time:"),
        "{title}",
        "{when}",
        "{answer_button}",
    ),
    placeholders=(
        *OF_SESSION,
        Placeholder("proposed", gettext_lazy("the day and hours the reader proposed")),
        ANSWER_BUTTON,
    ),
)
