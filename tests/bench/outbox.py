"""Measures the outbox: `python -m tests.bench.outbox`.

Ten thousand reminders that are due go through a real SMTP conversation, from one process, every
row committed durably. Beside it, in the same run, stands what one connection reaches that has
nothing to do but to hand over prepared mails.
"""

from __future__ import annotations

import os
import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import sink, stack, tables, waiting

MAILS = int(os.environ.get("BENCH_MAILS", "10000"))
MANY_MAILS = 5 * MAILS
# The machine is faster in one second than in the next: so many batches of the sender, then so many
# prepared mails, and so on in turns.
TURN, PREPARED = 2, 400
MIN_SHARE, MAX_PLANNING, MAX_GROWTH, MAX_WAITING = 0.70, 3.0, 1.10, 120


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    found: str
    budget: str
    is_within: bool


def main() -> int:
    with stack.throwaway(durable=True), sink.running() as port:
        figures = measure(port)
    text = table(figures)
    print(text)
    tables.write("outbox", text)
    return 0 if all(figure.is_within for figure in figures) else 1


def measure(port: int) -> list[Figure]:
    """All figures, on a database of its own that is thrown away."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    call_command("migrate", verbosity=0)
    # Noon, so that nobody's quiet hours put a reminder off.
    noon = timezone.now().replace(hour=11, minute=0)
    planned = _plan(noon)
    return [
        Figure(
            f"planning {MAILS} reminders",
            f"{planned:.2f} s",
            f"under {MAX_PLANNING:.0f} s",
            planned < MAX_PLANNING,
        ),
        Figure("one commit, waiting for the disk", f"{_commit():.1f} ms", "", True),
        *_speed(noon),
        _memory(noon),
        _waiting(port),
    ]


def _plan(at: datetime) -> float:
    """Seconds it takes to plan a reminder for every invitation."""
    from experts.domain import outbox
    from experts.models import Message
    from sessions.domain import notices
    from sessions.models import CopSession, Invitation
    from tests.bench import data

    data.base()
    data.grow(sessions=MAILS // data.INVITED + 100, people=2_000, reviews=0)
    CopSession.objects.update(starts_at=at + timedelta(days=3), ends_at=at + timedelta(days=4))
    Message.objects.all().delete()
    invitations = Invitation.objects.select_related("person")[:MAILS]
    rows = [(i.pk, i.person, f"bench:{i.pk}") for i in invitations]
    began = time.perf_counter()
    outbox.plan_many(kind=notices.REMINDER, rows=rows, due_at=at, at=at, payload={"sequence": 0})
    return time.perf_counter() - began


def _commit() -> float:
    """Milliseconds of a durable commit of one row: the median of many."""
    from django.db import connection

    taken = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_commit (n int); INSERT INTO bench_commit VALUES (0)")
        for _round in range(200):
            began = time.perf_counter()
            cursor.execute("UPDATE bench_commit SET n = n + 1")
            taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


def _speed(at: datetime) -> list[Figure]:
    from experts.domain import sender

    parcels = _prepared(at)
    mails = _plan_again()
    began = time.perf_counter()
    with _in_turns(lambda: _hand_over(parcels)) as turns:
        _drain(at, mails)
    own = mails / (time.perf_counter() - began - sum(turns))
    prepared = len(parcels) * len(turns) / sum(turns)
    share = own / prepared
    assert sender.send_due(at=at).total == 0
    return [
        Figure("prepared mails over one connection", f"{prepared:.0f} mails/s", "", True),
        Figure("the sender, durable commits", f"{own:.0f} mails/s", "", True),
        Figure(
            "the sender's share of it",
            f"{share:.0%}",
            f"at least {MIN_SHARE:.0%}",
            share >= MIN_SHARE,
        ),
    ]


@contextmanager
def _in_turns(work: Callable[[], None]) -> Iterator[list[float]]:
    """Does `work` between the batches of the sender; gives the seconds of each time."""
    from experts.domain import claiming

    turns: list[float] = []
    claim, batches = claiming.claim, count()

    def claim_in_turn(at: datetime) -> claiming.Claim:
        if next(batches) % TURN == 0:
            began = time.perf_counter()
            work()
            turns.append(time.perf_counter() - began)
        return claim(at)

    claiming.claim = claim_in_turn
    try:
        yield turns
    finally:
        claiming.claim = claim


def _prepared(at: datetime) -> list[Any]:
    from experts.domain import claiming, preparing

    parcels: list[Any] = []
    while len(parcels) < PREPARED:
        claim = claiming.claim(at)
        writer = preparing.Writer(claim, at)
        while isinstance(ready := writer.next(), preparing.Ready):
            parcels.append(ready.parcel)
        claim.release(claim.keys)
    return parcels


def _hand_over(parcels: list[Any]) -> None:
    from django.conf import settings

    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=20) as server:
        for parcel in parcels:
            server.sendmail(parcel.sender, [parcel.recipient], parcel.content)


def _drain(at: datetime, mails: int) -> None:
    from experts.domain import sender

    drained = sender.send_due(at=at)
    assert drained.sent == mails, drained


def _plan_again() -> int:
    """Makes every reminder due once more; how many."""
    from experts.enums import MessageState
    from experts.models import Message

    return Message.objects.update(
        state=MessageState.PLANNED, payload={"sequence": 0}, lease_until=None, sent_at=None
    )


def _memory(at: datetime) -> Figure:
    """How much the process grew between its first mails and many more."""
    first = _resident()
    for _round in range(MANY_MAILS // MAILS):
        _drain(at, _plan_again())
    growth = _resident() / first
    return Figure(
        f"memory after {MANY_MAILS} more mails",
        f"{growth:.2f} x",
        f"under {MAX_GROWTH:.2f} x",
        growth < MAX_GROWTH,
    )


def _waiting(port: int) -> Figure:
    found = waiting.oldest_due(port)
    return Figure(
        "oldest due mail while reports are compiled, 99th percentile",
        f"{found:.0f} s",
        f"under {MAX_WAITING} s",
        found < MAX_WAITING,
    )


def _resident() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def table(figures: list[Figure]) -> str:
    """The figures as a table of Markdown."""
    rows = [
        f"| {f.what} | {f.found} | {f.budget}{'' if f.is_within else ' (over)'} |" for f in figures
    ]
    return "\n".join(["| what | found | budget |", "|---|---|---|", *rows])


if __name__ == "__main__":
    sys.exit(main())
