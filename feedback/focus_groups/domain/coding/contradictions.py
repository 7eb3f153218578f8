"""Where experts, mentors and migrants see a matter in opposite ways.

A person is in favour of the matter of a code where more of their quotes are in favour than against.
A voice leans to the side of more of its people; of a single person it is not said. Voices that
lean to opposite sides contradict each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from feedback.focus_groups.domain.coding.coded import CodedQuote
from feedback.focus_groups.enums import Stance

FEWEST = 2


@dataclass(frozen=True)
class Side:
    """How many people of one voice are in favour and against."""

    voice: str
    in_favour: int
    against: int

    @property
    def people(self) -> int:
        return self.in_favour + self.against

    @property
    def leaning(self) -> str:
        return leaning(self.in_favour, self.against)


@dataclass(frozen=True)
class Contradiction:
    """Two voices or three that lean to opposite sides of the matter of a code."""

    code_id: int
    sides: tuple[Side, ...]


def leaning(in_favour: int, against: int) -> str:
    """Which way people lean (`Stance`); neither for a tie and for fewer than two people."""
    if in_favour + against < FEWEST or in_favour == against:
        return Stance.NEUTRAL
    return Stance.FOR if in_favour > against else Stance.AGAINST


def find(quotes: Iterable[CodedQuote], codes: Collection[int]) -> list[Contradiction]:
    """The contradictions over these codes, by code; voices that lean nowhere are left out."""
    sides = _sides(quotes, set(codes))
    found = []
    for code in sorted(sides):
        leaning_ones = tuple(side for side in sides[code] if side.leaning != Stance.NEUTRAL)
        if len({side.leaning for side in leaning_ones}) > 1:
            found.append(Contradiction(code, leaning_ones))
    return found


def _sides(quotes: Iterable[CodedQuote], codes: set[int]) -> dict[int, list[Side]]:
    """By code: each voice with the people who take a side."""
    heard: dict[tuple[int, str, int], Counter[str]] = defaultdict(Counter)
    for quote in quotes:
        if quote.participant_id is None:
            continue
        for code, stance in quote.codes().items():
            if code in codes:
                heard[code, quote.voice, quote.participant_id][stance] += 1
    people: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for (code, voice, _person), stances in heard.items():
        more = stances[Stance.FOR] - stances[Stance.AGAINST]
        if more:
            people[code, voice][Stance.FOR if more > 0 else Stance.AGAINST] += 1
    found: dict[int, list[Side]] = defaultdict(list)
    for (code, voice), counts in sorted(people.items()):
        found[code].append(Side(voice, counts[Stance.FOR], counts[Stance.AGAINST]))
    return found
