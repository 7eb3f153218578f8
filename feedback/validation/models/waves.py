"""Delphi: experts rate again after they have seen how the group answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LongTextField
from cop_platform.common.times import validate_day
from experts.models import Person
from feedback.reviews.models import Assignment, Criterion, ReviewRound
from feedback.reviews.models.keys import random_key


class Wave(models.Model):
    """A further rating of the same criteria; the reviews themselves are wave 1.

    `rule` was frozen when the wave was opened: {"consensus": percent of the panel that must agree,
    "stable": percent of answers that may differ from the wave before, "most": number of waves}.
    `criteria` are those that were still open then.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveSmallIntegerField()
    rule = models.JSONField(default=dict)
    criteria = models.ManyToManyField(Criterion, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField(_("due on"), validators=[validate_day])
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="wave_number_once"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(closed_at__isnull=True), name="wave_one_open"
            ),
            models.CheckConstraint(condition=Q(number__gte=2), name="wave_from_the_second"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.number}"


class SecondRating(models.Model):
    """What an expert says in a later wave; the first rating stays beside it, unchanged.

    Nothing tells when it was made.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="ratings")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="second_ratings"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    comment = LongTextField(_("why"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "assignment", "criterion"], name="second_rating_once"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True, not_applicable=True)
                | Q(score__gte=1, score__lte=4, not_applicable=False),
                name="second_rating_score_or_not_applicable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score or 'n/a'}"
