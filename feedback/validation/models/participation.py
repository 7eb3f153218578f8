"""What a certificate of participation or a badge of a competence says, as it was handed out."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.competences import LENGTH
from cop_platform.common.text import LineField
from feedback.validation.models.endorsements import Credential


class Participation(models.Model):
    """The facts behind a credential that names its holder; they never change.

    A certificate has a period and counts `entries` sessions of `minutes`, with how many of them
    trained which competence. A badge has a competence, counts whatever trained it, and has no days:
    reviews count, and the day of a review is nobody's to know.
    """

    credential = models.OneToOneField(
        Credential, on_delete=models.CASCADE, related_name="participation"
    )
    name = LineField(_("name"))
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    entries = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField(default=0)
    competences = models.JSONField(default=dict, blank=True)
    competence = models.CharField(max_length=LENGTH, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("certificate of participation")
        verbose_name_plural = _("certificates of participation")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                condition=Q(competence="", starts_on__isnull=False, ends_on__gte=F("starts_on"))
                | Q(~Q(competence=""), starts_on__isnull=True, ends_on__isnull=True),
                name="participation_has_a_period_or_a_competence",
            ),
            models.CheckConstraint(condition=Q(entries__gte=1), name="participation_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.credential_id}: {self.entries}"
