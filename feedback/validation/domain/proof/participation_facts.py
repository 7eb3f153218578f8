"""What somebody took part in, counted out of what the rooms tell of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from cop_platform.common import competences
from cop_platform.common.learned import Entry, Learned
from cop_platform.common.reporting import sayings

# What trains a competence; a credential says so and trains nothing.
_TRAINS = (Learned.SESSION, Learned.REVIEW)


@dataclass(frozen=True)
class Facts:
    """What a certificate (`starts_on` to `ends_on`) or a badge (`competence`) says.

    `entries` are sessions; of a badge, sessions and reviews together.
    """

    name: str
    entries: int
    minutes: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    competences: dict[str, int] = field(default_factory=dict)
    competence: str = ""

    def sha256(self, person_id: int) -> str:
        """The same facts of the same person have the same hash, whenever they are counted."""
        said = {"person": person_id, **asdict(self)}
        packed = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(packed.encode()).hexdigest()


def of_period(name: str, entries: Iterable[Entry], start: date, end: date) -> Facts:
    """The sessions of both days and those between; none where there was none."""
    sessions = [e for e in entries if e.kind == Learned.SESSION and start <= e.day <= end]
    codes = competences.counted(code for entry in sessions for code in entry.competences)
    return Facts(
        name=name,
        entries=len(sessions),
        minutes=sum(entry.minutes or 0 for entry in sessions),
        starts_on=start,
        ends_on=end,
        competences=dict(codes),
    )


def said_hours(minutes: int) -> str:
    """Minutes divided by sixty as the reader writes it, with two places where it is not whole."""
    return sayings.number(minutes / 60, 2 if minutes % 60 else 0)


def trained(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """How many sessions and reviews trained each competence, in the order of the frames."""
    return competences.counted(
        code for entry in entries if entry.kind in _TRAINS for code in entry.competences
    )
