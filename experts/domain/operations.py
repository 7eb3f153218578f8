"""How sending stands, for whoever runs the platform: in words first, then in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.domain import sending
from experts.enums import MessageState
from experts.models import Heartbeat, Message, SendingPause, SuppressedAddress, User

# A tick comes every half minute; after this long without one something stands still.
SILENT = timedelta(minutes=2)
# A due mail older than this shows that the mail server or the worker cannot keep up.
BEHIND = timedelta(minutes=2)
PROBLEMS_OF = timedelta(hours=1)
TICK, WORKER = "tick", "worker"
PROBLEMS_SHOWN, ADDRESSES_SHOWN = 10, 100


@dataclass(frozen=True)
class Problem:
    """What a mail server said, and to how many mails."""

    reason: str
    mails: int


@dataclass(frozen=True)
class Operations:
    """`alarms` are sentences about what stands still; none of them means that everything flows."""

    alarms: list[str]
    pause: SendingPause | None
    oldest_due: datetime | None
    due: int
    planned: int
    failed: int
    parked: int
    last_tick: datetime | None
    last_worker: datetime | None
    problems: list[Problem]
    suppressed: list[SuppressedAddress]

    @property
    def flows(self) -> bool:
        return not self.alarms and not self.pause


def build(user: User, at: datetime) -> Operations:
    """Five queries, however much waits."""
    planned = Q(state=MessageState.PLANNED)
    due = planned & Q(due_at__lte=at)
    found = Message.objects.unsettled().aggregate(
        oldest_due=Min("due_at", filter=due),
        due=Count("pk", filter=due),
        planned=Count("pk", filter=planned),
        failed=Count("pk", filter=Q(state=MessageState.FAILED)),
        parked=Count("pk", filter=Q(state=MessageState.PARKED)),
    )
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    pause = sending.current()
    tick, worker = beats.get(TICK), beats.get(WORKER)
    return Operations(
        alarms=_alarms(found["oldest_due"], tick, worker, at, paused=pause is not None),
        pause=pause,
        last_tick=tick,
        last_worker=worker,
        problems=_problems(at),
        suppressed=list(SuppressedAddress.objects.visible_to(user)[:ADDRESSES_SHOWN]),
        **found,
    )


def _alarms(
    oldest: datetime | None,
    tick: datetime | None,
    worker: datetime | None,
    at: datetime,
    *,
    paused: bool,
) -> list[str]:
    said = []
    if worker is None:
        said.append(_("The worker has given no sign of life yet: start it, so that mails leave."))
    elif at - worker > SILENT:
        text = _("The worker has been silent for %(time)s: mails wait until it runs again.")
        said.append(text % {"time": _span(at - worker)})
    if tick is not None and at - tick > SILENT:
        text = _("The clock that wakes the sender last ticked %(time)s ago: start the beat.")
        said.append(text % {"time": _span(at - tick)})
    if oldest is not None and at - oldest > BEHIND and not paused:
        text = _("The oldest mail has been due for %(time)s: the mail server may not answer.")
        said.append(text % {"time": _span(at - oldest)})
    return said


def _span(length: timedelta) -> str:
    """A stretch of time in its largest whole unit."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def _problems(at: datetime) -> list[Problem]:
    """What mail servers answered within the hour to what did not arrive, the commonest first."""
    recent = Q(due_at__gte=at - PROBLEMS_OF) | Q(bounced_at__gte=at - PROBLEMS_OF)
    rows = Message.objects.unsettled().filter(recent).exclude(last_error="")
    counted = rows.order_by().values("last_error").annotate(mails=Count("pk"))
    return [
        Problem(row["last_error"], row["mails"])
        for row in counted.order_by("-mails", "last_error")[:PROBLEMS_SHOWN]
    ]
