"""Taking due messages out of the outbox: a batch is leased, and one sender works at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cop_platform.common.prepared import Prepared, Slot
from experts.domain import message_kinds, rates
from experts.enums import Topic
from experts.models import Message, SendingPause

# As many as a quick mail server takes in a second; a slow one ends its batches by time.
BATCH = 600
# Any number of our own, the same in every process.
CLAIM_LOCK = 7_301_942
# A claim takes milliseconds. Whoever stands still within one for so long (stopped, or on a machine
# that was suspended) loses it: PostgreSQL ends the transaction, and with it the lock.
FROZEN = timedelta(seconds=20)
# Asked before every batch.
_PAUSES = Prepared(lambda: SendingPause.objects.values_list("pk")[:1])
_LEASED = Prepared(
    lambda: (
        Message.objects.planned()
        .filter(lease_until__gt=Slot("now"))
        .order_by()
        .values_list("pk")[:1]
    )
)


@dataclass
class Claim:
    """Messages that belong to this sender until `until`, by the real clock, in sending order."""

    keys: list[int]
    until: datetime

    def rows(self, keys: list[int]) -> QuerySet[Message]:
        """Those of `keys` that nobody took back and no other sender took over meanwhile."""
        return Message.objects.planned().filter(pk__in=keys, lease_until=self.until)

    @property
    def runs_out(self) -> bool:
        """A third of the lease is gone: time to prolong it."""
        return self.until - timezone.now() <= _lease() * 2 / 3

    def prolong(self, keys: list[int]) -> None:
        """Holds `keys` for longer.

        What another sender took over while this one was slow, or stopped and woken up, stays his.
        What somebody is changing in this moment is held no longer.
        """
        until = timezone.now() + _lease()
        self._lease_free(keys, until)
        self.until = until

    def release(self, keys: list[int]) -> None:
        """Gives `keys` back untried; what somebody is changing is free when its lease ends."""
        self._lease_free(keys, None)

    @transaction.atomic
    def _lease_free(self, keys: list[int], until: datetime | None) -> None:
        """Never waits for a row: who cancels a session holds some, and may wait for others."""
        free = self.rows(keys).select_for_update(skip_locked=True).order_by()
        _lease_until(until, list(free.values_list("pk", flat=True)))


def claim(at: datetime) -> Claim:
    """The next batch of what is due at `at`, leased.

    Empty while another sender holds one, while sending is paused, or where the rates leave no
    room. One sender at a time: a killed worker can then have at most one message on its way,
    however many processes it had, and mail servers see one connection.
    """
    now = timezone.now()
    until = now + _lease()
    with transaction.atomic():
        _one_claim_at_a_time()
        if _is_held_back(now):
            return Claim([], until)
        room = rates.room(now)
        keys = room.fitting(_first_due(at, room)) if room.total else []
        _lease_until(until, keys)
    return Claim(keys, until)


def _first_due(at: datetime, room: rates.Room) -> list[tuple[int, int]]:
    """Key and person of the messages whose turn it is.

    Somebody waits before the screen for a log-in code, so account mails overtake all others.
    """
    limit = min(BATCH, room.total)
    due = room.without_full_domains(Message.objects.due(at)).order_by("due_at", "pk")
    due = due.select_for_update(skip_locked=True)
    account = message_kinds.about(Topic.ACCOUNT)
    rows = due.values_list("pk", "person_id")
    found = list(rows.filter(kind__in=account)[:limit])
    if len(found) < limit:
        found += rows.exclude(kind__in=account)[: limit - len(found)]
    return found


def _one_claim_at_a_time() -> None:
    """Waits for another claim to commit; the lock ends with this transaction."""
    frozen = str(int(FROZEN.total_seconds() * 1000))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [frozen]
        )
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])


def _is_held_back(now: datetime) -> bool:
    return bool(_PAUSES.all() or _LEASED.all(now=now))


def _lease_until(until: datetime | None, keys: list[int]) -> None:
    """One value for all keys: PostgreSQL reads it faster than two hundred."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Message._meta.db_table} SET lease_until = %s WHERE id = ANY(%s)",  # noqa: S608
            [until, keys],
        )


def _lease() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
