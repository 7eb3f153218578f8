"""A rule that sessions follow; each of its occurrences is a CopSession of its own."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineField
from cop_platform.common.times import validate_day, validate_zone
from experts.models import Person
from sessions import querysets


class Series(models.Model):
    """Sessions by a rule (RFC 5545 RRULE), in wall time of one zone.

    `rule` is the normalised text without "RRULE:", `exceptions` the wall days left out, `fold`
    (0 or 1) which of a doubled hour is meant. Calendars know the whole by `uid`; `sequence` counts
    changes of the rule. "This and all following" ends a series and begins another: `follows`.
    """

    title = LineField(_("title"))
    rule = LineField(_("rule"))
    wall_day = models.DateField(_("first day"), validators=[validate_day])
    wall_clock = models.TimeField(_("start"))
    zone = models.CharField(_("time zone"), max_length=50, validators=[validate_zone])
    fold = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    exceptions = ArrayField(models.DateField(), default=list, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = querysets.SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["wall_day", "pk"]
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series_detail", args=[self.pk])
