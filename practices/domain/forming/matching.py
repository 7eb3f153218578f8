"""What comes out of a poll of interest: topics by rank, and people who complete each other.

Plain figures and names; nothing is asked of the database here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Said:
    """One answer: how somebody is called, what interests them, what they need, what they offer."""

    called: str
    topics: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ranked:
    """A topic and how many people it interests, how many need it, how many offer it."""

    topic: str
    interested: int
    needed: int
    offered: int


@dataclass(frozen=True)
class Pair:
    """Two who complete each other: what the first gives the second, and the other way round."""

    first: str
    second: str
    gives: tuple[str, ...]
    takes: tuple[str, ...]

    @property
    def is_mutual(self) -> bool:
        return bool(self.gives and self.takes)


def ranked(answers: Iterable[Said]) -> list[Ranked]:
    """Every topic somebody named; the most wanted first.

    Somebody who needs a topic or offers it is interested too and counts once. Ties go to the topic
    more people need, then to the alphabet.
    """
    answers = list(answers)
    names = {name for one in answers for name in one.topics | one.needs | one.offers}
    rows = [
        Ranked(
            topic=name,
            interested=sum(name in one.topics | one.needs | one.offers for one in answers),
            needed=sum(name in one.needs for one in answers),
            offered=sum(name in one.offers for one in answers),
        )
        for name in names
    ]
    return sorted(rows, key=lambda row: (-row.interested, -row.needed, row.topic))


def pairs(answers: Sequence[Said]) -> list[Pair]:
    """Pairs of which one offers what the other needs; those who give each other come first.

    The giver is named first; of two who both give, who answered first.
    """
    found = []
    for one, other in combinations(answers, 2):
        gives = tuple(sorted(one.offers & other.needs))
        takes = tuple(sorted(other.offers & one.needs))
        if gives:
            found.append(Pair(one.called, other.called, gives, takes))
        elif takes:
            found.append(Pair(other.called, one.called, takes, gives))
    return sorted(found, key=lambda pair: (not pair.is_mutual, -len(pair.gives + pair.takes)))
