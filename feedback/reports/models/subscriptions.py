"""Who wants to hear of new releases."""

from __future__ import annotations

from django.db import models

from experts.models import Country, Person


class ReportSubscription(models.Model):
    """A person is told of the signed releases of a country; without one, of the consortium's."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField()

    class Meta:
        ordering = ["person", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "country"], nulls_distinct=False, name="report_subscription_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.country_id or '*'}"
