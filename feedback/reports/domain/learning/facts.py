"""What the document on one's own learning is drawn from: plain values, also within the PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from cop_platform.common import competences
from cop_platform.common.learned import Entry, Learned


@dataclass(frozen=True)
class LearnedFacts:
    """One thing somebody did; `competences` are codes, `minutes` None where no time is known."""

    kind: str
    day: str
    title: str
    part: str
    minutes: int | None
    tags: tuple[str, ...]
    competences: tuple[str, ...]


@dataclass(frozen=True)
class LearningFacts:
    """All somebody did until a day, the newest first; `address` is of a certificate that holds."""

    name: str
    project: str
    day: str
    entries: tuple[LearnedFacts, ...]
    address: str = ""

    def of(self, kind: Learned) -> tuple[LearnedFacts, ...]:
        return tuple(entry for entry in self.entries if entry.kind == kind.value)

    def trained(self) -> list[tuple[str, int]]:
        return competences.counted(code for entry in self.entries for code in entry.competences)


def read(entries: Iterable[Entry]) -> tuple[LearnedFacts, ...]:
    """What the rooms tell, without the addresses of pages that only their reader may open."""
    return tuple(
        LearnedFacts(
            kind=entry.kind.value,
            day=entry.day.isoformat(),
            title=entry.title,
            part=str(entry.part),
            minutes=entry.minutes,
            tags=entry.tags,
            competences=entry.competences,
        )
        for entry in entries
    )


def data(facts: object) -> bytes:
    """The same facts give the same bytes."""
    return msgspec.json.format(msgspec.json.encode(facts, order="sorted"), indent=2) + b"\n"
