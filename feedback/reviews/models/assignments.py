"""An expert's task under a code: the draft, the ratings; and the one table that knows who it is."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person
from feedback.reviews import querysets
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models.keys import random_key
from feedback.reviews.models.rounds import ReviewRound
from feedback.reviews.models.rubrics import Criterion


class Assignment(models.Model):
    """One expert's task in a round; the country is the expert's at that time.

    `released_on`: the review was late and somebody else was asked; it may still be sent.
    `reopened_on`: a sent review was handed back to its writer, who asked for it.
    `calibration` maps a criterion's key to the score given to the sample.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="assignments")
    reviewer_code = models.UUIDField(unique=True, editable=False)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    submitted_on = models.DateField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    decline_reason = LongTextField(_("reason"), blank=True)
    reads_language = models.BooleanField(_("reads this language well"), null=True, blank=True)
    calibration = models.JSONField(null=True, blank=True)

    objects = querysets.AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["reviewer_code"]

    def __str__(self) -> str:
        return str(self.reviewer_code)

    def get_absolute_url(self) -> str:
        return numbered("review_desk", self.pk)


class ReviewerIdentity(models.Model):
    """Who is behind a code. Read by `domain/identity.py` and by nothing else."""

    reviewer_code = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = _("reviewer identities")
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="reviewer_once_per_round")
        ]

    def __str__(self) -> str:
        return str(self.reviewer_code)


class Draft(models.Model):
    """What an expert has typed so far, as typed; gone once it is handed in.

    `answers` maps a criterion's key to {"score", "comment", "suggestion", "reason",
    "confidence"}. `revision` counts savings,
    so that two windows notice each other; `writer` is a random word of the window that saved last,
    so that a window whose answer got lost on the way does not take itself for another one.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    writer = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft {self.revision}"


@pghistory.track()
class Rating(models.Model):
    """What one expert said to one criterion, with the wording it had then."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    wording = LineField(max_length=300)
    kind = models.CharField(
        max_length=10, choices=CriterionKind.choices, default=CriterionKind.RELEVANCE
    )
    weight = models.PositiveSmallIntegerField(default=1)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    na_reason = LongTextField(blank=True)
    comment = LongTextField(blank=True)
    suggestion = LongTextField(blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="rated_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True, not_applicable=True)
                | Q(score__isnull=True, kind=CriterionKind.TEXT)
                | Q(score__isnull=False, score__gte=1, score__lte=4, not_applicable=False),
                name="rating_score_or_not_applicable",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | Q(score__gte=3)
                | ~Q(kind=CriterionKind.RELEVANCE)
                | ~Q(comment=""),
                name="rating_low_score_has_comment",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | ~Q(na_reason=""),
                name="rating_not_applicable_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=1, confidence__lte=3),
                name="rating_confidence_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score or 'n/a'}"


class Reopening(models.Model):
    """A writer's wish to have a sent review handed back; only days are kept.

    `allowed` is None while nobody has answered.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reopenings")
    reason = LongTextField(_("reason"))
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    allowed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(allowed__isnull=True),
                name="reopening_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_on}"
