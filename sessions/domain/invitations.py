"""Who is asked to a session, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import tokens
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit, outbox
from experts.models import Person, User
from sessions import permissions
from sessions.domain import notices
from sessions.enums import Answer, AnsweredBy
from sessions.models import CopSession, Invitation

PURPOSE = "session-answer"


class TooLate(NotPossible):
    """The session is cancelled or has started; answers are closed."""


@transaction.atomic
def invite(*, session_id: int, people: Iterable[Person], by: User, at: datetime) -> int:
    """Asks people to a session; who was asked before is left alone. How many are new.

    Raises Refused without the right, TooLate when the session is cancelled or over.
    """
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    if session.cancelled_at or at >= session.ends_at:
        raise TooLate(_("Nobody can be invited to a session that is cancelled or over."))
    known = set(session.invitations.values_list("person_id", flat=True))
    new = Invitation.objects.bulk_create(
        Invitation(session=session, person=person, invited_by=by.person, invited_at=at)
        for person in people
        if person.pk not in known
    )
    if new:
        notices.tell_invited(session, new, at=at)
        audit.record(deed="people invited", about=session, by=by, at=at, people=len(new))
    return len(new)


def candidates(session: CopSession, user: User) -> list[Person]:
    """People of the host communities who were not asked yet, by country and name."""
    return list(
        Person.objects.visible_to(user)
        .filter(memberships__cop__in=session.host_cops.all(), memberships__left_on__isnull=True)
        .exclude(session_invitations__session=session)
        .select_related("country", "expert")
        .distinct()
        .order_by("country__code", "name", "pk")
    )


def link_token(invitation: Invitation) -> str:
    """The token of a person's answer link; the same in every mail until revoked."""
    return tokens.make(PURPOSE, invitation.pk, invitation.person_id, invitation.generation)


def find_by_token(token: str) -> Invitation | None:
    """The invitation a link is about, or None for a link that is wrong or revoked."""
    key = tokens.object_id(token)
    if key is None:
        return None
    invitation = Invitation.objects.filter(pk=key).select_related("person", "session").first()
    if invitation is None or not tokens.matches(
        token, PURPOSE, invitation.pk, invitation.person_id, invitation.generation
    ):
        return None
    return invitation


def answer_by_link(*, token: str, answer: Answer, note: str, at: datetime) -> Invitation:
    """Writes the answer of whoever holds the link. Raises Refused, TooLate."""
    invitation = find_by_token(token)
    if invitation is None:
        raise Refused(_("This link is no longer valid."))
    return _answer(invitation.pk, answer, note, AnsweredBy.LINK, at)


def answer_on_page(
    *, invitation_id: int, answer: Answer, note: str, by: User, at: datetime
) -> Invitation:
    """Writes one's own answer, signed in. Raises Refused, TooLate."""
    invitation = Invitation.objects.get(pk=invitation_id)
    if invitation.person_id != by.person.pk:
        raise Refused(_("Only the invited person can answer."))
    return _answer(invitation_id, answer, note, AnsweredBy.PAGE, at)


@transaction.atomic
def answer_by_mail(
    *, invitation_id: int, answer: Answer, note: str, stamp: datetime, at: datetime
) -> Invitation:
    """Writes an answer that came from a calendar program; `stamp` is its DTSTAMP.

    The session's sequence stays: answers never raise it. Raises TooLate.
    """
    invitation = _answer(invitation_id, answer, note, AnsweredBy.MAIL, at)
    invitation.replied_stamp = stamp
    invitation.answered_sequence = invitation.session.sequence
    invitation.save(update_fields=["replied_stamp", "answered_sequence"])
    return invitation


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
    invitation.delete()
    audit.record(deed="invitation taken back", about=session, by=by, at=at)
    return session


@transaction.atomic
def _answer(
    invitation_id: int, answer: Answer, note: str, way: AnsweredBy, at: datetime
) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("session", "person")
        .get(pk=invitation_id)
    )
    session = invitation.session
    if session.cancelled_at:
        raise TooLate(_("This session was cancelled."))
    if at >= session.starts_at:
        raise TooLate(_("This session has started; answers are closed."))
    came_back = invitation.answer == Answer.NO and answer != Answer.NO
    invitation.answer = answer
    invitation.note = note
    invitation.answered_at = at
    invitation.answered_by = way
    invitation.save(update_fields=["answer", "note", "answered_at", "answered_by"])
    if came_back:
        notices.plan_reminders(session, [invitation], at=at)
    return invitation
