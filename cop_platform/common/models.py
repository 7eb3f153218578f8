"""Abstract models that every room may build on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where long work stands; the last three are final."""

    QUEUED = "queued", _("Waiting for a worker")
    RUNNING = "running", _("Being worked on")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Did not work")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (JobState.QUEUED, JobState.RUNNING)
REASON = 500


class LongJobQuerySet(models.QuerySet):
    """Every change of state is one guarded UPDATE: it says how many rows it changed.

    Whoever changes one row has the job; a second delivery of the same task changes none.
    `emptied` names fields with what stands in them once the job is over: the work's raw material.
    """

    emptied: ClassVar[dict[str, Any]] = {}

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def claim(self, pk: int, at: datetime) -> bool:
        """Takes a queued job for this worker; False when it is gone, taken or over."""
        queued = self.filter(pk=pk, state=JobState.QUEUED)
        return bool(queued.update(state=JobState.RUNNING, heartbeat_at=at))

    def report(self, pk: int, progress: int, step: str, at: datetime) -> bool:
        """A sign of life; False when the job was cancelled or reaped, so that work stops."""
        running = self.filter(pk=pk, state=JobState.RUNNING)
        return bool(running.update(progress=progress, step=step, heartbeat_at=at))

    def fail(self, pk: int, reason: str, at: datetime) -> bool:
        """Ends an open job with a sentence that people can read."""
        return bool(
            self.open()
            .filter(pk=pk)
            .update(state=JobState.FAILED, reason=reason[:REASON], finished_at=at, **self.emptied)
        )

    def cancel(self, pk: int, at: datetime) -> bool:
        """Ends an open job at once; its worker notices at its next step."""
        return bool(
            self.open()
            .filter(pk=pk)
            .update(state=JobState.CANCELLED, step="", finished_at=at, **self.emptied)
        )

    def finish(self, pk: int, at: datetime, **result: Any) -> bool:
        """Ends a running job well, with its `result`; False when it was cancelled or reaped."""
        ready = {"state": JobState.READY, "progress": 100, "step": "", "finished_at": at}
        running = self.filter(pk=pk, state=JobState.RUNNING)
        return bool(running.update(**ready, **self.emptied, **result))

    def silent_since(self, moment: datetime) -> Self:
        """Running jobs whose worker has given no sign of life since then."""
        return self.filter(state=JobState.RUNNING, heartbeat_at__lt=moment)

    def waiting_since(self, moment: datetime) -> Self:
        """Queued jobs that were last sent to a worker before then."""
        last_sent = Coalesce("heartbeat_at", "requested_at")
        return self.filter(state=JobState.QUEUED).alias(sent=last_sent).filter(sent__lt=moment)


class LongJob(models.Model):
    """Long work as a row: progress, a sign of life, a way to stop it, and how it ended.

    The concrete class adds `requested_by` and what the work is about.
    """

    state = models.CharField(
        _("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    step = models.CharField(_("step"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=REASON, blank=True)
    requested_at = models.DateTimeField(_("requested"))
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = LongJobQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="%(app_label)s_%(class)s_progress"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, finished_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(finished_at__isnull=False)),
                name="%(app_label)s_%(class)s_over",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
