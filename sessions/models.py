"""WHEN: sessions, their agenda, and who was invited with what answer."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_day, validate_zone
from experts.models import CommunityOfPractice, Person, Topic
from materials.models import Material
from sessions import querysets
from sessions.enums import Answer, AnsweredBy, Kind, Mode, Status


class CopSession(QuickLabels):
    """One meeting of one or more communities.

    The wall time and the zone are what people agreed on; `starts_at` and `ends_at` are the UTC
    instants derived from them. `sequence` counts changes that calendars must hear of,
    `version` every change, for editors who meet.
    """

    title = LineField(_("title"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    host_cops = models.ManyToManyField(
        CommunityOfPractice, verbose_name=_("host communities"), related_name="sessions"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    materials = models.ManyToManyField(
        Material, verbose_name=_("materials on the table"), related_name="sessions", blank=True
    )
    purpose = LongTextField(_("purpose"), blank=True)
    wall_day = models.DateField(_("day"), validators=[validate_day])
    wall_clock = models.TimeField(_("start"))
    zone = models.CharField(_("time zone"), max_length=50, validators=[validate_zone])
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    place = LineField(_("place"), blank=True)
    online_link = models.URLField(_("online link"), max_length=500, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = LineField(_("reason"), blank=True)

    objects = querysets.CopSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("session")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=1440), name="session_length_plausible"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("session_detail", args=[self.pk])

    @property
    def wall_start(self) -> datetime:
        """The naive wall time people agreed on."""
        return datetime.combine(self.wall_day, self.wall_clock)

    def status(self, at: datetime) -> Status:
        if self.cancelled_at:
            return Status.CANCELLED
        if at < self.starts_at:
            return Status.PLANNED
        return Status.OPEN if at < self.ends_at else Status.ENDED

    @property
    def country_codes(self) -> list[str]:
        """Codes of the host countries; uses the prefetched hosts."""
        return sorted(cop.country.code for cop in self.host_cops.all() if cop.country)


class AgendaStep(models.Model):
    """A timed part of a session."""

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = LineField(_("step"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="step_position_once")
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(QuickLabels):
    """A person asked to a session, and the one record of the answer, whichever way it came."""

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="session_invitations")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answer = models.CharField(
        _("answer"), max_length=5, choices=Answer.choices, default=Answer.NONE, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(
        max_length=5, choices=AnsweredBy.choices, default=AnsweredBy.NONE, blank=True
    )
    note = LineField(_("a word to the coordinator"), max_length=500, blank=True)
    generation = models.PositiveIntegerField(default=1)

    objects = querysets.InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="invited_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"
