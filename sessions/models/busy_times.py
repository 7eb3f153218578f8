"""Days on which a country cannot meet, entered by its partner: exam weeks and the like."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineField
from cop_platform.common.times import validate_day
from experts.models import Country, Person
from sessions import querysets


class BusyPeriod(models.Model):
    """From a day to a day, both included, in the country's own calendar."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="busy_periods")
    name = LineField(_("what it is"))
    first_day = models.DateField(_("first day"), validators=[validate_day])
    last_day = models.DateField(_("last day"), validators=[validate_day])
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = querysets.BusyPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="busy_period_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name
