"""The mails that answer a person's calendar: asked again, taken back, a proposal declined."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.times import When, say_distance
from experts.domain import message_kinds
from experts.domain.mails import absolute, write
from experts.domain.message_kinds import Calendar, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from sessions.domain import calendar_text, notices, reply_address
from sessions.domain.invitations import link_token
from sessions.models import CopSession, Invitation, Proposal


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related(
        "session__series", "session__planned_by", "person", "invited_by"
    )


def _load_taken_back(message: Message) -> Invitation | None:
    """The invitation as it was; its row is gone, so nothing here is saved."""
    sessions = CopSession.objects.select_related("series", "planned_by")
    session = sessions.filter(pk=message.object_id).first()
    if session is None:
        return None
    return Invitation(
        pk=message.payload["invitation"],
        generation=message.payload["generation"],
        session=session,
        person=message.person,
        invited_at=message.created_at,
    )


def _proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("session__series", "session__planned_by", "person")


def _asks_now(message: Message, invitation: Invitation, at: datetime) -> bool:
    session = invitation.session
    ahead = session.cancelled_at is None and at < session.starts_at
    return ahead and message.payload["sequence"] == session.sequence


def _still_taken_back(message: Message, invitation: Invitation, at: datetime) -> bool:
    """Not asked anew meanwhile, and not cancelled for everybody."""
    session = invitation.session
    if session.cancelled_at or at >= session.ends_at:
        return False
    return not session.invitations.filter(person=message.person).exists()


def _still_kept(_message: Message, proposal: Proposal, at: datetime) -> bool:
    session = proposal.session
    moved = session.sequence != proposal.sequence
    return not moved and session.cancelled_at is None and at < session.ends_at


def _context(message: Message, session: CopSession, at: datetime) -> dict[str, object]:
    return {
        "session": session,
        "person": message.person,
        "when": When(session.starts_at, session.minutes, session.zone, message.zone),
        "distance": say_distance(session.starts_at, at, message.zone),
    }


def _with_calendar(mail: Mail, invitation: Invitation, method: str, stamp: datetime | None) -> Mail:
    page = absolute("session_detail", invitation.session_id)
    text = calendar_text.message(invitation, method=method, page=page, stamp=stamp)
    reply_to = reply_address.of_invitation(invitation)
    return Mail(mail.subject, mail.text, mail.html, Calendar(method, text), reply_to)


def _ask_again(message: Message, invitation: Invitation, at: datetime) -> Mail:
    context = _context(message, invitation.session, at)
    context["answer_link"] = absolute("session_answer", link_token(invitation))
    subject = _("Please answer again: %(title)s") % {"title": invitation.session.title}
    mail = write("session_ask_again", subject, context)
    return _with_calendar(mail, invitation, calendar_text.REQUEST, None)


def _take_back(message: Message, invitation: Invitation, at: datetime) -> Mail:
    context = _context(message, invitation.session, at)
    subject = _("Invitation taken back: %(title)s") % {"title": invitation.session.title}
    mail = write("session_taken_back", subject, context)
    return _with_calendar(mail, invitation, calendar_text.CANCEL, message.created_at)


def _keep_time(message: Message, proposal: Proposal, at: datetime) -> Mail:
    invitation = proposal.session.invitations.select_related("person").get(person=message.person)
    invitation.session = proposal.session
    context = _context(message, proposal.session, at)
    context["answer_link"] = absolute("session_answer", link_token(invitation))
    minutes = int((proposal.ends_at - proposal.starts_at).total_seconds()) // 60
    context["proposed"] = When(
        proposal.starts_at.astimezone(UTC), minutes, proposal.session.zone, message.zone
    )
    subject = _("The time stays: %(title)s") % {"title": proposal.session.title}
    mail = write("session_time_kept", subject, context)
    method = calendar_text.DECLINECOUNTER
    return _with_calendar(mail, invitation, method, proposal.decided_at)


def register() -> None:
    """Makes these kinds known to the outbox."""
    by_row, one_by_one = message_kinds.by_row, message_kinds.one_by_one
    for kind in (
        MessageKind(
            notices.ASK_AGAIN,
            gettext_lazy("Asked again"),
            by_row(_invitations),
            _asks_now,
            _ask_again,
            topic=Topic.INVITATIONS,
        ),
        MessageKind(
            notices.TAKEN_BACK,
            gettext_lazy("Invitation taken back"),
            one_by_one(_load_taken_back),
            _still_taken_back,
            _take_back,
            topic=Topic.CHANGES,
        ),
        MessageKind(
            notices.TIME_KEPT,
            gettext_lazy("Proposal declined"),
            by_row(_proposals),
            _still_kept,
            _keep_time,
            topic=Topic.CHANGES,
        ),
    ):
        message_kinds.register(kind)
