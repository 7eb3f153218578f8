"""Charters, votes and topics of small communities."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from experts.enums import CharterState, Role
from experts.models import Charter, Person, Topic, TopicProposal, User
from practices.domain.forming import voting as votes
from practices.models import Circle, CircleMember, InterestPoll
from sessions.models import Goal
from tests import factories as make

_numbers = count(1)
TOPICS = ("Recognition", "First job")


def charter(code: str = "BG", *, topics: tuple[str, ...] = TOPICS, **more: Any) -> Charter:
    """The charter in force of a community."""
    values: dict[str, Any] = {
        "version": 1,
        "domain": "Working with people who arrive",
        "purpose": "We help people show what they can do. We share what works.",
        "adopted_on": date(2026, 1, 10),
    }
    return _made(code, CharterState.ADOPTED, topics, values | more)


def draft(code: str = "BG", *, topics: tuple[str, ...] = TOPICS, **more: Any) -> Charter:
    """A version that binds nobody yet."""
    values: dict[str, Any] = {
        "version": 2,
        "domain": "Working with people who arrive",
        "purpose": "We help people show what they can do. We write down what works.",
    }
    return _made(code, CharterState.DRAFT, topics, values | more)


def voting(code: str = "BG", *, until: date = date(2026, 12, 4), **more: Any) -> Charter:
    """A version that is being voted on since NOW."""
    values: dict[str, Any] = {
        "state": CharterState.VOTING,
        "vote_opened_at": make.NOW,
        "vote_until": until,
        "quorum": 2,
        "electors": 4,
    }
    return draft(code, **values | more)


def proposal(code: str = "BG", *, by: Person | None = None, **more: Any) -> TopicProposal:
    values: dict[str, Any] = {
        "cop": make.cop(make.country(code)),
        "name": f"Topic {next(_numbers)}",
        "reason": "Three people asked me last week.",
        "proposed_by": by or make.person(code=code),
        "proposed_at": make.NOW,
    }
    return TopicProposal.objects.create(**values | more)


def goal(code: str = "BG", *, by: Person | None = None, **more: Any) -> Goal:
    """Ten sessions held in this quarter."""
    values: dict[str, Any] = {
        "cop": make.cop(make.country(code)),
        "title": "Meet often enough to know each other",
        "counter": "sessions_held",
        "target": 10,
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 31),
        "set_by": by or make.person(Role.COORDINATOR, code),
        "set_at": make.NOW,
    }
    return Goal.objects.create(**values | more)


def circle(code: str = "BG", *, members: int = 1, **more: Any) -> Circle:
    """A circle of so many members; the first of them made it."""
    people = [make.person(code=code) for _ in range(members)]
    values: dict[str, Any] = {
        "cop": make.cop(make.country(code)),
        "name": f"Circle {next(_numbers)}",
        "purpose": "We try picture cards.",
        "made_by": people[0],
        "made_at": make.NOW,
    }
    made = Circle.objects.create(**values | more)
    CircleMember.objects.bulk_create(
        CircleMember(circle=made, person=person, joined_at=make.NOW) for person in people
    )
    return made


def poll(code: str = "BG", **more: Any) -> InterestPoll:
    """A poll of interest about three topics."""
    values: dict[str, Any] = {
        "cop": make.cop(make.country(code)),
        "title": "What would help you?",
        "options": ["Papers", "Interpreters", "Employers"],
        "closes_on": date(2099, 1, 1),
        "made_by": make.person(Role.COORDINATOR, code),
        "made_at": make.NOW,
    }
    return InterestPoll.objects.create(**values | more)


def _made(code: str, state: str, topics: tuple[str, ...], values: dict[str, Any]) -> Charter:
    cop = make.cop(make.country(code))
    made = Charter.objects.create(**{"cop": cop, "state": state} | values)
    Topic.objects.bulk_create([Topic(charter=made, name=name) for name in topics])
    return made


def cast(charter: Charter, ballot: str = "yes", user: User | None = None, **more: Any) -> None:
    """The vote of a new expert of Bulgaria where nobody is named."""
    values = {"remark": "", "by": user or make.user(), "at": make.NOW}
    votes.cast(charter_id=charter.pk, ballot=ballot, **values | more)
