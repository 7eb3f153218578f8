"""What a report holds of sessions: those that took place, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from sessions.enums import Duty, Kind, Mode

# Nobody's presence is recorded yet; who said yes is what there is.
BY_RSVP = "rsvp"


@dataclass(frozen=True)
class StepFacts:
    """A part of an agenda."""

    title: str
    minutes: int


@dataclass(frozen=True)
class RecordFacts:
    """What only the agency reads of a session; `start` is wall time in `zone`.

    `hosts` are the ISO 3166 codes of its countries, `duties` the parts somebody took, without
    saying who or how many.
    """

    id: int
    start: str
    zone: str
    title: str
    topic: str
    hosts: tuple[str, ...]
    languages: tuple[str, ...]
    materials: tuple[str, ...]
    duties: tuple[Duty, ...]
    steps: tuple[StepFacts, ...]


@dataclass(frozen=True)
class MeetingFacts:
    """A session that took place, in the month (YYYY-MM) in which it began.

    `countries` are the codes of its hosts, `minutes` those of all its days. `invited` and `yes` are
    None where they, or those who did not say yes, are fewer than five.
    """

    month: str
    kind: Kind
    mode: Mode
    countries: tuple[str, ...]
    minutes: int
    invited: int | None
    yes: int | None
    record: RecordFacts | None = None


@dataclass(frozen=True)
class KindTotal:
    """The sessions of a kind together, of all kinds where it is None.

    `told` of them tell their answers, which are added up in `invited` and `yes`.
    """

    kind: Kind | None
    sessions: int
    minutes: int
    told: int
    invited: int
    yes: int


@dataclass(frozen=True)
class MonthTotal:
    """How many sessions there were in a month; months without any are rows too."""

    month: str
    sessions: int


@dataclass(frozen=True)
class SessionFacts:
    """The sessions of the period, `hours` of them in full hours.

    `newest` is the day of the last one, "" without any.
    """

    meetings: tuple[MeetingFacts, ...]
    kinds: tuple[KindTotal, ...]
    months: tuple[MonthTotal, ...]
    whole: KindTotal
    hours: int
    cancelled: int
    newest: str
    attendance: str = BY_RSVP

    def of_kind(self, kind: Kind) -> int:
        """How many sessions of a kind there were."""
        return next((total.sessions for total in self.kinds if total.kind == kind), 0)
