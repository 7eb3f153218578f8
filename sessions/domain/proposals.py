"""Other times that invited people propose (METHOD:COUNTER), and what coordinators say to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from icalendar import Component

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import When, to_utc, to_wall
from experts.domain import audit, outbox
from experts.models import User
from sessions import permissions
from sessions.domain import calendar_reading as reading
from sessions.domain import notices, planning, undo
from sessions.domain.agendas import fitted
from sessions.domain.mail_reading import IncomingMail
from sessions.domain.matching import Doubt, Outcome, match
from sessions.domain.planning import SessionPlan
from sessions.domain.replies import out_of_date
from sessions.enums import InboundResult, ProposalState, UndoableDeed
from sessions.models import CopSession, InboundMail, Invitation, Proposal

_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(days=1)
_COMMENT = 2_000


class Decided(NotPossible):
    """Somebody has answered the proposal already."""


def propose(event: Component, mail: IncomingMail, at: datetime) -> Outcome:
    """Keeps a proposed time, in place of the same person's open one. Raises Doubt."""
    found = match(event, mail)
    invitation = found.invitations[0]
    session = invitation.session
    if found.whole_series:
        raise Doubt(_("It proposes another rule for a whole series."), session)
    sequence, stamp = reading.number(event, "SEQUENCE"), reading.stamp(event, at)
    outdated = out_of_date(invitation, sequence, stamp, at)
    if outdated:
        return outdated
    start, end = _times(event, session)
    if (start, end) == (session.starts_at, session.ends_at):
        reason = _("It proposes the time the session has.")
        return Outcome(InboundResult.IGNORED, reason, session, invitation.person_id)
    Proposal.objects.update_or_create(
        session=session,
        person=invitation.person,
        state=ProposalState.OPEN,
        defaults={
            "starts_at": start,
            "ends_at": end,
            "comment": reading.line(event, "COMMENT", _COMMENT),
            "sequence": session.sequence,
            "proposed_at": at,
        },
    )
    Invitation.objects.filter(pk=invitation.pk).update(replied_stamp=stamp)
    when = When(start, _minutes(start, end), session.zone, session.zone)
    said = _("Another time: %(when)s.") % {"when": when.zone_line()}
    return Outcome(InboundResult.PROPOSAL, said, session, invitation.person_id)


def link(mail: InboundMail) -> None:
    """Notes which mail brought a person's open proposal."""
    Proposal.objects.open().filter(session=mail.session, person=mail.person).update(mail=mail)


def _times(event: Component, session: CopSession) -> tuple[datetime, datetime]:
    """Start and end of a proposal that the session could be moved to. Raises Doubt."""
    try:
        start, end = reading.span(event)
    except reading.Unreadable as error:
        raise Doubt(str(error), session) from error
    if session.shown_days or not _SHORTEST <= end - start <= _LONGEST:
        raise Doubt(_("It proposes a length that this session cannot have."), session)
    return start, end


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60


@transaction.atomic
def accept(*, proposal_id: int, by: User, at: datetime) -> CopSession:
    """Moves the session to the proposed time and closes every open proposal of it.

    Everybody invited gets a REQUEST with the next SEQUENCE, the proposer too if they had declined
    before; all of it can be taken back for a moment. Raises Refused, Decided and what
    planning.change_session raises.
    """
    proposal = _open(proposal_id, by)
    session = CopSession.objects.select_for_update().get(pk=proposal.session_id)
    if at >= proposal.starts_at:
        raise Decided(_("The proposed time is past."))
    moved = planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=_moved_plan(session, proposal),
        by=by,
        at=at,
    )
    open_ones = Proposal.objects.open().filter(session=session)
    decided = list(open_ones.values_list("pk", flat=True))
    open_ones.exclude(pk=proposal.pk).update(
        state=ProposalState.DECLINED, decided_by=by.person, decided_at=at
    )
    _decide(proposal, ProposalState.ACCEPTED, by, at)
    _tell_proposer(moved, proposal, at)
    undo.widen(moved, UndoableDeed.PROPOSAL, at=at, proposals=decided)
    return moved


@transaction.atomic
def decline(*, proposal_id: int, by: User, at: datetime) -> Proposal:
    """Keeps the session's time and tells that one person (METHOD:DECLINECOUNTER).

    Raises Refused, Decided.
    """
    proposal = _open(proposal_id, by)
    _decide(proposal, ProposalState.DECLINED, by, at)
    outbox.plan(
        kind=notices.TIME_KEPT,
        object_id=proposal.pk,
        person=proposal.person,
        due_at=at,
        key=f"{notices.TIME_KEPT}:{proposal.pk}",
        at=at,
    )
    return proposal


def _open(proposal_id: int, by: User) -> Proposal:
    # The session first: whoever changes it holds its row, and two locks are taken in one order.
    session_id = Proposal.objects.values_list("session_id", flat=True).get(pk=proposal_id)
    permissions.may_run(by, CopSession.objects.select_for_update().get(pk=session_id))
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("session", "person")
        .get(pk=proposal_id)
    )
    if proposal.state != ProposalState.OPEN:
        raise Decided(_("This proposal was answered already."))
    return proposal


def _decide(proposal: Proposal, state: ProposalState, by: User, at: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by.person, at
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(deed=f"proposal {state.value}", about=proposal.session, by=by, at=at)


def _tell_proposer(session: CopSession, proposal: Proposal, at: datetime) -> None:
    """Who declined hears no news of a session, but this time was their own idea."""
    invitation = session.invitations.filter(person=proposal.person).first()
    if invitation:
        outbox.plan(
            kind=notices.CHANGE,
            object_id=invitation.pk,
            person=proposal.person,
            due_at=notices.due_after_undo(at),
            key=f"{notices.CHANGE}:{invitation.pk}:{session.sequence}",
            at=at,
            payload={"sequence": session.sequence},
        )


def _moved_plan(session: CopSession, proposal: Proposal) -> SessionPlan:
    """The session as it is planned, at the proposed time, by the clock of its own zone."""
    wall = to_wall(proposal.starts_at, session.zone)
    fold = int(to_utc(wall, session.zone, fold=0) != proposal.starts_at)
    plan = planning.as_planned(session)
    minutes = _minutes(proposal.starts_at, proposal.ends_at)
    return replace(
        plan,
        day=wall.date(),
        clock=wall.time(),
        fold=fold,
        minutes=minutes,
        steps=fitted(plan.steps, minutes) if plan.steps else (),
    )


def when_of(proposal: Proposal, user: User) -> When:
    """The proposed time, in the session's zone and the reader's."""
    minutes = _minutes(proposal.starts_at, proposal.ends_at)
    return When(proposal.starts_at, minutes, proposal.session.zone, user.person.zone)


def panel(session: Any, user: User) -> dict[str, Any]:
    """What the page of a session shows of mails that came in, to those who run it.

    The session comes out of `with_open_matters`, which tells whether there is something to ask for.
    """
    if not permissions.may_run.allows(user, session):
        return {}
    found: list[Proposal] = []
    if session.has_proposals:
        open_ones = Proposal.objects.open().filter(session=session)
        found = list(open_ones.select_related("person", "session"))
    return {
        "proposals": [(proposal, when_of(proposal, user)) for proposal in found],
        "to_review": session.mails_to_review,
    }
