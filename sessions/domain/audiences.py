"""Whom the reminders of a session are for: its guests, who leads it, who reviews its materials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from experts.models import Person
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import Answer, Audience, Seat
from sessions.models import CopSession, DutyHolder, Invitation


@dataclass(frozen=True)
class OpenWork:
    """A review somebody still owes: what it is about, and the full address of the desk."""

    title: str
    link: str


@dataclass(frozen=True)
class Reviewers:
    """What the room of reviews answers.

    `asked`: by session id, everybody whose review of its materials is asked for and whose round
    is open, whether or not it was handed in: a plan must not tell who has. `open_work`: what one
    of them still owes, asked when the mail is written.
    """

    asked: Callable[[Sequence[CopSession]], Mapping[int, list[Person]]]
    open_work: Callable[[CopSession, Person], list[OpenWork]]


_rooms: list[Reviewers] = []


def register_reviewers(room: Reviewers) -> None:
    """Makes a source of reviewers known; called in AppConfig.ready."""
    _rooms.append(room)


def open_work(session: CopSession, person: Person) -> list[OpenWork]:
    """The reviews of this session's materials that a person still owes."""
    return [work for room in _rooms for work in room.open_work(session, person)]


def includes(audience: str, invitation: Invitation) -> bool:
    """Whether an invited person belongs to an audience now.

    Who declined belongs to none but the absent. Who waits for a seat, or thinks about an offered
    one, is told about the seat and not that the session is near as if it were theirs.
    """
    declined = invitation.answer == Answer.NO
    unanswered = invitation.answer == Answer.NONE
    if audience == Audience.ABSENTEES:
        return declined or unanswered
    if declined:
        return False
    waits = invitation.seat in {Seat.WAITING, Seat.OFFERED}
    if audience == Audience.WAITING:
        return waits
    if audience == Audience.ACCEPTED:
        return invitation.answer == Answer.YES and not waits
    if audience == Audience.UNANSWERED:
        return unanswered and not waits
    return audience == Audience.INVITED and not waits


@dataclass
class Crowd:
    """The people of one session; `leaders` and `reviewers` only where a rule is about them."""

    session: CopSession
    invitations: list[Invitation] = field(default_factory=list)
    leaders: list[Person] = field(default_factory=list)
    reviewers: list[Person] = field(default_factory=list)

    def guests(self, audience: str) -> Iterator[Invitation]:
        return (i for i in self.invitations if includes(audience, i))

    @property
    def declined(self) -> set[int]:
        """Keys of the people who said no: they hear nothing more, whatever else they are."""
        return {i.person_id for i in self.invitations if i.answer == Answer.NO}


def load(
    rules: Mapping[int, Sequence[ReminderRule]],
    sessions: Sequence[CopSession],
    invitations: Iterable[Invitation] | None = None,
    *,
    are_all: bool = False,
) -> list[Crowd]:
    """The people of sessions, in a few queries however many there are.

    `rules` are by session id. With `invitations` only these guests, and of the others only whoever
    is one of them: what changes for one person is about that person. `are_all` says that they are
    all guests there are, loaded before.
    """
    crowds = {session.pk: Crowd(session) for session in sessions}
    if invitations is None:
        found: Iterable[Invitation] = (
            Invitation.objects.filter(session__in=crowds).select_related("person").order_by("pk")
        )
    else:
        found = list(invitations)
    for invitation in found:
        crowds[invitation.session_id].invitations.append(invitation)
    _add_leaders(crowds, _about(rules, Audience.FACILITATORS))
    _add_reviewers(crowds, _about(rules, Audience.REVIEWERS))
    if invitations is not None and not are_all:
        for crowd in crowds.values():
            own = {i.person_id for i in crowd.invitations}
            crowd.leaders = [person for person in crowd.leaders if person.pk in own]
            crowd.reviewers = [person for person in crowd.reviewers if person.pk in own]
    return list(crowds.values())


def _about(rules: Mapping[int, Sequence[ReminderRule]], audience: str) -> list[int]:
    return [pk for pk, found in rules.items() if any(r.audience == audience for r in found)]


def _add_leaders(crowds: dict[int, Crowd], keys: list[int]) -> None:
    if not keys:
        return
    leaders: dict[int, dict[int, Person]] = defaultdict(dict)
    planners = Person.objects.in_bulk({crowds[key].session.planned_by_id for key in keys})
    for key in keys:
        planner = planners[crowds[key].session.planned_by_id]
        leaders[key][planner.pk] = planner
    for holder in DutyHolder.objects.filter(session__in=keys).select_related("person"):
        leaders[holder.session_id][holder.person_id] = holder.person
    for key in keys:
        crowds[key].leaders = list(leaders[key].values())


def _add_reviewers(crowds: dict[int, Crowd], keys: list[int]) -> None:
    for room in _rooms if keys else ():
        for key, people in room.asked([crowds[key].session for key in keys]).items():
            crowds[key].reviewers += people
