"""What a deed on a series did, or would do: which dates move, and who gets a mail about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from cop_platform.common.times import When
from experts.models import Message
from sessions.domain import notices, series_notices
from sessions.models import CopSession, Invitation

_NEWS = [
    notices.INVITATION,
    notices.CHANGE,
    notices.CANCELLATION,
    *series_notices.KINDS,
]


@dataclass(frozen=True)
class Move:
    """A date before and after, on the session's own clock."""

    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """`told` are names with the number of mails each gets; `not_told` are asked and get none."""

    told: list[tuple[str, int]]
    not_told: list[str]
    moved: list[Move]
    cancelled: list[str]
    added: list[str]
    kept: list[str]
    past: int

    @property
    def mails(self) -> int:
        return sum(count for _name, count in self.told)


class Watch:
    """Remembers the rows of a series before a deed, and tells afterwards what became of them."""

    def __init__(self, rows: Iterable[CopSession], at: datetime) -> None:
        self.before = {row.pk: _state(row) for row in rows}
        self.ends = {row.pk: row.ends_at for row in rows}
        self.at = at
        self.newest = Message.objects.aggregate(key=Max("pk"))["key"] or 0

    def outcome(self, about: Iterable[CopSession]) -> Outcome:
        """The difference between then and now for the sessions `about`."""
        keys = [session.pk for session in about]
        rows = CopSession.objects.filter(pk__in=keys).order_by("starts_at", "pk")
        moved, cancelled, added, kept = [], [], [], []
        for row in rows:
            line, was = _line(row), self.before.get(row.pk)
            if was is None or (was.cancelled and not row.cancelled_at):
                added.append(line)
            elif row.cancelled_at:
                cancelled.append(line)
            elif was.line != line:
                moved.append(Move(was.line, line))
            else:
                kept.append(line)
        told = self._told()
        return Outcome(
            told=[(name, mails) for (name, _key), mails in sorted(told.items())],
            not_told=self._not_told(keys, told),
            moved=moved,
            cancelled=cancelled,
            added=added,
            kept=kept,
            past=sum(ends <= self.at for ends in self.ends.values()),
        )

    def _told(self) -> Counter[tuple[str, int]]:
        """Mails written by this deed to each person (name, id), reminders for later apart."""
        news = Message.objects.filter(
            pk__gt=self.newest, created_at=self.at, kind__in=_NEWS
        ).values_list("person__name", "person_id")
        return Counter(news)

    @staticmethod
    def _not_told(keys: list[int], told: Counter[tuple[str, int]]) -> list[str]:
        asked = Invitation.objects.filter(session_id__in=keys)
        people = asked.values_list("person__name", "person_id").distinct()
        return [name for name, key in sorted(set(people) - told.keys())]


@dataclass(frozen=True)
class _State:
    line: str
    cancelled: bool


def _state(row: CopSession) -> _State:
    return _State(_line(row), row.cancelled_at is not None)


def _line(row: CopSession) -> str:
    return When(row.starts_at, row.minutes, row.zone, row.zone).reader_line()
