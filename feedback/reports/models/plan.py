"""What the project promised, in numbers."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from experts.models import Country


@pghistory.track()
class IndicatorTarget(QuickLabels):
    """A planned number for an indicator that a section of the report reaches.

    With a country it is that country's share of the plan, without one the whole project's.
    """

    key = models.CharField(_("indicator"), max_length=40)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned = models.PositiveIntegerField(_("planned"))

    class Meta:
        ordering = ["key", "country__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "country"], nulls_distinct=False, name="indicator_target_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.country_id or '*'}"
