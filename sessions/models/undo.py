"""A deed that can be taken back for a moment, before its mails go out."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from experts.models import Person
from sessions import querysets
from sessions.enums import UndoableDeed
from sessions.models.series import Series
from sessions.models.sessions import CopSession


class UndoWindow(QuickLabels):
    """What a deed on a session or a series changed: `before` brings it back until `until`.

    A deed on a series is one window, however many dates it is about. `version` is that of the
    session or series right after the deed. The mails of the deed are due at `until`, so taking it
    back in time tells nobody anything.
    """

    session = models.ForeignKey(
        CopSession, on_delete=models.CASCADE, null=True, blank=True, related_name="undo_windows"
    )
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, null=True, blank=True, related_name="undo_windows"
    )
    deed = models.CharField(_("deed"), max_length=20, choices=UndoableDeed.choices)
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.UndoWindowQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("at")), name="undo_ends_later"),
            models.CheckConstraint(
                condition=Q(session__isnull=True, series__isnull=False)
                | Q(session__isnull=False, series__isnull=True),
                name="undo_of_session_or_series",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed}: {self.session or self.series}"

    def seconds_left(self, at: datetime) -> int:
        return max(0, int((self.until - at).total_seconds()))
