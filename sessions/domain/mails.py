"""The mails about a session: written late, from the state of things at the minute of sending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy, pgettext

from cop_platform.common.prepared import KeysSlot, Prepared
from cop_platform.common.rows import attach
from experts.domain import mail_blocks, message_kinds
from experts.domain.links import absolute
from experts.domain.mail_html import EMPTY, Block, inert
from experts.domain.mail_words import Value
from experts.domain.mails import write
from experts.domain.message_kinds import Calendar, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, Person
from sessions.domain import (
    calendar_text,
    mail_examples,
    mail_parts,
    notices,
    reminder_mails,
    replanning,
    reply_address,
    seat_mails,
    session_words,
)
from sessions.enums import Answer, AskedThrough, Seat
from sessions.models import CopSession, Invitation

# Asked for every few mails.
_INVITATIONS = Prepared(lambda: Invitation.objects.filter(pk__in=KeysSlot("keys")).order_by())
_SESSIONS = Prepared(
    lambda: (
        CopSession.objects.filter(pk__in=KeysSlot("keys"))
        .select_related("series", "planned_by")
        .order_by()
    )
)
_PEOPLE = Prepared(lambda: Person.objects.filter(pk__in=KeysSlot("keys")).order_by())


def _one() -> QuerySet[Invitation]:
    return Invitation.objects.select_related(
        "session__series", "session__planned_by", "invited_by", "sponsor"
    )


def _load(messages: Sequence[Message]) -> dict[int, Invitation]:
    """The invitations; each person is the message's own, which is there already."""
    found = _many(messages) if len(messages) > 1 else message_kinds.by_row(_one)(messages)
    for message in messages:
        invitation = found.get(message.pk)
        if invitation is not None and invitation.person_id == message.person_id:
            attach(invitation, person=message.person)
    return found


def _many(messages: Sequence[Message]) -> dict[int, Invitation]:
    """As `by_row` would give them. Raises KeyError as `_share` does."""
    invitations = _INVITATIONS.all(keys=list({message.object_id for message in messages}))
    _share(invitations)
    found = {invitation.pk: invitation for invitation in invitations}
    return {m.pk: found[m.object_id] for m in messages if m.object_id in found}


def _share(invitations: list[Invitation]) -> None:
    """Reads the few sessions and people that mails due at once are about, each of them once.

    Raises KeyError where one was deleted in this moment; then each mail is read for itself.
    """
    about = {invitation.session_id for invitation in invitations}
    sessions = {session.pk: session for session in _SESSIONS.all(keys=list(about))}
    others = {person for i in invitations for person in (i.invited_by_id, i.sponsor_id) if person}
    people = {person.pk: person for person in _PEOPLE.all(keys=list(others))}
    for invitation in invitations:
        session, inviter = sessions[invitation.session_id], people[invitation.invited_by_id]
        attach(invitation, session=session, invited_by=inviter)
        if invitation.sponsor_id:
            attach(invitation, sponsor=people[invitation.sponsor_id])


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
    if not _is_newest(message, invitation, at) or replanning.is_overtaken(message, invitation, at):
        return False
    return reminder_mails.is_for(message, invitation)


def _is_cancelled(_message: Message, invitation: Invitation, at: datetime) -> bool:
    session = invitation.session
    return session.cancelled_at is not None and at < session.ends_at


def _calendar(invitation: Invitation, method: str) -> Calendar:
    page = absolute("session_detail", invitation.session_id)
    return Calendar(method, calendar_text.message(invitation, method=method, page=page))


def _values(
    message: Message, invitation: Invitation, at: datetime, button: str
) -> tuple[dict[str, Value], str]:
    """What every mail here is told, and the page it leads to; `button` leads to the answer."""
    answering = mail_parts.answer_page(invitation)
    values = mail_parts.of_session(message, invitation.session, at)
    values["answer_button"] = mail_parts.answer_button(answering, button)
    return values, mail_parts.leads_to(message.person, invitation.session_id, answering)


def _invite(message: Message, invitation: Invitation, at: datetime) -> Mail:
    values, link = _values(message, invitation, at, pgettext("mail", "Answer: yes, maybe or no"))
    values["inviter"] = invitation.invited_by.name
    values["purpose"] = mail_blocks.quote(invitation.session.purpose)
    mail = write(notices.INVITATION, values, link=link, reason=_reason(invitation))
    return _with_calendar(mail, invitation, calendar_text.REQUEST)


def _reason(invitation: Invitation) -> str:
    """Why somebody outside the community is written to."""
    if invitation.sponsor is None:
        return ""
    text = pgettext(
        "mail",
        "You get this mail because %(name)s told us that you agreed to be contacted about this "
        "session.",
    )
    return text % {"name": inert(invitation.sponsor.name, False).text}


def _tell_change(message: Message, invitation: Invitation, at: datetime) -> Mail:
    label = pgettext("mail", "Does it still suit you? Answer")
    values, link = _values(message, invitation, at, label)
    mail = write(notices.CHANGE, values, link=link)
    return _with_calendar(mail, invitation, calendar_text.REQUEST)


def _tell_cancellation(message: Message, invitation: Invitation, at: datetime) -> Mail:
    values = mail_parts.of_session(message, invitation.session, at)
    values["reason"] = mail_blocks.quote(invitation.session.cancel_reason)
    answering = mail_parts.answer_page(invitation)
    link = mail_parts.leads_to(message.person, invitation.session_id, answering)
    mail = write(notices.CANCELLATION, values, link=link)
    return _with_calendar(mail, invitation, calendar_text.CANCEL)


def _remind(message: Message, invitation: Invitation, at: datetime) -> Mail:
    label, said = _on_answer(invitation.answer, get_language())
    values, link = _values(message, invitation, at, label)
    waits = invitation.seat in {Seat.WAITING, Seat.OFFERED}
    values["answer"] = reminder_mails.on_waiting_list() if waits else said
    values["reviews"] = reminder_mails.reviews(message, invitation.session)
    return write(notices.REMINDER, values, link=link)


@lru_cache(maxsize=100)
def _on_answer(answer: str, _language: str | None) -> tuple[str, Block]:
    """The words on the button and what the reader said, in the active language."""
    if not answer:
        return pgettext("mail", "Answer: yes, maybe or no"), EMPTY
    label = pgettext("mail", "Change my answer")
    if answer != Answer.YES:
        return label, EMPTY
    return label, mail_blocks.sentence(pgettext("mail", "You said that you will come."))


def _seat_holds(message: Message, invitation: Invitation, at: datetime) -> bool:
    return _still_ahead(message, invitation, at) and seat_mails.holds(message, invitation, at)


def _tell_of_seat(message: Message, invitation: Invitation, at: datetime) -> Mail:
    values, link = _values(message, invitation, at, seat_mails.label(invitation))
    values |= seat_mails.values(message, invitation)
    return write(notices.SEAT, values, link=link)


def _with_calendar(mail: Mail, invitation: Invitation, method: str) -> Mail:
    reply_to = reply_address.of_invitation(invitation)
    return mail._replace(calendar=_calendar(invitation, method), reply_to=reply_to)


def register() -> None:
    """Makes this app's kinds known to the outbox."""
    asked, changed, reminded = Topic.INVITATIONS, Topic.CHANGES, Topic.REMINDERS
    for name, label, still_true, render, topic, words in (
        (
            notices.INVITATION,
            gettext_lazy("Invitation to a session"),
            _still_ahead,
            _invite,
            asked,
            session_words.INVITATION,
        ),
        (
            notices.CHANGE,
            gettext_lazy("New time or place"),
            _is_newest,
            _tell_change,
            changed,
            session_words.CHANGE,
        ),
        (
            notices.CANCELLATION,
            gettext_lazy("Cancellation"),
            _is_cancelled,
            _tell_cancellation,
            changed,
            session_words.CANCELLATION,
        ),
        (
            notices.REMINDER,
            gettext_lazy("Reminder"),
            _wants_reminder,
            _remind,
            reminded,
            session_words.REMINDER,
        ),
        (
            notices.SEAT,
            gettext_lazy("News of a seat"),
            _seat_holds,
            _tell_of_seat,
            changed,
            session_words.SEAT,
        ),
    ):
        message_kinds.register(
            MessageKind(
                name,
                label,
                _load,
                still_true,
                render,
                topic=topic,
                waits=name == notices.REMINDER,
                follows=notices.INVITATION if name == notices.REMINDER else "",
                words=words,
                example=mail_examples.invitation,
            )
        )
