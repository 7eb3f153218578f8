"""Which time of a poll suits best: plain values in, ranked times out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from sessions.enums import Suits

ABLE = frozenset({Suits.YES, Suits.IF_NEEDED})


@dataclass(frozen=True)
class Slot:
    """A time people vote on; `votes` are by voter, a voter who said nothing is left out."""

    key: int
    starts_at: datetime
    votes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class QuorumState:
    """How many of a country could come, beside how many must."""

    country: str
    able: int
    wanted: int

    @property
    def met(self) -> bool:
        return self.able >= self.wanted


@dataclass(frozen=True)
class Ranked:
    """A time with its counts; `place` begins at 1, and times equal in everything share it."""

    slot: Slot
    place: int
    yes: int
    if_needed: int
    no: int
    waiting: int
    quorums: tuple[QuorumState, ...]

    @cached_property
    def quorum_met(self) -> bool:
        return all(state.met for state in self.quorums)

    @property
    def total(self) -> int:
        return self.yes + self.if_needed + self.no + self.waiting

    @property
    def counts(self) -> dict[str, int]:
        """For a bar: by the votes' own names, the empty one for nothing said yet."""
        return {"yes": self.yes, "if_needed": self.if_needed, "no": self.no, "": self.waiting}


def rank(
    slots: Sequence[Slot], *, voters: Mapping[int, str], quorums: Mapping[str, int]
) -> list[Ranked]:
    """The slots, best first.

    `voters` are countries by voter, `quorums` people by country. A time that every country's
    quorum allows stands before one that does not; then more yes, more "if needed", the earlier.
    A vote of somebody who is not among `voters` does not count.
    """
    counted = [_counted(slot, voters, quorums) for slot in slots]
    counted.sort(key=lambda one: (_worth(one), one.slot.starts_at, one.slot.key))
    ranked: list[Ranked] = []
    for position, one in enumerate(counted, start=1):
        same = bool(ranked) and _worth(ranked[-1]) == _worth(one)
        ranked.append(replace(one, place=ranked[-1].place if same else position))
    return ranked


def _worth(one: Ranked) -> tuple[bool, int, int]:
    """What a time is ranked by, the best first."""
    return (not one.quorum_met, -one.yes, -one.if_needed)


def _said(slot: Slot, voters: Mapping[int, str]) -> list[str]:
    return [suits for voter, suits in slot.votes.items() if voter in voters]


def _quorum_states(
    slot: Slot, voters: Mapping[int, str], quorums: Mapping[str, int]
) -> Iterable[QuorumState]:
    for country, wanted in sorted(quorums.items()):
        able = sum(
            suits in ABLE and voters.get(voter) == country for voter, suits in slot.votes.items()
        )
        yield QuorumState(country, able, wanted)


def _counted(slot: Slot, voters: Mapping[int, str], quorums: Mapping[str, int]) -> Ranked:
    """A slot with its votes counted, before it has a place."""
    said = _said(slot, voters)
    return Ranked(
        slot=slot,
        place=0,
        yes=said.count(Suits.YES),
        if_needed=said.count(Suits.IF_NEEDED),
        no=said.count(Suits.NO),
        waiting=len(voters) - len(said),
        quorums=tuple(_quorum_states(slot, voters, quorums)),
    )


_ORDER = {Suits.YES: 0, Suits.IF_NEEDED: 1, None: 2, Suits.NO: 3}


def by_favour(slot: Slot, voters: Iterable[int]) -> list[int]:
    """The voters in the order they are invited in: yes, if needed, silent, no."""
    return sorted(voters, key=lambda voter: _ORDER[slot.votes.get(voter)])  # type: ignore[index]
