"""Which session a calendar reply is about, and whose reply it is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Component

from cop_platform.common.times import to_wall
from sessions.domain import calendar_reading as reading
from sessions.domain import reply_address
from sessions.domain.mail_reading import IncomingMail
from sessions.enums import InboundResult
from sessions.models import CopSession, Invitation, Series


@dataclass(frozen=True)
class Outcome:
    """What becomes of a mail, or of one event in it, and why."""

    result: InboundResult
    reason: str = ""
    session: CopSession | None = None
    person_id: int | None = None


class Doubt(Exception):
    """A person has to look at it: the outcome says why."""

    def __init__(self, reason: str, session: CopSession | None) -> None:
        super().__init__(reason)
        result = InboundResult.NEEDS_REVIEW if session else InboundResult.IGNORED
        self.outcome = Outcome(result, reason, session)


@dataclass(frozen=True)
class Match:
    """The invitations a reply is about; several when it answers a whole series at once."""

    invitations: list[Invitation]
    attendee: Component
    whole_series: bool


def match(event: Component, mail: IncomingMail) -> Match:
    """Finds the invited person's record by UID, RECURRENCE-ID, ATTENDEE and the proof of sender.

    Raises Doubt for entries that are not ours, strangers, and invitations passed on.
    """
    sessions, whole = _sessions(event)
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    if len(attendees) != 1:
        raise Doubt(_("An answer names exactly one person; this one does not."), sessions[0])
    email = reading.address(attendees[0])
    person_id = _proven(email, mail, sessions)
    invitations = list(
        Invitation.objects.filter(session__in=sessions, person_id=person_id)
        .select_related("session__series", "person")
        .order_by("session__starts_at", "pk")
    )
    if not invitations:
        raise Doubt(_("The sender was not invited to this session."), sessions[0])
    return Match(invitations, attendees[0], whole)


def _sessions(event: Component) -> tuple[list[CopSession], bool]:
    """The session, or all of a series; True when the whole series is meant. Raises Doubt."""
    key = _uid(event)
    loaded = CopSession.objects.select_related("series")
    session = loaded.filter(uid=key, series=None).first() if key else None
    if session:
        return [session], False
    series = Series.objects.filter(uid=key).first() if key else None
    all_of_it = list(loaded.filter(series=series).order_by("starts_at")) if series else []
    if series is None or not all_of_it:
        raise Doubt(_("This entry is not one of ours."), None)
    if "RECURRENCE-ID" not in event:
        return all_of_it, True
    return [_occurrence(event, series, all_of_it)], False


def _uid(event: Component) -> uuid.UUID | None:
    name, _at, domain = reading.line(event, "UID").rpartition("@")
    if domain.lower() != settings.MAIL_DOMAIN.lower():
        return None
    try:
        return uuid.UUID(name)
    except ValueError:
        return None


def _occurrence(event: Component, series: Series, sessions: list[CopSession]) -> CopSession:
    try:
        place = reading.time_of(event, "RECURRENCE-ID")
    except reading.Unreadable as error:
        raise Doubt(str(error), sessions[0]) from error
    for session in sessions:
        original = session.original_start
        assert original is not None  # the database asks it of sessions of a series
        wall_day = to_wall(original, series.zone).date()
        if place == (original if isinstance(place, datetime) else wall_day):
            return session
    raise Doubt(_("The date it names is not one of this series."), sessions[0])


def _proven(email: str, mail: IncomingMail, sessions: list[CopSession]) -> int:
    """The id of the person whose answer this is. Raises Doubt."""
    invited = Invitation.objects.filter(session__in=sessions)
    if any(reply_address.carries_token(address) for address in mail.recipients):
        person_id = _by_token(mail, sessions)
        person = invited.filter(person_id=person_id, person__email__iexact=email).first()
        if person is None:
            raise Doubt(
                _("It was sent to one person's address and answers for another: passed on?"),
                sessions[0],
            )
        return person.person_id
    if mail.sender != email:
        raise Doubt(_("Its sender and the person it answers for differ."), sessions[0])
    found = invited.filter(person__email__iexact=email).first()
    if found is None:
        raise Doubt(_("The sender was not invited to this session."), sessions[0])
    return found.person_id


def _by_token(mail: IncomingMail, sessions: list[CopSession]) -> int:
    for proof in reply_address.proofs(mail.recipients):
        for session in sessions:
            if proof.session_id == session.pk:
                return proof.person_id
            if session.series_id and _of_series(proof, session.series_id):
                return proof.person_id
    raise Doubt(_("The address it was sent to is no longer valid for this session."), sessions[0])


def _of_series(proof: reply_address.Proof, series_id: int) -> bool:
    """Whoever was asked to one session of a series may answer for themselves in all of it."""
    if proof.series_id is not None:
        return proof.series_id == series_id
    of_it = CopSession.objects.filter(series_id=series_id)
    return proof.session_id is not None and of_it.filter(pk=proof.session_id).exists()
