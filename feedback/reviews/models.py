"""Reviews: who rates a version by which rubric, and what they said, without a name.

An assignment and its ratings carry a random reviewer code. Who is behind a code stands in
`ReviewerIdentity` alone, which only `domain/identity.py` reads. Nothing here tells when a code
was made: keys are random and days stand where instants would single somebody out.
"""

from __future__ import annotations

import secrets
import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_day
from experts.models import Country, Person
from feedback.reviews import querysets
from materials.models import Version


def random_key() -> int:
    """A key that cannot be guessed and does not tell the order of making."""
    return secrets.randbelow(2**53 - 1) + 1


@pghistory.track()
class Rubric(models.Model):
    """A set of criteria; frozen when the first round opens with it."""

    name = LineField(_("name"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["name", "revision"], name="rubric_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} (r{self.revision})"


@pghistory.track()
class Criterion(models.Model):
    """A question of a rubric, with the words that stand for 1, 2, 3 and 4."""

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("code"), max_length=5)
    text = LineField(_("criterion"), max_length=300)
    anchors = ArrayField(LineField(max_length=30), size=4, verbose_name=_("words of the scale"))

    class Meta:
        ordering = ["position"]
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="criterion_code_once"),
            models.UniqueConstraint(fields=["rubric", "position"], name="criterion_position_once"),
        ]
        triggers = [
            # Another wording is another revision of the rubric.
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


@pghistory.track()
class ReviewRound(models.Model):
    """A panel's time with one exact version. Without a country every country may join in."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="review_rounds")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="rounds")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="review_rounds"
    )
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField(_("due on"), validators=[validate_day])
    instruction = LongTextField(_("what to look at"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "country"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="round_one_open_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.due_on})"

    def get_absolute_url(self) -> str:
        return numbered("round_detail", self.pk)


class Assignment(models.Model):
    """One expert's task in a round; the country is the expert's at that time.

    `released_on`: the review was late and somebody else was asked; it may still be sent.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="assignments")
    reviewer_code = models.UUIDField(unique=True, editable=False)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    submitted_on = models.DateField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)

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

    `answers` maps a criterion's key to {"score", "comment", "reason"}. `revision` counts savings,
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
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    na_reason = LongTextField(blank=True)
    comment = LongTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="rated_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True, not_applicable=True)
                | Q(score__isnull=False, score__gte=1, score__lte=4, not_applicable=False),
                name="rating_score_or_not_applicable",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=3) | ~Q(comment=""),
                name="rating_low_score_has_comment",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | ~Q(na_reason=""),
                name="rating_not_applicable_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score or 'n/a'}"
