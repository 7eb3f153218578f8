"""Answers from calendar programs (METHOD:REPLY) become the one record that page and link write."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from icalendar import Component

from cop_platform.common.refusals import NotPossible
from experts.domain import outbox
from experts.models import Message
from sessions.domain import calendar_reading as reading
from sessions.domain import invitations, notices
from sessions.domain.mail_reading import IncomingMail
from sessions.domain.matching import Doubt, Outcome, match
from sessions.enums import Answer, AnsweredBy, InboundResult
from sessions.models import Invitation

ANSWERS = {"ACCEPTED": Answer.YES, "TENTATIVE": Answer.MAYBE, "DECLINED": Answer.NO}
_NOTE = 500


def apply(event: Component, mail: IncomingMail, at: datetime) -> Outcome:
    """Applies one event of a reply. Runs inside the caller's transaction. Raises Doubt."""
    found = match(event, mail)
    first = found.invitations[0]
    answer = answer_of(found.attendee)
    if answer is None:
        raise Doubt(_("It says neither yes, maybe nor no."), first.session)
    sequence, stamp = reading.number(event, "SEQUENCE"), reading.stamp(event, at)
    note = reading.line(event, "COMMENT", _NOTE)
    done = []
    for invitation in found.invitations:
        outdated = out_of_date(invitation, sequence, stamp, at, ask=not found.whole_series)
        done.append(outdated or _count(invitation, answer, note, stamp, at))
    return min(done, key=lambda outcome: outcome.result != InboundResult.APPLIED)


def answer_of(attendee: object) -> Answer | None:
    """What a calendar user's PARTSTAT says; None for anything but yes, maybe and no."""
    parameters = getattr(attendee, "params", {})
    return ANSWERS.get(str(parameters.get("PARTSTAT", "")).upper())


def _count(
    invitation: Invitation, answer: Answer, note: str, stamp: datetime, at: datetime
) -> Outcome:
    session = invitation.session
    try:
        invitations.answer_by_mail(
            invitation_id=invitation.pk,
            answer=answer,
            note=note or invitation.note,
            stamp=stamp,
            at=at,
        )
    except NotPossible as error:
        return Outcome(InboundResult.IGNORED, str(error), session, invitation.person_id)
    said = _("Answer: %(answer)s.") % {"answer": answer.label}
    return Outcome(InboundResult.APPLIED, said, session, invitation.person_id)


def out_of_date(
    invitation: Invitation, sequence: int, stamp: datetime, at: datetime, *, ask: bool = True
) -> Outcome | None:
    """Why a message no longer counts; None when it does.

    Ordered by SEQUENCE, then DTSTAMP (RFC 5546 2.1.5). An answer to a time that is no longer true
    is not counted, and with `ask` the person is asked again.
    """
    current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    session = invitation.session
    reason = ""
    if session.cancelled_at:
        reason = _("This session was cancelled.")
    elif at >= session.starts_at:
        reason = _("This session has started; answers are closed.")
    elif current.replied_stamp and stamp < current.replied_stamp.replace(microsecond=0):
        reason = _("A newer answer from the same calendar was counted before.")
    elif _answered_since(current, stamp):
        reason = _("The person has answered on a page since.")
    elif sequence < session.sequence:
        reason = _("It answers an earlier time; the person is asked again.")
        if ask:
            _ask_again(invitation, at)
    if not reason:
        return None
    return Outcome(InboundResult.IGNORED, reason, session, invitation.person_id)


def _answered_since(invitation: Invitation, stamp: datetime) -> bool:
    by_hand = invitation.answered_by in {AnsweredBy.LINK, AnsweredBy.PAGE}
    answered_at = invitation.answered_at
    # DTSTAMP has whole seconds.
    return by_hand and answered_at is not None and stamp < answered_at.replace(microsecond=0)


def _ask_again(invitation: Invitation, at: datetime) -> None:
    """Once per time, unless the mail about the new time is still on its way."""
    coming = Message.objects.planned().filter(kind=notices.CHANGE, object_id=invitation.pk)
    if coming.exists():
        return
    sequence = invitation.session.sequence
    outbox.plan(
        kind=notices.ASK_AGAIN,
        object_id=invitation.pk,
        person=invitation.person,
        due_at=at,
        key=f"{notices.ASK_AGAIN}:{invitation.pk}:{sequence}",
        at=at,
        payload={"sequence": sequence},
    )
