"""The ledger of changes as a report holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedback.changes.enums import Decision, Severity


class Came(StrEnum):
    """What had come of a request by the end of the period; each is one of these."""

    MERGED = "merged"
    OPEN = "open"
    DECLINED = "declined"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True)
class ChangeFacts:
    """One request. `number` is the ledger's own for the agency, a running one for the public.

    `source` is the kind of comment it was made of, "" where it was typed in. `asked` are the words
    as they were, for the agency alone; `public` those of the public table, "" where there are none.
    `people` who asked the same are told from five on. `evidence` is the SHA-256 of the version
    that shows the change.
    """

    number: int
    country: str
    material: str
    version: int
    source: str
    severity: Severity
    asked: str
    public: str
    came: Came
    decision: Decision
    reason: str
    raised_on: str
    decided_on: str
    done_in: int | None
    evidence: str
    part_of: int | None
    people: int | None

    @property
    def words(self) -> str:
        """What is quoted of it: the public words where there are some."""
        return self.public or self.asked


@dataclass(frozen=True)
class CountFacts:
    """How many requests came to what; `asked` is the sum of all.

    `accepted` is that of `waiting` and `done`, `decided` that of `accepted` and `declined`.
    """

    asked: int
    merged: int
    declined: int
    open: int
    accepted: int
    decided: int
    waiting: int
    done: int
    critical_open: int


@dataclass(frozen=True)
class ChangesFacts:
    """The requests of the period, the public ones alone for the public; counts are of all.

    `held_back`: requests made of comments of rounds that are still open are not told yet.
    """

    changes: tuple[ChangeFacts, ...]
    counts: CountFacts
    held_back: bool
    newest: str

    def which(self, came: Came) -> list[tuple[int, ChangeFacts]]:
        """Those that came to this, with their places in `changes`."""
        return [(n, change) for n, change in enumerate(self.changes) if change.came == came]
