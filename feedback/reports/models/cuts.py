"""A report as the project manager cut it: which countries, materials, chapters, and for whom."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField
from cop_platform.common.times import validate_day
from experts.models import Country, Person
from feedback.reports import querysets
from feedback.reports.enums import Profile
from materials.models import Material


@pghistory.track()
class ReportCut(QuickLabels):
    """A named selection that reports are compiled by again and again.

    No country means all of them, no material all of them, no section all of them; without days the
    period runs from the project's start to yesterday. Releases keep their own dataset, so a changed
    cut changes none of them.
    """

    name = LineField(_("name"))
    countries = models.ManyToManyField(Country, blank=True, related_name="+")
    materials = models.ManyToManyField(Material, blank=True, related_name="+")
    sections = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    period_start = models.DateField(_("from"), null=True, blank=True, validators=[validate_day])
    period_end = models.DateField(_("to"), null=True, blank=True, validators=[validate_day])
    profile = models.CharField(
        _("for"), max_length=10, choices=Profile.choices, default=Profile.AGENCY
    )
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.ReportCutQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("named report")
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(retired_at__isnull=True), name="report_cut_name_once"
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="report_cut_period_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name
