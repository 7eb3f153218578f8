"""Who is asked to a session, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cop_platform.common import tokens
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit, outbox
from experts.models import Person, User
from sessions import permissions
from sessions.domain import answered, notices, replanning, seats, undo
from sessions.enums import Answer, AnsweredBy, AskedThrough, Seat, UndoableDeed
from sessions.models import CopSession, Invitation

PURPOSE = "session-answer"
_PATIENCE = "25s"
# Written inside the request, in about half a second (docs/adr/0015).
MAX_AT_ONCE = 2_000


class TooMany(NotPossible):
    """More people than one deed writes at once."""


class TooLate(NotPossible):
    """The session is cancelled or has started; answers are closed."""


@transaction.atomic
def invite(
    *,
    session_id: int,
    people: Iterable[Person],
    by: User,
    at: datetime,
    through: AskedThrough = AskedThrough.PERSON,
) -> int:
    """Asks people to a session; who was asked before is left alone. How many are new.

    Raises Refused without the right, TooLate when the session is cancelled or over, TooMany.
    """
    people = list(people)
    must_be_few_enough(len(people), MAX_AT_ONCE)
    session = open_to_guests(session_id, by, at)
    return len(ask(session, people, by=by, at=at, asked_through=through))


def must_be_few_enough(number: int, limit: int) -> None:
    """Raises TooMany with a sentence that says how many are too many."""
    if number > limit:
        raise TooMany(
            _("These are %(number)d invitations; at most %(limit)d are sent at once. Choose fewer.")
            % {"number": number, "limit": limit}
        )


def open_to_guests(session_id: int, by: User, at: datetime) -> CopSession:
    """The locked session, to which this person may ask others now. Raises Refused, TooLate."""
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    if session.cancelled_at or at >= session.ends_at:
        raise TooLate(_("Nobody can be invited to a session that is cancelled or over."))
    return session


def ask(
    session: CopSession,
    people: Iterable[Person],
    *,
    by: User,
    at: datetime,
    forget: Iterable[Person] = (),
    **facts: object,
) -> list[Invitation]:
    """Writes the invitations that are new, with their mails; the session is locked.

    `facts` are fields of every invitation; `forget` are people an undo takes away again.
    """
    kept = undo.remember(session)
    known = set(session.invitations.values_list("person_id", flat=True))
    new = Invitation.objects.bulk_create(
        Invitation(session=session, person=person, invited_by=by.person, invited_at=at, **facts)
        for person in people
        if person.pk not in known
    )
    if new:
        notices.tell_invited(session, new, at=at)
        made = {"invitations": new, "people": forget}
        undo.open_window(session, UndoableDeed.INVITE, kept, by=by, at=at, made=made)
        audit.record(deed="people invited", about=session, by=by, at=at, people=len(new))
    return new


def link_token(invitation: Invitation) -> str:
    """The token of a person's answer link; the same in every mail until revoked."""
    return tokens.of(PURPOSE, invitation)


def find_by_token(token: str) -> Invitation | None:
    """The invitation a link is about, or None for a link that is wrong or revoked."""
    return tokens.find(token, PURPOSE, Invitation.objects.select_related("person", "session"))


def answer_by_link(
    *, token: str, answer: Answer, note: str, at: datetime, suggested: str = ""
) -> Invitation:
    """Writes the answer of whoever holds the link. Raises Refused, TooLate."""
    invitation = find_by_token(token)
    if invitation is None:
        raise Refused(_("This link is no longer valid."))
    return _answer(invitation.pk, answer, note, AnsweredBy.LINK, at, suggested=suggested)


def answer_on_page(
    *, invitation_id: int, answer: Answer, note: str, by: User, at: datetime, suggested: str = ""
) -> Invitation:
    """Writes one's own answer, signed in. Raises Refused, TooLate."""
    invitation = Invitation.objects.get(pk=invitation_id)
    if invitation.person_id != by.person.pk:
        raise Refused(_("Only the invited person can answer."))
    return _answer(invitation_id, answer, note, AnsweredBy.PAGE, at, suggested=suggested)


def answer_later(*, token: str, at: datetime) -> Invitation:
    """Notes that somebody read the page behind the link and will answer another day.

    A visit alone notes nothing: programs that check mails open every link. Raises Refused.
    """
    invitation = find_by_token(token)
    if invitation is None:
        raise Refused(_("This link is no longer valid."))
    Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=at)
    return invitation


def answer_by_mail(
    *, invitation_id: int, answer: Answer, note: str, stamp: datetime, at: datetime
) -> Invitation:
    """Writes an answer that came from a calendar program; `stamp` is its DTSTAMP.

    The session's sequence stays: answers never raise it. Raises TooLate.
    """
    return _answer(invitation_id, answer, note, AnsweredBy.MAIL, at, reply_stamp=stamp)


@transaction.atomic
def take_back(*, invitation_id: int, by: User, at: datetime) -> CopSession:
    """Takes one person's invitation back; a CANCEL goes to that person alone.

    Who was not told of the invitation yet hears nothing. Raises Refused, TooLate.
    """
    asked = Invitation.objects.get(pk=invitation_id)
    session = CopSession.objects.select_for_update().get(pk=asked.session_id)
    permissions.may_run(by, session)
    if session.cancelled_at or at >= session.ends_at:
        raise TooLate(_("The session is cancelled or over; its invitations stay as they are."))
    invitation = Invitation.objects.select_related("person").get(pk=invitation_id)
    never_told = outbox.withdraw(kinds=[notices.INVITATION], object_ids=[invitation_id])
    outbox.withdraw(kinds=notices.KINDS, object_ids=[invitation_id])
    if not never_told:
        outbox.plan(
            kind=notices.TAKEN_BACK,
            object_id=session.pk,
            person=invitation.person,
            due_at=at,
            key=f"{notices.TAKEN_BACK}:{invitation_id}",
            at=at,
            payload={"invitation": invitation_id, "generation": invitation.generation},
        )
    held = invitation.seat
    invitation.delete()
    if held != Seat.NONE:
        # The seat, or the place in the line, is free for the next person.
        seats.settle(session, at=at)
    replanning.follow([session], at=at)
    audit.record(deed="invitation taken back", about=session, by=by, at=at)
    return session


@transaction.atomic
def _answer(
    invitation_id: int,
    answer: Answer,
    note: str,
    way: AnsweredBy,
    at: datetime,
    *,
    suggested: str = "",
    sequence: int | None = None,
    reply_stamp: datetime | None = None,
) -> Invitation:
    """The one place where an answer is written, whichever way it came.

    `sequence` is the state of the session that was answered, None for the present one; an answer
    to an older state is kept and moves no seat. `reply_stamp` is the DTSTAMP of a calendar's reply.
    Raises TooLate.
    """
    session = _open_to_answers(invitation_id, at)
    # First what is due to others: an offer that ran out is passed on before anybody takes a seat.
    limits = seats.settle(session, at=at).limits
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=invitation_id)
    )
    invitation.session = session
    held_before = invitation.seat
    invitation.answer, invitation.note, invitation.suggested = answer, note, suggested
    invitation.answered_at, invitation.answered_by = at, way
    invitation.opened_at = invitation.opened_at or (at if way == AnsweredBy.LINK else None)
    invitation.answered_sequence = session.sequence if sequence is None else sequence
    invitation.replied_stamp = reply_stamp or invitation.replied_stamp
    if invitation.answered_sequence >= session.sequence:
        _move_seat(invitation, limits, at)
    invitation.save()
    answered.note(session, invitation, at=at)
    if held_before != Seat.NONE and invitation.seat == Seat.NONE:
        seats.settle(session, at=at)
    replanning.follow([session], at=at, invitations=[invitation])
    return invitation


def _open_to_answers(invitation_id: int, at: datetime) -> CopSession:
    """The locked session: one answer at a time, and none while it is being cancelled.

    A crowd that answers at once waits for its turn, longer than a statement usually may.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [_PATIENCE])
    session = (
        CopSession.objects.select_for_update(of=("self",)).filter(invitations=invitation_id).first()
    )
    if session is None:
        raise TooLate(_("This invitation was taken back."))
    if session.cancelled_at:
        raise TooLate(_("This session was cancelled."))
    if at >= session.starts_at:
        raise TooLate(_("This session has started; answers are closed."))
    return session


def _move_seat(invitation: Invitation, limits: seats.Limits, at: datetime) -> None:
    """Only a yes takes a seat; a reply by mail sees no page, so its outcome is mailed."""
    if invitation.answer != Answer.YES:
        seats.give_back(invitation)
        return
    seats.take(invitation, limits, at=at)
    if invitation.answered_by == AnsweredBy.MAIL and invitation.seat == Seat.WAITING:
        notices.tell_of_seats([invitation], at=at)
