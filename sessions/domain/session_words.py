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
REVIEWS = mail_words.block("reviews", gettext_lazy("reviews the reader still owes; else nothing"))
NEXT = mail_words.block("next", gettext_lazy("the next session the reader is asked to"))
SESSION_BUTTON = mail_words.block(
    "session_button", gettext_lazy("the button that opens the session, for those with an account")
)

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
        "{reviews}",
        "{answer}",
        "{answer_button}",
    ),
    placeholders=(
        *OF_SESSION,
        REVIEWS,
        mail_words.block(
            "answer", gettext_lazy("that the reader said yes or waits for a seat; else nothing")
        ),
        ANSWER_BUTTON,
    ),
)
LAST_CALL = Words(
    subject=pgettext_lazy("mail", "Will you come? {title}"),
    body=(
        HELLO,
        pgettext_lazy(
            "mail",
            "Your answer is still missing. A yes, a maybe or a no all help those who prepare the "
            "session:",
        ),
        "{title}",
        "{when}",
        "{reviews}",
        "{answer_button}",
    ),
    placeholders=(*OF_SESSION, REVIEWS, ANSWER_BUTTON),
)
AFTER = Words(
    subject=pgettext_lazy("mail", "Thank you: {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "Thank you for your time and what you brought to this session:"),
        "{title}",
        "{when}",
        "{next}",
        "{session_button}",
    ),
    placeholders=(*OF_SESSION, NEXT, SESSION_BUTTON),
)
MISSED = Words(
    subject=pgettext_lazy("mail", "What you missed: {title}"),
    body=(
        HELLO,
        pgettext_lazy(
            "mail",
            "This session took place without you. What was shown stays where you find it:",
        ),
        "{title}",
        "{when}",
        "{next}",
        "{session_button}",
    ),
    placeholders=(*OF_SESSION, NEXT, SESSION_BUTTON),
)
CHECKLIST = Words(
    subject=pgettext_lazy("mail", "You lead a session {distance}: {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "You lead this session or have a role in it. This is how it stands:"),
        "{title}",
        "{when}",
        "{answers}",
        "{agenda}",
        "{materials}",
        "{session_button}",
    ),
    placeholders=(
        *OF_SESSION,
        mail_words.block("answers", gettext_lazy("who comes, from where, and who is missing")),
        mail_words.block("agenda", gettext_lazy("the agenda with the hour of each step")),
        mail_words.block("materials", gettext_lazy("materials and documents to have at hand")),
        SESSION_BUTTON,
    ),
)
REVIEW_CALL = Words(
    subject=pgettext_lazy("mail", "Your review is wanted before {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "Your review would help a session that is near:"),
        "{title}",
        "{when}",
        "{reviews}",
    ),
    placeholders=(*OF_SESSION, REVIEWS),
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
