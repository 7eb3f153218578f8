"""The belonging pulse: who has answered, and, apart from that, how often each score was given.

No answer is a row of its own: two tables that grow side by side could be laid beside each other.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from experts.models import Country, Person
from practices.enums import PulseQuestion


class PulseMark(models.Model):
    """This person has answered in this quarter; what they answered is nowhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    quarter = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "quarter"], name="pulse_once_a_quarter")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.quarter}"


class PulseTally(models.Model):
    """How many of a country gave a score to a question in a quarter (its first day)."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    quarter = models.DateField()
    question = models.CharField(max_length=10, choices=PulseQuestion.choices)
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "quarter", "question", "score"], name="pulse_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="pulse_score_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.question} {self.score}: {self.count}"
