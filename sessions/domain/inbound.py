"""Mails that come in: each is read once, does what it may, and is kept with the reason.

Calendar programs answer and propose; mail servers tell what became of a mail.

Nothing in a mail is an error here: what cannot be used is ignored or shown to a coordinator.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from icalendar import Component

from experts.domain import bounces
from sessions.domain import calendar_reading as reading
from sessions.domain import mail_reading, proposals, replies, reply_address
from sessions.domain.mail_reading import IncomingMail
from sessions.domain.matching import Doubt, Outcome
from sessions.enums import InboundResult
from sessions.models import CopSession, InboundMail

logger = logging.getLogger(__name__)

_HANDLERS: dict[str, Callable[[Component, IncomingMail, datetime], Outcome]] = {
    "REPLY": replies.apply,
    "COUNTER": proposals.propose,
}
# What a mail with several events is called after: the part that most needs a person first.
_WEIGHT = [
    InboundResult.NEEDS_REVIEW,
    InboundResult.PROPOSAL,
    InboundResult.APPLIED,
    InboundResult.IGNORED,
]
# What stands as method of a mail in which a mail server tells of one of ours.
DELIVERY_REPORT = "DSN"
_REASON = 300
_KEPT_TEXT = 50_000


def receive(raw: bytes, *, at: datetime) -> InboundMail:
    """Reads a raw mail, applies it and keeps what became of it; a second delivery changes nothing.

    Raises only when the database is away: the mail is then still unread.
    """
    mail = mail_reading.read(raw)
    known = InboundMail.objects.filter(message_id=mail.message_id).first()
    if known:
        return known
    try:
        return _receive(mail, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # one mail must not hold up the others
        logger.exception("A mail could not be worked on.")
        sentence = _("It could not be worked on; the platform admin finds more in the log.")
        return _keep(mail, at, lambda: Outcome(InboundResult.IGNORED, sentence))


def _receive(mail: IncomingMail, at: datetime) -> InboundMail:
    return _keep(mail, at, lambda: _decide(mail, at))


@transaction.atomic
def _keep(mail: IncomingMail, at: datetime, decide: Callable[[], Outcome]) -> InboundMail:
    """The row first: a second worker with the same mail waits here and then finds it."""
    row, is_new = InboundMail.objects.get_or_create(
        message_id=mail.message_id,
        defaults={
            "received_at": at,
            "sender": mail.sender,
            "result": InboundResult.IGNORED,
            "calendar": (mail.calendar or mail.words)[:_KEPT_TEXT],
        },
    )
    if not is_new:
        return row
    row.method, row.uid = _names(mail)
    outcome = decide()
    row.result, row.reason = outcome.result, outcome.reason[:_REASON]
    row.session, row.person_id = outcome.session, outcome.person_id
    row.save()
    if row.result == InboundResult.PROPOSAL:
        proposals.link(row)
    return row


def _names(mail: IncomingMail) -> tuple[str, str]:
    """Method and UID as far as they can be read."""
    if mail.report:
        return DELIVERY_REPORT, ""
    try:
        calendars = reading.read(mail.calendar or "")
    except reading.Unreadable:
        return mail.method, ""
    first: Iterable[Component] = calendars[0].walk("VEVENT")
    uid = next((reading.line(event, "UID") for event in first), "")
    return _method(calendars, mail), uid


def _method(calendars: list[Component], mail: IncomingMail) -> str:
    """The one inside the text; the MIME type's only where the text has none."""
    return (reading.line(calendars[0], "METHOD", 20) or mail.method).upper()


def _decide(mail: IncomingMail, at: datetime) -> Outcome:
    if mail.report:
        applied = bounces.apply(mail.report, at=at)
        result = InboundResult.APPLIED if applied.is_applied else InboundResult.IGNORED
        return Outcome(result, applied.reason)
    if mail.is_too_large:
        return _for_a_person(mail, _("The mail is too large to be read."))
    if mail.calendar is None:
        return _written(mail)
    try:
        calendars = reading.read(mail.calendar)
        events = reading.events(calendars)
    except reading.Unreadable as error:
        return _for_a_person(mail, str(error))
    method = _method(calendars, mail)
    handler = _HANDLERS.get(method)
    if handler is None:
        reason = _("Only answers and proposals are read here, not “%(method)s”.")
        return Outcome(InboundResult.IGNORED, reason % {"method": method or "–"})  # noqa: RUF001
    return _sum_up([_one(handler, event, mail, at) for event in events])


def _one(
    handler: Callable[[Component, IncomingMail, datetime], Outcome],
    event: Component,
    mail: IncomingMail,
    at: datetime,
) -> Outcome:
    try:
        return handler(event, mail, at)
    except Doubt as doubt:
        return doubt.outcome


def _sum_up(outcomes: list[Outcome]) -> Outcome:
    """One result for a mail with several events, with every reason that belongs to it."""
    first = min(outcomes, key=lambda outcome: _WEIGHT.index(outcome.result))
    reasons = dict.fromkeys(o.reason for o in outcomes if o.result == first.result and o.reason)
    return Outcome(first.result, " ".join(reasons), first.session, first.person_id)


def _written(mail: IncomingMail) -> Outcome:
    """People answer mails in words as well; a coordinator reads those."""
    if mail.is_automatic:
        return Outcome(InboundResult.IGNORED, _("An automatic answer without calendar text."))
    if not mail.words:
        return Outcome(InboundResult.IGNORED, _("It holds no calendar text."))
    return _for_a_person(mail, _("It was written by hand, without calendar text."))


def _for_a_person(mail: IncomingMail, reason: str) -> Outcome:
    """Shown to the coordinators of the session whose address it came to; else ignored."""
    for proof in reply_address.proofs(mail.recipients):
        sessions = CopSession.objects.order_by("starts_at")
        if proof.session_id:
            session = sessions.filter(pk=proof.session_id).first()
        else:
            session = sessions.filter(series=proof.series_id).first()
        if session:
            return Outcome(InboundResult.NEEDS_REVIEW, reason, session, proof.person_id)
    return Outcome(InboundResult.IGNORED, reason)
