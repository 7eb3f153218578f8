"""The mails about a poll: the request to vote, the reminder, the end without a session."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import own_page, path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from sessions.domain import mail_examples, polls
from sessions.domain.poll_page import moment
from sessions.models import PollVoter


def _voters() -> QuerySet[PollVoter]:
    return PollVoter.objects.select_related("person", "poll__created_by")


def _still_waits(_message: Message, voter: PollVoter, at: datetime) -> bool:
    """The poll is open, and this person has not voted."""
    return polls.is_open(voter.poll, at) and voter.voted_at is None


def _ended_without_session(_message: Message, voter: PollVoter, _at: datetime) -> bool:
    return voter.poll.closed_at is not None and voter.poll.session_id is None


HELLO = pgettext_lazy("mail", "Hello {name},")
INVITER = Placeholder("inviter", gettext_lazy("who made the poll"))
CLOSES = Placeholder("closes", gettext_lazy("until when votes are open"))
PURPOSE = mail_words.block("purpose", gettext_lazy("what it is for, in the coordinator's words"))
VOTE_BUTTON = mail_words.button(gettext_lazy("the button that leads to the vote"), "vote_button")
OPEN_UNTIL = pgettext_lazy("mail", "Votes are open until {closes}.")
YOURS_ALONE = pgettext_lazy(
    "mail",
    "You need no log-in. This link is yours alone; you can change your vote until the end.",
)
KNOWN = (NAME, TITLE, INVITER, CLOSES, PURPOSE)
INVITATION_WORDS = Words(
    subject=pgettext_lazy("mail", "Which time suits you? {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "{inviter} looks for a time that suits everybody:"),
        "{title}",
        "{purpose}",
        OPEN_UNTIL,
        "{vote_button}",
        YOURS_ALONE,
    ),
    placeholders=(*KNOWN, VOTE_BUTTON),
)
NUDGE_WORDS = Words(
    subject=pgettext_lazy("mail", "Your vote is missing: {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "Your vote is still missing here:"),
        "{title}",
        OPEN_UNTIL,
        "{vote_button}",
        YOURS_ALONE,
    ),
    placeholders=(*KNOWN, VOTE_BUTTON),
)
CLOSED_WORDS = Words(
    subject=pgettext_lazy("mail", "No session: {title}"),
    body=(
        HELLO,
        pgettext_lazy(
            "mail",
            "{inviter} closed this poll; no session comes of it. Thank you for your time.",
        ),
        "{title}",
    ),
    placeholders=KNOWN,
)


def _write(kind: str, message: Message, voter: PollVoter) -> Mail:
    poll, zone = voter.poll, message.zone or polls.voter_zone(voter)
    voting = own_page("poll_answer", polls.link_token(voter))
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": poll.title,
        "inviter": poll.created_by.name,
        "closes": moment(poll.closes_at, zone),
        "purpose": mail_blocks.quote(poll.purpose),
        "vote_button": mail_blocks.button(
            settings.BASE_URL + voting, pgettext("mail", "Say which times suit you")
        ),
    }
    link = path("poll_detail", poll.pk) if message.person.user_id else voting
    return write(kind, values, link=link)


def _ask(message: Message, voter: PollVoter, _at: datetime) -> Mail:
    return _write(polls.INVITATION, message, voter)


def _nudge(message: Message, voter: PollVoter, _at: datetime) -> Mail:
    return _write(polls.NUDGE, message, voter)


def _tell_end(message: Message, voter: PollVoter, _at: datetime) -> Mail:
    return _write(polls.CLOSED, message, voter)


def register() -> None:
    """Makes the kinds of polls known to the outbox."""
    for name, label, still_true, render, words in (
        (
            polls.INVITATION,
            gettext_lazy("Request to vote on times"),
            _still_waits,
            _ask,
            INVITATION_WORDS,
        ),
        (polls.NUDGE, gettext_lazy("Reminder to vote"), _still_waits, _nudge, NUDGE_WORDS),
        (
            polls.CLOSED,
            gettext_lazy("Poll without a session"),
            _ended_without_session,
            _tell_end,
            CLOSED_WORDS,
        ),
    ):
        message_kinds.register(
            MessageKind(
                name,
                label,
                message_kinds.by_row(_voters),
                still_true,
                render,
                topic=Topic.INVITATIONS,
                waits=name == polls.NUDGE,
                follows=polls.INVITATION if name == polls.NUDGE else "",
                words=words,
                example=mail_examples.poll,
            )
        )
