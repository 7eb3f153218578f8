"""What became of each invitation, as those who run a session read it: the contact log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from experts.enums import MessageState
from experts.models import Message
from sessions import permissions
from sessions.domain import notices, seat_mails, seats, undo
from sessions.domain.seats import Limits
from sessions.enums import AskedThrough, Seat
from sessions.models import CopSession, CountrySeats, Invitation, UndoWindow


@dataclass(frozen=True)
class GuestRow:
    """A line of the log as it is shown: plain values, so that a row drawn once is remembered."""

    key: int
    name: str
    url: str
    country: str
    through: str
    sponsor: str
    answer: str
    answer_label: str
    lapsed: bool
    place: int | None
    offered_until: datetime | None
    seat: str
    note: str
    suggested: str
    suggested_name: str
    sent_at: datetime | None
    state: str
    opened_at: datetime | None
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True)
class GuestLine:
    """One invited person: when the mail went, when the link was used, what was answered.

    `place` is the place in the line; `lapsed` says that an offered seat was not taken in time.
    """

    invitation: Invitation
    sent: Message | None
    state: str
    place: int | None
    lapsed: bool

    @property
    def suggested_name(self) -> str:
        """The suggested colleague without an address, to look for in the directory."""
        words = [w for w in self.invitation.suggested.split() if "@" not in w]
        return " ".join(words).strip(" ,;") or self.invitation.suggested

    @property
    def row(self) -> GuestRow:
        i, person = self.invitation, self.invitation.person
        by_name = i.asked_through == AskedThrough.PERSON
        return GuestRow(
            key=i.pk,
            name=person.name,
            url="" if i.asked_through == AskedThrough.EXTERNAL else person.get_absolute_url(),
            country=person.country.code if person.country else "",
            through="" if by_name else str(i.get_asked_through_display()),
            sponsor=i.sponsor.name if i.sponsor and not by_name else "",
            answer=i.answer,
            answer_label=str(i.get_answer_display()),
            lapsed=self.lapsed,
            place=self.place,
            offered_until=i.offer_until if i.seat == Seat.OFFERED else None,
            seat=str(i.get_seat_display()) if i.seat else "",
            note=i.note,
            suggested=i.suggested,
            suggested_name=self.suggested_name,
            sent_at=self.sent.sent_at if self.sent else None,
            state=self.state,
            opened_at=i.opened_at,
            answered_at=i.answered_at,
            answered_by=str(i.get_answered_by_display()),
        )


@dataclass(frozen=True)
class SeatsPanel:
    """Seats in numbers; `free` is None without a limit for the whole session."""

    limits: Limits
    taken: int
    offered: int
    waiting: int

    @property
    def shown(self) -> bool:
        return self.limits.limited or bool(self.waiting or self.offered)


def lines(
    invitations: Iterable[Invitation], messages: Iterable[Message], at: datetime
) -> list[GuestLine]:
    """The contact log of a session, out of its invitations and the mails about them."""
    found = list(invitations)
    told = [
        message
        for message in messages
        if message.kind == notices.INVITATION and message.state != MessageState.WITHDRAWN
    ]
    sent = {message.object_id: message for message in sorted(told, key=lambda m: m.pk)}
    places = seats.places(found)
    return [
        GuestLine(
            invitation=i,
            sent=sent.get(i.pk),
            state=sent[i.pk].get_state_display() if i.pk in sent else "",
            place=places.get(i.pk),
            lapsed=i.seat == Seat.OFFERED and not i.offer_runs(at),
        )
        for i in found
    ]


def panel(
    session: CopSession,
    invitations: Iterable[Invitation],
    country_seats: Iterable[CountrySeats],
    at: datetime,
) -> SeatsPanel:
    """How many seats are taken, offered and waited for."""
    found = list(invitations)
    return SeatsPanel(
        limits=seats.limits_of(session, at, {s.country_id: s.seats for s in country_seats}),
        taken=sum(i.seat == Seat.SEATED for i in found),
        offered=sum(i.offer_runs(at) for i in found),
        waiting=sum(i.seat == Seat.WAITING for i in found),
    )


def of_page(session: Any, page: Any, user: Any, at: datetime) -> dict[str, Any]:
    """What the session's page shows beside `page`: log and seats for those who run it, own seat."""
    if not permissions.may_run.allows(user, session):
        own = page.own
        zone = user.person.zone
        return {"own_seat": seat_mails.sentence(own, at, zone) if own else ""}
    window: UndoWindow | None = undo.open_for(session, at) if session.may_be_undone else None
    own = page.own
    return {
        "own_seat": seat_mails.sentence(own, at, user.person.zone) if own else "",
        "guest_lines": lines(page.invitations, page.messages, at),
        "seats": panel(session, page.invitations, page.details.seats, at),
        "undo": window,
        "undo_seconds": window.seconds_left(at) if window else 0,
    }
