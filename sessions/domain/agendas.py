"""Agendas to start from, per kind of session (minutes; domain sources: the project's brief)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions.enums import Kind

Agenda = list[tuple[str | Promise, int]]

_PULSE = (_("Actions and pulse"), 10)
# The step of a usual agenda that stands for a method still to be chosen.
METHOD_PLACE = "One method"

AGENDAS: dict[str, Agenda] = {
    Kind.KICK_OFF: [
        (_("Who we are"), 25),
        (_("Our domain"), 25),
        (_("Charter"), 40),
        (_("Calendar"), 20),
        (_("Pulse"), 10),
    ],
    Kind.REGULAR: [
        (_("Check-in"), 10),
        (_("News"), 10),
        (_("One method"), 45),
        (_("Ideas and practices"), 15),
        _PULSE,
    ],
    Kind.FEEDBACK: [
        (_("Purpose"), 10),
        (_("Walk-through"), 60),
        (_("Priorities"), 10),
        _PULSE,
    ],
    Kind.FOCUS_GROUP: [
        (_("Consent"), 15),
        (_("Warm-up"), 10),
        (_("Try it out"), 20),
        (_("Questions"), 30),
        (_("Priorities"), 10),
        (_("Close"), 5),
    ],
    Kind.PROBLEM_CLINIC: [
        (_("Frame"), 10),
        (_("Case"), 15),
        (_("Questions"), 15),
        (_("Peers advise"), 25),
        (_("Options"), 15),
        (_("Plan"), 10),
    ],
    Kind.PRACTICE_FAIR: [
        (_("Pitches"), 15),
        (_("Stalls"), 45),
        (_("Pledges"), 15),
    ],
    Kind.JOINT: [
        (_("Hello"), 10),
        (_("Two countries show"), 40),
        (_("Mixed groups"), 40),
        (_("Pledges"), 20),
        (_("Pulse"), 10),
    ],
    Kind.REVIEW: [
        (_("What was planned"), 8),
        (_("What happened"), 10),
        (_("Why"), 15),
        (_("What we change"), 12),
    ],
    Kind.TRAINING: [
        (_("Welcome"), 10),
        (_("Input"), 40),
        (_("Practice in pairs"), 50),
        (_("What I will try"), 20),
    ],
    Kind.ONBOARDING: [
        (_("Welcome"), 10),
        (_("How we work"), 20),
        (_("Your first step"), 15),
    ],
    Kind.CLOSING: [
        (_("Story circle"), 60),
        (_("Hand-over"), 20),
        (_("Thanks"), 10),
    ],
}


def minutes_of(kind: str) -> int:
    """The length of a kind's usual agenda, in minutes."""
    return sum(minutes for _title, minutes in AGENDAS[kind])


def fitted(agenda: Sequence[tuple[str, int]], minutes: int) -> tuple[tuple[str, int], ...]:
    """The agenda stretched or shortened to so many minutes, each step in proportion.

    Steps that would vanish are left out; what rounding leaves goes to the longest parts first.
    """
    total = sum(length for _title, length in agenda)
    shares = [length * minutes / total for _title, length in agenda]
    lengths = [int(share) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda n: lengths[n] - shares[n])
    for n in by_rest[: minutes - sum(lengths)]:
        lengths[n] += 1
    return tuple(
        (title, length) for (title, _old), length in zip(agenda, lengths, strict=True) if length
    )
