"""The mails about a poll: the request to vote, the reminder, the end without a session."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experts.domain import message_kinds
from experts.domain.mails import absolute, write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from sessions.domain import polls
from sessions.domain.poll_page import moment
from sessions.models import PollVoter


def _voters() -> QuerySet[PollVoter]:
    return PollVoter.objects.select_related("person", "poll__created_by")


def _still_waits(_message: Message, voter: PollVoter, at: datetime) -> bool:
    """The poll is open, and this person has not voted."""
    return polls.is_open(voter.poll, at) and voter.voted_at is None


def _ended_without_session(_message: Message, voter: PollVoter, _at: datetime) -> bool:
    return voter.poll.closed_at is not None and voter.poll.session_id is None


def _context(message: Message, voter: PollVoter) -> dict[str, object]:
    zone = message.zone or polls.voter_zone(voter)
    return {
        "voter": voter,
        "poll": voter.poll,
        "person": voter.person,
        "closes": moment(voter.poll.closes_at, zone),
        "link": absolute("poll_answer", polls.link_token(voter)),
    }


def _ask(message: Message, voter: PollVoter, _at: datetime) -> Mail:
    subject = _("Which time suits you? %(title)s") % {"title": voter.poll.title}
    return write("poll_invitation", subject, _context(message, voter))


def _nudge(message: Message, voter: PollVoter, _at: datetime) -> Mail:
    subject = _("Your vote is missing: %(title)s") % {"title": voter.poll.title}
    return write("poll_nudge", subject, _context(message, voter))


def _tell_end(message: Message, voter: PollVoter, _at: datetime) -> Mail:
    subject = _("No session: %(title)s") % {"title": voter.poll.title}
    return write("poll_closed", subject, _context(message, voter))


def register() -> None:
    """Makes the kinds of polls known to the outbox."""
    for name, label, still_true, render in (
        (polls.INVITATION, gettext_lazy("Request to vote on times"), _still_waits, _ask),
        (polls.NUDGE, gettext_lazy("Reminder to vote"), _still_waits, _nudge),
        (polls.CLOSED, gettext_lazy("Poll without a session"), _ended_without_session, _tell_end),
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
            )
        )
