"""How sending stands, for whoever runs the platform: in words first, then in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.domain import health, sending
from experts.models import Message, SendingPause, SuppressedAddress, User

# A tick comes every half minute; after this long without one something stands still.
SILENT = timedelta(minutes=2)
# A due mail older than this shows that the mail server or the worker cannot keep up.
BEHIND = timedelta(minutes=2)
PROBLEMS_OF = timedelta(hours=1)
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
    figures: health.Standing
    oldest_due: str
    problems: list[Problem]
    suppressed: list[SuppressedAddress]

    @property
    def flows(self) -> bool:
        return not self.alarms and not self.pause


def build(user: User, at: datetime) -> Operations:
    """Seven statements, however much waits."""
    figures = health.standing(at)
    oldest = timedelta(seconds=figures.oldest_due_seconds)
    return Operations(
        alarms=_alarms(figures, oldest, at),
        pause=sending.current() if figures.paused else None,
        figures=figures,
        oldest_due=_span(oldest) if figures.due else "",
        problems=_problems(at),
        suppressed=list(SuppressedAddress.objects.visible_to(user)[:ADDRESSES_SHOWN]),
    )


def _alarms(figures: health.Standing, oldest: timedelta, at: datetime) -> list[str]:
    said = []
    worker, tick = figures.last_worker_heartbeat, figures.last_tick
    if worker is None:
        said.append(_("The worker has given no sign of life yet: start it, so that mails leave."))
    elif at - worker > SILENT:
        text = _("The worker has been silent for %(time)s: mails wait until it runs again.")
        said.append(text % {"time": _span(at - worker)})
    if tick is not None and at - tick > SILENT:
        text = _("The clock that wakes the sender last ticked %(time)s ago: start the beat.")
        said.append(text % {"time": _span(at - tick)})
    if oldest > BEHIND and not figures.paused:
        text = _("The oldest mail has been due for %(time)s: the mail server may not answer.")
        said.append(text % {"time": _span(oldest)})
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
