"""The mails about a session: written late, from the state of things at the minute of sending."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.times import say_distance
from experts.domain import message_kinds
from experts.domain.mails import absolute, write
from experts.domain.message_kinds import Calendar, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from sessions.domain import calendar_text, notices, reminder_mails, reply_address, seat_mails
from sessions.domain.invitations import link_token
from sessions.enums import AskedThrough, Seat
from sessions.models import Invitation


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related(
        "session__series", "session__planned_by", "person", "invited_by", "sponsor"
    )


def _still_ahead(_message: Message, invitation: Invitation, at: datetime) -> bool:
    session = invitation.session
    if invitation.asked_through == AskedThrough.EXTERNAL and not invitation.consented_at:
        return False
    return session.cancelled_at is None and at < session.starts_at


def _is_newest(message: Message, invitation: Invitation, at: datetime) -> bool:
    """The change this mail tells of is the last one, and there is somebody to tell."""
    return (
        _still_ahead(message, invitation, at)
        and message.payload["sequence"] == invitation.session.sequence
    )


def _wants_reminder(message: Message, invitation: Invitation, at: datetime) -> bool:
    return _is_newest(message, invitation, at) and reminder_mails.is_for(message, invitation)


def _is_cancelled(_message: Message, invitation: Invitation, at: datetime) -> bool:
    session = invitation.session
    return session.cancelled_at is not None and at < session.ends_at


def _context(message: Message, invitation: Invitation, at: datetime) -> dict[str, object]:
    session = invitation.session
    when = session.when(message.zone)
    return {
        "invitation": invitation,
        "session": session,
        "person": invitation.person,
        "when": when,
        "distance": say_distance(session.starts_at, at, message.zone),
        "answer_link": absolute("session_answer", link_token(invitation)),
        "page": absolute("session_detail", session.pk),
    }


def _calendar(invitation: Invitation, method: str) -> Calendar:
    page = absolute("session_detail", invitation.session_id)
    return Calendar(method, calendar_text.message(invitation, method=method, page=page))


def _invite(message: Message, invitation: Invitation, at: datetime) -> Mail:
    context = _context(message, invitation, at)
    subject = _("Invitation: %(title)s") % {"title": invitation.session.title}
    mail = write("session_invitation", subject, context)
    reply_to = reply_address.of_invitation(invitation)
    return _with_calendar(mail, _calendar(invitation, calendar_text.REQUEST), reply_to)


def _tell_change(message: Message, invitation: Invitation, at: datetime) -> Mail:
    context = _context(message, invitation, at)
    subject = _("New time or place: %(title)s") % {"title": invitation.session.title}
    mail = write("session_change", subject, context)
    reply_to = reply_address.of_invitation(invitation)
    return _with_calendar(mail, _calendar(invitation, calendar_text.REQUEST), reply_to)


def _tell_cancellation(message: Message, invitation: Invitation, at: datetime) -> Mail:
    context = _context(message, invitation, at)
    subject = _("Cancelled: %(title)s") % {"title": invitation.session.title}
    mail = write("session_cancellation", subject, context)
    reply_to = reply_address.of_invitation(invitation)
    return _with_calendar(mail, _calendar(invitation, calendar_text.CANCEL), reply_to)


def _remind(message: Message, invitation: Invitation, at: datetime) -> Mail:
    context = _context(message, invitation, at)
    context["work"] = reminder_mails.work_of(message, invitation.session)
    context["waits"] = invitation.seat in {Seat.WAITING, Seat.OFFERED}
    subject = _("Reminder: %(title)s, %(distance)s") % {
        "title": invitation.session.title,
        "distance": context["distance"],
    }
    return write("session_reminder", subject, context)


def _seat_holds(message: Message, invitation: Invitation, at: datetime) -> bool:
    return _still_ahead(message, invitation, at) and seat_mails.holds(message, invitation, at)


def _tell_of_seat(message: Message, invitation: Invitation, at: datetime) -> Mail:
    context = _context(message, invitation, at) | seat_mails.context(message, invitation)
    return write("session_seat", seat_mails.subject(invitation), context)


def _with_calendar(mail: Mail, calendar: Calendar, reply_to: str = "") -> Mail:
    return Mail(mail.subject, mail.text, mail.html, calendar, reply_to)


def register() -> None:
    """Makes this app's kinds known to the outbox."""
    load = message_kinds.by_row(_invitations)
    asked, changed, reminded = Topic.INVITATIONS, Topic.CHANGES, Topic.REMINDERS
    for name, label, still_true, render, topic in (
        (notices.INVITATION, gettext_lazy("Invitation to a session"), _still_ahead, _invite, asked),
        (notices.CHANGE, gettext_lazy("New time or place"), _is_newest, _tell_change, changed),
        (
            notices.CANCELLATION,
            gettext_lazy("Cancellation"),
            _is_cancelled,
            _tell_cancellation,
            changed,
        ),
        (notices.REMINDER, gettext_lazy("Reminder"), _wants_reminder, _remind, reminded),
        (notices.SEAT, gettext_lazy("News of a seat"), _seat_holds, _tell_of_seat, changed),
    ):
        message_kinds.register(
            MessageKind(
                name,
                label,
                load,
                still_true,
                render,
                topic=topic,
                waits=name == notices.REMINDER,
            )
        )
