"""The mails that answer a person's calendar: asked again, taken back, a proposal declined."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext

from cop_platform.common.times import When
from experts.domain import message_kinds
from experts.domain.links import absolute
from experts.domain.mails import write
from experts.domain.message_kinds import Calendar, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from sessions.domain import (
    calendar_text,
    mail_examples,
    mail_parts,
    notices,
    reply_address,
    session_words,
)
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


def _with_calendar(mail: Mail, invitation: Invitation, method: str, stamp: datetime | None) -> Mail:
    page = absolute("session_detail", invitation.session_id)
    text = calendar_text.message(invitation, method=method, page=page, stamp=stamp)
    reply_to = reply_address.of_invitation(invitation)
    return mail._replace(calendar=Calendar(method, text), reply_to=reply_to)


def _ask_again(message: Message, invitation: Invitation, at: datetime) -> Mail:
    values = mail_parts.of_session(message, invitation.session, at)
    page = mail_parts.answer_page(invitation)
    label = pgettext("mail", "Does it suit you? Answer")
    values["answer_button"] = mail_parts.answer_button(page, label)
    link = mail_parts.leads_to(message.person, invitation.session_id, page)
    mail = write(notices.ASK_AGAIN, values, link=link)
    return _with_calendar(mail, invitation, calendar_text.REQUEST, None)


def _take_back(message: Message, invitation: Invitation, at: datetime) -> Mail:
    values = mail_parts.of_session(message, invitation.session, at)
    # Who is asked no more sees no page of the session, and the link of the answer is revoked.
    mail = write(notices.TAKEN_BACK, values)
    return _with_calendar(mail, invitation, calendar_text.CANCEL, message.created_at)


def _keep_time(message: Message, proposal: Proposal, at: datetime) -> Mail:
    invitation = _proposed_by(proposal, message)
    values = mail_parts.of_session(message, proposal.session, at)
    page = mail_parts.answer_page(invitation)
    label = pgettext("mail", "Will you come all the same? Answer")
    values["answer_button"] = mail_parts.answer_button(page, label)
    minutes = int((proposal.ends_at - proposal.starts_at).total_seconds()) // 60
    start, zone = proposal.starts_at.astimezone(UTC), proposal.session.zone
    values["proposed"] = When(start, minutes, zone, message.zone).reader_line()
    link = mail_parts.leads_to(message.person, proposal.session_id, page)
    mail = write(notices.TIME_KEPT, values, link=link)
    method = calendar_text.DECLINECOUNTER
    return _with_calendar(mail, invitation, method, proposal.decided_at)


def _proposed_by(proposal: Proposal, message: Message) -> Invitation:
    """The invitation of the person who proposed; of an example, one that is not stored."""
    if proposal.pk is None:
        return Invitation(pk=0, session=proposal.session, person=message.person)
    asked = proposal.session.invitations.select_related("person")
    invitation = asked.get(person=message.person)
    invitation.session = proposal.session
    return invitation


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
            words=session_words.ASK_AGAIN,
            example=mail_examples.invitation,
        ),
        MessageKind(
            notices.TAKEN_BACK,
            gettext_lazy("Invitation taken back"),
            one_by_one(_load_taken_back),
            _still_taken_back,
            _take_back,
            topic=Topic.CHANGES,
            words=session_words.TAKEN_BACK,
            example=mail_examples.invitation,
        ),
        MessageKind(
            notices.TIME_KEPT,
            gettext_lazy("Proposal declined"),
            by_row(_proposals),
            _still_kept,
            _keep_time,
            topic=Topic.CHANGES,
            words=session_words.TIME_KEPT,
            example=mail_examples.proposal,
        ),
    ):
        message_kinds.register(kind)
