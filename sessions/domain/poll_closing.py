"""The end of a poll: its winner becomes a session in one step, or it ends without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from experts.domain import audit, outbox
from experts.models import User
from sessions import permissions
from sessions.domain import invitations, library, planning, poll_results, polls, reminder_rules
from sessions.domain.agendas import fitted
from sessions.domain.poll_page import tally
from sessions.enums import AskedThrough
from sessions.models import CopSession, Poll


@dataclass(frozen=True)
class Winner:
    """What is decided when a poll closes: the time, and where people meet."""

    slot_id: int
    mode: str
    place: str = ""
    online_link: str = ""


@transaction.atomic
def close(*, poll_id: int, winner: Winner, by: User, at: datetime) -> CopSession:
    """Plans the session at the chosen time and invites everybody who was asked, those first whom
    it suits. Closing twice is closing once: the session there is comes back.

    Raises Refused, PollClosed, and what planning and inviting raise.
    """
    poll = _locked(poll_id, by)
    if poll.session:
        return poll.session
    _must_be_open(poll)
    found = tally(poll)
    ranked = {r.slot.key: r.slot for r in found.ranked}
    if winner.slot_id not in ranked:
        raise polls.PollClosed(_("This time no longer stands in the poll."))
    session = planning.plan_session(plan=_plan(poll, winner), by=by, at=at)
    order = poll_results.by_favour(ranked[winner.slot_id], [v.pk for v in found.voters])
    people = {voter.pk: voter.person for voter in found.voters}
    invitations.invite(session_id=session.pk, people=[people[pk] for pk in order], by=by, at=at)
    session.invitations.update(asked_through=AskedThrough.POLL)
    poll.session = session
    _end(poll, at)
    audit.record(deed="poll closed", about=poll, by=by, at=at, session=session.pk)
    return session


@transaction.atomic
def end_without_session(*, poll_id: int, by: User, at: datetime) -> Poll:
    """Closes a poll for good and tells everybody asked. Twice is once. Raises Refused."""
    poll = _locked(poll_id, by)
    if poll.closed_at:
        return poll
    _end(poll, at)
    rows = [(v.pk, v.person, f"{polls.CLOSED}:{v.pk}") for v in tally(poll).voters]
    outbox.plan_many(kind=polls.CLOSED, rows=rows, due_at=at, at=at)
    audit.record(deed="poll ended", about=poll, by=by, at=at)
    return poll


def _locked(poll_id: int, by: User) -> Poll:
    poll = Poll.objects.select_for_update(of=("self",)).select_related("session").get(pk=poll_id)
    permissions.may_run_poll(by, poll)
    return poll


def _must_be_open(poll: Poll) -> None:
    if poll.closed_at:
        raise polls.PollClosed(_("This poll was closed without a session."))


def _end(poll: Poll, at: datetime) -> None:
    poll.closed_at = at
    poll.version += 1
    poll.save(update_fields=["closed_at", "session", "version"])
    voters = poll.voters.values_list("pk", flat=True)
    outbox.withdraw(kinds=[polls.INVITATION, polls.NUDGE], object_ids=voters)


def _plan(poll: Poll, winner: Winner) -> planning.SessionPlan:
    slot = poll.slots.get(pk=winner.slot_id)
    usual = library.template_of(poll.kind)
    return planning.SessionPlan(
        title=poll.title,
        kind=poll.kind,
        mode=winner.mode,
        host_cops=tuple(poll.host_cops.all()),
        day=slot.wall_day,
        clock=slot.wall_clock,
        zone=poll.zone,
        minutes=poll.minutes,
        purpose=poll.purpose,
        place=winner.place,
        online_link=winner.online_link,
        steps=fitted(usual.steps, poll.minutes),
        capacity=usual.capacity,
        duties_needed=tuple(usual.duties_needed),
        reminders=reminder_rules.read(usual.reminders),
        guest_rule=usual.guest_rule,
        documents=tuple(usual.documents),
        chatham_house=usual.chatham_house,
    )
