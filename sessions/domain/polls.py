"""A poll is made, changed, answered and closed here; its winner becomes a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import tokens
from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import NoSuchTime, TwiceThatDay, city, to_utc
from experts.domain import audit, outbox
from experts.models import CommunityOfPractice, Country, Message, Person, User
from experts.querysets import holding
from sessions import permissions
from sessions.enums import Suits
from sessions.models import Poll, PollQuorum, PollSlot, PollVote, PollVoter

PURPOSE = "poll-vote"
INVITATION = "poll_invitation"
NUDGE = "poll_nudge"
CLOSED = "poll_closed"
KINDS = [INVITATION, NUDGE, CLOSED]

MAX_SLOTS = 30
NUDGE_PAUSE = timedelta(hours=24)


class PollClosed(NotPossible):
    """The poll takes no more votes, or no more changes."""


class EditedMeanwhile(NotPossible):
    """Somebody else saved the poll after this editor opened it."""


class UnclearTime(NotPossible):
    """A time of the poll does not exist on that day, or exists twice."""


@dataclass(frozen=True)
class PollPlan:
    """What a coordinator decides about a poll; `slots` are wall times in `zone`."""

    title: str
    kind: str
    host_cops: tuple[CommunityOfPractice, ...]
    zone: str
    minutes: int
    closes_at: datetime
    slots: tuple[tuple[date, time], ...]
    purpose: str = ""
    quorums: Mapping[Country, int] = field(default_factory=dict)


@transaction.atomic
def make(*, plan: PollPlan, by: User, at: datetime) -> Poll:
    """Creates a poll; nobody is asked yet. Raises Refused, UnclearTime, PollClosed."""
    permissions.may_host(by, plan.host_cops)
    _check_end(plan, at)
    poll = Poll(created_by=by.person, created_at=at, zone=plan.zone)
    _write(poll, plan, at)
    audit.record(deed="poll made", about=poll, by=by, at=at, slots=len(plan.slots))
    return poll


@transaction.atomic
def change(*, poll_id: int, version: int, plan: PollPlan, by: User, at: datetime) -> Poll:
    """Changes a poll. Every vote stays, also that on a time taken back, until it comes again.

    The zone stays as it was made: a typed hour never moves. Raises Refused, EditedMeanwhile,
    PollClosed, UnclearTime.
    """
    poll = _locked(poll_id, by)
    if poll.closed_at:
        raise PollClosed(_("This poll is closed; it stays as it is."))
    if poll.version != version:
        raise EditedMeanwhile(
            _("Somebody else changed this poll while you were editing. Save again to keep yours.")
        )
    permissions.may_host(by, plan.host_cops)
    _check_end(plan, at)
    poll.version += 1
    _write(poll, plan, at)
    audit.record(deed="poll changed", about=poll, by=by, at=at, slots=len(plan.slots))
    return poll


def _check_end(plan: PollPlan, at: datetime) -> None:
    if plan.closes_at <= at:
        raise PollClosed(_("The votes must be open until a time that is still to come."))


def _write(poll: Poll, plan: PollPlan, at: datetime) -> None:
    poll.title, poll.kind, poll.purpose = plan.title, plan.kind, plan.purpose
    poll.minutes, poll.closes_at = plan.minutes, plan.closes_at
    poll.save()
    poll.host_cops.set(plan.host_cops)
    _write_slots(poll, plan.slots, at)
    poll.quorums.all().delete()
    PollQuorum.objects.bulk_create(
        PollQuorum(poll=poll, country=country, people=people)
        for country, people in plan.quorums.items()
    )


def _write_slots(poll: Poll, wanted: Iterable[tuple[date, time]], at: datetime) -> None:
    """Adds, takes back and brings back; a row is found by its instant, so votes stay with it."""
    chosen = {_instant(day, clock, poll.zone): (day, clock) for day, clock in wanted}
    known = {slot.starts_at: slot for slot in poll.slots.all()}
    gone = [slot.pk for start, slot in known.items() if start not in chosen]
    poll.slots.filter(pk__in=gone, withdrawn_at__isnull=True).update(withdrawn_at=at)
    back = [slot.pk for start, slot in known.items() if start in chosen]
    poll.slots.filter(pk__in=back).update(withdrawn_at=None)
    PollSlot.objects.bulk_create(
        PollSlot(poll=poll, wall_day=day, wall_clock=clock, starts_at=start)
        for start, (day, clock) in chosen.items()
        if start not in known
    )


def _instant(day: date, clock: time, zone: str) -> datetime:
    try:
        return to_utc(datetime.combine(day, clock), zone)
    except (NoSuchTime, TwiceThatDay) as error:
        text = _("On %(day)s the clocks in %(city)s change at %(clock)s. Choose another time.")
        said = {"day": day.isoformat(), "city": city(zone), "clock": f"{clock:%H:%M}"}
        raise UnclearTime(text % said) from error


def _locked(poll_id: int, by: User) -> Poll:
    poll = Poll.objects.select_for_update().get(pk=poll_id)
    permissions.may_run_poll(by, poll)
    return poll


def candidates(poll: Poll, user: User) -> list[Person]:
    """People of the host communities who were not asked yet, by country and name."""
    return list(
        Person.objects.visible_to(user)
        .filter(holding("memberships"), memberships__cop__in=poll.host_cops.all())
        .exclude(polls__poll=poll)
        .select_related("country", "expert")
        .distinct()
        .order_by("country__code", "name", "pk")
    )


@transaction.atomic
def ask(*, poll_id: int, people: Iterable[Person], by: User, at: datetime) -> int:
    """Sends each their own link; who was asked before is left alone. How many are new.

    Raises Refused, PollClosed.
    """
    poll = _locked(poll_id, by)
    if not is_open(poll, at):
        raise PollClosed(_("This poll is closed; nobody more can be asked."))
    known = set(poll.voters.values_list("person_id", flat=True))
    new = PollVoter.objects.bulk_create(
        PollVoter(poll=poll, person=person, asked_at=at)
        for person in people
        if person.pk not in known
    )
    rows = [(voter.pk, voter.person, f"{INVITATION}:{voter.pk}") for voter in new]
    if rows:
        outbox.plan_many(kind=INVITATION, rows=rows, due_at=at, at=at)
        audit.record(deed="people asked in poll", about=poll, by=by, at=at, people=len(new))
    return len(new)


def is_open(poll: Poll, at: datetime) -> bool:
    """Whether votes are taken."""
    return poll.closed_at is None and at < poll.closes_at


def open_slots(poll: Poll) -> list[PollSlot]:
    """The times that stand in the poll now, by time."""
    return list(poll.slots.filter(withdrawn_at__isnull=True))


def voter_zone(voter: PollVoter) -> str:
    """The zone a voter reads in: their own, the inviter's until it is known."""
    return voter.person.zone or voter.poll.created_by.zone


def link_token(voter: PollVoter) -> str:
    """The token of a voter's own link; the same in every mail until revoked."""
    return tokens.of(PURPOSE, voter)


def find_by_token(token: str) -> PollVoter | None:
    """The voter a link belongs to, or None for a link that is wrong or revoked."""
    voters = PollVoter.objects.select_related("person", "poll__created_by", "poll__session")
    return tokens.find(token, PURPOSE, voters)


def vote_by_link(*, token: str, votes: Mapping[int, str], at: datetime) -> PollVoter:
    """Writes the votes of whoever holds the link. Raises Refused, PollClosed."""
    voter = find_by_token(token)
    if voter is None:
        raise Refused(_("This link is no longer valid."))
    return _vote(voter, votes, at)


def vote_on_page(*, poll_id: int, votes: Mapping[int, str], by: User, at: datetime) -> PollVoter:
    """Writes one's own votes, signed in. Raises Refused, PollClosed."""
    return _vote(own_voter(poll_id=poll_id, by=by), votes, at)


def own_voter(*, poll_id: int, by: User) -> PollVoter:
    """The voter this person is. Raises Refused for somebody who was not asked."""
    voter = PollVoter.objects.filter(poll_id=poll_id, person=by.person).first()
    if voter is None:
        raise Refused(_("Only people who were asked can vote."))
    return voter


@transaction.atomic
def _vote(voter: PollVoter, votes: Mapping[int, str], at: datetime) -> PollVoter:
    """`votes` by slot; a slot left out keeps what was said about it before."""
    # Closing takes the same lock, so no vote slips in behind the result.
    poll = Poll.objects.select_for_update().get(pk=voter.poll_id)
    if not is_open(poll, at):
        raise PollClosed(_("This poll is closed; votes can no longer be changed."))
    standing = {slot.pk for slot in open_slots(poll)}
    PollVote.objects.bulk_create(
        [
            PollVote(voter=voter, slot_id=slot_id, suits=Suits(suits))
            for slot_id, suits in votes.items()
            if slot_id in standing
        ],
        update_conflicts=True,
        unique_fields=["voter", "slot"],
        update_fields=["suits"],
    )
    voter.voted_at = at
    voter.save(update_fields=["voted_at"])
    outbox.mark_answered(kinds=[INVITATION, NUDGE], object_ids=[voter.pk], at=at)
    return voter


@transaction.atomic
def nudge(*, poll_id: int, by: User, at: datetime) -> int:
    """Reminds everybody who has not voted, each by their own link; how many.

    One press is one mail, and nobody gets two within a day. Raises Refused, PollClosed.
    """
    poll = _locked(poll_id, by)
    if not is_open(poll, at):
        raise PollClosed(_("This poll is closed; nobody needs a reminder."))
    silent = list(poll.voters.filter(voted_at__isnull=True).select_related("person"))
    sent = _nudged(silent)
    due = [voter for voter in silent if not _was_nudged(voter, sent, at)]
    rows = [(v.pk, v.person, f"{NUDGE}:{v.pk}:{len(sent.get(v.pk, []))}") for v in due]
    if rows:
        outbox.plan_many(kind=NUDGE, rows=rows, due_at=at, at=at)
        audit.record(deed="voters nudged", about=poll, by=by, at=at, people=len(rows))
    return len(rows)


def to_nudge(poll: Poll, at: datetime) -> tuple[list[Person], list[str], list[str]]:
    """Who would be reminded; names of those who voted, and of those reminded within a day."""
    voters = list(poll.voters.select_related("person"))
    silent = [voter for voter in voters if voter.voted_at is None]
    sent = _nudged(silent)
    due = [voter.person for voter in silent if not _was_nudged(voter, sent, at)]
    lately = [voter.person.name for voter in silent if _was_nudged(voter, sent, at)]
    return due, [voter.person.name for voter in voters if voter.voted_at], lately


def _was_nudged(voter: PollVoter, sent: Mapping[int, list[datetime]], at: datetime) -> bool:
    return any(moment > at - NUDGE_PAUSE for moment in sent.get(voter.pk, []))


def _nudged(voters: Iterable[PollVoter]) -> dict[int, list[datetime]]:
    """When each of them was reminded before."""
    rows = Message.objects.filter(kind=NUDGE, object_id__in=[voter.pk for voter in voters])
    found: dict[int, list[datetime]] = {}
    for voter_id, moment in rows.values_list("object_id", "created_at"):
        found.setdefault(voter_id, []).append(moment)
    return found
