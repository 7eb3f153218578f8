"""Does the outbox live? The figures an operator asks for; they name nobody."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from experts.enums import MessageState
from experts.models import Heartbeat, Message, SendingPause

# A due message older than this means that the mail server or the worker needs a look.
LATE_SECONDS = 5 * 60
TICK = "tick"
WORKER = "worker"


@dataclass(frozen=True)
class Standing:
    """The outbox in figures; `failed` counts what came back as well. Instants are UTC."""

    oldest_due_seconds: int
    planned: int
    due: int
    leased: int
    sent: int
    failed: int
    parked: int
    paused: bool
    last_tick: datetime | None
    last_worker_heartbeat: datetime | None

    @property
    def is_late(self) -> bool:
        return self.oldest_due_seconds > LATE_SECONDS

    def plain(self) -> dict[str, Any]:
        """The figures as JSON takes them."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
        }


def standing(at: datetime) -> Standing:
    """Where the outbox stands at `at`, in four statements."""
    planned = Q(state=MessageState.PLANNED)
    due = planned & Q(due_at__lte=at)
    broken = Q(state__in=[MessageState.FAILED, MessageState.BOUNCED])
    counts = Message.objects.unsettled().aggregate(
        oldest=Min("due_at", filter=due),
        planned=Count("pk", filter=planned),
        due=Count("pk", filter=due),
        leased=Count("pk", filter=planned & Q(lease_until__gt=timezone.now())),
        failed=Count("pk", filter=broken),
        parked=Count("pk", filter=Q(state=MessageState.PARKED)),
    )
    oldest = counts.pop("oldest")
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    return Standing(
        oldest_due_seconds=int((at - oldest).total_seconds()) if oldest else 0,
        sent=Message.objects.filter(sent_at__isnull=False, state=MessageState.SENT).count(),
        paused=SendingPause.objects.exists(),
        last_tick=beats.get(TICK),
        last_worker_heartbeat=beats.get(WORKER),
        **counts,
    )


def beat(name: str, *, at: datetime) -> None:
    """Notes a sign of life of `name`."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=at)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )
