"""When a message that can wait is planned for, on each recipient's clock and by their habits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cop_platform.common.prepared import KeysSlot, Prepared
from experts.domain import message_kinds
from experts.domain.quiet import Habits, fitted
from experts.models import MailHabits, Message

# In the payload of a row that was moved: the instant it was wanted for, so that it can be fitted
# anew when the person's clock or habits change.
WANTED = "wanted_at"
# In the payload of a row that a coordinator sends at once: it waits for no hour and no digest.
SEND_NOW = "send_now"
_HABITS = Prepared(
    lambda: MailHabits.objects.filter(person__in=KeysSlot("people")).values_list(
        "person_id", "quiet_from", "quiet_until", "weekends"
    )
)


class Fitting:
    """Fits due instants to many people; each mix of clock and habits is reckoned once.

    One query, however many people there are; none for a kind that goes at once.
    """

    def __init__(self, kind: str, people: Iterable[int], *, at: datetime) -> None:
        self._waits = message_kinds.waits(kind)
        self._at = at
        self._habits = habits_of(people) if self._waits else {}
        self._known: dict[tuple[object, ...], datetime] = {}

    def due(
        self, person_id: int, zone: str, wanted: datetime, not_after: datetime | None
    ) -> datetime:
        """The instant (UTC) at which a message wanted at `wanted` is due for this person."""
        if not self._waits:
            return wanted
        habits = self._habits.get(person_id, Habits())
        mix = (zone, habits, wanted, not_after)
        if mix not in self._known:
            self._known[mix] = fitted(wanted, zone, habits, not_after=not_after, at=self._at)
        return self._known[mix]


def habits_of(people: Iterable[int]) -> dict[int, Habits]:
    """The habits of those who chose any, by the key of the person."""
    rows = _HABITS.all(people=list(people))
    return {key: Habits(start, end, weekends) for key, start, end, weekends in rows}


def noted(payload: dict[str, Any], wanted: datetime, due_at: datetime) -> dict[str, Any]:
    """The payload of a row, with the wanted instant where the row was moved from it."""
    kept = plain(payload)
    return kept if due_at == wanted else kept | {WANTED: wanted.isoformat()}


def plain(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as its planner wrote it."""
    return {key: value for key, value in payload.items() if key != WANTED}


def wanted(message: Message) -> datetime:
    """The instant (UTC) a row was wanted for before it was fitted."""
    noted_at = message.payload.get(WANTED)
    return datetime.fromisoformat(noted_at) if noted_at else message.due_at
