"""What the pages of polls show, ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from cop_platform.common.times import When, city, say_clock, say_day, say_distance, to_wall
from experts.models import User
from sessions.domain import poll_results, polls
from sessions.domain.poll_results import Ranked
from sessions.enums import Suits
from sessions.models import Poll, PollSlot, PollVote, PollVoter
from sessions.querysets import PollQuerySet


def moment(instant: datetime, zone: str) -> str:
    """An instant with the zone it is told in: Thu 26 Nov 2026, 10:00 Athens time."""
    wall = to_wall(instant, zone)
    said = {"day": say_day(wall), "clock": say_clock(wall), "city": city(zone)}
    return _("%(day)s, %(clock)s %(city)s time") % said


@dataclass(frozen=True)
class Tally:
    """A poll's standing times, best first, and everybody asked."""

    ranked: list[Ranked]
    voters: list[PollVoter]
    slots: dict[int, PollSlot]


def tally(poll: Poll) -> Tally:
    """Four queries, however many voted."""
    voters = list(poll.voters.select_related("person", "person__country"))
    slots = {slot.pk: slot for slot in polls.open_slots(poll)}
    votes: dict[int, dict[int, str]] = {pk: {} for pk in slots}
    rows = PollVote.objects.filter(slot__in=slots)
    for slot_id, voter_id, suits in rows.values_list("slot_id", "voter_id", "suits"):
        votes[slot_id][voter_id] = suits
    quorums = {q.country.code: q.people for q in poll.quorums.select_related("country")}
    countries = {v.pk: v.person.country.code if v.person.country else "" for v in voters}
    ranked = poll_results.rank(
        [poll_results.Slot(pk, slot.starts_at, votes[pk]) for pk, slot in slots.items()],
        voters=countries,
        quorums=quorums,
    )
    return Tally(ranked, voters, slots)


@dataclass(frozen=True)
class SlotLine:
    """A time with how it did; `mine` is what the reader said."""

    pk: int
    when: When
    ranked: Ranked
    is_winner: bool
    mine: str


@dataclass(frozen=True)
class VoterRow:
    """A voter's words, one a line of the results; a dash for nothing said."""

    voter: PollVoter
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class PollPage:
    lines: list[SlotLine]
    rows: list[VoterRow]
    own: PollVoter | None
    asked: int
    voted: int
    is_open: bool
    closes: str
    distance: str

    @property
    def silent(self) -> int:
        return self.asked - self.voted


def build(poll: Poll, user: User, at: datetime, *, zone: str, runs: bool) -> PollPage:
    """Who voted what is for those who run the poll; voters see the counts."""
    found = tally(poll)
    own = next((v for v in found.voters if v.person_id == user.person.pk), None)
    won = poll.session.starts_at if poll.session else None
    lines = [_line(r, poll, zone, own, won) for r in found.ranked]
    return PollPage(
        lines=lines,
        rows=[_row(voter, found.ranked) for voter in found.voters] if runs else [],
        own=own,
        asked=len(found.voters),
        voted=sum(v.voted_at is not None for v in found.voters),
        is_open=polls.is_open(poll, at),
        closes=moment(poll.closes_at, zone),
        distance=say_distance(poll.closes_at, at, zone),
    )


def _line(
    ranked: Ranked, poll: Poll, zone: str, own: PollVoter | None, won: datetime | None
) -> SlotLine:
    slot = ranked.slot
    return SlotLine(
        pk=slot.key,
        when=When(slot.starts_at, poll.minutes, poll.zone, zone),
        ranked=ranked,
        is_winner=won == slot.starts_at,
        mine=slot.votes.get(own.pk, "") if own else "",
    )


def _row(voter: PollVoter, ranked: Iterable[Ranked]) -> VoterRow:
    said = [r.slot.votes.get(voter.pk, "") for r in ranked]
    return VoterRow(voter, [(value, str(Suits(value).label) if value else "") for value in said])


@dataclass(frozen=True)
class Ballot:
    """A time on the voter's page."""

    pk: int
    when: When
    mine: str


def ballots(voter: PollVoter, *, zone: str, typed: Mapping[int, str]) -> list[Ballot]:
    """The standing times in the order of time, with what the voter typed or said before."""
    poll = voter.poll
    said = {**dict(voter.votes.values_list("slot_id", "suits")), **typed}
    return [
        Ballot(s.pk, When(s.starts_at, poll.minutes, poll.zone, zone), said.get(s.pk, ""))
        for s in polls.open_slots(poll)
    ]


@dataclass(frozen=True)
class PollCard:
    """A poll in a list."""

    poll: Poll
    countries: list[str]
    asked: int
    voted: int
    is_open: bool
    closes_day: date
    closes: str
    distance: str


def listed(found: PollQuerySet) -> PollQuerySet:
    """Open ones first, the soonest to end on top; then the closed ones, the newest first."""
    return found.order_by(F("closed_at").desc(nulls_first=True), "closes_at", "-pk")


def cards(page: Page, user: User, at: datetime) -> list[PollCard]:
    """Cards of a page of polls; two queries however many there are."""
    found = list(page.object_list)
    hosts: dict[int, list[str]] = {}
    links = Poll.host_cops.through.objects.filter(poll__in=found)
    for poll_id, code in links.values_list("poll_id", "communityofpractice__country__code"):
        hosts.setdefault(poll_id, []).append(code or "")
    voters = PollVoter.objects.filter(poll__in=found).values("poll_id").order_by()
    counted = voters.annotate(
        asked=Count("pk"), voted=Count("pk", filter=Q(voted_at__isnull=False))
    )
    counts = {row["poll_id"]: (row["asked"], row["voted"]) for row in counted}
    zone = user.person.zone
    return [
        PollCard(
            poll=poll,
            countries=sorted(filter(None, hosts.get(poll.pk, []))),
            asked=counts.get(poll.pk, (0, 0))[0],
            voted=counts.get(poll.pk, (0, 0))[1],
            is_open=polls.is_open(poll, at),
            closes_day=to_wall(poll.closes_at, zone).date(),
            closes=moment(poll.closes_at, zone),
            distance=say_distance(poll.closes_at, at, zone),
        )
        for poll in found
    ]
